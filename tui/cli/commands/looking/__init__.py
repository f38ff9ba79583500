"""Commands that open a screen on saved chats.

* `library`: the list of them
* `replay`: one of them
"""
