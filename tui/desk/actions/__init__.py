"""What a moderator can do at the desk, by topic.

Each group is a plain object, complete once it is made, that knows the screen by a `DeskPort` or, where a replay has
it too, a `ChatPort` alone, so that it runs without an app. `handlers` gives what does each action of the table of keys.

* `live`: all groups of a live desk, put together
* `questions`: the queue, the countdown, the end; `hour`: the hour as a whole
* `publishing`: what goes out to the networks; `finding`: what is looked up elsewhere, and shared
* `posts`, `post_texts`, `people`: what is under the cursor, which `pointed` finds; `blanking` asks before that
* `chosen`: a post that is open, with all that can be done with it, and posts that are marked
* `welcoming`: greeting people
* `navigation` with `looking`: filters, finding, the panes
* `together`: taking back, the log, roles, notes, the invite; `elsewhere`: who sits where, also in other homes
* `sources`: how the sources fare; `credit`: who asked for credit hours
* `recap`, `replaying`, `leaving`: a recap, another chat, and the way out
* `first_run`: what a desk is, said once
"""
