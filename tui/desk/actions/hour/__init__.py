"""What the one who asks does with the hour as a whole; groups as those beside this package.

* `ending_on_time`: sharing what is left among the questions that wait
* `closing`, `ending`: the end, what is left to do before and after it, and how the chat stands then
* `turns`: whose turn each question is
"""
