"""Files of the library that another program rewrote in an encoding of its own are rescued whole; nothing is made up."""

import json
from pathlib import Path

import pytest
import tinydb

from sessions.core.people import Account, PersonRecord
from sessions.files.encodings import text_of
from sessions.files.errors import DamagedPeople, DamagedSession
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.reading import read_events
from sessions.library.storage.rescue import rescue
from tests.sessions.library.building import new_file, note, stock_events

HERE = Path(__file__).parent / "rewritten"
CHAT = "2023-03-09-stationchat-layyct.json"
NOTES = "Señora López’s “station” leader"
POLISH = "Zażółć gęślą jaźń, powiedział Łukasz"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "chats")


def a_chat(library: Library) -> Path:
    with new_file(library.folder, events=3) as file:
        file.commit([note(4, POLISH)])
    return file.path


def placed(library: Library, name: str, data: bytes) -> Path:
    path = library.folder / name
    path.write_bytes(data)
    return path


def test_a_chat_that_a_script_rewrote_in_the_encoding_of_windows_is_rescued_whole(library: Library) -> None:
    raw = (HERE / "session-cp1252.json").read_bytes()
    path = placed(library, CHAT, raw)
    (listed,) = summaries(library)
    assert (listed.damaged, listed.events) == (True, 17)
    with pytest.raises(DamagedSession, match="UTF-8"):
        read_events(path)
    done = rescue(path)
    assert (done.events, done.encoding) == (17, "cp1252")
    assert done.kept.read_bytes() == raw
    (listed,) = summaries(library)
    assert (listed.damaged, listed.events, listed.people, listed.title) == (False, 17, 4, "#stationchat on 2023-03-09")
    assert "A3 The café corner, with real cups #stationchat" in [
        event["post"]["text"] for event in stock_events(path) if event["type"] == "post_seen"
    ]
    with tinydb.TinyDB(path, access_mode="r") as db:
        assert db.tables() >= {"session", "questions", "answers", "participants", "events"}, "no table is lost"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_an_editor_saved_in_another_encoding_is_rescued_whole(library: Library, encoding: str) -> None:
    path = a_chat(library)
    whole, raw = read_events(path), path.read_text("ascii").encode(encoding)
    path.write_bytes(raw)
    assert [(one.damaged, one.events) for one in summaries(library)] == [(True, 4)]
    assert rescue(path).kept.read_bytes() == raw
    assert read_events(path) == whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250"])
def test_what_a_script_rewrote_in_another_encoding_is_rescued_whole(library: Library, encoding: str) -> None:
    path = a_chat(library)
    whole, document = read_events(path), json.loads(path.read_bytes())
    path.write_bytes(json.dumps(document, ensure_ascii=False).encode(encoding))
    assert [(one.damaged, one.events) for one in summaries(library)] == [(True, 4)]
    rescue(path)
    assert read_events(path) == whole


@pytest.mark.parametrize("name", ["smallest-not-utf8.json", "people-cp1252.json"])
def test_what_holds_no_chat_is_damaged_and_left_as_it_is(library: Library, name: str) -> None:
    raw = (HERE / name).read_bytes()
    path = placed(library, CHAT, raw)
    with new_file(library.folder, events=2):
        pass
    assert sorted((one.damaged, one.events) for one in summaries(library)) == [(False, 2), (True, 0)]
    with pytest.raises(DamagedSession, match="nothing before the damage"):
        rescue(path)
    assert path.read_bytes() == raw


def test_one_odd_byte_among_escaped_letters_is_damage_and_no_letter(library: Library) -> None:
    with new_file(library.folder, events=3) as file:
        file.commit([note(4, POLISH), note(5, "plain")])
    whole = read_events(file.path)
    stock = json.dumps(json.loads(file.path.read_bytes())).encode()
    file.path.write_bytes(stock.replace(b"plain", b"pl\xe1in"))
    assert rescue(file.path).events == 4
    assert read_events(file.path) == whole[:4]


def test_a_people_json_of_another_encoding_is_told_and_rebuilt_with_what_moderators_wrote(library: Library) -> None:
    people = PeopleFile(library.folder)
    teacher = PersonRecord(accounts=[Account("x:1", ("x:ana",))], notes=NOTES, written=("notes",))
    teacher.settle()
    people.change(lambda register: register.people.append(teacher))
    document = json.loads(people.path.read_bytes())
    raw = json.dumps(document, ensure_ascii=False).encode("cp1252")
    people.path.write_bytes(raw)
    with pytest.raises(DamagedPeople, match=r"it is not UTF-8.*`lunchroom people rebuild`"):
        people.read()
    done = rebuild_people(library)
    assert done.aside is not None
    assert (done.aside.encoding, done.aside.path.read_bytes()) == ("cp1252", raw)
    assert [person.notes for person in people.read()] == [NOTES]


@pytest.mark.parametrize(
    "raw", [(HERE / "people-cp1252.json").read_bytes(), b'{"people": {"1": {', b"[" * 100_000, b""]
)
def test_a_damaged_people_json_is_told_and_rebuilt(library: Library, raw: bytes) -> None:
    people = PeopleFile(library.folder)
    people.path.write_bytes(raw)
    with pytest.raises(DamagedPeople, match=r"people\.json is damaged: .*`lunchroom people rebuild`"):
        people.read()
    done = rebuild_people(library)
    assert done.aside is not None
    assert done.aside.path.read_bytes() == raw
    assert len(people.read()) == done.people == 0


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "El niño comió en el café de José — “hola”"),
        ("cp1252", "€5"),
        ("cp1250", POLISH),
        ("cp1251", "Первая станция в моём классе"),
        ("mac_roman", "café “quotes” naïve — dash, what’s up"),
        ("utf-16", "a café"),
    ],
)
def test_an_encoding_is_told_by_what_reads_as_language(encoding: str, text: str) -> None:
    raw = json.dumps({"text": text, "plain": "stations in my room"}, ensure_ascii=False).encode(encoding)
    assert json.loads(text_of(raw)[0])["text"] == text
    assert text_of(raw)[1] == encoding
