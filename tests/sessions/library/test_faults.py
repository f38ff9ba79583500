"""A disk that fills up or breaks loses nothing that was acknowledged, and saving goes on once it is well again."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.core.events import encode_event
from sessions.files.disk import Disk
from sessions.files.errors import SaveFailed
from sessions.library.storage import layout
from sessions.library.storage.reading import read_events
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, a_plan
from tests.sessions.library.building import FaultyDisk, durable_seq, last_seq, new_file, note, seqs, stock_events

BATCH = [note(3, "x" * 40), note(4), note(5)]
GROWTH = len(layout.records([(event.seq, encode_event(event)) for event in BATCH])) + len(",\n")


@pytest.mark.parametrize("room", [0, 1, 2, 3, 4, 5, 50, 150, 200, GROWTH - 3, GROWTH - 1])
def test_a_write_cut_short_at_any_place_leaves_the_file_as_it_was(tmp_path: Path, room: int) -> None:
    disk = FaultyDisk()
    with new_file(tmp_path, events=2, disk=disk) as file:
        before = file.path.read_bytes()
        disk.room = room
        with pytest.raises(SaveFailed, match="the disk is full"):
            file.commit(BATCH)
        assert file.path.read_bytes() == before
        assert last_seq(file) == durable_seq(file) == 2
        disk.room = None
        file.commit(BATCH)
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4, 5]


def test_a_write_that_the_system_takes_in_pieces_is_gone_on_with(tmp_path: Path) -> None:
    class InPieces(Disk):
        def write(self, handle: int, data: bytes | memoryview, offset: int) -> int:
            return super().write(handle, data[:7], offset)

    with new_file(tmp_path, events=3, disk=InPieces()) as file:
        file.commit([note(4)])
    assert read_events(file.path)[1:] == [note(2), note(3), note(4)]


def test_a_sync_that_fails_takes_back_all_that_was_not_durable(tmp_path: Path) -> None:
    disk = FaultyDisk()
    with new_file(tmp_path, events=2, disk=disk) as file:
        before = file.path.read_bytes()
        file.append([note(3)])
        file.append([note(4)])
        disk.broken = {"sync"}
        with pytest.raises(SaveFailed, match="the disk reports an error"):
            file.sync()
        assert file.path.read_bytes() == before
        assert last_seq(file) == durable_seq(file) == 2
        disk.broken = set()
        file.commit(BATCH)
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4, 5]


def test_where_even_taking_back_fails_the_next_call_tries_again_before_it_writes(tmp_path: Path) -> None:
    disk = FaultyDisk()
    with new_file(tmp_path, events=2, disk=disk) as file:
        before = file.path.read_bytes()
        file.append([note(3)])
        disk.broken = {"sync", "truncate", "write"}
        for _ in range(2):
            with pytest.raises(SaveFailed):
                file.sync()
        with pytest.raises(SaveFailed, match="still refuses"):
            file.commit([note(3)])
        assert seqs(read_events(file.path))[:2] == [1, 2], "readers see whole events all the while"
        disk.broken = {"sync"}
        with pytest.raises(SaveFailed, match="reports an error"):
            file.sync()
        assert file.path.read_bytes() == before
        disk.broken = set()
        file.commit(BATCH)
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("broken", ["write", "sync"])
def test_a_rewrite_that_fails_changes_nothing_and_appending_goes_on(tmp_path: Path, broken: str) -> None:
    disk = FaultyDisk()
    with new_file(tmp_path, events=2, disk=disk) as file:
        before = file.path.read_bytes()
        disk.broken = {broken}
        with pytest.raises(SaveFailed):
            file.close_session(START, {"answers": [{}]})
        with pytest.raises(SaveFailed):
            file.redact({2: b'{"seq":2}'})
        disk.broken = set()
        assert file.path.read_bytes() == before
        file.commit(BATCH)
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4, 5]
    assert [path.suffix for path in sorted(tmp_path.iterdir())] == [".json", ".lock"]


def test_a_file_that_a_rewrite_could_not_open_again_is_opened_by_the_next_call(tmp_path: Path) -> None:
    disk = FaultyDisk()
    with new_file(tmp_path, events=2, disk=disk) as file:
        disk.broken = {"open"}
        with pytest.raises(SaveFailed):
            file.close_session(START, {})
        with pytest.raises(SaveFailed):
            file.commit(BATCH)
        disk.broken = set()
        file.commit(BATCH)
    assert seqs(stock_events(file.path)) == [1, 2, 3, 4, 5]
    with pytest.raises(ValueError, match="is closed"):
        file.commit([note(6)])


def fill(file: SessionFile) -> int:
    """Commit batches until the disk refuses, and once more; the last seq that was acknowledged."""
    while True:
        acknowledged = durable_seq(file)
        try:
            file.commit([note(acknowledged + step, "x" * 1000) for step in range(1, 8)])
        except SaveFailed:
            return acknowledged


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 256 KiB, where this system and account can make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = (
        sys.platform == "linux"
        and os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("mounting a tmpfs needs Linux and root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_loses_nothing_and_saving_goes_on_when_there_is_room(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(100 * 1024))
    with new_file(small_disk) as file:
        acknowledged = fill(file)
        assert acknowledged > 7
        assert seqs(stock_events(file.path)) == list(range(1, acknowledged + 1))
        assert fill(file) == acknowledged
        ballast.unlink()
        file.commit([note(acknowledged + step, "x" * 1000) for step in range(1, 8)])
        assert seqs(stock_events(file.path)) == list(range(1, acknowledged + 8))


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix only")
def test_a_real_short_write_at_the_limit_for_files_loses_nothing(tmp_path: Path) -> None:
    """The limit is set in a process of its own; the system then takes part of a write and refuses the rest."""
    script = (
        "import resource, sys, pathlib\n"
        "from tests.sessions.library.building import new_file, note\n"
        "from tests.sessions.library.test_faults import fill\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_001, resource.RLIM_INFINITY))\n"
        "file = new_file(pathlib.Path(sys.argv[1]))\n"
        "acknowledged = fill(file)\n"
        "assert fill(file) == acknowledged\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "file.commit([note(acknowledged + 1)])\n"
        "print(acknowledged)\n"
    )
    child = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert child.returncode == 0, child.stderr
    acknowledged = int(child.stdout)
    assert acknowledged > 7
    (path,) = tmp_path.glob("*.json")
    assert seqs(stock_events(path)) == list(range(1, acknowledged + 2))


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SaveFailed, match="cannot be saved: the system says"):
        SessionFile.create(tmp_path / "file", a_plan(), started=START)


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "full"), (errno.EROFS, "read-only"), (errno.EMFILE, "system says")]
)
def test_reasons_are_in_words(number: int, words: str) -> None:
    assert words in SaveFailed.from_os(OSError(number, os.strerror(number))).reason
