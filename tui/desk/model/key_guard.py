"""Telling a command from typing: a key acts only if no other came within `BURST` of it.

Someone who types "thanks" into the wrong pane must not advance the chat. Two keys that mean something together (`f2`)
are held as one.
"""

from dataclasses import dataclass
from typing import Literal

from tui.widgets.pace import BURST

Verdict = Literal["held", "typing"]


@dataclass(frozen=True)
class HeldKey:
    """A key that waits whether more keys follow; it acts once `KeyGuard.settle` returns True for it.

    `then` is the key that belongs to it, empty where it stands alone.
    """

    key: str
    at: float
    then: str = ""


class KeyGuard:
    """Holds one key back at a time. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self.held: HeldKey | None = None
        self._last = float("-inf")
        self._burst = False

    def press(self, key: str, at: float) -> Verdict:
        """Take a printable key in: it is held, or it was typing and then neither it nor the key before it acts."""
        typing = at - self._last < BURST
        self._last = at
        self._burst = typing
        self.held = None if typing else HeldKey(key, at)
        return "typing" if typing else "held"

    def join(self, key: str, at: float) -> HeldKey | None:
        """Take in a key that goes with the one that is held, if that one stands alone: the two, held as one."""
        if self.held is None or self.held.then:
            return None
        self._last = at
        self.held = HeldKey(self.held.key, at, key)
        return self.held

    def typed(self, at: float) -> None:
        """Take in what is typing for certain: a paste, or a key that was meant for another screen."""
        self._last, self._burst, self.held = at, True, None

    def settle(self, key: HeldKey) -> bool:
        """Whether this key is still the one that is held; it is let go with that."""
        if self.held is not key:
            return False
        self.held = None
        return True

    def drop(self) -> bool:
        """Let go of the held key without acting; whether there was one."""
        held, self.held = self.held, None
        return held is not None

    def typing(self, at: float) -> bool:
        """Whether a key that cannot be printed, such as Enter, belongs to typing at this moment."""
        return self._burst and at - self._last < BURST
