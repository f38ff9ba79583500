"""Readers need no lock: they see whole events, during an append too."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sessions.files.errors import DamagedSession, LibraryError
from sessions.library.storage.reading import read_events, read_head, read_session
from tests.sessions.core.building import START
from tests.sessions.library.building import new_file, note, seqs


def test_a_reader_beside_a_writer_sees_a_growing_row_of_whole_events(tmp_path: Path) -> None:
    with new_file(tmp_path) as file:
        pass
    command = [sys.executable, "-m", "tests.sessions.library.writer_child", str(file.path), "1", "asked"]
    with (
        ThreadPoolExecutor(1) as pool,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer,
    ):
        assert writer.stdin is not None
        assert writer.stdout is not None
        acknowledged = 1
        for _ in range(60):
            writer.stdin.write(b"\n")
            writer.stdin.flush()
            told = pool.submit(writer.stdout.readline)
            while not told.done():
                events = seqs(read_events(file.path))
                assert events == list(range(1, len(events) + 1))
                assert len(events) >= acknowledged
                assert read_head(file.path).events >= len(events)
            acknowledged = int(told.result())
        assert seqs(read_events(file.path)) == list(range(1, acknowledged + 1))


def test_the_head_tells_what_a_listing_needs_also_behind_large_derived_tables(tmp_path: Path) -> None:
    with new_file(tmp_path, events=40) as file:
        file.commit([note(41, "x" * 100_000)])
        file.close_session(START + 5, {"answers": [{"text": "y" * 1000}] * 100})
    head = read_head(file.path)
    assert (head.events, head.ended, head.session) == (41, START + 5, read_session(file.path))
    assert head.opened.plan.title == head.session.title


def test_a_session_whose_first_event_was_never_saved_is_told_from_a_chat(tmp_path: Path) -> None:
    with new_file(tmp_path, events=0) as file:
        pass
    path = tmp_path / "empty.json"
    path.write_bytes(file.path.read_bytes().partition(b'"events": {')[0] + b'"events": {\n}}')
    assert read_events(path) == []
    assert read_session(path).started == START
    with pytest.raises(DamagedSession, match="does not begin with"):
        read_head(path)


@pytest.mark.parametrize("read", [read_events, read_head, read_session])
def test_what_is_missing_or_no_session_is_told_in_one_line(tmp_path: Path, read: object) -> None:
    assert callable(read)
    with pytest.raises(LibraryError, match="no file"):
        read(tmp_path / "nowhere.json")
    with pytest.raises(LibraryError, match="cannot be read"):
        read(tmp_path)
    for content in (
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"session": {}, "events": {"1": 5}}',
        b'{"session": {"1": 5}, "events": {"1": 5}}',
    ):
        path = tmp_path / "other.json"
        path.write_bytes(content)
        with pytest.raises(DamagedSession) as caught:
            read(path)
        assert "\n" not in str(caught.value)
