"""Choosing what is looked at: which posts, which of them stay folded, and who of those present is missing.

* `filtering`: choosing which posts are shown, at once by two keys, or in a list
* `choices`: what can be chosen from, and how each is called
* `not_answered`: who has not answered a question
* `muted_words`: words that fold a post
"""
