"""A desk's side of takeovers: it goes on with the chat where the hub cannot, and finds the hub that does.

It rests on everything else of the hub, also on `process`, for it starts one; no screen imports it.

* `succession`: follows the session from hub to hub, and takes it over
* `answering`: what the desk answers others who ask while the hub is away
* `own_reading`: which sources this computer could read
* `own_way`: the endpoint of this computer, by which it dials others and they dial it
"""
