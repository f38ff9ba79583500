"""Each way to install, tried from a wheel that was just built: `python -m tests.installs [WAY...]`.

It takes some minutes and needs an index of packages, so it is no part of the suite. What it tries is what
`docs/use/install.md` says, to the letter: `tests/test_install.py` holds the two together.

* `__main__`: the command
* `ways`: what one types, and what is there afterwards
* `trying`: an account of one's own, in which a way is gone
"""
