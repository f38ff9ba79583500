"""Who may come from another home: the invites of a session, and the calls that make, list and withdraw them.

It may use what the rest of the server has of tokens and answers. Nothing here binds or contacts anything: `calls` says
what it needs of the way in, which is `hub.process.away`.

* `invites`: codes that work once, and how wrong ones are slowed
* `calls`: `/v1/invites`
"""
