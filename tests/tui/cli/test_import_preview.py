"""What `lunchroom import` shows before it writes, and taking chats out of it one by one."""

import json
import os
import sys
from pathlib import Path

import pytest

from sessions.library.library import Library
from tests.paths import ROOT, TESTS
from tests.waiting import PATIENCE
from tui.cli import run

JUDGED = TESTS / "sessions" / "importing" / "judged"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the chats are saved."""
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    return tmp_path / "chats"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are Unix only")
def test_chats_are_taken_out_one_by_one(library: Path) -> None:
    import pexpect

    files = [str(JUDGED / f"{name}.csv") for name in ("series-00", "series-07", "first-question-late")]
    child = pexpect.spawn(sys.executable, ["-m", "tui", "import", *files, "--zone", "UTC"], timeout=PATIENCE,
                          encoding="utf-8", dimensions=(40, 160), cwd=library.parent,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    child.expect(r"\[x\] 1  2024-01-01 20:00  #lunchchat on 2024-01-01: 13 posts, 3 questions, @hana\r")
    child.expect(r"\[x\] 2  2024-01-08 20:00")
    child.expect(r"\[x\] 3  2024-01-01 20:00  .*: 18 posts, 2 questions, @hana; 5 answers A1, no Q1\r")
    child.expect("untick")
    child.sendline("4")
    child.expect("numbers from 1 to 3")
    child.sendline("1-2, 3")
    child.expect(r"\[ \] 1 .*\[ \] 2 .*\[ \] 3 ")
    child.sendline("2")
    child.expect(r"\[ \] 1 .*\[x\] 2 .*\[ \] 3 ")
    child.sendline("y")
    child.expect("Imported 1 chat, 16 posts")
    child.expect(pexpect.EOF)
    child.wait()  # its end of the terminal closes before it has ended, and close() would kill it then
    child.close()
    assert child.exitstatus == 0
    (saved,) = Library(library).saved_chats()
    assert saved.date == "2024-01-08"


def test_answers_without_a_question_are_told_and_can_be_given_one(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(JUDGED / "first-question-late.csv")
    assert run(["import", file, "--dry-run", "--json"]) == 0
    told = capsys.readouterr()
    assert '--question "Q1 TEXT" says what one was:\n    2024-01-01 20:00: 5 answers A1, no Q1\n' in told.err
    (one,) = json.loads(told.out)["files"]
    assert one["unasked"] == [{"starts": 1704139200000, "label": "1", "answers": 5, "people": 5}]
    assert run(["import", file, "--question", "Q1 What makes a good lab day?"]) == 0
    told = capsys.readouterr()
    assert "3 questions  15 answers, 15 filed" in told.out
    assert "no Q1" not in told.err
    assert library.is_dir()


def test_a_question_of_no_chat_ends_with_2(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(JUDGED / "series-00.csv")
    assert run(["import", file, "--question", "What?"]) == 2
    assert run(["import", file, "--question", "Q8 What?"]) == 2
    assert run(["import", file, "--host", "2024-02-30=hana"]) == 2
    assert "names no chat of it; they are: 2024-01-01 20:00" in capsys.readouterr().err
    assert Library(library).saved_chats() == []
