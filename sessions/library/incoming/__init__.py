"""Sessions from elsewhere on their way in, from an archive or from the other moderator's library.

What is not believed stays outside, a longer copy takes the place of a shorter one, and all of it comes in or nothing.
It may use the session file and the list of the library; whose sessions they are is the affair of who calls.

* `validation`: whether a session can be what it says, and its texts without what hides in them. Pure
* `merge`: the longer one of two copies, without what the shorter one lost on purpose. Pure
* `document`: the bytes of a session file with other events
* `staging`: files prepared in a folder of their own, then moved
"""
