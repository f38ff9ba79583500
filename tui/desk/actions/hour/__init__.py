"""What the one who asks does with the hour as a whole; groups as those beside this package.

* `ending_on_time`: sharing what is left among the questions that wait
* `turns`: whose turn each question is
"""
