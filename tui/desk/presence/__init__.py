"""Who else is at a desk of this chat, at which pane, writing what: told to the hub, and asked before two do the same.

It may use the desk's model, the dialogs and the widgets, and knows the screen by a port of its own.

* `desk_presence`: what the screen has of it
* `marks`: rows that the others did something with
* `telling`: when the hub is told where this desk is
"""
