"""What a month of a channel gets of what its sources bring.

* `source`: a source up to the end of the month
* `hours`: what the chats of the series have, which the month leaves to them
"""
