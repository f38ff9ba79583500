"""What the command line writes: nothing raw reaches a terminal, and documents for programs stay exact."""

import json
import os
import re
import sys
from pathlib import Path

import msgspec
import pexpect
import pytest

from sessions.core.events import SessionClosed
from sessions.core.people import Account, PersonRecord
from sessions.core.plan import Question
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.storage.session_file import SessionFile
from tests.e2e.terminal import Terminal
from tests.sessions.core.building import START, Chat, a_plan
from tests.waiting import PATIENCE
from tui.cli import run
from tui.text.letters import terminal_lacks
from tui.text.taming import DRAWN, clean_json

_OF_A_PROGRESS_BAR = re.compile(r"\x1b\[(?:\?25[lh]|K)")
"""What hides and shows the cursor, and erases a line."""

OBEYED = "\x1b]0;owned\x07\x1b[2J\x9b31m\x85\u202egnp.exe\u2066\u061c\u200f\x7f\x08"
"""ESC, BEL, C1, bidirectional controls, DEL and a backspace, as a file from elsewhere may have them anywhere."""

RAW = tuple(sorted({char for char in OBEYED if not char.isprintable()}))

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A library with a chat and a person that were made to steer terminals."""
    folder = Library(tmp_path / "chats").folder
    plan = msgspec.structs.replace(
        a_plan(title=f"Title{OBEYED}", hashtags=(f"tag{OBEYED}",)),
        questions=(Question("q1", f"1{OBEYED}", f"Q{OBEYED}", 9.0),),
    )
    chat = Chat(plan)
    chat.post(f"A1: words{OBEYED}", handle=f"ana{OBEYED}")
    chat.at += 3_600_000
    chat.hear(SessionClosed)
    with SessionFile.create(folder, plan, started=START, holder="a test") as file:
        file.commit(chat.events)
        file.close_session(chat.at, {})
    person = PersonRecord(
        accounts=[Account("x:1", (f"x:ana{OBEYED}",), f"Ana{OBEYED}", {"abcdef": "2026-01-01"})],
        school=f"School{OBEYED}",
        groups=(OBEYED,),
    )
    person.settle()
    PeopleFile(folder).change(lambda people: people.people.append(person))
    return folder


COMMANDS = (
    ["sessions"],
    ["sessions", "--json"],
    ["people", "list"],
    ["people", "list", "--json"],
    ["recap", "latest"],
    ["recap", "latest", "--format", "json"],
    ["recap", "latest", "--format", "csv"],
    ["growth"],
    ["growth", "--json"],
    ["growth", "--csv", "--table", "questions"],
    ["forget", "ana", "--dry-run"],
    ["recap", f"none{OBEYED}"],
    ["doctor"],
)


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are Unix only")
@pytest.mark.parametrize("argv", COMMANDS, ids=" ".join)
def test_nothing_raw_reaches_a_terminal(hostile: Path, argv: list[str]) -> None:
    terminal: pexpect.spawn[str] = pexpect.spawn(
        sys.executable, ["-m", "tui", *argv], encoding="utf-8", timeout=PATIENCE, dimensions=(40, 100),
        env={**os.environ, "LUNCHROOM_LIBRARY": str(hostile), "TERM": "dumb", "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )  # fmt: skip
    terminal.expect(pexpect.EOF)
    terminal.wait()
    terminal.close()
    shown = _OF_A_PROGRESS_BAR.sub("", terminal.before or "")
    assert shown.strip()
    assert [repr(char) for char in RAW if char in shown] == []
    if "--json" in argv:
        json.loads(shown)


def test_what_programs_get_is_exact(hostile: Path, capsys: Captured) -> None:
    assert run(["sessions", "--json", "--library", str(hostile)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["title"] == f"Title{OBEYED}"
    assert run(["people", "list", "--json", "--library", str(hostile)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["school"] == f"School{OBEYED}"


def test_lists_for_people_are_tame_also_where_another_program_passes_them_on(hostile: Path, capsys: Captured) -> None:
    for argv in (["sessions"], ["people", "list"]):
        assert run([*argv, "--library", str(hostile)]) == 0
        said = capsys.readouterr()
        assert not [char for char in RAW if char in said.out + said.err]


def test_escaped_json_is_the_same_value() -> None:
    written = json.dumps({"a": OBEYED + "é 👩‍🏫"}, ensure_ascii=False)
    assert json.loads(clean_json(written)) == {"a": OBEYED + "é 👩‍🏫"}
    assert not [char for char in RAW if char in clean_json(written)]


@pytest.mark.parametrize(
    ("shown", "drawn"),
    [
        ("│ ─ ┌ █ ░", "| - + # ."),
        ("“Mei’s” … → ★", '"Mei\'s" . > *'),
        ("café ő Ł", "caf\xe9 o ?"),
        ("日本 👩", "???? ??"),
        ("e\u0301", "e"),
    ],
)
def test_what_an_encoding_lacks_is_drawn_as_wide_as_it_is(shown: str, drawn: str) -> None:
    assert shown.encode("latin-1", errors=DRAWN).decode("latin-1") == drawn


def test_a_terminal_of_utf_8_lacks_nothing() -> None:
    assert terminal_lacks() == ""


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are Unix only")
def test_a_desk_on_a_terminal_of_few_letters_says_so_and_draws_what_can_be_shown(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "LUNCHROOM_LIBRARY": str(tmp_path), "TERM": "xterm-256color"}
    terminal = Terminal(["library"], env)
    try:
        terminal.wait_for("This terminal is set to iso8859-1")
        terminal.wait_for("Datev")
        assert "\\u2" not in terminal.text
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    finally:
        terminal.close()
