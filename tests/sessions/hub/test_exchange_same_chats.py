"""Two libraries that imported the same archive, each by itself: each chat once in both, and each person's chats too."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sessions.core.events import AnyEvent
from sessions.core.evolve import fold
from sessions.importing import Wanted, note_people, read_archive, save
from sessions.library.erasure import forget
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.library.storage.reading import read_events, read_judged_events
from sessions.library.trash import Trash
from tests.paths import TESTS
from tests.sessions.hub.two_libraries import SERIES, two

JUDGED = TESTS / "sessions" / "importing" / "judged"


def take(folder: Path, *files: Path) -> None:
    """Import the files into a library."""
    library = Library(folder)
    found = [read_archive(file, Wanted(zone="UTC", series=SERIES)) for file in files]
    note_people(library, save(found, library))


def week(name: str) -> Path:
    return JUDGED / f"series-{name}.csv"


def dates(folder: Path) -> list[str]:
    """The days of the closed chats of a library."""
    return sorted(one.date for one in summaries(Library(folder)) if one.ended is not None)


WEEKS = ["2024-01-01", "2024-01-08", "2024-01-15"]


async def test_each_chat_is_there_once_in_both(tmp_path: Path) -> None:
    take(tmp_path / "ana", week("00"), week("07"))
    take(tmp_path / "ben", week("07"), week("14"))
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        assert ([chat.date for chat in offer.fetch], [chat.date for chat in offer.send]) == (WEEKS[:1], WEEKS[2:])
        assert (await both.exchange())[:2] == (1, 1)
        assert dates(both.ana) == dates(both.ben) == WEEKS
        assert not await both.swap.look()
    for name in ("ana", "ben"):
        people = read_people(tmp_path / name)
        assert {one: people.find(one).sessions for one in ("ana", "ben", "dev", "gus")} == {
            "ana": 3, "ben": 2, "dev": 2, "gus": 1,
        }  # fmt: skip
        new = {one.date: one.newcomers for one in summaries(Library(tmp_path / name)) if one.ended is not None}
        assert [new[date] for date in WEEKS] == [3, 2, 2]


@pytest.mark.parametrize(("who", "gone"), [("ana", "hana"), ("ben", "hana"), ("ana", "ana"), ("ben", "ben")])
async def test_somebody_was_forgotten_on_one_side(who: str, gone: str, tmp_path: Path) -> None:
    for name in ("ana", "ben"):
        take(tmp_path / name, JUDGED / "small-chat.csv")
    forget([tmp_path / who], gone)
    async with two(tmp_path) as both:
        assert (await both.exchange())[:2] == (0, 0)
        assert dates(both.ana) == dates(both.ben) == WEEKS[:1]


@pytest.mark.parametrize("gone", ["hana", "ana"])
async def test_on_both_sides_somebody_was_forgotten_and_marks_are_not_known(gone: str, tmp_path: Path) -> None:
    for name in ("ana", "ben"):
        take(tmp_path / name, JUDGED / "small-chat.csv")
        forget([tmp_path / name], gone)
    async with two(tmp_path) as both:
        offer = await both.swap.look()
        (chat,) = (one for one in await both.client.saved() if one.ended is not None)
        assert offer.fetch == ()
        assert not await both.swap._fetch(chat, SERIES)
        assert dates(both.ben) == WEEKS[:1]


async def test_another_export_of_a_chat_lacks_some_posts(tmp_path: Path) -> None:
    take(tmp_path / "ana", JUDGED / "small-chat.csv")
    lines = (JUDGED / "small-chat.csv").read_text().splitlines(keepends=True)
    other = tmp_path / "other.csv"
    other.write_text("".join(lines[:1] + [line for n, line in enumerate(lines[1:]) if n % 5]))
    take(tmp_path / "ben", other)
    async with two(tmp_path) as both:
        assert not (await both.swap.look()).fetch
        assert (await both.exchange())[:2] == (0, 0)


async def test_chats_of_one_day_are_two_where_their_posts_are(tmp_path: Path) -> None:
    take(tmp_path / "ana", week("00"))
    other = tmp_path / "other.csv"
    other.write_text(week("00").read_text().replace(" 20:", " 12:").replace("thought", "word"))
    take(tmp_path / "ben", other)
    async with two(tmp_path) as both:
        assert (await both.exchange())[:2] == (1, 1)
        assert dates(both.ana) == dates(both.ben) == [WEEKS[0]] * 2


async def test_a_replay_at_a_joined_desk_tells_the_newcomers_that_the_hubs_computer_tells(tmp_path: Path) -> None:
    take(tmp_path / "ana", week("14"))
    take(tmp_path / "ana", week("00"))
    (chat, *_) = Library(tmp_path / "ana").saved_chats()
    async with two(tmp_path) as both:
        here, stored = read_judged_events(chat.path), read_events(chat.path)
        assert await both.client.events(chat.id) == here
        assert await both.client.stored_events(chat.id) == stored
        assert newcomers(here) != newcomers(stored)
        deleted = Trash(Library(tmp_path / "ana")).delete(Library(tmp_path / "ana").saved_chats()[-1].path)
        assert deleted.path.stem.startswith("2024-01-01")
        assert newcomers(await both.client.events(chat.id)) == newcomers(stored)


def newcomers(events: Sequence[AnyEvent]) -> tuple[bool, list[str]]:
    """Whether these events tell of a first chat, and of whom as new."""
    state = fold(list(events))
    return state.first, sorted(who for who, person in state.people.items() if person.newcomer)
