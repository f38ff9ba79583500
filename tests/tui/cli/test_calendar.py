"""`check --ics` and `recap --ics`: what is written, and that nothing is overwritten."""

import io
from pathlib import Path

import icalendar
import pytest

from tests.tui.cli.test_check_networks import PLAN
from tests.tui.libraries import save_chat
from tui.cli import run


def titles(path: Path) -> list[str]:
    return [str(event["summary"]) for event in icalendar.Calendar.from_ical(path.read_bytes()).events]


def test_check_writes_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(PLAN, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["check", "plan.toml", "--ics", "chat.ics"]) == 2
    said = capsys.readouterr().err
    assert "with a reminder 15 minutes before" in said
    assert "  You are invited: Stations" in said
    assert "Add --yes" in said
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(["check", "plan.toml", "--ics", "chat.ics"]) == 1
    assert not Path("chat.ics").exists(), "nobody wanted it"
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run(["check", "plan.toml", "--ics", "chat.ics"]) == 0
    assert titles(Path("chat.ics")) == ["Stations #navasotaisd"]
    Path("chat.ics").write_text("mine", encoding="utf-8")
    assert run(["check", "plan.toml", "--ics", "chat.ics"]) == 2
    assert Path("chat.ics").read_text(encoding="utf-8") == "mine"
    assert run(["check", "plan.toml", "--ics", "chat.ics", "--force", "--yes"]) == 0
    assert titles(Path("chat.ics")) == ["Stations #navasotaisd"]
    assert run(["check", "plan.toml", "--ics", "chat.txt"]) == 2
    assert run(["check", "plan.toml", "--ics", str(tmp_path / "none" / "chat.ics"), "--yes"]) == 1


def test_recap_writes_the_next_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    save_chat(tmp_path / "chats", 0, title="Last time")
    assert run(["recap", "latest", "--ics", "next.ics", "--yes", "--library", "chats"]) == 0
    assert "no plan of the next chat is here" in capsys.readouterr().err
    Path("next.toml").write_text(PLAN.replace("2026-12-01", "2098-12-01"), encoding="utf-8")
    assert run(["recap", "latest", "--ics", "next.ics", "--yes", "--library", "chats"]) == 0
    assert titles(Path("next.ics")) == ["Stations #navasotaisd"]
    assert b"20981201" in Path("next.ics").read_bytes()
