"""Who may come from another home, and who is here: invites and seats, and the calls for them.

It may use what the rest of the server has of tokens and answers. Nothing here binds or contacts anything: `calls` says
what it needs of the way in, which is `hub.process.away`.

* `invites`: codes that work once, and how wrong ones are slowed
* `calls`: `/v1/invites`
* `seats`: `/v1/seats`
* `keeping`: writing down what changed
"""
