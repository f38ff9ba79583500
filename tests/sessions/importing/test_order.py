"""Archives in whatever order: the same newcomers in files, listings, recaps, replays and growth."""

import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB

from sessions.core.events import PostSeen
from sessions.core.evolve import fold
from sessions.core.people import Register
from sessions.importing import SavedCopy, Wanted, note_people, read_archive, save
from sessions.library.erasure import forget
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.library.rejudging import rejudge
from sessions.library.storage import layout
from sessions.library.storage.closing import close_chat
from sessions.library.storage.reading import read_events, read_head, read_titled_events
from sessions.library.storage.session_file import SessionFile
from sessions.library.trash import TRASH_FOLDER, Trash
from sessions.replay import Replay
from sessions.reports.recap import build_recap
from sessions.reports.recap_people import recap_people
from sessions.reports.series_growth import read_growth
from tests.sessions.importing.archives import COLUMNS, read, table

JUDGED = Path(__file__).parent / "judged"
WEEKS = ("00", "07", "14")
NEW = {"2024-01-01": {"ana", "ben", "cleo"}, "2024-01-08": {"dev", "eli"}, "2024-01-15": {"fay", "gus"}}


def take(library: Library, *files: Path) -> None:
    """Import the files at once, as the command does."""
    outcomes = save([read_archive(file, Wanted(zone="UTC")) for file in files], library)
    note_people(library, outcomes)


def series(*weeks: str) -> list[Path]:
    return [JUDGED / f"series-{week}.csv" for week in weeks]


def told(library: Library) -> dict[str, Any]:
    """All that is told of who was new, by the date of the chat; without the ids that every import makes anew."""
    everything: dict[str, Any] = {}
    for saved in library.saved_chats():
        state = fold(read_titled_events(saved.path))
        people = recap_people(library.folder, state, saved.id)
        recap = build_recap(state, "x", left_out=people.left_out, same=people.same, known=people.known)
        replay = Replay(read_titled_events(saved.path))
        (summary,) = (one for one in summaries(library) if one.id == saved.id)
        with TinyDB(saved.path, access_mode="r") as db:
            rows = db.table("participants").all()
        everything[saved.date] = (
            recap,
            {row["handle"] for row in rows if row["newcomer"]},
            summary.newcomers,
            [(moment.kind, moment.subject) for moment in replay.moments],
            state.first,
        )
    growth = read_growth(library).growth
    return {**everything, "growth": [msgspec.structs.replace(one, id="") for one in growth.sessions]}


@pytest.mark.parametrize("order", list(itertools.permutations(WEEKS))[1:], ids="-".join)
def test_archives_one_at_a_time_in_any_order(order: tuple[str, ...], tmp_path: Path) -> None:
    library, other = Library(tmp_path / "one"), Library(tmp_path / "other")
    take(library, *series(*WEEKS))
    for file in series(*order):
        take(other, file)
    assert told(other) == told(library)
    assert {date: new for date, (_, new, *_) in told(other).items() if date != "growth"} == NEW
    third = told(other)["2024-01-15"][0]
    assert (third.numbers.first_time, third.first_chat) == (2, False)


def test_what_the_chat_itself_says_stays(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series("14"))
    (saved,) = library.saved_chats()
    before = layout.raw_events(layout.parse(saved.path.read_bytes()))
    take(library, *series("00"))
    assert layout.raw_events(layout.parse(saved.path.read_bytes())) == before
    assert read_head(saved.path).rejudged is not None
    assert fold(read_events(saved.path)).first
    assert not fold(read_titled_events(saved.path)).first


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series("14"))
    take(library, *series("00"))
    before = {path: path.read_bytes() for path in library.paths()}
    assert rejudge(library, "lunchchat", 0) == 0
    take(library, *series("00"))
    assert {path: path.read_bytes() for path in library.paths()} == before


def test_accounts_that_are_joined_are_one_person(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series("14"))
    rows = [("1", "2024-01-01 20:00:00", "otherfay", "Hello #lunchchat"), ("2", "2024-01-01 20:01:00", "zoe", "Hi")]
    file = tmp_path / "early.csv"
    read(file, table(rows, COLUMNS))
    PeopleFile(library.folder).change(_otherfay_is_fay)
    take(library, file)
    (late,) = (one for one in library.saved_chats() if one.date == "2024-01-15")
    new = {one.author.handle for one in fold(read_titled_events(late.path)).people.values() if one.newcomer}
    assert new == {"ana", "dev", "gus"}


def _otherfay_is_fay(register: Register) -> None:
    record = register.find("fay")
    record.accounts.append(type(record.accounts[0])(id="x:@otherfay", handles=["x:otherfay"]))
    record.settle()


def test_a_saved_chat_of_another_library_is_judged_by_this_one(tmp_path: Path) -> None:
    elsewhere, library = Library(tmp_path / "elsewhere"), Library(tmp_path / "chats")
    take(elsewhere, *series("14"))
    take(library, *series("00", "07"))
    (theirs,) = elsewhere.saved_chats()
    copy = read_archive(theirs.path, Wanted(zone="UTC"))
    assert isinstance(copy, SavedCopy)
    save([copy], library)
    (here,) = (one for one in library.saved_chats() if one.id == theirs.id)
    new = {one.author.handle for one in fold(read_titled_events(here.path)).people.values() if one.newcomer}
    assert new == NEW["2024-01-15"]
    assert read_events(here.path) == read_events(theirs.path)


