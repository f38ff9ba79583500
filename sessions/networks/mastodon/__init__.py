"""Mastodon, and servers that speak its API (GoToSocial, Pleroma, Akkoma): read, posted to and signed in at.

It knows no other network and rests on what all share (`sessions.networks.web`, `sign_in`, `network`).

* `network`: its row in the table
* `reader`, `intervals`, `seen_posts`: a hashtag by stream and by asking again, what was learnt of the posts, and which
  the session has from before
* `posting`, `rules`, `counting`: posting, and how long a post may be
* `finder`: looking up a hashtag, words or a person
* `login`, `sign_in`, `checking`: how a person signs in, the calls for it, and whether an account works
* `api`, `wire`: the calls, and what is read of their answers
* `posts`: a status as a post
* `archive`: statuses and outboxes that somebody has in files
"""
