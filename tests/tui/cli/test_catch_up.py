"""`lunchroom catch-up`: what it prints and with which exit code it ends, for whatever timer runs it."""

import json
from pathlib import Path

import pytest

from sessions.library.channel.months import channel_months
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from tests.paths import ROOT
from tui.cli import run

PLAN = """\
title = "Stations that work"
hashtags = ["LTHEchat"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
sources = ["{source}"]
[[questions]]
text = "What does the first station in your room look like?"
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan whose posts come from a recording, in a folder with an empty library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "chats"))
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "running"))
    path = tmp_path / "plan.toml"
    recording = ROOT / "tests" / "chats" / "lthechat-45.jsonl"
    path.write_text(PLAN.format(source=f"practice:{recording}"), encoding="utf-8")
    return path


def test_one_line_or_one_object_and_no_error(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catch-up", str(plan)]) == 0
    said = capsys.readouterr()
    assert (said.err, said.out.count("\n")) == ("", 1)
    assert said.out.startswith("lthechat: 1 new post from 1 person")
    assert run(["catch-up", str(plan), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (month,) = told["months"]
    assert (told["series"], told["reading"], month["posts"], month["total"], month["current"]) == (
        "lthechat", False, 0, 1, True,
    )  # fmt: skip
    assert run(["sessions", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["file"], listed["kind"]) == (month["file"], "channel")


def test_where_somebody_reads_already_there_is_nothing_to_do(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catch-up", str(plan)]) == 0
    (month,) = channel_months(Library(plan.parent / "chats"), "lthechat", rehearsal=True)
    capsys.readouterr()
    with SessionFile.open(month.path):
        assert run(["catch-up", str(plan)]) == 0
        assert "is reading it already" in capsys.readouterr().out
        assert run(["catch-up", str(plan), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["reading"] is True


@pytest.mark.parametrize(
    ("what", "told"), [("nobody", "No chat of a series 'nobody' is saved."), ("none.toml", "there is no such file")]
)
def test_what_is_not_known_is_told_and_ends_with_2(
    plan: Path, what: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["catch-up", what]) == 2
    assert told in capsys.readouterr().err


def test_what_cannot_be_read_is_named_and_ends_with_1(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sessions.hub.process.catching_up.TROUBLE_FOR", 0.0)
    plan.write_text(PLAN.format(source="x"), encoding="utf-8")
    assert run(["catch-up", str(plan)]) == 1
    assert capsys.readouterr().out == "lthechat: nothing new. x signed out: lunchroom login x\n"
