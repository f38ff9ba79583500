"""What two libraries lack of each other: saved chats of one series, and what is noted about people. Pure.

Of two copies of one session the longer one wins: an equal or shorter one is never taken.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

import msgspec

from sessions.core.cleaning import visible_throughout
from sessions.core.identity import is_pseudonym
from sessions.core.people import WRITTEN, PersonRecord, Register
from sessions.core.session_id import SESSION_ID
from sessions.library.marks import alike

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Copy(Protocol):
    """A saved chat as either side lists it. `ended` is None while it is not closed, `events` how many it has."""

    @property
    def id(self) -> str: ...
    @property
    def series(self) -> str: ...
    @property
    def ended(self) -> int | None: ...
    @property
    def rehearsal(self) -> bool: ...
    @property
    def events(self) -> int: ...
    @property
    def marks(self) -> tuple[str, ...]:
        """Those of its posts (`sessions.library.marks`); none where the other side knows of none."""
        ...


There = TypeVar("There", bound=Copy)


def lacking(ours: Iterable[Copy], theirs: Iterable[There], series: str, live: str) -> list[There]:
    """Those of `theirs` that are not among `ours`, or are shorter there: what is to be copied, latest last.

    Only closed chats of `series` count, neither rehearsals nor the session `live`, which both sides have as it runs.
    A chat that is there under another id (`same_chats`) is not lacking.
    """
    ours, theirs = list(ours), list(theirs)
    same = same_chats(ours, theirs)
    known: dict[str, int] = {}
    for copy in ours:
        known[copy.id] = max(copy.events, known.get(copy.id, 0))
    best: dict[str, There] = {}
    for other in theirs:
        if other.id not in same and _goes_along(other, series, live) and other.events > known.get(other.id, 0):
            known[other.id] = other.events
            best[other.id] = other
    return sorted(best.values(), key=lambda copy: (copy.ended or 0, copy.id))


def same_chats(ours: Iterable[Copy], theirs: Iterable[Copy]) -> dict[str, str]:
    """By the id of each of `theirs` that is here under another id only the id that it has here.

    Two libraries may have imported the same archive: the posts tell it, as far as either side lists marks of them.
    """
    ids: set[str] = set()
    by_mark: dict[str, list[Copy]] = {}
    for copy in ours:
        ids.add(copy.id)
        for mark in () if copy.rehearsal else copy.marks:
            by_mark.setdefault(mark, []).append(copy)
    found: dict[str, str] = {}
    for other in theirs:
        if other.id in ids or other.rehearsal:
            continue
        near = {copy.id: copy for mark in other.marks for copy in by_mark.get(mark, ()) if copy.series == other.series}
        same = next((one for one, copy in near.items() if alike(copy.marks, other.marks)), None)
        if same is not None:
            found[other.id] = same
    return found


def with_chats_called(people: Iterable[PersonRecord], names: Mapping[str, str]) -> list[PersonRecord]:
    """The people, with chats under the ids that `names` gives them: so that a chat that both have is counted once."""
    found = msgspec.convert(msgspec.to_builtins([*people]), list[PersonRecord])
    for person in found:
        for account in person.accounts:
            account.chats = {names.get(chat, chat): date for chat, date in account.chats.items()}
        person.settle()
    return found


def _goes_along(copy: Copy, series: str, live: str) -> bool:
    closed = copy.ended is not None and not copy.rehearsal
    return closed and copy.series == series and copy.id != live and SESSION_ID.fullmatch(copy.id) is not None


def sendable_people(register: Register) -> list[PersonRecord]:
    """The records that go to another library: all but those of who was forgotten, whom only this one knows so."""
    return [person for person in register if person.accounts and not any(map(is_pseudonym, person.ids))]


def received_people(people: Iterable[PersonRecord]) -> Register:
    """A register of what another library sent, with all that follows from the accounts found anew, and nothing hidden
    in any text.

    Raises `ValueError`, in one line, where it is none that a library of ours has.
    """
    register = Register()
    for person in msgspec.convert(visible_throughout(msgspec.to_builtins([*people])), list[PersonRecord]):
        chats = [chat for account in person.accounts for chat in account.chats.items()]
        if not WRITTEN.issuperset(person.written):
            raise ValueError("What is written of a person has fields that no library has.")
        if not all(SESSION_ID.fullmatch(chat) and _DATE.fullmatch(date) for chat, date in chats):
            raise ValueError("A person was in chats that no library has.")
        person.settle()
        register.people.append(person)
    register.people = sendable_people(register)
    return register


def has_news(theirs: Register, ours: Register) -> bool:
    """Whether `ours` would change if it took in what `theirs` knows."""
    return merged(ours, theirs).people != ours.people


def merged(ours: Register, theirs: Register) -> Register:
    """What `ours` would be with what `theirs` knows; neither changes."""
    result = Register(msgspec.convert(msgspec.to_builtins(ours.people), list[PersonRecord]))
    result.merge(theirs)
    return result
