"""What Tab completes: by what a command takes, fast, and never a letter that means something to a shell."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import examples
from tests.tui.cli.test_command_line import one_line
from tests.tui.libraries import save_chat
from tui.cli import run
from tui.cli.command_list import COMMANDS
from tui.cli.completing.asking import SHELLS
from tui.cli.completing.scripts import SCRIPTS
from tui.cli.completing.words import offered


def words(line: str, shell: str = "fish") -> list[str]:
    """What is offered at the end of a line, without what it is."""
    *before, word = line.split(" ")
    told = offered({"LUNCHROOM_COMPLETE": shell, "LUNCHROOM_WORD": word}, before)
    assert told is not None
    return [one.partition("\t")[0] for one in told.splitlines()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("rec", ["recap"]),
        ("--v", ["--version"]),
        ("host --ro", ["--role"]),
        ("host plan.toml --role ", ["driver", "greeter"]),
        ("host --role greeter --ro", []),
        ("host --source one --so", ["--source"]),
        ("serve plan.toml --source ", ["practice"]),
        ("login b", ["bluesky"]),
        ("login mastodon ", []),
        ("import a.csv --dates ", ["day", "month"]),
        ("import a.csv --network m", ["mastodon"]),
        ("people li", ["list"]),
        ("people list --js", ["--json"]),
        ("people nothing ", []),
        ("recap latest --format c", ["csv"]),
        ("recap latest another ", []),
        ("nothing ", []),
        ("completion z", ["zsh"]),
        ("new --like l", ["latest"]),
    ],
)
def test_what_fits_is_offered(line: str, expected: list[str]) -> None:
    assert words(line) == expected


def test_chats_series_and_plans_are_offered_by_the_names_of_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words("replay ") == ["latest"], "nothing is saved, and no folder is there"
    library = tmp_path / "chats"
    library.mkdir()
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(library))
    chat = save_chat(library, 0, title="Ours")
    date, series, ours = re.fullmatch(r"(\d{4}-\d\d-\d\d)-(.+)-(\w+)\.json", chat.name).groups()  # type: ignore[union-attr]
    (library / "index.json").write_text("{}")
    for command in ("replay", "recap", "merge FILE"):
        assert words(f"{command} ") == ["latest", ours]
    told = offered({"LUNCHROOM_COMPLETE": "zsh", "LUNCHROOM_WORD": ours[:2]}, ["recap"])
    assert told == f"{ours}:{date} {series}\n"
    assert words("growth ") == [series]

    running = tmp_path / "run"
    running.mkdir()
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(running))
    for name in ("k3f9qa.json", "k3f9qb.json.new", "notes.json"):
        (running / name).write_text("{}")
    for command in ("join", "end", "web"):
        assert words(f"{command} ") == ["k3f9qa"]

    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    for name in ("a.toml", "$(rm x).toml", "-f.toml", "b;c.toml", "sub/d.toml"):
        (tmp_path / name).write_text("")
    assert words("host ") == ["a.toml"]
    assert words("check sub/") == ["sub/d.toml"]
    assert words("new --like ") == ["latest", "a.toml"]


@settings(max_examples=examples(15))  # each command is made anew
@given(st.lists(st.sampled_from([*COMMANDS, "list", "--role", "--like", "-x", "-", "", "ü"]), max_size=4), st.text())
def test_whatever_is_typed_is_survived(before: list[str], word: str) -> None:
    told = offered({"LUNCHROOM_COMPLETE": "bash", "LUNCHROOM_WORD": word}, before)
    assert told is not None
    assert re.search(r"[^\w./+@%,\n-]", told) is None


def test_a_shell_that_nobody_knows_is_told_nothing() -> None:
    assert offered({"LUNCHROOM_COMPLETE": "csh"}, []) is None
    assert offered({}, []) is None


def test_the_script_is_printed_or_put_in_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for shell in SHELLS:
        assert run(["completion", shell]) == 0
        assert capsys.readouterr().out == SCRIPTS[shell]
        assert run(["completion", shell, "--install"]) == 0
        said = capsys.readouterr()
        put = Path(said.out.strip())
        assert put.is_relative_to(os.environ["HOME"])
        assert put.read_text(encoding="utf-8") == SCRIPTS[shell]
        one_line(said.err)
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert run(["completion"]) == 0
    assert capsys.readouterr().out == SCRIPTS["fish"]
    monkeypatch.setenv("SHELL", "/bin/ksh")
    assert run(["completion"]) == 2
    assert "one of bash, zsh, fish, powershell" in one_line(capsys.readouterr().err)


def test_h_is_help_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], *([name] for name in COMMANDS), ["people", "list"]):
        assert run([*command, "--help"]) == 0
        long = capsys.readouterr().out
        assert run([*command, "-h"]) == 0
        assert capsys.readouterr().out == long
        assert "-h, --help" in long
