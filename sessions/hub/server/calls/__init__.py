"""The calls of the hub's API, by what they are for.

* `asking`: from where a call may come
* `joining`: the call that gives out tokens and seats
* `session_view`: how the session stands
* `saved`: the chats in the library
* `exchange`, `sign_ins`: saved chats and people, and sign-ins that are lent
* `same_names`: who of the new ones has the name of somebody of an earlier chat
* `deputies`: who could go on where this hub cannot, and who runs the session
* `whereabouts`: where a moderator's desk is
* `sources`: having what failed tried again
"""
