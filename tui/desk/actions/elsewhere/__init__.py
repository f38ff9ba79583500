"""What a moderator can do about those in other homes.

* `inviting`: letting somebody in
* `taking_over`: going on with the chat when its computer dies
* `reach`: with which networks a computer could go on, in words
* `seats`: who sits where, pointing at a desk, taking a seat back
* `exchange`: saved chats that one computer has and the other lacks
* `lending`: a sign-in with which the chat's computer may read
"""
