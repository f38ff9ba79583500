"""Bluesky: a hashtag by search with a sign-in, or by Jetstream without one; posted to and signed in at.

It knows no other network and rests on what all share (`sessions.networks.web`, `sign_in`, `network`).

* `network`: its row in the table
* `reading`: a hashtag by search, or from the stream of all
* `finder`: looking up a person, and with a sign-in a hashtag or words
* `posting`, `rules`, `counting`: posting, what is fixed, and how long a post is
* `login`, `sign_in`, `session`, `checking`: how a person signs in, the calls for it, a session that is renewed when it
  has to be, and whether an account works
* `api`, `wire`: the calls, and what is read of their answers
* `posts`, `facets`: a record as a post, and the pieces of its text that are links, tags and mentions
* `archive`: posts and records that somebody has in files
"""
