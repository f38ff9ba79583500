"""The list of saved chats: from an index that is never wrong and never in the way; rescue, renaming, deleting."""

import errno
import threading
from pathlib import Path

import msgspec
import pytest

from sessions.core.evolve import fold
from sessions.core.posts import Author
from sessions.files.errors import DamagedPeople, DamagedSession, LibraryError, SaveFailed, SessionLocked
from sessions.library.index import INDEX_FILE, Summary, summaries
from sessions.library.library import Library
from sessions.library.people import PeopleFile, read_people
from sessions.library.people_rebuild import note_session, rebuild_people
from sessions.library.storage.reading import read_events, read_titled_events
from sessions.library.storage.rescue import rescuable, rescue
from sessions.library.storage.session_file import SessionFile
from sessions.library.trash import TRASH_FOLDER, Trash
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import FaultyDisk, closed, new_file, note, opened, seen, stock_events
from tests.sessions.library.test_library import JIM, MARIA, TOM, a_chat


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "chats")


def without_index(library: Library) -> list[Summary]:
    """What is listed by reading every file."""
    (library.folder / INDEX_FILE).unlink(missing_ok=True)
    return summaries(library)


def test_a_list_has_the_counts_of_the_desk(library: Library) -> None:
    a_chat(library, 0, MARIA, TOM, MARIA)
    a_chat(library, 7, JIM, rehearsal=True, title="Exit tickets")
    new, old = summaries(library)
    assert (old.people, old.newcomers, old.answers, old.events, old.minutes) == (2, 2, 3, 5, 0)
    assert (new.title, new.rehearsal, old.title, old.rehearsal) == ("Exit tickets", True, "Stations that work", False)
    assert [one.path for one in (new, old)] == [one.path for one in library.saved_chats()]


def test_the_index_is_used_and_follows_every_change(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_chat(library, 0, MARIA), a_chat(library, 7, TOM)
    listed = summaries(library)
    monkeypatch.setattr("sessions.library.index.read_titled_events", lambda path: pytest.fail(f"{path} was read again"))
    assert summaries(library) == listed
    monkeypatch.undo()
    path = library.find(first).path
    with SessionFile.open(path) as file:
        file.rename("Another title")
    library.find(second).path.unlink()
    a_chat(library, 14, JIM)
    assert [one.title for one in summaries(library)] == ["Stations that work", "Another title"]
    assert summaries(library) == without_index(library)


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b'{"version": 99, "files": {}}', b'{"version": 1, "files": {"a": 1}}']
)
def test_a_damaged_index_is_made_anew_without_a_word(library: Library, broken: bytes) -> None:
    a_chat(library, 0, MARIA)
    listed = summaries(library)
    (library.folder / INDEX_FILE).write_bytes(broken)
    assert summaries(library) == listed
    assert summaries(library) == listed


def test_many_may_list_at_once_while_chats_come(library: Library) -> None:
    for day in range(5):
        a_chat(library, day, MARIA)
    errors: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(10):
                assert len(summaries(library)) >= 5
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for day in range(5, 10):
        a_chat(library, day, TOM)
    for thread in threads:
        thread.join()
    assert errors == []
    assert summaries(library) == without_index(library)
    assert len(summaries(library)) == 10


def test_copies_of_one_session_are_listed_once_and_the_longer_one_wins(library: Library) -> None:
    session = a_chat(library, 0, MARIA)
    path = library.find(session).path
    copy = library.folder / "copied by mail.json"
    copy.write_bytes(path.read_bytes())
    with SessionFile.create(library.folder, a_plan(), started=START, session_id="aaaaaa") as other:
        other.commit([opened()])
    with SessionFile.open(path) as file:
        events = file.read_events()[:-1]
    short = library.folder / path.name.replace("navasotaisd", "short")
    short.write_bytes(path.read_bytes()[: path.read_bytes().index(b'"3": ') - 2] + b"\n}}")
    assert len(read_events(short)) == len(events)
    found = {one.id: one for one in summaries(library)}
    assert set(found) == {session, "aaaaaa"}
    assert found[session].events == 3
    assert library.find(session).events == 3


def test_a_damaged_chat_is_listed_with_what_can_be_rescued_and_rescued(library: Library) -> None:
    with new_file(library.folder, events=6) as file:
        pass
    whole = read_events(file.path)
    data = file.path.read_bytes().replace(b'"5": {', b'"5": {"', 1)
    file.path.write_bytes(data)
    (listed,) = summaries(library)
    assert (listed.damaged, listed.events) == (True, 4)
    done = rescue(file.path)
    assert (done.path, done.events) == (file.path, 4)
    assert done.kept.read_bytes() == data
    assert read_events(file.path) == whole[:4]
    assert len(stock_events(file.path)) == 4
    (listed,) = summaries(library)
    assert (listed.damaged, listed.events, listed.title) == (False, 4, "Stations that work")


