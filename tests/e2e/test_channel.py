"""A channel on a real Mastodon server (mastodon-mock): caught up with by a timer's command, then sat at."""

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tinydb import TinyDB

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.moved_clock import CLOCK, set_ahead
from tests.e2e.terminal import Terminal, home, lunchroom
from tests.e2e.test_mastodon_chat import People
from tests.paths import TESTS
from tests.sessions.networks.mastodon.mock_server import MockServer, mock_server

PLAN = """
title = "Stations that work"
hashtags = ["navasotaisd"]
starts = 2026-12-08T19:00:00
timezone = "UTC"
sources = ["mastodon:{host}"]
[[hosts]]
name = "Ana"
handles = ["mastodon:ana@{host}"]
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MockServer]:
    """The server, with an account for everybody."""
    folder = tmp_path / "server"
    folder.mkdir()
    with mock_server(folder, ["ana", "cleo", "dara"], relayed=False) as server:
        yield server


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home whose hubs are ended with the test."""
    (tmp_path / "ana").mkdir()
    env = home(tmp_path / "ana", {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
    yield env
    end_hubs(env)


def end_hubs(env: dict[str, str]) -> None:
    """End the hubs that run in this home, as a computer does that is shut down."""
    for file in Path(env["LUNCHROOM_RUNTIME"]).glob("*.json"):
        pid = json.loads(file.read_text(encoding="utf-8"))["pid"]
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
            while True:
                os.kill(pid, 0)
                time.sleep(0.02)


def test_what_came_meanwhile_is_read_by_a_timer_and_at_the_desk(
    tmp_path: Path, server: MockServer, env: dict[str, str]
) -> None:
    people, plan = People(server), tmp_path / "plan.toml"
    plan.write_text(PLAN.format(host=server.host), encoding="utf-8")
    people.post("cleo", "Rubrics that work: https://example.org/rubrics #navasotaisd")
    first = lunchroom(env, "catch-up", str(plan))
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("navasotaisd: 1 new post from 1 person"), first.stdout
    people.post("dara", "Who has a lab plan? #navasotaisd")
    second = lunchroom(env, "catch-up", "navasotaisd", "--json")
    (month,) = json.loads(second.stdout)["months"]
    assert (month["posts"], month["total"], month["current"]) == (1, 2, True), second.stderr
    desk = Terminal(["channel", "navasotaisd", "--name", "Ana"], env)
    desk.wait_for("Days · 2 posts")
    desk.wait_for("Who has a lab plan?")
    people.post("cleo", "I have one! #navasotaisd")
    desk.wait_for("Days · 3 posts")
    running = lunchroom(env, "catch-up", "navasotaisd")
    assert (running.returncode, "is reading it already" in running.stdout) == (0, True)
    desk.press("q")
    assert desk.wait_for_end() == 0
    end_hubs(env)
    people.post("dara", "Thank you! #navasotaisd")
    desk = Terminal(["channel", "navasotaisd", "--name", "Ana"], env)
    desk.wait_for("Days · 4 posts")
    desk.wait_for("Thank you!")
    desk.press("q")
    assert desk.wait_for_end() == 0
    digest = lunchroom(env, "recap", "latest", "--week")
    assert "https://example.org/rubrics" in digest.stdout, digest.stderr
    (file,) = Path(env["LUNCHROOM_LIBRARY"]).glob("*-navasotaisd-*.json")
    database = TinyDB(file, access_mode="r")
    assert database.table("session").all()[0]["kind"] == "channel"
    posts = [one["post"]["text"] for one in database.table("events") if one["type"] == "post_seen"]
    assert len(posts) == len(set(posts)) == 4


OVERNIGHT = """
title = "Stations that work"
hashtags = ["navasotaisd"]
starts = 2026-10-20T19:00:00
timezone = "America/Chicago"
sources = ["practice:{recording}"]
"""


def test_a_desk_goes_from_month_to_month_on_the_night_on_which_the_clocks_change(
    tmp_path: Path, env: dict[str, str]
) -> None:
    """The month ends at midnight, summer time two hours later; the second post comes in between."""
    clock, program = tmp_path / "clock", (sys.executable, str(TESTS / "e2e" / "moved_clock.py"))
    env[CLOCK] = str(clock)

    def it_is(moment: str) -> None:
        set_ahead(clock, round((datetime.fromisoformat(moment).timestamp() - time.time()) * 1000))

    recording, plan = tmp_path / "night.jsonl", tmp_path / "night.toml"
    posts = [("Good night, October!", "2026-11-01T04:50:00Z"), ("Hello, November!", "2026-11-01T05:10:00Z")]
    lines = [
        json.dumps({"text": f"{text} #navasotaisd", "created_at": at, "handle": "kim", "name": "Kim", "id": at})
        for text, at in posts
    ]
    recording.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plan.write_text(OVERNIGHT.format(recording=recording), encoding="utf-8")
    it_is("2026-10-31T23:50:00-05:00")
    desk = Terminal(["channel", str(plan), "--name", "Ana"], env, program=program)
    desk.wait_for("Good night, October!")
    desk.wait_for("Channel, October 2026")
    it_is("2026-11-01T01:30:00-06:00")
    desk.wait_for("This month is over")
    desk.press("q")
    desk.wait_for("Hello, November!")
    desk.wait_for("Channel, November 2026")
    desk.wait_for("Days · 1 post")
    desk.press("q")
    assert desk.wait_for_end() == 0
    end_hubs(env)
    files = sorted(Path(env["LUNCHROOM_LIBRARY"]).glob("*-navasotaisd-*.json"))
    assert [file.name[:10] for file in files] == ["2026-10-01", "2026-11-01"]
    texts = [
        [one["post"]["text"].partition(" #")[0] for one in TinyDB(file).table("events") if one["type"] == "post_seen"]
        for file in files
    ]
    assert texts == [["Good night, October!"], ["Hello, November!"]]
