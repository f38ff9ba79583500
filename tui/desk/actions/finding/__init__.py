"""Finding posts elsewhere, and sharing them with the chat.

* `looking_up`: the look-up, page by page, with what it may cost asked before
* `tasks`: tasks to look a hashtag up, and who did them
* `sharing`: a found post as a post of ours, a quote or a boost, or copied
* `task_choices`: tasks and who did them as choices of a list, also in a replay
"""
