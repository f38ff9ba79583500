"""The seat in another home that this account had last, by which `lunchroom join` comes back to it.

It lies beside the key that it is bound to, in a folder that only its user may read; it is of no use without that key.
"""

from pathlib import Path

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import Scope
from sessions.files.small_file import SmallFile
from sessions.hub.away.computer import away_folder
from sessions.hub.client.invite import ELSEWHERE, Invite, InviteError
from sessions.hub.protocol.seats import Seat

_NAME = "seat"


class LastSeat(msgspec.Struct, frozen=True):
    """A seat, the ticket by which its hub is dialled, and the chat's title as it was then."""

    ticket: str
    name: str
    scope: Scope
    token: str
    title: str = ""

    @property
    def seat(self) -> Seat:
        """As it was given."""
        return Seat(self.name, self.scope, self.token)

    @property
    def invite(self) -> Invite:
        """The way back."""
        return Invite(url=ELSEWHERE, token=self.token, ticket=self.ticket)

    def __repr__(self) -> str:  # tokens stay out of logs and tracebacks
        return f"LastSeat(name={self.name!r}, scope={self.scope!r}, ...)"


def keep_seat(last: LastSeat, folder: Path | None = None) -> None:
    """Let this be the last one; `folder` is for tests. Blocks. Raises `StorageError`."""
    file = SmallFile(away_folder(folder) / _NAME)
    with file.locked():
        file.write(msgspec.json.encode(last))


def last_seat(folder: Path | None = None) -> LastSeat | None:
    """The last one; None where there is none, or its file is damaged. Blocks. Raises `StorageError`."""
    raw = SmallFile(away_folder(folder) / _NAME).read()
    if raw is None:
        return None
    try:
        last = read_json(raw, LastSeat)
        Invite.parse(str(last.invite))
    except (Unreadable, InviteError):  # an invite makes a new one
        return None
    return last


def forget_seat(token: str, folder: Path | None = None) -> None:
    """There is nothing to come back to by the seat with this token. Blocks. Raises `StorageError`."""
    file = SmallFile(away_folder(folder) / _NAME)
    with file.locked():
        last = last_seat(folder)
        if last is not None and last.token == token:
            file.write(b"{}")
