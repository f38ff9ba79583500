"""X over its API v2, where reading and posting are paid for.

It knows no other network and rests on what all share (`sessions.networks.web`, `sign_in`, `network`, `spending`).

* `network`: its row in the table
* `finder`: looking up by the search
* `reading`: a hashtag by search and by stream, under a ceiling of costs
* `posting`, `rules`, `counting`: posting, and how long a post may be
* `login`, `sign_in`, `checking`, `account`: how the app that reads and the person who posts sign in, the calls for it,
  whether an account works, and how the two are told apart
* `api`, `wire`, `refusals`: the calls, what is read of their answers, and why X says no
* `posts`, `ids`: a post of X as a post, and the times that its ids hold
* `archive`: posts that somebody has in files, of the API or of an account's own archive
* `prices`: what X charges
"""
