"""Terms: which of several hubs of one session runs it, where its hub may die and somebody else's computer goes on.

A session begins in term 1; each takeover begins a later one with a `hub_taken_over`. Pure rules, which hubs and desks
ask with what they heard of each other; it may use events and nothing that decides upon them.

* `claims`: who runs a session, and who steps down
* `histories`: how far two copies of a session are one history, and which of them is gone on with
"""
