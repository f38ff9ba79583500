"""A chat in plain lines: what happens is read out line by line, and what one wants is typed in words.

It is how a blind teacher moderates, and how a script does: nothing moves, nothing is coloured, no byte steers a
terminal. It does what the desk does by the desk's own groups of actions; their dialogs are not shown but asked in
words. No screen is started. It may use the desk's and the replay's models, actions and dialogs.

* `live`: the desk of a live chat; `saved`: a saved chat; `chat`: what actions ask of a screen, in words
* `told`: what happens, and what one asks to hear, in lines
* `vocabulary`: what one types; `typed`: what that does; `targets`: posts by numbers, people by names
* `asked`: what the dialogs ask, answered by typing
* `terminal`: lines in and out
"""
