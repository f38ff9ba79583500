"""Finding posts elsewhere, and sharing them with the chat.

* `looking_up`: the look-up, page by page, with what it may cost asked before
* `sharing`: a found post as a post of ours, a quote or a boost, or copied
"""
