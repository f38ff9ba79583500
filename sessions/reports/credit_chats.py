"""The saved chats of which attendance is wanted, read with what people.json says of who was there. It blocks."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from sessions.core.evolve import fold
from sessions.core.languages import Language
from sessions.core.people import Register
from sessions.core.plan import Credit, Plan
from sessions.core.state import SessionState
from sessions.files.errors import LibraryError
from sessions.library.library import Library, Saved
from sessions.library.people import read_people
from sessions.library.storage.reading import read_titled_events
from sessions.reports.credit import Attendance, CreditPeople, build_attendance
from sessions.reports.recap_people import recap_people


class ReadAttendance(msgspec.Struct, frozen=True):
    """The chats, the earliest first; the language in which each was held, by its id; `damaged` files were passed by."""

    chats: tuple[Attendance, ...]
    languages: dict[str, Language]
    damaged: tuple[Path, ...] = ()


def read_attendance(
    library: Library,
    named: Sequence[str] = (),
    *,
    series: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    credit: Credit | None = None,
) -> ReadAttendance:
    """The attendance of the chats that are `named` (as `Library.find`) and of those of the series on these days.

    `credit` is for chats whose own plan says nothing of it. Raises `LibraryError` where a chat or the series is not
    there, `StorageError` where a chat that was named, or people.json, cannot be read: a list made without that might
    name who asked not to be named.
    """
    found = {saved.id: saved for saved in map(library.find, named)}
    damaged: list[Path] = []
    if series is not None:
        for saved in _of_series(library, series, since, until):
            if saved.damaged:
                damaged.append(saved.path)
            else:
                found.setdefault(saved.id, saved)
    made = attendance_of(library, {saved.id: saved.path for saved in found.values()}, credit)
    return msgspec.structs.replace(made, damaged=tuple(damaged))


def attendance_of(library: Library, files: Mapping[str, Path], credit: Credit | None = None) -> ReadAttendance:
    """The attendance of the chats in these session files, which need not lie in the library, by their ids.

    `credit` and what is raised are as in `read_attendance`.
    """
    people = read_people(library.folder)
    chats, languages = [], {}
    for session, path in files.items():
        state = fold(read_titled_events(path))
        languages[session] = (state.plan or Plan()).spoken
        chats.append(build_attendance(state, session, credit_people(library.folder, people, state, session), credit))
    return ReadAttendance(tuple(sorted(chats, key=lambda chat: chat.starts_at)), languages)


def credit_people(library: Path, people: Register, state: SessionState, session: str) -> CreditPeople:
    """What people.json says of the people of a chat.

    Left out is who is in no recap; of them that who is written down to want credit is in the list for it, since that is
    what they agreed to. Whoever is muted for good is not.
    """
    left_out = set(recap_people(library, state, session).left_out)
    persons: dict[str, str] = {}
    names: dict[str, str] = {}
    wishes: dict[str, bool] = {}
    for account, person in state.people.items():
        record = people.of(person.author)
        if record is None:
            continue
        persons[account] = next(iter(record.ids), account)
        if record.name:
            names[account] = record.name
        if record.credit:
            wishes[account] = record.credit == "yes"
        if record.credit == "yes" and not record.muted:
            left_out.discard(account)
    return CreditPeople(left_out=frozenset(left_out), persons=persons, names=names, wishes=wishes)


def _of_series(library: Library, series: str, since: datetime.date | None, until: datetime.date | None) -> list[Saved]:
    """The chats of a series on these days, without rehearsals and the months of its channel."""
    everything = [saved for saved in library.saved_chats() if saved.series == series]
    chats = [saved for saved in everything if saved.damaged or not (saved.rehearsal or saved.channel)]
    if not chats:
        raise LibraryError(f"No saved chat belongs to the series {series!r}. `lunchroom sessions` lists what is saved.")
    first, last = (None if day is None else day.isoformat() for day in (since, until))
    within = [one for one in chats if (first is None or one.date >= first) and (last is None or one.date <= last)]
    if not within:
        raise LibraryError(f"The series {series!r} has no saved chat on these days.")
    return within
