"""What the desk knows, apart from how it looks: no widgets and no I/O, so that it is tested as data.

It may use `sessions` and the text; the screen asks it and tells it what came.

* `desk`: the folded session, the link to the hub, the offer, the drafts
* `handled`: what another moderator just did something with
* `changes`, `roster_changes`: what has to be drawn again after an event
* `away`: since when the hub does not answer
* `catching_up`: how far a desk is that lacks much, and what is new in a slow chat since one last looked
* `whereabouts`: where the others are and what they write, in words
* `answers`: answers added by hand
* `posting`: what can be posted, and how it stands
* `elsewhere`: what is found beside the chat
* `opened_post`, `filing_words`: all that is told of one post, and why it stands under its question
* `key_guard`: a command told from typing
* `refusals`, `log_words`, `several_words`, `exchange_words`: a refusal, what happened, and an exchange, in words
"""
