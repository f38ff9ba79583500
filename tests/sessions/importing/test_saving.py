"""Into the library: ordinary session files, whole or not at all, newcomers right."""

import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from tinydb import TinyDB

from sessions.core.events import PostSeen, QuestionAsked, SessionClosed, SessionOpened
from sessions.core.evolve import fold
from sessions.core.identity import Identity
from sessions.core.posts import Author
from sessions.core.state import SessionState
from sessions.files.errors import LibraryError
from sessions.importing import Archive, CannotImport, Outcome, SavedCopy, Wanted, note_people, read_archive, save
from sessions.library.forgotten import ForgottenFile
from sessions.library.incoming.staging import FOLDER, Staging
from sessions.library.library import Library
from sessions.library.people import PeopleFile, read_people
from sessions.library.storage.reading import read_events
from tests.gold import gold_rows
from tests.paths import TESTS
from tests.sessions.importing.archives import CHAT, COLUMNS, START, entries, plain, read, table

WEEK = datetime.timedelta(weeks=1)
CHATS = TESTS / "chats"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path / "library")


def take(library: Library, tmp_path: Path, *, week: int = 0, handles: dict[str, str] | None = None) -> Outcome:
    """Import the invented chat as it was held in some week, with other people in it."""
    chat = [(minute, (handles or {}).get(handle, handle), words) for minute, handle, words in CHAT]
    (outcome,) = save([read(tmp_path / "file.csv", table(plain(entries(START + week * WEEK, chat)), COLUMNS))], library)
    return outcome


def state_of(outcome: Outcome) -> SessionState:
    """The state at the end of a chat that was saved."""
    assert outcome.file is not None
    return fold(read_events(outcome.file))


def new_handles(outcome: Outcome) -> set[str]:
    """Who was new in it."""
    return {person.author.handle for person in state_of(outcome).people.values() if person.newcomer}


def test_an_imported_chat_is_an_ordinary_closed_session(library: Library, tmp_path: Path) -> None:
    outcome = take(library, tmp_path)
    (saved,) = library.saved_chats()
    assert (saved.id, saved.path, saved.series, saved.rehearsal) == (outcome.id, outcome.file, "stationchat", False)
    events = read_events(saved.path)
    assert isinstance(events[0], SessionOpened)
    assert isinstance(events[-1], SessionClosed)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    seen = [event for event in events if isinstance(event, PostSeen)]
    assert [event.at for event in seen] == [event.post.posted_at for event in seen]
    assert all(before.at <= after.at for before, after in pairwise(events))
    assert {event.by for event in events} == {None}
    assert (saved.started, saved.ended) == (seen[0].at, events[-1].at)


def test_answers_are_filed_under_the_questions_that_hosts_asked(library: Library, tmp_path: Path) -> None:
    outcome = take(library, tmp_path)
    assert outcome.file is not None
    events = read_events(outcome.file)
    asked = [place for place, event in enumerate(events) if isinstance(event, QuestionAsked)]
    for place in asked:
        before = events[place - 1]
        assert isinstance(before, PostSeen)
        assert before.kind == "question"
        assert before.post.text.startswith("Q")
    state = fold(events)
    assert state.tally == {"q1": 2, "q2": 2, "q3": 1}
    assert [state.question_state(question) for question in state.order] == ["closed"] * 3
    assert list(state.reposts.values()) == [1]
    assert (outcome.answers, outcome.filed, outcome.reposts, outcome.people) == (5, 5, 1, 4)


def test_a_tinydb_script_reads_it(library: Library, tmp_path: Path) -> None:
    outcome = take(library, tmp_path)
    assert outcome.file is not None
    with TinyDB(outcome.file) as db:
        assert [row["answers"] for row in db.table("questions")] == [2, 2, 1]
        assert len(db.table("answers")) == 5
        assert {row["handle"] for row in db.table("participants") if row["host"]} == {"AnaHost"}


def test_a_recorded_chat_of_426_posts(library: Library, tmp_path: Path) -> None:
    archive = read(tmp_path / "chat.jsonl", (CHATS / "lthechat-45.jsonl").read_bytes())
    (outcome,) = save([archive], library)
    state = state_of(outcome)
    assert (len(state.posts), len(state.questions), outcome.people) == (426, 6, 38)
    assert all(state.tally[question] > 5 for question in state.order)


