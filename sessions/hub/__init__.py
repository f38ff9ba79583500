"""A chat while it runs: the one process that owns it, and the way to it for everybody else.

The hub decides what may happen and in which order, saves it, and tells all desks. It may use all other rooms of
`sessions`, because a running chat is where they meet; none of them knows it.

* `protocol`: every struct that travels between a hub and its desks, once
* `server`: the session in memory and on the disk, and the calls that it answers over HTTP
* `client`: a desk's side of these calls
* `away`: how two homes find each other
* `process`: what makes a process of it: opening a session, serving it, starting it in the background
* `takeover`: a desk that follows the session from hub to hub, and goes on with it where the hub dies

`server` and `client` know `protocol` and `away` and not each other, so that each can be run with another one's other
half: a desk with the hub of another version. `docs/develop/hub.md` has the contract.
"""
