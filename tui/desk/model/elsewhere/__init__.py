"""What is found beside the chat.

* `tasks`: tasks to look a hashtag up: how many did one, who and how
* `finds`: where one can look, what came of it, and who shared what
"""
