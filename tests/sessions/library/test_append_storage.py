"""The session file is an ordinary TinyDB file whose inserts into `events` cost the same at any length."""

import json
from pathlib import Path

import pytest
import tinydb
from tinydb.table import Document

from sessions.library.storage import layout
from sessions.library.storage.append_storage import EventsTable, SessionDB
from tests.sessions.library.building import FaultyDisk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "chat.json"
    path.write_bytes(layout.document({"session": b'{"1": {"id": "abcdef"}}'}, []))
    return path


def test_inserts_overwrite_the_last_three_bytes(path: Path) -> None:
    with SessionDB(path) as db:
        assert path.read_bytes() == b'{"session": {"1": {"id": "abcdef"}},\n"events": {\n}}'
        db.table("events").insert({"seq": 1})
        assert path.read_bytes() == b'{"session": {"1": {"id": "abcdef"}},\n"events": {\n"1": {"seq": 1}\n}}'
        db.table("events").insert_multiple([{"seq": 2}, {"seq": 3}])
        assert path.read_bytes().endswith(b'"1": {"seq": 1},\n"2": {"seq": 2},\n"3": {"seq": 3}\n}}')


def test_an_insert_is_one_write_of_the_same_length_after_ten_events_and_after_thousands(path: Path) -> None:
    disk = FaultyDisk()
    with SessionDB(path, disk) as db:
        db.table("events").insert_multiple([{"text": "x"}] * 1010)
        disk.written.clear()
        db.table("events").insert({"text": "x"})
        db.table("events").insert_multiple([{"text": "x"}] * 5000)
        disk.written.pop()
        db.table("events").insert({"text": "x"})
    assert len(disk.written) == 2
    assert disk.written[0] == disk.written[1] == len(',\n"1011": {"text": "x"}\n}}')


def test_tinydb_queries_and_stock_tinydb_see_what_was_inserted_at_once(path: Path) -> None:
    with SessionDB(path) as db, tinydb.TinyDB(path) as stock:
        for number in range(1, 4):
            assert db.table("events").insert({"number": number}) == number
            assert db.table("events").search(tinydb.where("number") == number) == [{"number": number}]
            assert stock.table("events", cache_size=0).get(doc_id=number) == {"number": number}
        assert len(db.table("events")) == 3
        assert db.tables() == {"session", "events"}


@pytest.mark.parametrize(
    "text", ["naïve", "“quoted”", "\U0001f600 two halves", "line\nbreak\r\u2028", '\\ " \x7f \x00', "日本"]
)
def test_any_text_is_kept_and_the_file_stays_ascii(path: Path, text: str) -> None:
    with SessionDB(path) as db:
        db.table("events").insert({"text": text})
        db.table("mine").insert({"text": text})
    assert path.read_bytes().isascii()
    for encoding in ("ascii", "cp1252", "utf-8"):
        with tinydb.TinyDB(path, encoding=encoding) as stock:
            assert stock.table("events").all() == stock.table("mine").all() == [{"text": text}]


@pytest.mark.parametrize(
    "raw", [b'{"a":"plain"}', '{"a":"é\U0001f600","é":["“”"]}'.encode(), b'{\n  "a": [1,\r\n 2]\n}']
)
def test_escaping_keeps_the_value_on_one_line_of_ascii(raw: bytes) -> None:
    escaped = layout.ascii_json(raw)
    assert json.loads(escaped) == json.loads(raw)
    assert escaped.isascii()
    assert b"\n" not in escaped
    assert layout.ascii_json(escaped) is escaped


def test_other_tables_behave_as_in_stock_tinydb_and_events_stays_last(path: Path) -> None:
    with SessionDB(path) as db:
        db.table("events").insert_multiple([{"a": 1}, {"a": 2}])
        db.table("notes").insert_multiple([{"b": 1}, {"b": 2}])
        db.table("notes").update({"b": 3}, tinydb.where("b") == 1)
        db.table("notes").remove(tinydb.where("b") == 2)
        db.table("events").insert({"a": 3})
    assert list(json.loads(path.read_bytes()).items()) == [
        ("session", {"1": {"id": "abcdef"}}),
        ("notes", {"1": {"b": 3}}),
        ("events", {"1": {"a": 1}, "2": {"a": 2}, "3": {"a": 3}}),
    ]
    assert layout.is_ours(path.read_bytes())


def test_an_update_of_an_event_goes_through_a_new_file_and_appending_goes_on(path: Path) -> None:
    with SessionDB(path) as db:
        db.table("events").insert_multiple([{"a": 1}, {"a": 2}])
        db.table("events").update({"a": 9}, doc_ids=[1])
        db.table("events").insert({"a": 3})
        assert db.table("events").all() == [{"a": 9}, {"a": 2}, {"a": 3}]


def test_ids_that_are_taken_and_things_that_are_no_documents_are_refused_as_in_stock_tinydb(path: Path) -> None:
    with SessionDB(path) as db:
        events = db.table("events")
        assert events.insert(Document({"a": 1}, doc_id=1)) == 1
        before = path.read_bytes()
        with pytest.raises(ValueError, match="ID 1 already exists"):
            events.insert(Document({"a": 1}, doc_id=1))
        with pytest.raises(ValueError, match="not a Mapping"):
            events.insert_multiple([{"a": 2}, "text"])
        assert path.read_bytes() == before
        assert events.insert({"a": 2}) == 2


def test_a_session_database_over_another_storage_is_an_ordinary_one() -> None:
    class InMemory(tinydb.TinyDB):
        table_class = SessionDB.table_class

    db = InMemory(storage=tinydb.storages.MemoryStorage)
    assert db.table("events").insert({"a": 1}) == 1
    assert db.table("events").insert_multiple([{"a": 2}]) == [2]
    events = db.table("events")
    assert isinstance(events, EventsTable)
    with pytest.raises(TypeError, match="only the events of a session file"):
        events.append_encoded([(3, b"{}")])
