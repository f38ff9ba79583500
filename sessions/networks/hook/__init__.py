"""What other programs post to us: the chat of a meeting (Zoom, Teams, Meet) or of a team (Slack, Discord).

A source that is not asked but told: the hub listens on this computer alone for HTTP POSTs that carry a token. Nothing
is ever fetched for what comes, and nothing can be posted back. It knows no other network and rests on what all share.

* `network`, `account`: its row in the table, and the token as an account
* `reader`: the source
* `listener`: HTTP on a socket of this computer, with its limits
* `entrance`: what is let in: whom a request is for, its token, how often
* `payloads`: what the programs post, read
* `posts`: what was said as a post, and what was said twice
* `login`: how the token comes and is shown
"""
