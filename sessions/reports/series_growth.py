"""Reading all saved chats of a series, for its growth."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from sessions.core.evolve import fold
from sessions.core.people import Register
from sessions.core.state import SessionState
from sessions.files.errors import LibraryError, StorageError
from sessions.library.library import Library, Saved
from sessions.library.people import read_people
from sessions.library.storage.reading import read_titled_events
from sessions.reports.growth import Growth, growth

Progress = Callable[[int, int], None]
"""Hears before each chat how many of how many have been read."""


class SeriesGrowth(msgspec.Struct, frozen=True, kw_only=True):
    """The growth of a series, with what whoever reads it must know.

    `damaged` files were passed by; `people_problem` says why people.json was, in words, empty where it was not;
    `others` are the other series that have saved chats.
    """

    growth: Growth
    others: tuple[str, ...] = ()
    damaged: tuple[Path, ...] = ()
    people_problem: str = ""


def read_growth(
    library: Library,
    series: str | None = None,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    progress: Progress | None = None,
) -> SeriesGrowth:
    """The growth of the series, else of that of the latest chat; of none at all where no chat is saved.

    Blocks, some milliseconds for each chat; what `progress` raises ends it. Raises `LibraryError` where the series has
    no saved chat.
    """
    everything = library.saved_chats()
    whole = [saved for saved in everything if not (saved.damaged or saved.rehearsal)]
    known = tuple(dict.fromkeys(saved.series for saved in whole))
    chosen = series if series is not None else next(iter(known), "")
    broken = [saved.path for saved in everything if saved.damaged and (not known or saved.series == chosen)]
    if series is not None and series not in known and not broken:
        but = ", only rehearsals" if any(saved.series == series for saved in everything) else ""
        raise LibraryError(f"No saved chat belongs to the series {series!r}{but}. {_named(known)}")
    people, problem = Register(), ""
    try:
        people = read_people(library.folder)
    except StorageError as error:
        problem = str(error)
    chats = [saved for saved in reversed(whole) if saved.series == chosen]
    found = growth(chosen, _states(chats, broken, progress), people, since=since, until=until)
    others = tuple(one for one in known if one != chosen)
    return SeriesGrowth(growth=found, others=others, damaged=tuple(broken), people_problem=problem)


def _states(chats: list[Saved], broken: list[Path], progress: Progress | None) -> Iterator[tuple[str, SessionState]]:
    for done, saved in enumerate(chats):
        if progress is not None:
            progress(done, len(chats))
        try:
            state = fold(read_titled_events(saved.path))
        except StorageError:
            broken.append(saved.path)
            continue
        yield saved.id, state


def _named(series: tuple[str, ...]) -> str:
    return f"There are: {', '.join(series)}." if series else "`lunchroom sessions` lists what is saved."
