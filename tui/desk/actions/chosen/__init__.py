"""Posts that somebody chose to look at or to do something with.

* `opening`: one post, opened, and what is done with it there
* `marking`, `several`: posts that are marked, and doing something to all of them as one
"""
