"""Telling people elsewhere that there is a chat.

* `announce`: the reminder, a question or the recap's link, to a channel of a team or to a mailing list
"""
