"""The life of a session file: made, written, closed, opened again; one writer; others only read."""

import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import tinydb

from sessions.core.events import UnknownEvent, decode_event, encode_event
from sessions.files.disk import new_path
from sessions.files.errors import DamagedSession, LibraryError, SaveFailed, SessionLocked
from sessions.library.storage.reading import read_events, read_head, read_session
from sessions.library.storage.session_file import SessionFile, file_slug
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import (
    FaultyDisk,
    closed,
    durable_seq,
    last_seq,
    new_file,
    note,
    opened,
    seqs,
    stock_events,
)


def test_a_new_file_is_named_for_date_series_and_id_and_holds_one_session_document(tmp_path: Path) -> None:
    with new_file(tmp_path, series="Navasota ISD!") as file:
        assert re.fullmatch(r"2025-12-01-navasota-isd-[a-z2-7]{6}\.json", file.path.name)
        with tinydb.TinyDB(file.path, access_mode="r") as stock:
            (session,) = stock.table("session").all()
    assert session == {
        "schema": 1,
        "id": file.path.stem[-6:],
        "title": "Stations that work",
        "hashtags": ["navasotaisd"],
        "series": "Navasota ISD!",
        "started": START,
        "ended": None,
    }


@pytest.mark.parametrize(
    ("series", "expected"),
    [("isd", "isd"), ("../../etc", "etc"), ("Éire Chat", "eire-chat"), ("日本", "chat"), ("a" * 99, "a" * 40)],
)
def test_a_series_becomes_letters_that_every_file_system_takes(series: str, expected: str) -> None:
    assert file_slug(series) == expected


def test_events_are_read_back_by_us_and_by_stock_tinydb_during_the_chat(tmp_path: Path) -> None:
    with new_file(tmp_path) as file:
        file.append([note(2, "“hé” \U0001f600"), encode_event(note(3))])
        assert (last_seq(file), durable_seq(file)) == (3, 1)
        file.sync()
        assert durable_seq(file) == 3
        assert read_events(file.path) == [opened(), note(2, "“hé” \U0001f600"), note(3)]
        assert stock_events(file.path)[1] == msgspec.to_builtins(note(2, "“hé” \U0001f600"))


@pytest.mark.parametrize("wrong", [[2], [4], [3, 3], [3, 5], [0]])
def test_seqs_have_no_gaps(tmp_path: Path, wrong: list[int]) -> None:
    with new_file(tmp_path, events=2) as file:
        for events in ([note(seq) for seq in wrong], [encode_event(note(seq)) for seq in wrong]):
            with pytest.raises(ValueError, match="cannot follow"):
                file.commit(events)
        assert seqs(read_events(file.path)) == [1, 2]


def test_a_file_goes_on_where_it_stood(tmp_path: Path) -> None:
    with new_file(tmp_path, events=5) as file:
        pass
    with SessionFile.open(file.path) as again:
        assert again.repair is None
        assert last_seq(again) == durable_seq(again) == 5
        again.commit([note(6)])
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4, 5, 6]


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    with new_file(tmp_path) as file:
        file.announce("Ana's chat at http://127.0.0.1:8123\n")
        with pytest.raises(SessionLocked, match="open in Ana's chat at http://127\\.0\\.0\\.1:8123\\. Use `lunch"):
            SessionFile.open(file.path, holder="Ben's chat")
        elsewhere = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys, pathlib\n"
                "from sessions.library.storage.session_file import SessionFile\n"
                "SessionFile.open(pathlib.Path(sys.argv[1]))",
                str(file.path),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "already open in Ana's chat at http://127.0.0.1:8123" in elsewhere.stderr
        assert file.path.with_name(file.path.name + ".lock").exists()
    with SessionFile.open(file.path, holder="Ben's chat"):
        pass
    assert file.path.with_name(file.path.name + ".lock").exists()


