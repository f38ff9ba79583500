"""A chat in plain lines: what happens is read out line by line, and what one wants is typed in words.

It is how a blind teacher moderates, and how a script does: nothing moves, nothing is coloured, no byte steers a
terminal. It does what the desk does by the desk's own groups of actions; their dialogs are not shown but asked in
words. No screen is started. It may use the desk's and the replay's models, actions and dialogs.

* `words`: the table of what one types; `targets`: posts by numbers, people by names, questions by labels
* `telling`: what happens in one line each; `clock_lines`: when the clock speaks; `bursts`: how much is read at once
* `looking`: who is here, the queue, answers, what was found
* `talk`: questions that one answers by typing; `forms`: the dialogs as such questions
* `terminal`: lines in and out
* `chat`: what actions ask of a screen, in words; `live`: the desk of a live chat; `news`: what is read of what happens
* `typed`: what a line does
"""