def test_it_survives_another_title_and_the_forgetting_of_somebody(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series("14"))
    take(library, *series("00"))
    (late,) = (one for one in library.saved_chats() if one.date == "2024-01-15")
    library.rename(late.path, "Another title")
    rebuild_people(library)
    forget([library.folder], "ana")
    state = fold(read_titled_events(late.path))
    assert sorted(one.author.handle for one in state.people.values() if one.newcomer) == ["dev", "fay", "gus"]
    assert (state.first, state.plan and state.plan.title) == (False, "Another title")
    assert "ana" not in str(read_head(late.path).rejudged).replace("Another", "")
    with TinyDB(late.path, access_mode="r") as db:
        assert sum(row["newcomer"] for row in db.table("participants")) == 3


def test_it_survives_the_blanking_of_words(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series("14"))
    take(library, *series("00"))
    (late,) = (one for one in library.saved_chats() if one.date == "2024-01-15")
    with SessionFile.open(late.path) as file:
        file.redact({})
        close_chat(file, file.read_events())
    with TinyDB(late.path, access_mode="r") as db:
        assert {row["handle"] for row in db.table("participants") if row["newcomer"]} == {"dev", "fay", "gus"}


@pytest.mark.parametrize("table_there", [{"1": {"first": "no"}}, {"1": 3}, {}, {"x": {"first": False, "known": [1]}}])
def test_a_table_of_that_name_that_a_script_wrote_changes_nothing(table_there: dict[str, Any], tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series("00"))
    (saved,) = library.saved_chats()
    before = fold(read_titled_events(saved.path)).digest()
    with SessionFile.open(saved.path) as file:
        file.rewrite({}, lambda _tables: {layout.REJUDGED: json.dumps(table_there).encode()})
    assert fold(read_titled_events(saved.path)).digest() == before


def test_nobody_could_be_greeted_in_a_chat_of_an_archive(tmp_path: Path) -> None:
    library = Library(tmp_path / "chats")
    take(library, *series(*WEEKS))
    sessions = read_growth(library).growth.sessions
    assert [(one.first_timers, one.newcomers, one.greeted_share) for one in sessions] == [
        (3, 0, None), (2, 0, None), (2, 0, None),
    ]  # fmt: skip


@pytest.mark.parametrize("gone", WEEKS)
def test_a_deleted_chat_lets_nobody_be_known_in_later_ones(gone: str, tmp_path: Path) -> None:
    library, left, whole = (Library(tmp_path / name) for name in ("one", "left", "whole"))
    take(library, *series(*WEEKS))
    take(whole, *series(*WEEKS))
    take(left, *series(*(week for week in WEEKS if week != gone)))
    said = {saved.id: read_events(saved.path) for saved in library.saved_chats()}
    with Trash(library) as trash:
        deleted = trash.delete(library.saved_chats()[len(WEEKS) - 1 - WEEKS.index(gone)].path)
        assert told(library) == told(left)
        trash.restore(deleted)
        assert told(library) == told(whole)
    assert {saved.id: read_events(saved.path) for saved in library.saved_chats()} == said


def test_two_deleted_chats_and_one_that_comes_again(tmp_path: Path) -> None:
    library, left = Library(tmp_path / "one"), Library(tmp_path / "left")
    take(library, *series(*WEEKS))
    take(left, *series("07", "14"))
    with Trash(library) as trash:
        for saved in library.saved_chats()[1:]:
            trash.delete(saved.path)
    take(library, *series("07"))
    assert told(library) == told(left)


def test_what_a_killed_program_deleted_is_judged_by_the_next(tmp_path: Path) -> None:
    library, left = Library(tmp_path / "one"), Library(tmp_path / "left")
    take(library, *series(*WEEKS))
    take(left, *series("07", "14"))
    first = library.saved_chats()[-1].path
    kept = library.folder / TRASH_FOLDER / "1-abc" / "x"
    kept.mkdir(parents=True)
    first.rename(kept / first.name)
    with Trash(library):
        assert told(library) == told(left)


def test_people_whom_another_library_knew_do_not_become_new_by_a_deleted_chat(tmp_path: Path) -> None:
    library = Library(tmp_path / "one")
    take(library, *series("00", "14"))
    later = library.saved_chats()[0]
    with Trash(library) as trash:
        elsewhere = Library(tmp_path / "elsewhere")
        take(elsewhere, *series(*WEEKS))
        trash.delete(later.path)
        take(library, elsewhere.saved_chats()[0].path)
        trash.delete(library.saved_chats()[-1].path)
    head = read_head(library.saved_chats()[0].path)
    handles = {event.post.author.id: event.post.author.handle for event in read_events(library.saved_chats()[0].path)
               if isinstance(event, PostSeen)}  # fmt: skip
    assert head.rejudged is not None
    assert not {"dev", "eli"} & {handles[who] for who in head.rejudged.new}
    assert head.rejudged.new
