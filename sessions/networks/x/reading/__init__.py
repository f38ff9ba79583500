"""Reading a hashtag on X while what it costs is counted and kept under a ceiling.

It asks over `sessions.networks.x.api` and knows nothing of posting or signing in.

* `reader`: the source; when to search, when to stream, when to stop and ask
* `stream`: X's one filtered stream, and its rules
* `query`: the plan's hashtags as X's query language has them
* `costs`: what was spent, counted as X bills it
* `seen_posts`: the versions of posts that were read, to tell a new one from an edited one
"""
