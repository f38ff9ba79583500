"""The networks that chats are read from and posted to: one folder a network, and one table that knows them all.

Whoever has to know which networks there are, or what one of them is like, asks the table (`registry`); no network's
name is compared anywhere else, and no network knows another. It rests on `sessions.core`, on `sessions.files` for what
is kept of accounts, and on the libraries for HTTP; from bottom to top:

* `account`, `poster`, `source`, `finder`: what an account, what posts, reads and looks up are, whatever the network
* `archived`: what a network makes of its own JSON in a file
* `addresses`, `counting`, `spending`, `timing`: what networks share that needs no connection
* `web`: requests, streams, limits and failures; sources that read several things side by side
* `sign_in`: what signing in is made of, and what it asks of a person
* `network`: what a row of the table has to say
* `mastodon`, `bluesky`, `x`, `hook` (what other programs post to us): a folder each, with its row in `network`
* `registry`: the table
* `accounts`: the accounts of this computer's user, whatever their network
"""
