"""What somebody may do to a hub with a connection, an observer's invite or a seat, and what two desks notice of it.

`python -m tests.attacks` starts a hub on this computer's loopback, has each attack run for some seconds beside two
desks that command and read, and prints how long these wait. `tests/sessions/hub/test_attacks.py` is the short form.

* `fuzz`: requests made of a seed, most of them wrong
* `attackers`: each attack, endless until cancelled; `strangers`: those from other homes
* `desks`: two desks at work, and how long they wait
"""
