"""A desk's side of the hub, for screens and scripts: it waits for the hub and never blocks.

It may use `core`, `files`, `networks.account`, `hub.protocol` and `hub.away`; the exchange also the two libraries'
`exchange` and `library`, `head_start` the file of a session on this computer. It knows nothing of the server.

* `client`: the calls: join, command, follow, look at saved chats
* `event_stream`: one connection after the other as one stream that neither loses nor doubles an event
* `head_start`: what a desk knows by the session's file while the hub starts
* `updates`: what comes of that, and what comes of a command; `errors`: what goes wrong
* `desk_clock`: the hub's time on a desk
* `invite`: an address and a token, or a ticket and a code, as a person pastes them
* `away`: the way to a hub in another home; `last_seat`: the one that this account had last
* `peers`, `going_on`: asking the others who runs the session, and what a desk can do where its hub is gone
* `exchange`: what the two libraries lack of each other, looked up and brought over
"""
