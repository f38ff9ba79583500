"""`lunchroom export` and `lunchroom verify`: previewed, whole or not at all, and hostile manifests."""

import datetime
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.core.decoding import read_any_json
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError
from sessions.files.lock import WriterLock
from sessions.library.erasure import blank_post, forget
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.records.exporting import look, write
from sessions.records.manifest import MANIFEST, SUMS
from tests.sessions.library.maria import a_chat
from tests.tui.libraries import damage, save_chat
from tui.cli import run

Captured = pytest.CaptureFixture[str]

SERIES = "navasotaisd"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Two chats of a series, a rehearsal of it and a chat of another series."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    library = Library(tmp_path / "chats")
    save_chat(library.folder, 0, title="Stations")
    save_chat(library.folder, 1, title="Exits", people=3)
    save_chat(library.folder, 2, title="Practice", rehearsal=True)
    save_chat(library.folder, 3, title="Elsewhere", series="other")
    rebuild_people(library)
    return library


@pytest.fixture
def exported(library: Library, tmp_path: Path) -> Path:
    assert run(["export", SERIES, "records", "--yes"]) == 0
    assert library.saved_chats()
    return tmp_path / "records"


def manifest(folder: Path) -> dict[str, Any]:
    return dict(read_any_json((folder / MANIFEST).read_bytes()))


@pytest.mark.usefixtures("library")
def test_it_is_shown_first_and_nothing_is_written_unasked(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    PeopleFile(tmp_path / "chats").change(lambda people: people.find("teacher2").write({"recap": "no"}))
    assert run(["export", SERIES, "records"]) == 2
    said = capsys.readouterr()
    assert "Stations" in said.out
    assert "Practice" not in said.out + said.err
    assert "3 people named in these files, 1 of them in the saved chats alone" in said.err
    assert "Nothing was written" in said.err
    assert not (tmp_path / "records").exists()


def test_the_folder_can_be_read_and_checked_without_lunchroom(exported: Path, library: Library) -> None:
    told = manifest(exported)
    assert [chat["title"] for chat in told["chats"]] == ["Stations", "Exits"]
    files = {path.relative_to(exported).as_posix() for path in exported.rglob("*") if path.is_file()}
    assert files == {file["path"] for file in told["files"]} | {MANIFEST}
    stem = next(one for one in library.saved_chats() if one.title == "Exits").path.stem
    assert {f"recaps/{stem}{suffix}" for suffix in (".md", ".html", ".csv", ".json")} < files
    assert {f"sessions/{stem}.json", "attendance.csv", "attendance.html", "README.txt"} < files
    assert (exported / "sessions" / f"{stem}.json").read_bytes() == (library.folder / f"{stem}.json").read_bytes()
    assert "lunchroom verify" in (exported / "README.txt").read_text(encoding="utf-8")
    for line in (exported / SUMS).read_text(encoding="utf-8").splitlines():
        wanted, path = line.split("  ")
        assert hashlib.sha256((exported / path).read_bytes()).hexdigest() == wanted


def test_a_chat_that_runs_by_now_or_went_on_since_it_was_shown_is_not_copied(
    library: Library, tmp_path: Path, capsys: Captured
) -> None:
    shown = look(library, SERIES)
    saved = next(one for one, _ in shown.chats if one.title == "Exits")
    told = {"by": "test", "now": datetime.datetime.now(datetime.UTC)}
    lock = WriterLock(saved.path, "Ana's chat")
    try:
        with pytest.raises(LibraryError, match="runs by now"):
            write(shown, library, tmp_path / "records", **told)
    finally:
        lock.release()
    with saved.path.open("ab") as more:
        more.write(b"\n")
    with pytest.raises(LibraryError, match="has changed since it was shown"):
        write(shown, library, tmp_path / "records", **told)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("records")], "nothing of it is left"
    assert run(["export", SERIES, "records", "--yes"]) == 0
    assert "written into records" in capsys.readouterr().err
    WriterLock(saved.path, "the locks are free again").release()


