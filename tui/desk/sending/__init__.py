"""Commands on their way to the hub, and what comes back. No widgets, so that it runs without an app.

It may use the desk's model and the hub's client.

* `commands`: what waits to be sent, is taken back, and was refused; `command_queue`: one after another to the hub
* `waiting`: what is said while the hub's answer is late
* `kept_link`: a copy kept of what comes back; `hearing`: waiting for it
"""
