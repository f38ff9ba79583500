"""What is remembered from run to run, whatever became of its file."""

import json
from pathlib import Path

import pytest

from sessions.files.disk import Disk
from sessions.files.errors import StorageError
from tui.shell.kept.remembered import Remembered


def test_without_a_file_nothing_is_remembered_and_the_first_value_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "desk.json"
    remembered = Remembered(path)
    assert (remembered.value("layout"), remembered.problem, path.exists()) == ({}, "", False)
    remembered.keep("layout", {"preset": "even"})
    assert remembered.value("layout") == {"preset": "even"}
    assert Remembered(path).value("layout") == {"preset": "even"}
    nowhere = Remembered()
    nowhere.keep("layout", {"preset": "even"})
    assert nowhere.value("layout") == {}


def test_what_another_version_or_another_desk_put_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text('{"later": [1], "layout": {"preset": "asks", "columns": 4}}')
    first, second = Remembered(path), Remembered(path)
    second.keep("theme", {"name": "light"})
    first.keep("layout", {"preset": "greets"})
    assert json.loads(path.read_text()) == {
        "later": [1],
        "layout": {"preset": "greets", "columns": 4},
        "theme": {"name": "light"},
    }


@pytest.mark.parametrize("damaged", [b"", b"{", b"[1]", b"\xff", b'{"layout": '])
def test_a_damaged_file_is_told_in_one_line_and_moved_aside_by_the_next_value(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "desk.json"
    path.write_bytes(damaged)
    remembered = Remembered(path)
    assert remembered.value("layout") == {}
    assert remembered.problem.startswith("desk.json is damaged (")
    assert "\n" not in remembered.problem
    remembered.keep("layout", {"preset": "even"})
    assert Remembered(path).value("layout") == {"preset": "even"}
    assert (tmp_path / "desk.json.damaged-1").read_bytes() == damaged


def test_a_value_of_another_shape_is_none(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text('{"layout": 3}')
    remembered = Remembered(path)
    assert (remembered.value("layout"), remembered.problem) == ({}, "")


def test_what_cannot_be_saved_is_told_and_the_old_value_is_there(tmp_path: Path) -> None:
    class Full(Disk):
        def write_whole(self, path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    path = tmp_path / "desk.json"
    Remembered(path).keep("layout", {"preset": "even"})
    with pytest.raises(StorageError):
        Remembered(path, Full()).keep("layout", {"preset": "asks"})
    assert Remembered(path).value("layout") == {"preset": "even"}
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        Remembered(tmp_path / "file" / "desk.json").keep("layout", {})
