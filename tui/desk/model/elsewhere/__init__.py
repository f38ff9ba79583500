"""What is found beside the chat.

* `finds`: where one can look, what came of it, and who shared what
"""