def test_a_chat_that_was_moved_aside_is_listed_and_rescued_too(library: Library) -> None:
    with new_file(library.folder, events=6) as file:
        pass
    file.path.write_bytes(file.path.read_bytes().replace(b'"5": {', b'"5": {"', 1))
    with pytest.raises(DamagedSession) as caught:
        SessionFile.open(file.path)
    assert caught.value.moved_to is not None
    (listed,) = summaries(library)
    assert (listed.path, listed.damaged, listed.events) == (caught.value.moved_to, True, 4)
    assert rescue(listed.path).path == file.path
    assert [one.path for one in summaries(library)] == [file.path]


@pytest.mark.parametrize("cut", [0, 40, 300])
def test_what_has_no_beginning_cannot_be_rescued(library: Library, cut: int) -> None:
    path = library.folder / "2025-12-01-navasotaisd-abcdef.json"
    with new_file(library.folder, events=3) as file:
        path.write_bytes(file.path.read_bytes()[:cut])
    assert rescuable(path) == 0
    before = path.read_bytes()
    with pytest.raises(DamagedSession, match="nothing before the damage"):
        rescue(path)
    assert path.read_bytes() == before


def test_whatever_byte_breaks_only_true_events_are_rescued(library: Library) -> None:
    with new_file(library.folder, events=4) as file:
        pass
    whole, data = read_events(file.path), file.path.read_bytes()
    path = library.folder / "2025-12-01-navasotaisd-abcdef.json"
    most = 0
    for place in range(data.index(b'"1": {"type"') + 1, len(data), 7):
        path.write_bytes(data[:place] + b"\xff" + data[place + 1 :])
        if count := rescuable(path):
            rescue(path)
            assert read_events(path) == whole[:count]
            most = max(most, count)
    assert most >= 3


def test_a_title_is_changed_and_the_events_are_not(library: Library) -> None:
    path = library.find(a_chat(library, 0, MARIA)).path
    before = read_events(path)
    assert library.rename(path, ' Écoutez\n"all" of\u202e it ') == 'Écoutez "all" of it'
    with pytest.raises(LibraryError, match="at least one letter"):
        library.rename(path, " \n")
    with SessionFile.open(path), pytest.raises(SessionLocked):
        library.rename(path, "Another")
    assert library.find("latest").title == 'Écoutez "all" of it'
    assert read_events(path) == before
    assert path.read_bytes().isascii()
    titled = read_titled_events(path)
    assert fold(titled).plan == msgspec.structs.replace(a_plan(), title='Écoutez "all" of it')
    assert titled[1:] == before[1:]


def test_deleting_can_be_undone_until_the_program_ends(library: Library) -> None:
    first, second = a_chat(library, 0, MARIA), a_chat(library, 7, MARIA, TOM)
    rebuild_people(library)
    before = {one.name: one.sessions for one in read_people(library.folder)}
    data = library.find(second).path.read_bytes()
    with Trash(library) as trash:
        deleted = trash.delete(library.find(second).path)
        assert [one.id for one in summaries(library)] == [first]
        assert [one.name for one in read_people(library.folder)] == ["Maria Lopez"]
        with Trash(library):  # another program leaves what is still in use alone
            assert deleted.kept.is_file()
        assert trash.restore(deleted).read_bytes() == data
        assert {one.name: one.sessions for one in read_people(library.folder)} == before
        with pytest.raises(LibraryError, match="not in the trash"):
            trash.restore(deleted)
        trash.delete(library.find(first).path)
    assert not (library.folder / TRASH_FOLDER).exists()
    assert [one.id for one in summaries(library)] == [second]


def test_what_a_killed_program_deleted_goes_at_the_next_start(library: Library) -> None:
    a_chat(library, 0, MARIA)
    trash = Trash(library)
    kept = trash.delete(library.find("latest").path).kept
    assert trash._lock is not None
    trash._lock.release()  # as the system does when a process ends
    assert kept.is_file()
    Trash(library)
    assert not kept.exists()


def test_a_damaged_people_json_does_not_stand_in_the_way_of_deleting(library: Library) -> None:
    a_chat(library, 0, MARIA)
    (library.folder / "people.json").write_bytes(b"{")
    path = library.find("latest").path
    with Trash(library) as trash:
        deleted = trash.delete(path)
        assert not path.exists()
        assert trash.restore(deleted) == path
    assert path.is_file()


def test_a_chat_whose_people_cannot_be_told_so_is_not_deleted(library: Library) -> None:
    """Else it would lie in the trash, which is emptied, while its moderator was told that nothing happened."""

    class NoPeople(FaultyDisk):
        def replace(self, source: Path, target: Path) -> None:
            if target.name == "people.json":
                raise OSError(errno.ENOSPC, "full")
            super().replace(source, target)

    a_chat(library, 0, MARIA)
    rebuild_people(library)
    path = library.find("latest").path
    with Trash(library, NoPeople()) as trash, pytest.raises(SaveFailed, match="full"):
        trash.delete(path)
    assert path.is_file()
    assert [one.sessions for one in read_people(library.folder)] == [1]


