"""A desk's own copy of a chat that another computer's hub keeps, so that each moderator has it afterwards.

It uses the session file as the hub does, and keeps no desk waiting.

* `session_copy`: the file, made of the events that the desk receives
* `copy_keeper`: writes it in a thread, beside a desk, and says in one sentence what keeps it from that
"""
