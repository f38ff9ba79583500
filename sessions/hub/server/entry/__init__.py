"""Who may come in to the hub, over which connection, and who is there. It needs nothing else of the server.

* `access`, `names`: tokens, scopes and seats, and what a name is
* `door`, `lines`: which connections may stay, and what a call may do with the one it came on
* `presence`, `whereabouts`: who is there, and at which pane, writing what
"""
