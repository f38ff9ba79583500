"""The garbage collector of a process that holds a long chat.

Python looks for cycles in all that is held, and the more that is, the longer everything else waits: with 100,000 posts
a sixth of a second, once or twice in that of a busy chat. Posts are in no cycles and stay to the end, so that there is
nothing to find. This changes no state of a chat, only what the process does with its memory.
"""

import gc

SETTLED = 1_000
"""Posts behind which what is held is settled: ten seconds of the busiest chat."""

THRESHOLDS = (10_000, 5, 50)
"""As of `gc.set_threshold`: so many objects more until the young ones are looked through, and so on."""


CLOSED = 20
"""Dialogs that have closed, behind which it is worth it to look for what is left of them."""


def put_off() -> None:
    """Look through nothing until `begin`: what a program imports while it starts is all kept."""
    gc.disable()


def begin() -> None:
    """The program has started: what it holds now is never looked through, what comes is."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class ChatMemory:
    """Takes what a chat holds out of the garbage collector's sight, whenever so much has come.

    Before so many posts, in a short chat or a test, the collector works as it always does.
    """

    def __init__(self) -> None:
        self._unsettled = 0
        self._settled = False

    def grew(self, posts: int) -> None:
        """Be told of so many posts more; takes some milliseconds where it settles them.

        Where another chat was settled in this process before, all is looked through once: that one may have been left.
        """
        self._unsettled += posts
        if self._unsettled >= SETTLED:
            self._unsettled = 0
            if not self._settled and gc.get_threshold() == THRESHOLDS:
                gc.unfreeze()
            self._settled = True
            gc.set_threshold(*THRESHOLDS)
            gc.collect()  # what is in cycles and let go of would stay for ever
            gc.freeze()


class ViewMemory:
    """Lets go of what was opened and closed again, which is in cycles, once so much was.

    By `THRESHOLDS` the collector itself would not come to it. What a chat holds is out of its sight, so that it is soon
    through.
    """

    def __init__(self) -> None:
        self._closed = 0

    def closed(self) -> None:
        """Be told of one more; takes some milliseconds where it lets go."""
        self._closed += 1
        if self._closed >= CLOSED and gc.get_threshold() == THRESHOLDS:
            self._closed = 0
            gc.collect()
