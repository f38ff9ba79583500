"""The hub's own side: the live session, and its HTTP API.

It may use `core`, `files`, `networks`, `library`, `exchange` and `hub.protocol`, and neither signals nor processes: it
lives in whatever event loop runs it.

* `service`: the live session: decides upon the head state, shows the durable one
* `rules`: what the hub decides by itself, pure: deliveries, arrivals, the end
* `answers`: what commands were answered that came to nothing, for requests that arrive twice
* `committer`: what arrives together is written together
* `clock`, `newcomers`, `noted`: the hub's time, who is new, and where people teach
* `log`, `observer_view`, `stream`: events in the bytes that clients get, what observers get of them, how they get it
* `collector`: runs the sources so that none can stop the hub
* `entry`: who may come in, over which connection, and who is there
* `inviting`: who may come from another home, and who has a seat
* `pointing`: who was pointed at: "this is you"
* `squeezing`: sending less over a line between two homes
* `http`, `calls`, `responses`: the API, its calls by what they are for, and what all of them share
* `whole_letters`: what sources bring, as it can be saved
"""
