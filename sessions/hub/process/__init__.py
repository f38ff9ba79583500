"""The hub as a process, from the plan or the file of a session to its end.

It may use all of `sessions`, of `hub.client` only what asks others. It names no screen: which program a process in the
background is made of is told by whoever starts one.

* `opened`: an open session with its sources
* `channel`: the months of a channel: a new one begun, one opened to be read
* `month`: what a month gets of what its sources bring
* `catching_up`: reads what a channel lacks, without serving
* `starting`: opens all that a hub needs, and leaves nothing open where that fails
* `sources`: opens the sources that a plan or the command line names
* `running`: a session, its sources and its HTTP API in one event loop
* `listening`: its connections: accepting them, their time limits, how many files may be open
* `away`: its way in from other homes
* `succession`, `heritage`: whether another hub runs the session, and what is kept of it on this computer
* `ready`: what it says once it answers, and that it cannot start
* `serve`: that in the foreground, with its signals and its last words
* `runtime`: the file by which a user's programs find it and get in
* `coming_back`: with which saved chat a slow chat's plan goes on
* `spawn`, `program`: starts one that outlives the terminal, and of which program
"""
