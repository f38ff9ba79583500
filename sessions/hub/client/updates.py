"""What the hub's client tells a desk."""

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.state import SessionState
from sessions.hub.protocol.stream import Heartbeat


class Unsaved(msgspec.Struct, frozen=True):
    """The command has no effect, because the hub cannot save now."""

    words: str


class Events(msgspec.Struct, frozen=True):
    """Events that had arrived when one looked, in order; `folded` is their fold where they are the first of the session
    and were folded already: it belongs to who takes them."""

    events: tuple[AnyEvent, ...]
    folded: SessionState | None = None


class Beat(Heartbeat, frozen=True, kw_only=True):
    """A heartbeat, and the own monotonic seconds at which it came."""

    received: float


class Offline(msgspec.Struct, frozen=True):
    """The hub does not answer, since the monotonic second `since`, after so many attempts; `why` is in words.

    It is tried again in `wait` seconds.
    """

    since: float
    attempts: int
    why: str
    wait: float = 0.0


class Rewound(msgspec.Struct, frozen=True):
    """The session goes on from behind the event `seq` at another hub: what came after it is not a part of it."""

    seq: int


class Online(msgspec.Struct, frozen=True):
    """The hub answers: after the first connection, and after each `Offline`."""


class Ended(msgspec.Struct, frozen=True):
    """Nothing more will come: the chat is closed, or the token is refused for good."""

    why: str


HubUpdate = Events | Beat | Offline | Online | Rewound | Ended
