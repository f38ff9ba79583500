"""One chat that went on in two files, after a takeover or a cut between the two homes: what only the other file has.

Files of one session are the same up to where they parted. What follows there is added behind ours as new events: what
is in both is not doubled, what was decided here since stays, and merging again adds nothing. Pure. It may use the
events, the commands, the fold and the terms.

* `parting`: where two files parted, and by what an event is known in both
* `deciding`: what an event decides, and the command that decides the same here
* `reunited`: what is added, and what stays as it is here
* `asking`: what of that can be asked of the hub of a chat that runs
"""

from sessions.core.reunion.asking import Asking, asking
from sessions.core.reunion.reunited import Addition, Group, Kept, NotOneChat, Reunion, reunite

__all__ = ["Addition", "Asking", "Group", "Kept", "NotOneChat", "Reunion", "asking", "reunite"]
