"""The session file: one TinyDB file a session (docs/develop/session-file.md).

An acknowledged event survives a kill, a reader needs no lock, and stock TinyDB reads the file at any moment. It may use
`core` and `files`; where the file lies and what else lies there is not known here.

* `session_file`: the one writer
* `append_storage`: TinyDB's storage that appends in place
* `layout`: how the file is laid out in bytes
* `reading`: reading without the lock
* `mending`, `rescue`: a torn tail cut off; what can be saved of a damaged file
* `closing`: what makes it the file of a closed chat
"""
