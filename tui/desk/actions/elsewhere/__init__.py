"""What a moderator can do about those in other homes.

* `inviting`: letting somebody in
* `seats`: who sits where, pointing at a desk, taking a seat back
"""
