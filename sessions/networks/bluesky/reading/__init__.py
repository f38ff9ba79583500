"""Reading a hashtag on Bluesky, by search with a sign-in or from the stream of all, or what a custom feed shows.

It asks over `sessions.networks.bluesky.api` and knows nothing of posting or signing in.

* `reader`: by search, and the threads of questions
* `jetstream`: from the stream of all, without a sign-in
* `custom_feed`: what a feed shows, hashtag or not
* `seen_posts`: which posts the session has, and what was learnt of them
"""
