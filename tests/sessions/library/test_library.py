"""The folder of saved chats: what a listing shows, how one is named, and who was there before."""

import datetime
import time
from pathlib import Path
from typing import Any

import pytest
import tinydb

from sessions.core.posts import Author
from sessions.files.errors import DamagedSession, LibraryError
from sessions.library.library import Library
from sessions.library.location import default_library
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import closed, last_seq, new_file, note, opened, seen, stock_events

DAY = 86_400_000

MARIA = Author("mastodon:1", "mlopez", "Maria Lopez")
TOM = Author("bluesky:did:2", "Tom.Example.org", "Tom K")
JIM = Author("mastodon:3")


def a_chat(library: Library, day: int = 0, *authors: Author, rehearsal: bool = False, **plan: Any) -> str:
    """A closed chat so many days after the first one, with a post by each of `authors`; its id."""
    plan["starts"] = a_plan().starts + datetime.timedelta(days=day)
    with SessionFile.create(library.folder, a_plan(**plan), started=START + day * DAY) as file:
        file.append([opened(rehearsal=rehearsal, **plan)])
        file.append([seen(seq, author) for seq, author in enumerate(authors, start=2)])
        file.commit([closed(last_seq(file) + 1)])
    return file.path.stem[-6:]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "saved" / "chats")


def test_an_empty_library_is_made_and_lists_nothing(library: Library) -> None:
    assert library.folder.is_dir()
    assert library.saved_chats() == []
    assert library.earlier_people("navasotaisd").first


def test_a_listing_shows_the_newest_first_and_what_each_chat_was(library: Library) -> None:
    older = a_chat(library, 0, MARIA)
    newer = a_chat(library, 7, MARIA, TOM, rehearsal=True, title="Exit tickets")
    new, old = library.saved_chats()
    assert (old.id, new.id) == (older, newer)
    assert (new.title, new.series, new.date, new.started) == (
        "Exit tickets",
        "navasotaisd",
        "2025-12-08",
        START + 7 * DAY,
    )
    assert (new.rehearsal, old.rehearsal) == (True, False)
    assert (new.events, old.events) == (4, 3)
    assert new.ended == START + 4, "as the event session_closed says, when no derived tables were written"
    assert new.size == new.path.stat().st_size


def test_what_else_lies_in_the_folder_is_passed_by_but_a_damaged_chat_is_shown(library: Library) -> None:
    a_chat(library)
    (library.folder / "people.json").write_text('{"people": {}}')
    (library.folder / "notes.json").write_text("[]")
    (library.folder / "readme.txt").write_text("hello")
    (library.folder / "2025-12-03-navasotaisd-abcdef.json").write_text("broken")
    damaged, whole = library.saved_chats()
    assert (damaged.id, damaged.date, damaged.series, damaged.damaged) == ("abcdef", "2025-12-03", "navasotaisd", True)
    assert not whole.damaged
    assert library.find("latest") == whole
    with pytest.raises(DamagedSession):
        library.find("abcdef")


def test_a_chat_is_found_by_id_date_file_name_path_or_as_the_latest(library: Library, tmp_path: Path) -> None:
    older, newer = a_chat(library, 0), a_chat(library, 7)
    path = library.find(older).path
    for what in (older, "2025-12-01", path.name, str(path)):
        assert library.find(what).id == older
    for what in (newer, "latest"):
        assert library.find(what).id == newer
    elsewhere = tmp_path / "copied by mail.json"
    elsewhere.write_bytes(path.read_bytes())
    assert library.find(str(elsewhere)).path == elsewhere


def test_what_is_not_there_or_not_clear_is_told(library: Library) -> None:
    with pytest.raises(LibraryError, match="No chat is saved in"):
        library.find("latest")
    ids = {a_chat(library, 0), a_chat(library, 0)}
    with pytest.raises(LibraryError, match=r"2 saved chats go by '2025-12-01'\. Name one by its id: ") as caught:
        library.find("2025-12-01")
    assert all(session_id in str(caught.value) for session_id in ids)
    with pytest.raises(LibraryError, match="`lunchroom sessions` lists"):
        library.find("2031-01-01")


@pytest.mark.parametrize("what", ["~nobody-of-this-name/chat.json", "long" * 2_000, "a\0b", "~"])
def test_what_can_be_no_file_s_name_is_no_chat_either(library: Library, what: str) -> None:
    a_chat(library, 0, MARIA)
    with pytest.raises(LibraryError, match="There is no saved chat"):
        library.find(what)


