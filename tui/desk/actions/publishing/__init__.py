"""What goes out to the networks from the desk.

* `posting`: choosing and previewing it, sending it, and offering it
* `unfinished`: what was begun, and nobody finished
* `hub_commands`: how all of it is noted at the hub
"""
