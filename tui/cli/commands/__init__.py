"""The commands, a module for those that belong together; each has its help and an example of its own.

They read options, call `sessions` or open a screen, and say what came of it. What libraries of ours take long to import
they import when they run, so that `lunchroom --help` does not wait for it. Errors are left to `tui.cli`.

* `plans`: `new` and `check`
* `live`: `demo`, `host`, `serve`, `join` and `end`
* `channel`: `channel` and `catch-up`, between the chats
* `web`: a desk in a browser
* `saved`: the list of saved chats; `looking`: screens on them
* `recap`, `growth`: what goes out of one chat, and of many
* `telling`: a team's channel or a mailing list is told of a chat
* `credit`: who took part, and certificates
* `records`: a series as a folder to hand over, and whether it is whole
* `importing`: taking in older chats
* `merging`: what only another file of a chat has
* `people`: who was there: notes, joined accounts, forgetting
* `config`: what somebody has set for themselves
* `completion`: what Tab completes in a shell
* `signing`, `doctor`: accounts at networks, and whether all that a chat needs is there
"""
