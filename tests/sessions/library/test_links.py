"""A library of which some files are links to elsewhere, as of somebody who keeps theirs in a synced folder."""

import sys
from pathlib import Path

import pytest

from sessions.files.disk import new_path
from sessions.files.small_file import SmallFile
from sessions.library.people import PeopleFile
from sessions.library.storage.reading import read_session
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START
from tests.sessions.library.building import closed, new_file, seqs, stock_events

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that few have")


def linked(path: Path, elsewhere: Path) -> Path:
    """Move the file to another folder and leave a link to it; where it is now."""
    elsewhere.mkdir()
    there = path.rename(elsewhere / path.name)
    path.symlink_to(there)
    return there


def test_a_small_file_that_is_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    people = PeopleFile(tmp_path)
    people.change(lambda _register: None)
    there = linked(people.path, tmp_path / "synced")
    before = there.read_bytes()
    people.rebuild(lambda: iter(()))
    assert people.path.is_symlink()
    assert there.read_bytes() == before
    assert list(people.read()) == []
    assert not new_path(people.path).exists()


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    link = tmp_path / "desk.json"
    link.symlink_to(tmp_path / "synced" / "desk.json")
    SmallFile(link).write(b"{}")
    assert link.is_symlink()
    assert (tmp_path / "synced" / "desk.json").read_bytes() == b"{}"


def test_a_session_file_that_is_a_link_is_written_on_and_closed_where_it_lies(tmp_path: Path) -> None:
    with new_file(tmp_path, 2) as file:
        path = file.path
    there = linked(path, tmp_path / "synced")
    new_path(there).write_bytes(b"what a kill left")
    with SessionFile.open(path) as file:
        file.commit([closed(3)])
        assert file.close_session(START + 3, {})
    assert path.is_symlink()
    assert seqs(stock_events(there)) == [1, 2, 3]
    assert read_session(there).ended == START + 3
    assert [one.name for one in there.parent.iterdir()] == [there.name]
