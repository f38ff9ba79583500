"""What goes out to the networks from the desk.

* `posting`: choosing and previewing it, sending it, and offering it
* `unfinished`: what was begun, and nobody finished
* `announcing`: telling people elsewhere
* `hub_commands`: how all of it is noted at the hub
"""
