"""What happens in a chat, and what one asks to hear of it, in lines. Names and texts go through the one door.

* `telling`: what happens in one line each; `news`: which of it is read, and when
* `bursts`: how much is read at once; `clock_lines`: when the clock speaks
* `looking`: who is here, the queue, answers, what was found
"""
