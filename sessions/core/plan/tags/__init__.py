"""The hashtags of a plan with their roles, and its tasks to look another one up. Pure.

* `reading`: what a file says of them
* `words`: the tasks in words, for who plans and for the teachers, and as the post that sets one
"""
