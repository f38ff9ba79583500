"""The questions of the plan: as a list that tells them whole where there is room, and on one line.

What they look like is made by pure functions of the session's state.

* `question_queue`: the pane, with its cursor, in either shape
* `queue_rows`: its lines, and how many of them each question gets
* `hour_strip`: the hour at its foot, as it went and as it will go
* `day_rows`: the days of a channel in their place
* `one_line`: all questions on one line
"""
