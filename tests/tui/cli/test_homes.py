"""Homes that are not as usual (read-only, none at all, names that are no UTF-8) are told in words; what can goes on."""

import os
import sys
from pathlib import Path

import pytest

from sessions.networks.accounts.store import AccountStore
from tui.cli import run
from tui.shell.away_config import config_path

Captured = pytest.CaptureFixture[str]

HOME = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LUNCHROOM_LIBRARY", "LUNCHROOM_RUNTIME")


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user id that no account of the system has, as in containers, and nothing in the environment."""
    if sys.platform == "win32":
        pytest.skip("every account of Windows has a profile")
    import pwd

    for variable in HOME:
        monkeypatch.delenv(variable, raising=False)

    def nobody(number: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {number}")

    monkeypatch.setattr(pwd, "getpwuid", nobody)


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("argv", [["sessions"], ["people", "list"], ["recap", "latest"], ["growth"], ["forget", "x"]])
def test_without_a_home_every_command_says_what_to_set(argv: list[str], capsys: Captured) -> None:
    assert run(argv) == 1
    said = capsys.readouterr().err
    assert said == (
        "This account has no home folder: set HOME, or LUNCHROOM_LIBRARY, to a folder that it may write in.\n"
    )


@pytest.mark.usefixtures("homeless")
def test_without_a_home_doctor_tells_each_place_and_signing_in_says_why_not(capsys: Captured) -> None:
    assert run(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok  sign-ins: nobody is signed in")
    assert lines[1].startswith("NOT running chats: This account has no home folder: set HOME, or LUNCHROOM_RUNTIME,")
    assert lines[2].startswith("NOT library: This account has no home folder: set HOME, or LUNCHROOM_LIBRARY,")


@pytest.mark.usefixtures("homeless")
def test_without_a_home_named_folders_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "run"))
    for argv in (["doctor"], ["sessions"], ["people", "list"]):
        assert run(argv) == 0
    assert run(["end"]) == 1
    assert "No chat runs on this computer" in capsys.readouterr().err
    assert AccountStore().refresh() is False
    assert not Path("accounts").exists()


def in_the_way(tmp_path: Path) -> Path:
    """A place where no folder can be made, also by root."""
    (tmp_path / "file").write_text("")
    return tmp_path / "file" / "running"


def test_a_folder_of_running_chats_that_cannot_be_made_is_told_by_doctor_and_by_whoever_begins_a_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(in_the_way(tmp_path)))
    assert run(["doctor"]) == 1
    told = "The hub cannot note where it is, in "
    out = capsys.readouterr().out
    assert f"NOT running chats: {told}" in out
    assert "Name another folder with LUNCHROOM_RUNTIME." in out
    assert run(["new", str(tmp_path / "plan.toml")]) == 0
    assert run(["serve", str(tmp_path / "plan.toml"), "--source", "practice"]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "LUNCHROOM_RUNTIME" in said
    assert run(["sessions"]) == 0, "looking needs no such folder"


@pytest.mark.ordinary_user
@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
def test_a_read_only_home_is_told_by_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    for variable in HOME:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    assert run(["doctor"]) == 1
    assert "Name another folder with LUNCHROOM_RUNTIME." in capsys.readouterr().out
    assert run(["sessions"]) == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_library_whose_name_is_no_utf_8_is_refused_by_all_alike(tmp_path: Path, capsys: Captured) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    assert run(["doctor", "--library", folder]) == 1
    assert "the name of the folder is not UTF-8" in capsys.readouterr().out
    assert run(["import", str(tmp_path / "x.csv"), "--library", folder]) == 1
    assert "the name of the folder is not UTF-8" in capsys.readouterr().err


def test_doctor_goes_on_where_the_list_of_accounts_cannot_be_read(capsys: Captured) -> None:
    folder = AccountStore().folder
    folder.mkdir(parents=True)
    (folder / "accounts.json").write_bytes(b'{"accounts": "\xe9"}')
    assert run(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "NOT sign-ins: " in out
    assert "accounts.json is damaged. Delete it and sign in again." in out
    assert "ok  library: 0 chats in" in out


def test_doctor_tells_every_damaged_file(tmp_path: Path, capsys: Captured) -> None:
    library, running = Path(os.environ["LUNCHROOM_LIBRARY"]), Path(os.environ["LUNCHROOM_RUNTIME"])
    library.mkdir()
    running.mkdir()
    for file in (
        library / "people.json",
        library / "forgotten.json",
        library / "2026-01-01-ours-abcdef.json",
        running / "abc234.json",
    ):
        file.write_bytes(b'{"a": "\xff"}')
    assert run(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "people.json is damaged: " in out
    assert "forgotten.json is damaged" in out
    assert "NOT damaged chats: 1 chat cannot be read: 2026-01-01-ours-abcdef.json." in out
    assert f"NOT running chats: {running / 'abc234.json'} cannot be read (it is not UTF-8 (byte 8))." in out
    assert run(["sessions"]) == 0
    assert "Where a running chat is cannot be read in" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.timeout(60)
def test_what_is_no_file_or_far_too_large_is_told_and_not_read(capsys: Captured) -> None:
    library, running = Path(os.environ["LUNCHROOM_LIBRARY"]), Path(os.environ["LUNCHROOM_RUNTIME"])
    library.mkdir()
    running.mkdir()
    os.mkfifo(library / "forgotten.json")
    os.mkfifo(running / "abc234.json")
    with (library / "people.json").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    config_path().mkdir(parents=True)
    assert run(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "people.json cannot be read: it is larger than 256 MB." in out
    assert "forgotten.json cannot be read: it is no file." in out
    assert "abc234.json cannot be read (it is no file)." in out
    assert "NOT config: config.toml cannot be read (it is a folder); the usual keys hold." in out
