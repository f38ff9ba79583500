"""Every struct that travels between a hub and its desks, once, a module for each group of calls.

What stands here is the contract: names and shapes are JSON that hubs and desks of other versions send, so nothing is
renamed and new fields have defaults. Structs only, no behaviour; it may use `core` alone. Events, commands and refusals
travel as `core` has them.

* `seats`: sitting down, and who sits where
* `responses`: what a command and any failed call get
* `presence`: at which pane a moderator is, and what they write
* `session_view`: how the session stands, in one object
* `stream`: what comes in the stream beside events
* `exchange`: saved chats and people, from one library to another
* `same_names`: who of the new ones has the name of somebody of an earlier chat
* `takeover`: who can go on where the hub cannot, and who runs the session
* `invites`: the way in for somebody in another home
* `sign_ins`: what a desk lends for reading
* `sources`: trying again now what failed
"""
