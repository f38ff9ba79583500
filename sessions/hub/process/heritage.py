"""What is kept on a computer of a session whose hub may be elsewhere: how to go on with it, and who does.

One file for each session beside its runtime file, for this user's eyes only, as it tells which seats there are and what
others are asked with. It outlives desk and hub.
"""

import contextlib
from pathlib import Path

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.session_id import SESSION_ID
from sessions.core.terms.claims import Claim
from sessions.files.reading import read_file
from sessions.hub.process.runtime import make_runtime_folder, runtime_folder, write_private
from sessions.hub.protocol.takeover import DeputiesView, Deputy, Heir, Standing
from sessions.hub.server.entry.access import Keys

_LARGEST = 1024 * 1024
"""Bytes of a file."""


class Heritage(msgspec.Struct, frozen=True):
    """How the moderator `name` of this computer goes on with a session.

    `ask` is what they ask others with, `seat` their own seat, `view` what the hub told last, `heard` who was last heard
    to run the session with the highest claim. `near` says that the hub was on this computer, so that seats there are
    seats here.
    """

    name: str
    ask: str
    seat: Heir | None = None
    view: DeputiesView | None = None
    heard: Standing | None = None
    near: bool = False

    def __repr__(self) -> str:  # what others are asked with stays out of logs
        return f"Heritage(name={self.name!r}, ...)"

    @property
    def claims(self) -> list[Claim]:
        """All claims that are known."""
        told = [self.heard, None if self.view is None else self.view.standing]
        return [Claim(one.term, one.key) for one in told if one is not None]


def inherited(keys: Keys, heritage: Heritage) -> Keys:
    """The tokens of a hub that goes on: the seats of the one before it stay seats, without anybody's token being told.

    A seat of this computer is one here; another one is from its own computer alone, unless the hub was on this one.
    """
    view, own = heritage.view, heritage.seat
    known = {seat.name for seat in keys.admitted}
    seats = () if view is None else view.seats
    heirs = tuple(
        msgspec.structs.replace(one, here=one.here and heritage.near)
        for one in seats
        if one.name not in known and one.name != heritage.name
    )
    if own is not None and own.name not in known:
        heirs = (*heirs, own)
    if view is None:
        return msgspec.structs.replace(keys, heirs=heirs, ask=heritage.ask)
    before = view.standing
    former = Deputy("", before.url if heritage.near else "", before.ticket)
    deputies = tuple(one for one in view.deputies if one.name != heritage.name)
    return msgspec.structs.replace(keys, heirs=heirs, deputies=deputies, former=(former,), ask=heritage.ask)


def save_heritage(session: str, heritage: Heritage) -> None:
    """Write it at one instant; blocks. Raises `OSError`, `StorageError`."""
    make_runtime_folder()
    write_private(_path(session), msgspec.json.encode(heritage))


def keep_heritage(session: str, heritage: Heritage) -> None:
    """The same, but for a higher claim that was heard of on this computer before, which stays known."""
    known = load_heritage(session)
    before, now = (None if one is None else one.heard for one in (known, heritage))
    if before is not None and (now is None or (before.term, before.key) > (now.term, now.key)):
        heritage = msgspec.structs.replace(heritage, heard=before)
    save_heritage(session, heritage)


def load_heritage(session: str) -> Heritage | None:
    """What is kept of the session, None where there is nothing that can be read."""
    with contextlib.suppress(OSError, Unreadable):
        return read_json(read_file(_path(session), _LARGEST), Heritage)
    return None


def remove_heritage(session: str) -> None:
    """Forget it: the session is closed."""
    _path(session).unlink(missing_ok=True)


def _path(session: str) -> Path:
    if not SESSION_ID.fullmatch(session):
        raise ValueError(f"{session!r} is no id of a session")
    return runtime_folder() / f"{session}.heritage"
