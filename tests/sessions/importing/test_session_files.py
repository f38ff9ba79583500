"""Copies of one session: the longer one wins, under its lock, and nothing that was blanked here comes back."""

import contextlib
import datetime
import re
import sys
from pathlib import Path

import msgspec
import pytest

from sessions.core.events import AnyEvent, PostRedacted, PostSeen, encode_event
from sessions.core.evolve import blanked, fold
from sessions.core.identity import Identity
from sessions.core.posts import Author
from sessions.files.disk import Disk
from sessions.files.errors import SaveFailed
from sessions.importing import CannotImport, Outcome, SavedCopy, Wanted, note_people, read_archive, save
from sessions.library.forgotten import ForgottenFile
from sessions.library.incoming.merge import OtherChat, merge
from sessions.library.incoming.staging import FOLDER, Staging
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.library.storage import layout
from sessions.library.storage.reading import read_events, read_session
from sessions.library.storage.session_file import DERIVED, SessionFile
from tests.sessions.importing.archives import COLUMNS, START, entries, plain, read, table


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The library that copies come into."""
    return Library(tmp_path / "library")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A closed chat of 12 posts in another library."""
    archive = read(tmp_path / "chat.csv", table(plain(entries()), COLUMNS))
    (outcome,) = save([archive], Library(tmp_path / "other"))
    assert outcome.file is not None
    return outcome.file


def written(path: Path, source: Path, events: list[AnyEvent]) -> Path:
    """A session file at `path` as that at `source` would be with these events alone, not closed."""
    tables = layout.parse(source.read_bytes()).others
    others = {name: bytes(raw) for name, raw in tables.items() if name not in DERIVED}
    path.write_bytes(layout.document(others, [(event.seq, encode_event(event)) for event in events]))
    return path


def begun(library: Library, whole: Path, events: int = 8) -> Path:
    """The first events of the chat in the library, as after a desk that was switched off."""
    return written(library.folder / whole.name, whole, read_events(whole)[:events])


def copy_of(path: Path) -> SavedCopy:
    """A session file as the importer reads it."""
    found = read_archive(path, Wanted(zone="UTC"))
    assert isinstance(found, SavedCopy)
    return found


def taken(library: Library, *paths: Path, dry_run: bool = False) -> list[Outcome]:
    """What became of these session files."""
    return save([copy_of(path) for path in paths], library, dry_run=dry_run)


def test_the_longer_copy_takes_the_place_of_the_shorter(library: Library, whole: Path) -> None:
    path = begun(library, whole)
    (outcome,) = taken(library, whole)
    assert (outcome.file, outcome.shorter, outcome.longer, outcome.why) == (path, 8, len(read_events(whole)), "")
    assert read_events(path) == read_events(whole)
    (saved,) = library.saved_chats()
    assert (saved.id, saved.ended) == (copy_of(whole).id, read_session(whole).ended)
    assert set(DERIVED) <= set(layout.parse(path.read_bytes()).others), "it is closed, so scripts find its tables"
    note_people(library, [outcome])
    assert len(read_people(library.folder)) == 4
    assert library.earlier_people("stationchat").knows(Author(id="x:@jimr", handle="jimr"))
    assert not (library.folder / FOLDER).exists()


@pytest.mark.parametrize(("events", "words"), [(8, "already here as {}, 8 events longer"), (16, "already here as {}")])
def test_a_shorter_or_equal_copy_is_here_already(
    events: int, words: str, library: Library, whole: Path, tmp_path: Path
) -> None:
    begun(library, whole, 16)
    before = (library.folder / whole.name).read_bytes()
    shorter = written(tmp_path / whole.name, whole, read_events(whole)[:events])
    (outcome,) = taken(library, shorter)
    assert (outcome.file, outcome.why) == (None, words.format(outcome.id))
    assert (library.folder / whole.name).read_bytes() == before


def test_of_several_copies_in_one_command_the_longest_is_taken(library: Library, whole: Path, tmp_path: Path) -> None:
    shorter = written(tmp_path / whole.name, whole, read_events(whole)[:8])
    outcomes = taken(library, shorter, whole)
    assert [bool(outcome.file) for outcome in outcomes] == [True, False]
    assert outcomes[1].why.startswith("already here")
    assert read_events(library.folder / whole.name) == read_events(whole)


def test_a_title_that_was_given_here_stays(library: Library, whole: Path) -> None:
    path = begun(library, whole)
    library.rename(path, "Our evening of stations")
    taken(library, whole)
    assert library.saved_chats()[0].title == "Our evening of stations"


def test_a_live_chat_is_left_to_its_writer(library: Library, whole: Path) -> None:
    path = begun(library, whole)
    before = path.read_bytes()
    with SessionFile.open(path, holder="Ana's chat"):
        (outcome,) = taken(library, whole)
    assert outcome.why == "it is being written by Ana's chat; import it again when the chat is over"
    assert path.read_bytes() == before
    assert taken(library, whole)[0].file == path, "the lock is let go again"


def test_another_chat_under_the_same_id_is_left_alone(library: Library, whole: Path, tmp_path: Path) -> None:
    path = begun(library, whole)
    moved = [msgspec.structs.replace(event, at=event.at + 1) for event in read_events(whole)]
    before = path.read_bytes()
    (outcome,) = taken(library, written(tmp_path / "evil.json", whole, moved))
    assert "another chat is here under its id" in outcome.why
    assert path.read_bytes() == before


