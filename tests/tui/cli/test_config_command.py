"""`lunchroom config`: what holds, each mistake with its line, and the file in the person's own editor."""

import json
import os
import re
import shlex
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.cli.test_command_line import one_line
from tui.apps import TABLES
from tui.cli import run
from tui.cli.settings.editor import editor_for
from tui.cli.settings.mistakes import NAMES, mistakes_in
from tui.cli.settings.sample import SAMPLE

WRONG = """\
theme = "nrod"
bel = true
bell = "loud"
keep_months = 0

[keys]
nxt = "f5"
star = 3
hide = "f99x"
[alerts]
over = "both"
newcomer_waits = "loud"
[filters]
mine = "is:nw q:3"
right = "is:new q:3 on:mastodon"
"two words" = 5
[away]
relay = "ftp://x"
computr = "a"
"""


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Where the config would be; no editor is chosen."""
    for name in ("VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert run(["config", "--path"]) == 0
    return Path(capsys.readouterr().out.strip())


def test_each_mistake_is_told_with_its_line_and_the_rest_holds(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config"]) == 0
    said = capsys.readouterr()
    assert f"{path} (not there yet)" in said.out
    assert "lunchroom config --open" in one_line(said.err)

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WRONG)
    assert run(["config"]) == 1
    told = capsys.readouterr().out
    lines = [int(number) for number in re.findall(r"(?m)^NOT line (\d+): ", told)]
    assert lines == [1, 2, 3, 4, 7, 8, 9, 12, 14, 16, 18, 19]
    assert "over by bell and flash" in told
    assert re.search(r"filters +right = is:new q:3 on:mastodon$", told, re.MULTILINE)

    path.write_text('theme = "nord"\n[keys]\nnext = "f5"\n\nstar = "f5"\n')
    assert run(["config"]) == 1
    assert 'NOT line 5: [keys] star and next would both be on "f5"' in capsys.readouterr().out
    path.write_text('theme = "nord"\n[keys\n')
    assert run(["config"]) == 1
    assert "NOT line 2: this is not TOML" in capsys.readouterr().out

    path.write_text('theme = "nord"\nbell = true\n[keys]\nnext = "f5"\n[away]\ncomputer = "Attic"\nrelay = "none"\n')
    assert run(["config", "--json"]) == 0
    settings = json.loads(capsys.readouterr().out)
    assert (settings["theme"], settings["keys"], settings["relay"]) == ("nord", {"next": "f5"}, "none")
    assert (settings["computer"], settings["mistakes"]) == ("Attic", [])
    assert list(settings["alerts"]) == ["last_minute", "over"]


def test_a_first_file_says_all_that_can_be_set_and_sets_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not any(tomllib.loads(SAMPLE).values())
    turned_on = re.sub(r"(?m)^# (?=[\w\"]+.* = )", "", SAMPLE)
    assert set(tomllib.loads(turned_on)) == set(NAMES)
    assert mistakes_in(turned_on.encode(), TABLES) == []


@given(st.binary(max_size=60) | st.text(alphabet='[]="\n #akeysthm1.{}', max_size=60).map(str.encode))
def test_whatever_is_in_the_file_is_survived(raw: bytes) -> None:
    for one in mistakes_in(raw, TABLES):
        assert one.words
        assert one.line is None or 1 <= one.line <= raw.count(b"\n") + 2


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a script for a Unix shell")
def test_it_opens_in_the_editor_of_the_person_and_is_read_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = tmp_path / "my editor; touch gone"
    editor.write_text("#!/bin/sh\nprintf 'relay = 5\\n' >> \"$2\"\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISUAL", f"{shlex.quote(str(editor))} --wait")
    monkeypatch.setenv("EDITOR", "false")
    assert run(["config", "--open"]) == 1
    told = capsys.readouterr()
    assert "[away] relay must be" in told.out
    assert f"Written: {path}" in told.err
    assert path.read_text(encoding="utf-8").startswith(SAMPLE)
    assert [one.name for one in tmp_path.iterdir()] == [editor.name]

    monkeypatch.delenv("VISUAL")
    assert run(["config", "--open"]) == 1
    assert f"Open it yourself: {path}" in capsys.readouterr().err
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", os.devnull)
    assert run(["config", "--open"]) == 1
    assert "name one in EDITOR" in capsys.readouterr().err


def test_without_one_of_their_own_it_is_the_systems() -> None:
    there = {"xdg-open": "/usr/bin/xdg-open", "nano": "/usr/bin/nano"}.get
    assert editor_for("linux", {"EDITOR": "code --wait"}, there) == (["code", "--wait"], True)
    assert editor_for("linux", {"EDITOR": 'unclosed "'}, there) == (['unclosed "'], True)
    assert editor_for("win32", {"EDITOR": r'"C:\Program Files\np.exe" -x'}, there) == (
        [r"C:\Program Files\np.exe", "-x"],
        True,
    )
    assert editor_for("linux", {"DISPLAY": ":0"}, there) == (["/usr/bin/xdg-open"], False)
    assert editor_for("linux", {}, there) == (["/usr/bin/nano"], True)
    assert editor_for("linux", {}, lambda _name: None) is None
    assert editor_for("darwin", {}, there) == (["open", "-t"], False)
    assert editor_for("win32", {}, there) is None
