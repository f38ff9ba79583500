"""The token of the hook: made, kept and shown once by `login`, and in no other words of the commands."""

import sys
from pathlib import Path

import pytest

from sessions.networks.accounts.store import AccountStore
from tui.cli import run

PLAN = """\
title = "Meeting"
hashtags = ["meetchat"]
starts = 2026-12-01T19:00:00
timezone = "UTC"
sources = ["{source}"]
[[questions]]
text = "What do you read aloud?"
"""

Captured = pytest.CaptureFixture[str]


def kept() -> str:
    """The token that is kept."""
    store = AccountStore()
    store.load()
    account = store.find("hook")
    return "" if account is None else account.secret.token


def test_the_token_is_shown_once_and_kept_where_tokens_are(tmp_path: Path, capsys: Captured) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(source="hook:47021"), encoding="utf-8")
    assert run(["check", str(plan)]) == 0
    assert "hook:47021: takes nothing before `lunchroom login hook` has made its token" in capsys.readouterr().err
    assert run(["login", "hook"]) == 0
    first = kept()
    shown = capsys.readouterr()
    assert len(first) >= 40
    assert f"http://127.0.0.1:47020/post?token={first}" in shown.err + shown.out
    folder = AccountStore().folder
    if sys.platform != "win32":
        assert all((folder / name).stat().st_mode & 0o077 == 0 for name in ("accounts.json", "tokens.json"))
    assert run(["check", str(plan)]) == 0
    assert run(["doctor"]) in (0, 1)
    told = capsys.readouterr()
    assert "hook:47021: takes what other programs post with its token; nothing can be posted from here" in told.err
    assert "there is a token for what other programs post" in told.out
    assert run(["login", "hook"]) == 0
    assert kept() not in ("", first)
    assert run(["logout", "hook"]) == 0
    assert kept() == ""
    assert first not in told.err + told.out


@pytest.mark.parametrize("source", ["hook:", "hook:80", "hook:65536", "hook:x", "hook:١٢٣٤"])
def test_a_plan_with_a_wrong_port_is_told_so(source: str, tmp_path: Path, capsys: Captured) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN.format(source=source), encoding="utf-8")
    assert run(["check", str(plan)]) == 2
    assert f'write "hook", or "hook:47021" with a port of your own from 1024 to 65535, got "{source}"' in (
        capsys.readouterr().err
    )
