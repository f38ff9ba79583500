"""What is found beside the chat, and told there.

* `tasks`: tasks to look a hashtag up: how many did one, who and how
* `announcing`: what people elsewhere can be told, and how that stands
* `finds`: where one can look, what came of it, and who shared what
"""