def test_a_chat_that_a_kill_kept_from_being_taken_out_of_people_json_is_taken_out_at_the_next_start(
    library: Library,
) -> None:
    a_chat(library, 0, MARIA)
    second = a_chat(library, 7, TOM)
    rebuild_people(library)
    people = (library.folder / "people.json").read_bytes()
    trash = Trash(library)
    kept = trash.delete(library.find(second).path).kept
    (library.folder / "people.json").write_bytes(people)  # as if the kill had come before
    assert trash._lock is not None
    trash._lock.release()
    Trash(library)
    assert not kept.exists()
    assert [one.name for one in read_people(library.folder)] == ["Maria Lopez"]


def test_a_live_chat_and_what_is_no_chat_of_the_library_are_not_deleted(library: Library, tmp_path: Path) -> None:
    with Trash(library) as trash:
        with new_file(library.folder) as file, pytest.raises(SessionLocked):
            trash.delete(file.path)
        assert file.path.is_file()
        elsewhere = tmp_path / "mine.json"
        elsewhere.touch()
        with pytest.raises(LibraryError, match="no saved chat of"):
            trash.delete(elsewhere)
        deleted = trash.delete(file.path)
        file.path.write_text("another one")
        with pytest.raises(LibraryError, match="is there already"):
            trash.restore(deleted)
        file.path.unlink()
        trash.restore(deleted)


def test_people_are_kept_up_to_date_made_where_missing_and_moved_aside_where_damaged(library: Library) -> None:
    first = a_chat(library, 0, MARIA)
    second = a_chat(library, 7, MARIA, TOM)
    events = read_events(library.find(second).path)
    made = note_session(library, second, events)
    assert made is not None, "without a people.json all chats are taken in"
    assert (made.people, made.chats) == (2, 2)
    assert note_session(library, second, events) is None
    assert {one.name: one.sessions for one in read_people(library.folder)} == {"Maria Lopez": 2, "Tom K": 1}
    people = PeopleFile(library.folder)
    people.path.write_bytes(people.path.read_bytes()[:-5])
    with pytest.raises(DamagedPeople, match="lunchroom people rebuild"):
        read_people(library.folder)
    assert library.earlier_people("navasotaisd").knows(MARIA), "the chat goes on"
    again = note_session(library, first, read_events(library.find(first).path))
    assert again is not None
    assert again.aside is not None
    assert again.aside.path.name == "people.json.damaged-1"
    assert len(read_people(library.folder)) == 2


def test_nobody_is_new_who_was_there_under_another_account_that_is_joined(library: Library) -> None:
    a_chat(library, 0, MARIA)
    a_chat(library, 1, TOM, series="elsewhere")
    rebuild_people(library)
    assert not library.earlier_people("navasotaisd").knows(TOM)
    people = PeopleFile(library.folder)
    people.change(lambda register: register.join(MARIA.id, TOM.id))
    earlier = library.earlier_people("navasotaisd")
    assert earlier.knows(TOM)
    assert earlier.knows(Author("bluesky:another-id", "tom.example.org"))
    assert not earlier.knows(JIM)
    people.change(lambda register: register.part(TOM.id))
    assert not library.earlier_people("navasotaisd").knows(TOM)


def test_people_json_is_written_by_one_program_at_a_time(library: Library) -> None:
    a_chat(library, 0, *(Author(f"mastodon:{number}", f"t{number}") for number in range(8)))
    rebuild_people(library)

    def mark(number: int) -> None:
        PeopleFile(library.folder).change(lambda register: register.find(f"t{number}").write({"notes": f"n{number}"}))

    threads = [threading.Thread(target=mark, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.notes for one in read_people(library.folder)} == {f"n{number}" for number in range(8)}


def test_a_running_chat_is_listed_as_it_grows(library: Library) -> None:
    with new_file(library.folder) as file:
        assert [(one.events, one.ended, one.minutes) for one in summaries(library)] == [(1, None, None)]
        file.commit([seen(2, MARIA), note(3), closed(4)])
        (listed,) = summaries(library)
        assert (listed.events, listed.people, listed.ended) == (4, 1, START + 4)


def test_a_closed_chat_that_was_cut_short_is_not_listed_as_whole(library: Library) -> None:
    """Half a file, as a stick that was pulled out leaves it: its table `session` still tells of an end."""
    a_chat(library, 0, MARIA, TOM, JIM)
    (whole,) = summaries(library)
    assert whole.ended is not None
    data = whole.path.read_bytes()
    whole.path.write_bytes(data[: data.index(b'"session_closed"')])
    (half,) = summaries(library)
    assert (half.damaged, half.events, half.ended, half.minutes) == (False, whole.events - 1, None, None)