def test_a_chat_is_found_by_a_part_of_its_title_that_no_other_has(library: Library) -> None:
    stations = a_chat(library, 0, title="Stations that work")
    a_chat(library, 7, title="Exit tickets")
    a_chat(library, 14, title="More exit tickets, and stations")
    assert library.find("that WORK").id == stations
    with pytest.raises(LibraryError, match=r"2 saved chats go by 'exit  tickets'") as caught:
        library.find("exit  tickets")
    assert "(2025-12-08)" in str(caught.value)
    with pytest.raises(LibraryError, match="no saved chat ' '"):
        library.find(" ")


def test_a_date_or_an_id_names_its_chat_even_where_another_title_has_it_in_it(library: Library) -> None:
    wanted = a_chat(library, 0, title="Stations")
    a_chat(library, 7, title=f"What came of 2025-12-01 and {wanted}")
    assert library.find("2025-12-01").id == wanted
    assert library.find(wanted).id == wanted


def test_people_of_earlier_chats_of_the_series_are_known(library: Library) -> None:
    a_chat(library, 0, MARIA)
    a_chat(library, 1, TOM)
    a_chat(library, 2, Author("mastodon:9", "other"), series="somewhere else")
    now = a_chat(library, 3, JIM)
    a_chat(library, 4, JIM)
    people = library.earlier_people("navasotaisd", before=now)
    assert people.ids == {MARIA.id, TOM.id}
    assert not people.first
    assert people.knows(MARIA)
    assert not people.knows(JIM), "who came in this chat or a later one is not known from an earlier one"
    assert not people.knows(Author("mastodon:9", "other"))
    assert library.earlier_people("navasotaisd").knows(JIM), "asked before the session is made, all are earlier"


def test_the_same_handle_on_the_same_network_is_the_same_person(library: Library) -> None:
    a_chat(library, 0, TOM)
    people = library.earlier_people("navasotaisd")
    assert people.knows(Author("bluesky:another-id", "@tom.example.org"))
    assert not people.knows(Author("mastodon:another-id", "tom.example.org"))
    assert not people.knows(Author("bluesky:another-id", ""))


def test_the_first_chat_of_a_series_is_known_as_such_and_rehearsals_never_count(library: Library) -> None:
    a_chat(library, 0, MARIA, rehearsal=True)
    a_chat(library, 1, MARIA, series="somewhere else")
    now = a_chat(library, 2, MARIA)
    people = library.earlier_people("navasotaisd", before=now)
    assert people.first
    assert people.ids == frozenset()


def test_a_running_a_torn_and_a_later_versions_chat_count_too(library: Library) -> None:
    a_chat(library, 0, MARIA)
    torn = library.find("latest").path
    torn.write_bytes(torn.read_bytes()[:-30])
    a_chat(library, 1, TOM)
    later = library.find("2025-12-02").path
    with tinydb.TinyDB(later) as stock:
        stock.table("events").update({"type": "poll_opened", "post": {"poll": 1}}, doc_ids=[3])
    with SessionFile.create(library.folder, a_plan(), started=START + 2 * DAY) as running:
        running.commit([opened(), seen(2, JIM), note(3)])
        people = library.earlier_people("navasotaisd")
    assert people.ids == {MARIA.id, TOM.id, JIM.id}


def test_fifty_chats_are_asked_for_their_people_in_a_moment(library: Library) -> None:
    authors = [Author(f"mastodon:{number}", f"teacher{number}") for number in range(300)]
    for day in range(50):
        a_chat(library, day, *authors)
    started = time.process_time()
    assert len(library.earlier_people("navasotaisd").ids) == 300
    assert time.process_time() - started < 1.0


def test_the_default_folder_is_the_environments_or_the_users_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "mine"))
    assert default_library() == tmp_path / "mine"
    monkeypatch.delenv("LUNCHROOM_LIBRARY")
    assert default_library().name == "chats"
    assert default_library().parent.name == "lunchroom"


def test_a_folder_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "chats"):
        with pytest.raises(LibraryError, match="Choose another folder with --library or LUNCHROOM_LIBRARY") as caught:
            Library(folder)
        assert "\n" not in str(caught.value)


def test_a_listing_mends_what_a_killed_writer_left_and_says_so(library: Library) -> None:
    with new_file(library.folder, events=4) as file:
        pass
    torn = file.path.read_bytes()[:-30]
    file.path.write_bytes(torn)
    (listed,) = library.saved_chats()
    assert listed.repair is not None
    assert (listed.repair.events, listed.events) == (3, 3)
    assert len(stock_events(file.path)) == 3
    (again,) = library.saved_chats()
    assert again.repair is None


def test_a_listing_leaves_a_chat_to_its_writer(library: Library) -> None:
    with new_file(library.folder, events=4) as file:
        torn = file.path.read_bytes()[:-30]
        file.path.write_bytes(torn)
        (listed,) = library.saved_chats()
        assert (listed.repair, listed.events) == (None, 3)
        assert file.path.read_bytes() == torn