def test_a_series_is_exported_without_holding_all_of_its_files(library: Library, tmp_path: Path) -> None:
    """However long it is; what changes meanwhile is told, since somebody may have been removed."""
    shown = look(library, SERIES)
    told = {"by": "test", "now": datetime.datetime.now(datetime.UTC)}
    free: list[str] = []

    def others_write(_done: int, _of: int) -> None:
        for saved, _ in shown.chats:
            WriterLock(saved.path, "Ana's chat").release()
            free.append(saved.id)

    write(shown, library, tmp_path / "records", progress=others_write, **told)
    assert len(free) == 4

    def others_change(_done: int, _of: int) -> None:
        with shown.chats[0][0].path.open("ab") as more:
            more.write(b"\n")

    with pytest.raises(LibraryError, match="has changed since it was shown"):
        write(shown, library, tmp_path / "again", progress=others_change, **told)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("again")]


def test_what_is_removed_while_the_manifest_is_written_is_not_in_an_export(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if neither the length of its file nor the time tells of it."""
    shown = look(library, SERIES)
    path = shown.chats[0][0].path
    before, sync = path.stat(), os.fsync

    def others_remove(handle: int) -> None:
        sync(handle)
        if list(tmp_path.glob(f"records.new-*/{MANIFEST}")):
            path.write_bytes(path.read_bytes().replace(b"Stations", b"________"))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    monkeypatch.setattr(os, "fsync", others_remove)
    with pytest.raises(LibraryError, match="has changed since it was shown"):
        write(shown, library, tmp_path / "records", by="test", now=datetime.datetime.now(datetime.UTC))
    assert b"________" in path.read_bytes()
    assert path.stat().st_size == before.st_size
    assert [one.name for one in tmp_path.iterdir()] == ["chats"]


@pytest.mark.usefixtures("library")
def test_what_is_there_is_never_overwritten(
    exported: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["export", SERIES, str(exported), "--yes"]) == 2
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert run(["export", SERIES, "file", "--yes"]) == 2
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert run(["export", SERIES, ".", "--yes"]) == 2, "it cannot be put in the place of where one is"
    monkeypatch.chdir(tmp_path)
    assert run(["export", SERIES, "empty", "--yes"]) == 0
    assert run(["verify", "empty"]) == 0
    assert run(["export", "unknown", "new", "--yes"]) == 1
    assert "left as it is" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chats", "empty", "file", "records"]


def test_a_disk_that_refuses_leaves_nothing(
    library: Library, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    assert run(["export", SERIES, "records", "--yes"]) == 1
    assert "No space left" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["chats"]
    assert library.saved_chats()


def test_a_chat_that_is_damaged_or_live_is_left_out_and_said(library: Library, capsys: Captured) -> None:
    from sessions.library.storage.session_file import SessionFile

    damage(save_chat(library.folder, 4, title="Broken"))
    live = next(one for one in library.saved_chats() if one.title == "Exits")
    with SessionFile.open(live.path, holder="Ana's chat"):
        assert run(["export", SERIES, "records", "--yes"]) == 0
    said = capsys.readouterr().err
    assert "it is damaged" in said
    assert "Exits" in said
    assert "it runs now" in said
    left_out = [chat["left_out"] for chat in manifest(Path("records"))["chats"]]
    assert sorted(left_out) == ["", "it is damaged", "it runs now"]


def test_the_manifest_notes_that_something_was_removed(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "chats"
    a_chat(folder)
    blank_post([folder], "mastodon:p7")
    forget([folder], "qmlopez", Disk())
    assert run(["export", SERIES, str(tmp_path / "records"), "--yes", "--library", str(folder)]) == 0
    assert [one["act"] for one in manifest(tmp_path / "records")["removals"]] == ["blank", "forget"]
    assert run(["verify", str(tmp_path / "records")]) == 0
    assert "something had been removed 2 times" in capsys.readouterr().err
    assert "qopez" not in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "records").rglob("*") if path.is_file()
    )
    assert look(Library(folder), SERIES).people == 2, "who was forgotten is nobody to name"


def test_what_changed_is_missing_or_was_added_is_a_line_each(exported: Path, capsys: Captured) -> None:
    (exported / "README.txt").write_text("other", encoding="utf-8")
    (exported / "attendance.csv").unlink()
    (exported / "recaps" / "new.txt").write_text("added", encoding="utf-8")
    same_size = exported / "attendance.html"
    same_size.write_bytes(same_size.read_bytes()[:-1] + b"!")
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 1
    said = capsys.readouterr()
    assert [line.split("\t")[:2] for line in said.out.splitlines()] == [
        ["changed", "README.txt"], ["missing", "attendance.csv"], ["changed", "attendance.html"],
        ["additional", "recaps/new.txt"],
    ]  # fmt: skip
    assert "4 differences" in said.err


def _edited(change: Callable[[dict[str, Any]], object], folder: Path) -> None:
    told = manifest(folder)
    change(told)
    (folder / MANIFEST).write_bytes(msgspec.json.encode(told))


@pytest.mark.parametrize(
    "path",
    ["../secret", "/etc/passwd", "sessions/../../secret", "C:\\secret", "a//b", ".", "", "manifest.json", "a\0b"],
)
def test_a_manifest_that_names_a_place_outside_reads_nothing_there(path: str, exported: Path, capsys: Captured) -> None:
    (exported.parent / "secret").write_text("s", encoding="utf-8")
    entry = {"path": path, "size": 1, "sha256": hashlib.sha256(b"s").hexdigest()}
    _edited(lambda told: told["files"].append(entry), exported)
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 1
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == ["refused"]


def test_a_file_that_is_named_twice_is_refused(exported: Path, capsys: Captured) -> None:
    _edited(lambda told: told["files"].append(told["files"][0]), exported)
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 1
    assert capsys.readouterr().out.startswith("refused\t")


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own there")
def test_links_are_named_and_never_followed(exported: Path, capsys: Captured) -> None:
    secret = exported.parent / "secret"
    secret.mkdir()
    (secret / "x").write_text("s", encoding="utf-8")
    real = exported / "attendance.csv"
    real.rename(secret / "attendance.csv")
    real.symlink_to(secret / "attendance.csv")
    (exported / "loop").symlink_to(exported)
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 1
    assert [line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["link", "attendance.csv"], ["link", "loop"],
    ]  # fmt: skip
    (exported / MANIFEST).rename(secret / MANIFEST)
    (exported / MANIFEST).symlink_to(secret / MANIFEST)
    assert run(["verify", str(exported)]) == 2


def test_a_file_that_is_huge_is_not_read_through(exported: Path, capsys: Captured) -> None:
    with (exported / "attendance.csv").open("r+b") as file:
        file.truncate(1 << 40)
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 1
    assert capsys.readouterr().out.startswith("changed\tattendance.csv")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, "has no manifest.json"),
        (b"{", "cannot be used"),
        (b"[]", "cannot be used"),
        (b"[" * 100_000, "cannot be used"),
        (b'{"lunchroom_export": 2}', "cannot be used"),
        (b"\xff\xfe", "cannot be used"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_one_line(
    data: bytes | None, told: str, exported: Path, capsys: Captured
) -> None:
    (exported / MANIFEST).unlink()
    if data is not None:
        (exported / MANIFEST).write_bytes(data)
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert len(said.splitlines()) == 1
    assert run(["verify", str(exported / "nothing")]) == 2


def test_names_of_files_do_nothing_to_a_terminal(exported: Path, capsys: Captured) -> None:
    (exported / "a\x1b[31mb").write_text("", encoding="utf-8")
    capsys.readouterr()
    assert run(["verify", str(exported)]) == 1
    assert "\x1b" not in capsys.readouterr().out
