"""The replay: the panes of the desk on a saved chat, with a playback bar; nothing can be changed.

It may use the desk's panes, dialogs and groups of actions, the shell and what lies below it, and of `sessions` the
replay and the library. None of the live desk's workers runs in it.

* `screen`: the screen, which has all of the others; `from_desk`: the same, opened from a live desk
* `live_line`: the live chat in one line above that
* `model`: the state at a position; `playback_bar`: where it stands, and how lively the chat was
* `actions`: what the keys do; `port`: what that asks of the screen; `keys`: the table of the keys
* `jump`: the dialog for a time to go to
"""
