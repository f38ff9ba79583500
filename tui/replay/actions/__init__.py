"""What can be done in a replay that is not done at a live desk: playing, and looking without changing anything.

It uses the desk's groups of actions and dialogs, and knows the screen by its `ReplayPort` alone.

* `playback`: plays and goes to moments
* `looks`: shows cards and the log to read only, and blanks a post out of saved files
"""