def test_only_what_exists_is_opened_and_nothing_is_overwritten(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no file"):
        SessionFile.open(tmp_path / "2025-12-01-x-aaaaaa.json")
    with new_file(tmp_path) as file:
        pass
    with pytest.raises(LibraryError, match="exists already"):
        SessionFile.create(tmp_path, a_plan(), started=START, session_id=file.path.stem[-6:])


def test_closing_writes_derived_tables_before_the_events_which_stay_as_they_are(tmp_path: Path) -> None:
    with new_file(tmp_path, events=3) as file:
        file.commit([closed(4)])
        events = file.path.read_bytes().partition(b'"events": ')[2]
        assert file.needs_closing
        assert file.close_session(START + 9, {"questions": [{"label": "1"}, {"label": "2"}], "participants": []})
        assert file.path.read_bytes().partition(b'"events": ')[2] == events
    with tinydb.TinyDB(file.path, access_mode="r") as stock:
        assert [document.doc_id for document in stock.table("questions")] == [1, 2]
    assert list(json.loads(file.path.read_bytes())) == ["session", "questions", "participants", "events"]
    with SessionFile.open(file.path) as again:
        assert not again.needs_closing
    assert read_session(file.path).ended == read_head(file.path).ended == START + 9


def test_where_windows_refuses_because_of_a_reader_the_derived_tables_wait_for_the_next_opening(tmp_path: Path) -> None:
    disk = FaultyDisk()
    with new_file(tmp_path, events=3, disk=disk) as file:
        file.commit([closed(4)])
        disk.refusals = 1_000
        assert not file.close_session(START + 9, {"questions": [{"label": "1"}]})
        assert read_head(file.path).ended == START + 4, "the event tells"
        assert not new_path(file.path).exists()
        disk.refusals = 0
    with SessionFile.open(file.path, disk=disk) as again:
        assert again.needs_closing
        disk.refusals = 2
        assert again.close_session(START + 9, {"questions": [{"label": "1"}]}), "a reader that goes soon is waited for"
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4]


def test_events_of_a_later_version_are_kept_byte_for_byte(tmp_path: Path) -> None:
    raw = b'{"seq":3,"at":5,"by":null,"command":null,"type":"poll_opened",  "odd" : 1.50,"n":1e3}'
    with new_file(tmp_path, events=2) as file:
        file.commit([decode_event(raw), note(4)])
        file.close_session(START, {"answers": [{}]})
        file.redact({2: encode_event(note(2, "blanked"))})
    assert b'\n"3": ' + raw + b",\n" in file.path.read_bytes()
    assert read_events(file.path)[2] == UnknownEvent(seq=3, at=5, type="poll_opened", raw=raw)
    with SessionFile.open(file.path) as again:
        assert last_seq(again) == 4


def test_what_is_blanked_out_leaves_no_byte_behind(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        file.commit([note(3, "Jamie Secret was there"), note(4)])
        file.close_session(START, {"answers": [{"text": "Jamie Secret was there"}]})
        file.redact({3: encode_event(note(3, "[blanked]"))})
        file.commit([note(5)])
    assert b"Secret" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert read_events(file.path) == [opened(), note(2), note(3, "[blanked]"), note(4), note(5)]


def test_only_an_event_can_take_an_events_place(tmp_path: Path) -> None:
    with new_file(tmp_path, events=2) as file:
        for replacements in ({9: encode_event(note(9))}, {2: encode_event(note(1))}):
            with pytest.raises(ValueError, match="no event"):
                file.redact(replacements)


@pytest.mark.parametrize("indent", [None, 0, 4])
def test_what_a_script_with_stock_tinydb_wrote_between_two_openings_is_kept(tmp_path: Path, indent: int | None) -> None:
    with new_file(tmp_path, events=3) as file:
        pass
    with tinydb.TinyDB(file.path, indent=indent, ensure_ascii=False, encoding="utf-8") as stock:
        stock.table("mine").insert({"é": "ü"})
    assert seqs(read_events(file.path)) == [1, 2, 3]
    assert read_head(file.path).events == 3
    with SessionFile.open(file.path) as again:
        again.commit([note(4)])
    assert list(json.loads(file.path.read_bytes())) == ["session", "mine", "events"]
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4]
    assert read_head(file.path).events == 4


def test_what_a_script_wrote_during_the_chat_is_kept_and_the_events_stay_last(tmp_path: Path) -> None:
    with new_file(tmp_path, events=3) as file:
        with tinydb.TinyDB(file.path) as stock:
            stock.table("mine").insert({"a": 1})
        file.commit([note(4)])
        assert seqs(stock_events(file.path)) == [1, 2, 3, 4]
        assert list(json.loads(file.path.read_bytes())) == ["session", "mine", "events"]


def test_a_script_that_lost_events_during_the_chat_stops_the_saving_and_says_so(tmp_path: Path) -> None:
    with new_file(tmp_path, events=3) as file:
        with tinydb.TinyDB(file.path) as stock:
            stock.table("events").remove(doc_ids=[2])
        with pytest.raises(SaveFailed, match="another program changed"):
            file.commit([note(4)])


def test_a_file_with_a_missing_event_is_refused_and_left_where_it_is(tmp_path: Path) -> None:
    with new_file(tmp_path, events=3) as file:
        pass
    with tinydb.TinyDB(file.path) as stock:
        stock.table("events").remove(doc_ids=[2])
    for read in (SessionFile.open, read_events):
        with pytest.raises(DamagedSession, match="event 2 is missing"):
            read(file.path)
    assert file.path.exists()
