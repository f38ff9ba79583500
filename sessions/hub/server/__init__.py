"""The hub's own side: the live session, and its HTTP API.

It may use `core`, `files`, `networks`, `library`, `exchange` and `hub.protocol`, and neither signals nor processes: it
lives in whatever event loop runs it.

* `service`: the live session: decides upon the head state, shows the durable one
* `rules`: what the hub decides by itself, pure: deliveries, arrivals, the end
* `committer`: what arrives together is written together
* `clock`, `presence`, `newcomers`: the hub's time, who is there, who is new
* `log`, `observer_view`, `stream`: events in the bytes that clients get, what observers get of them, how they get it
* `collector`: runs the sources so that none can stop the hub
* `access`, `joining`, `names`: tokens, scopes and seats, the call that gives them out, and what a name is
* `asking`: from where a call may come
* `inviting`: who may come from another home
* `door`, `lines`: which connections may stay, and what a call may do with the one it came on
* `http`, `responses`: the calls, and what all of them share
* `whole_letters`: what sources bring, as it can be saved
* `session_view`: how the session stands
* `saved`: the calls for the chats in the library
* `exchange`, `sign_ins`: the calls for saved chats and people, and for sign-ins that are lent
"""