def test_a_dry_run_tells_and_leaves_the_shorter_one(library: Library, whole: Path) -> None:
    path = begun(library, whole)
    before = path.read_bytes()
    (outcome,) = taken(library, whole, dry_run=True)
    assert (outcome.file, outcome.shorter) == (None, 8)
    assert path.read_bytes() == before


def test_a_whole_copy_takes_the_place_of_a_damaged_one_which_is_kept(library: Library, whole: Path) -> None:
    path = library.folder / whole.name
    path.write_bytes(b"\0" * 500)
    assert library.saved_chats()[0].damaged
    (outcome,) = taken(library, whole)
    assert outcome.file == path
    assert read_events(path) == read_events(whole)
    assert path.with_name(path.name + ".damaged-1").read_bytes() == b"\0" * 500


def test_who_was_forgotten_here_does_not_come_back_with_the_longer_copy(library: Library, whole: Path) -> None:
    path = begun(library, whole)
    ForgottenFile(library.folder).add(Identity(handles=frozenset({"x:tomk"})))
    taken(library, whole)
    content = path.read_text().casefold()
    assert "tomk" not in content
    assert "corner" not in content
    assert "a song tells us" in content


def test_what_was_blanked_here_stays_blank(library: Library, whole: Path) -> None:
    path = begun(library, whole)
    with SessionFile.open(path) as file:
        post = next(
            event for event in file.read_events() if isinstance(event, PostSeen) and "12 min" in event.post.text
        )
        file.redact({post.seq: encode_event(blanked(post))})
    taken(library, whole)
    seen = [event for event in read_events(path) if isinstance(event, PostSeen)]
    assert next(event.post.text for event in seen if event.seq == post.seq) == ""
    assert any("A song tells us" in event.post.text for event in seen)


def test_what_the_longer_copy_blanks_goes_here_too(whole: Path) -> None:
    events = read_events(whole)[:-1]
    post = next(event for event in events if isinstance(event, PostSeen))
    gone = PostRedacted(seq=len(events) + 1, at=events[-1].at, by="Ana", command="c", post=post.post.id)
    merged = merge(events, [*events, gone])
    assert merged[post.seq - 1] == blanked(post)
    assert fold(merged).text(post.post.id) == ""
    with pytest.raises(OtherChat):
        merge(events, [events[0], *events[2:]])


class Refusing(Disk):
    """A disk that fails, or where Ctrl+C is pressed, while the files are moved into the library."""

    def __init__(self, error: BaseException, at: int) -> None:
        self._error = error
        self._left = at

    def replace(self, source: Path, target: Path) -> None:
        """Move all but one file."""
        if target.parent.name != FOLDER:
            self._left -= 1
            if self._left == 0:
                super().replace(source, target)
                raise self._error
        super().replace(source, target)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("at", [1, 2])
def test_what_stops_the_moves_brings_the_shorter_copy_back(
    error: BaseException, at: int, library: Library, whole: Path
) -> None:
    path = begun(library, whole)
    before = path.read_bytes()
    with Staging(library, Refusing(error, at)) as staging:
        new = staging.copy(copy_of(whole).opened.plan, "aaaaaa", whole.read_bytes())
        staging.hold(path)
        staging.lengthen(path, whole.read_bytes())
        with pytest.raises((KeyboardInterrupt, SaveFailed)):
            staging.place()
        assert not staging.placed
    assert not new.exists()
    assert path.read_bytes() == before
    assert [one.id for one in library.saved_chats()] == [copy_of(whole).id]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that few have")
@pytest.mark.parametrize("fails", [False, True])
def test_a_longer_copy_comes_to_where_a_link_leads_or_the_shorter_one_comes_back(
    library: Library, whole: Path, tmp_path: Path, *, fails: bool
) -> None:
    path = begun(library, whole)
    (tmp_path / "synced").mkdir()
    there = path.rename(tmp_path / "synced" / path.name)
    path.symlink_to(there)
    before = there.read_bytes()
    disk = Refusing(KeyboardInterrupt(), 1) if fails else None
    with Staging(library, disk) as staging:
        staging.hold(path)
        staging.lengthen(path, whole.read_bytes())
        with pytest.raises(KeyboardInterrupt) if fails else contextlib.nullcontext():
            staging.place()
    assert path.is_symlink()
    assert there.read_bytes() == (before if fails else whole.read_bytes())
    assert [one.name for one in there.parent.iterdir()] == [there.name]


@pytest.mark.parametrize(
    ("was", "is_now"),
    [(b'"schema":', b'"scheme":'), (b'"type":"session_opened"', b'"type":"note_added"'), (b'"2": {', b'"7": {')],
)
def test_a_session_file_that_makes_no_sense_is_told(was: bytes, is_now: bytes, whole: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_bytes(whole.read_bytes().replace(was, is_now))
    with pytest.raises(CannotImport, match="cannot be read as one"):
        read_archive(odd, Wanted(zone="UTC"))


def test_a_session_file_with_times_of_no_calendar_is_told(whole: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_bytes(re.sub(rb'"posted_at":\d+', b'"posted_at":1000000000000000000', whole.read_bytes()))
    with pytest.raises(CannotImport, match="has no time that a calendar knows; take another copy"):
        read_archive(odd, Wanted(zone="UTC"))


def test_a_later_chat_of_the_import_knows_whom_only_the_longer_copy_tells(
    library: Library, whole: Path, tmp_path: Path
) -> None:
    begun(library, whole, 4)
    week = START + datetime.timedelta(weeks=1)
    later = read(tmp_path / "later.csv", table(plain(entries(week)), COLUMNS))
    _, second = save([copy_of(whole), later], library)
    assert second.newcomers == 0
