"""What the hub's client tells a desk."""

import msgspec

from sessions.core.events import AnyEvent, Scope


class Joined(msgspec.Struct, frozen=True):
    """A seat at the session: the name as the hub writes it, and a token of one's own."""

    name: str
    scope: Scope
    token: str

    def __repr__(self) -> str:  # tokens stay out of logs and tracebacks
        return f"Joined(name={self.name!r}, scope={self.scope!r}, token=...)"


class Accepted(msgspec.Struct, frozen=True):
    """The command is done and saved; `seq` is that of its last event."""

    seq: int


class Refused(msgspec.Struct, frozen=True):
    """The command has no effect, and why, in words for the moderator; `action` names one of the desk's that helps."""

    words: str
    action: str | None = None


class Unsaved(msgspec.Struct, frozen=True):
    """The command has no effect, because the hub cannot save now."""

    words: str


class Events(msgspec.Struct, frozen=True):
    """Events that had arrived when one looked, in order."""

    events: tuple[AnyEvent, ...]


class Beat(msgspec.Struct, frozen=True):
    """A heartbeat: the hub's clock (UTC ms), its last seq, why it cannot save (or None), and the own monotonic seconds
    at which it came."""

    now: int
    seq: int
    trouble: str | None
    received: float


class Offline(msgspec.Struct, frozen=True):
    """The hub does not answer, since the monotonic second `since`, after so many attempts; `why` is in words."""

    since: float
    attempts: int
    why: str


class Online(msgspec.Struct, frozen=True):
    """The hub answers: after the first connection, and after each `Offline`."""


class Ended(msgspec.Struct, frozen=True):
    """Nothing more will come: the chat is closed, or the token is refused for good."""

    why: str


HubUpdate = Events | Beat | Offline | Online | Ended
