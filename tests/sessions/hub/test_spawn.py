"""A hub that outlives what started it."""

import os
import signal
import sys
from pathlib import Path

import pytest

from sessions.hub.process.program import Program
from sessions.hub.process.ready import HubError
from sessions.hub.process.runtime import load_runtime, runtime_folder
from sessions.hub.process.spawn import start_detached

LUNCHROOM = Program((sys.executable, "-m", "tui"))

PLAN = """
title = "Stations that work"
hashtags = ["navasotaisd"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"

[[questions]]
text = "What does the first station in your room look like?"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="not run there")
def test_it_is_ready_when_the_call_returns_in_a_session_of_its_own_and_says_nothing(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    ready = start_detached(
        LUNCHROOM, ["serve", str(plan), "--json", "--source", "practice", "--library", str(tmp_path / "chats")]
    )
    runtime = load_runtime(ready.session)
    assert runtime is not None
    try:
        assert runtime.url == ready.url
        assert os.getsid(runtime.pid) == runtime.pid
        assert os.getpgid(runtime.pid) != os.getpgid(0)
    finally:
        os.kill(runtime.pid, signal.SIGTERM)
        _, status = os.waitpid(runtime.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    logs = list((runtime_folder() / "logs").iterdir())
    assert len(logs) == 1
    assert logs[0].stat().st_mode & 0o777 == 0o600
    assert ready.token not in logs[0].read_text()


def test_what_ends_before_it_is_ready_is_told_in_its_own_last_words(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("title = ")
    with pytest.raises(HubError) as error:
        start_detached(LUNCHROOM, ["serve", str(plan), "--json"])
    assert error.value.exit_code == 2
    assert "line 1" in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_not_ready_in_time_is_ended(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN)
    with pytest.raises(HubError, match="not ready within 0 seconds"):
        start_detached(LUNCHROOM, ["serve", str(plan), "--json", "--library", str(tmp_path / "chats")], within=0.01)
