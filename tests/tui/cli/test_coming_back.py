"""Hosting a slow chat again where its file is damaged, or a copy of another computer's: it is said, with what to do."""

import io
import sys
from pathlib import Path

import pytest

from sessions.core.plan.reading import decode_plan
from sessions.files.errors import DamagedSession
from sessions.hub.process.heritage import Heritage, save_heritage
from sessions.hub.process.starting import ServeOptions, start
from sessions.library.storage.rescue import rescue
from sessions.networks.registry import NETWORKS
from tests.sessions.hub.test_coming_back import hosted
from tests.tui.cli.test_command_line import Typed
from tui.cli import run
from tui.cli.commands.live import _coming_back, _taking_over

PLAN = """\
title = "A slow week"
hashtags = ["navasotaisd"]
starts = 2026-12-07T07:00:00
timezone = "America/Chicago"
sources = ["practice"]
pace = "days"

[[questions]]
text = "What does the first station in your room look like?"
"""


def test_a_damaged_week_is_rescued_before_it_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, library = tmp_path / "week.toml", tmp_path / "library"
    path.write_text(PLAN, encoding="utf-8")
    week = hosted(library, decode_plan(PLAN, NETWORKS), notes=3)
    whole = week.read_bytes()
    week.write_bytes(whole.replace(b'"3": {', b'"3": !', 1))
    with pytest.raises(DamagedSession, match=r"moved unchanged to .*; `lunchroom library` rescues what it can"):
        start(ServeOptions(library=library, resume=week))
    aside = week.with_name(f"{week.name}.damaged-1")
    assert run(["host", str(path), "--plain", "--library", str(library)]) == 1
    assert capsys.readouterr().err == (
        f"{aside.name} holds this chat and is damaged: 2 events can be rescued. Rescue it (`lunchroom library`, then "
        "Enter on it) and host again; to begin anew, delete it there.\n"
    )
    assert not list(library.glob("*.json"))
    rescue(aside)
    found = _coming_back(path, None, library)
    assert found is not None
    assert (found.path, found.events) == (week, 2)
    assert "damaged" not in capsys.readouterr().err
    unknown = week.with_name("2026-12-07-navasotaisd-aaaaaa.json")
    unknown.write_text("no chat")
    another = week.with_name("2026-12-07-navasotaisd-bbbbbb.json.damaged-1")
    another.write_bytes(whole)
    assert _coming_back(path, None, library) == found
    assert capsys.readouterr().err.splitlines()[:2] == [
        f"{another.name} holds this chat and is damaged: 4 events can be rescued (`lunchroom library`, then Enter on "
        "it). The chat goes on with another file that is whole.",
        f"{unknown.name} may be this chat, is damaged, and nothing of it can be read.",
    ]
    week.unlink()
    another.unlink()
    aside.unlink()
    assert _coming_back(path, None, library) is None
    assert capsys.readouterr().err.endswith("can be read. It begins anew.\n")


def test_a_copy_of_another_computers_chat_goes_on_only_where_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUNCHROOM_RUNTIME", str(tmp_path / "run"))
    path, library = tmp_path / "week.toml", tmp_path / "library"
    path.write_text(PLAN, encoding="utf-8")
    copy = hosted(library, decode_plan(PLAN, NETWORKS), notes=1)
    session = copy.stem.rpartition("-")[2]
    save_heritage(session, Heritage("Ben", "ask", near=True))
    own = _coming_back(path, None, library)
    assert own is not None
    assert _taking_over(own) == []
    save_heritage(session, Heritage("Ben", "ask"))
    back = _coming_back(path, None, library)
    assert back is not None
    monkeypatch.setattr(sys, "stdin", Typed("y\n"))
    assert _taking_over(back) == ["--take-over", "Ben"]
    assert "the chat was on another computer. If it runs there: lunchroom join" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", Typed("\n"))
    assert run(["host", str(path), "--plain", "--library", str(library)]) == 1
    assert capsys.readouterr().err.endswith(
        "Nothing was begun. `lunchroom join` sits down at the chat where it runs.\n"
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run(["host", str(path), "--plain", "--library", str(library)]) == 2
    assert f"lunchroom serve --resume '{copy}' --take-over Ben" in capsys.readouterr().err
