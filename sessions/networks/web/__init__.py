"""What the sources and posters of all networks share when they speak with a server.

Every failure becomes one of the kinds in `errors`, whose text a moderator reads beside the network's name. It knows
no network and no account; it rests on httpx and on what a source is (`sessions.networks.source`).

* `fetching`: one request, bounded in time, size and redirects
* `streaming`, `sockets`: answers that do not end, bounded too
* `limits`: how much of a network's limit is left, by its headers
* `server_clock`: a server's clock beside ours
* `forgiving`: JSON read member by member, so that a malformed one costs itself
* `errors`: what can go wrong, in words
* `feed`: several readers side by side as one stream of deliveries
* `network_source`: what the sources of all networks have in common
* `question_posts`: which posts put the questions that people answer now
* `html_text`: the HTML of a post as text
* `times`: times that strangers claim
"""