def test_the_answers_of_a_recorded_chat_are_filed_as_a_person_filed_them(library: Library, tmp_path: Path) -> None:
    """All whose text names its question, as the live filing does; `python -m tests.benchmarks.importing` tells more."""
    archive = read(tmp_path / "chat.jsonl", (CHATS / "lthechat-on.jsonl").read_bytes())
    (outcome,) = save([archive], library)
    state = state_of(outcome)
    typed = {f"x:{row['id']}": row["parent"] for row in gold_rows("lthechat-on.gold.tsv") if row["evidence"] == "label"}
    found = {post: state.filed(post) for post in typed}
    labels = {post: state.questions[one.question or ""].label for post, one in found.items() if one is not None}
    assert len(typed) == 140
    assert labels == typed


@pytest.mark.parametrize("path", sorted(CHATS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_recorded_chat_is_whole_in_the_library(path: Path, library: Library, tmp_path: Path) -> None:
    archive = read_archive(path, Wanted(zone="UTC"))
    assert isinstance(archive, Archive)
    (outcome,) = save([archive], library)
    state = state_of(outcome)
    told = len(archive.understood.posts) + archive.understood.duplicates + len(archive.understood.skipped)
    assert told == len(path.read_text(encoding="utf-8").splitlines()), "no line is lost unsaid"
    assert len(state.posts) == len(archive.understood.posts) - len(archive.left_out)
    assert library.find("latest").events == state.seq
    assert state.newcomers() == sum(not person.host for person in state.people.values() if person.posts)


def test_the_same_file_twice_is_one_chat(library: Library, tmp_path: Path) -> None:
    first = take(library, tmp_path)
    again = take(library, tmp_path)
    assert again.file is None
    assert again.why == f"the same posts are saved already as {first.id}"
    assert len(library.saved_chats()) == 1


def test_another_export_of_the_chat_is_the_same_chat(library: Library, tmp_path: Path) -> None:
    first = take(library, tmp_path)
    rows = [(f"{at:%d/%m/%Y %H:%M}", handle, words) for at, handle, words, _ in entries()][2:]
    archive = read(tmp_path / "other.csv", table(reversed(rows), ("time", "user", "text")))
    (again,) = save([archive], library)
    assert again.file is None
    assert first.id in again.why


def test_two_files_of_one_command_that_overlap_give_each_chat_once(library: Library, tmp_path: Path) -> None:
    weeks = [plain(entries(START + week * WEEK)) for week in range(3)]
    one = read(tmp_path / "one.csv", table(weeks[0] + weeks[1], COLUMNS))
    two = read(tmp_path / "two.csv", table(weeks[1] + weeks[2], COLUMNS))
    outcomes = save([two, one], library)
    assert [bool(outcome.file) for outcome in outcomes].count(True) == 3
    assert len(library.saved_chats()) == 3


def test_newcomers_are_those_of_no_chat_that_started_earlier(library: Library, tmp_path: Path) -> None:
    later = take(library, tmp_path, week=2, handles={"jimr": "zoe"})
    assert new_handles(later) == {"tomk", "mlopez", "zoe"}
    assert state_of(later).first
    earlier = take(library, tmp_path, week=0)
    assert new_handles(earlier) == {"tomk", "mlopez", "jimr"}, "who came later does not make them known before"
    assert state_of(earlier).first
    between = take(library, tmp_path, week=1, handles={"jimr": "zoe", "tomk": "Tomk"})
    assert new_handles(between) == {"zoe"}
    assert not state_of(between).first


def test_after_it_the_newcomers_of_the_next_chat_are_right(library: Library, tmp_path: Path) -> None:
    take(library, tmp_path)
    earlier = library.earlier_people("stationchat")
    assert earlier.knows(Author(id="x:77", handle="MLopez")), "the live network knows the id, the archive the handle"
    assert not earlier.knows(Author(id="x:78", handle="zoe"))
    assert not earlier.first


def test_chats_of_one_archive_know_each_other(library: Library, tmp_path: Path) -> None:
    rows = [row for week in range(2) for row in plain(entries(START + week * WEEK))]
    first, second = save([read(tmp_path / "two.csv", table(rows, COLUMNS))], library)
    assert new_handles(first) == {"tomk", "mlopez", "jimr"}
    assert new_handles(second) == set()


def test_accounts_that_people_json_joins_are_one_person(library: Library, tmp_path: Path) -> None:
    note_people(library, [take(library, tmp_path)])
    note_people(library, [take(library, tmp_path, week=5, handles={"jimr": "jim_at_home"})])
    PeopleFile(library.folder).change(lambda register: register.join("jimr", "jim_at_home"))
    assert new_handles(take(library, tmp_path, week=1, handles={"jimr": "jim_at_home"})) == set()


def test_people_json_takes_them_in(library: Library, tmp_path: Path) -> None:
    note_people(library, [take(library, tmp_path)])
    assert len(read_people(library.folder)) == 4


def test_a_dry_run_writes_nothing(library: Library, tmp_path: Path) -> None:
    archive = read(tmp_path / "file.csv", table(plain(entries()), COLUMNS))
    (outcome,) = save([archive], library, dry_run=True)
    assert (outcome.answers, outcome.file) == (5, None)
    assert list(library.folder.iterdir()) == []


def test_an_interrupt_leaves_the_library_as_it_was(library: Library, tmp_path: Path) -> None:
    rows = [row for week in range(3) for row in plain(entries(START + week * WEEK))]
    archive = read(tmp_path / "three.csv", table(rows, COLUMNS))
    seen: list[list[Path]] = []

    def interrupt(_posts: int) -> None:
        seen.append(list(library.folder.glob("*.json")))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save([archive], library, progress=interrupt)
    assert seen == [[], []], "nothing is in the library before all of it is ready"
    assert library.saved_chats() == []
    assert not (library.folder / FOLDER).exists()
    assert len(save([archive], library)) == 3


def test_what_a_killed_import_left_is_swept_away(library: Library, tmp_path: Path) -> None:
    (library.folder / FOLDER).mkdir()
    (library.folder / FOLDER / "2016-01-20-stationchat-aaaaaa.json").write_text("{")
    assert library.saved_chats() == []
    take(library, tmp_path)
    assert not (library.folder / FOLDER).exists()


def test_one_import_at_a_time(library: Library, tmp_path: Path) -> None:
    archive = read(tmp_path / "file.csv", table(plain(entries()), COLUMNS))
    with Staging(library), pytest.raises(LibraryError, match="Another import"):
        save([archive], library)


def test_a_name_that_is_taken_stops_all(library: Library, tmp_path: Path) -> None:
    archive = read(tmp_path / "file.csv", table(plain(entries()), COLUMNS))
    plan = archive.chats[0].plan
    data = b"whatever"
    with Staging(library) as staging:
        staging.copy(plan, "aaaaaa", data)
        taken = staging.copy(plan, "bbbbbb", data)
        taken.write_bytes(b"there before")
        with pytest.raises(LibraryError, match="exists already"):
            staging.place()
    assert [path.name for path in library.folder.glob("*.json")] == [taken.name]
    assert taken.read_bytes() == b"there before"


def test_who_asked_to_be_forgotten_comes_in_without_name_and_words(library: Library, tmp_path: Path) -> None:
    ForgottenFile(library.folder).add(Identity(handles=frozenset({"x:tomk"})))
    outcome = take(library, tmp_path)
    assert outcome.file is not None
    content = outcome.file.read_text().casefold()
    assert "tomk" not in content
    assert "corner" not in content
    assert "a song tells us" in content
    assert outcome.posts == len(CHAT)


def copied(path: Path) -> SavedCopy:
    """A session file as the importer reads it."""
    found = read_archive(path, Wanted(zone="UTC"))
    assert isinstance(found, SavedCopy)
    return found


def test_a_session_file_of_another_library_is_taken_as_it_is(library: Library, tmp_path: Path) -> None:
    outcome = take(library, tmp_path)
    assert outcome.file is not None
    other = Library(tmp_path / "other")
    (taken,) = save([copied(outcome.file)], other)
    assert taken.file is not None
    assert taken.file.read_bytes() == outcome.file.read_bytes()
    assert [saved.id for saved in other.saved_chats()] == [outcome.id]
    (again,) = save([copied(outcome.file)], other)
    assert again.why == f"already here as {outcome.id}"


def test_a_torn_session_file_is_taken_as_far_as_it_is_whole(library: Library, tmp_path: Path) -> None:
    outcome = take(library, tmp_path)
    assert outcome.file is not None
    torn = tmp_path / "torn.json"
    torn.write_bytes(outcome.file.read_bytes()[:-60])
    found = copied(torn)
    assert found.torn
    (taken,) = save([found], Library(tmp_path / "other"))
    assert taken.file is not None
    assert read_events(taken.file) == list(found.events)


def test_an_id_that_would_lead_out_of_the_library_is_refused(library: Library, tmp_path: Path) -> None:
    outcome = take(library, tmp_path)
    assert outcome.file is not None
    evil = tmp_path / "evil.json"
    evil.write_bytes(outcome.file.read_bytes().replace(f'"id":"{outcome.id}"'.encode(), b'"id":"../../x"'))
    with pytest.raises(CannotImport, match="cannot be read as one"):
        read_archive(evil, Wanted(zone="UTC"))
