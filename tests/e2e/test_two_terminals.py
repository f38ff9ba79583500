"""One hub, two desks in two real terminals, a real recorded chat at sixty times its pace."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.paths import TESTS
from tests.waiting import PATIENCE, slowness

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal, home, lunchroom

CHATS = TESTS / "chats"
CHAT = CHATS / "lthechat-on.jsonl"


def a_second() -> float:
    """Seconds within which what one moderator does is on the other's screen: 1, or where others use the machine, too,
    as many times that as all work takes longer.
    """
    return 1.0 * slowness()


def plan_text() -> str:
    """A plan with the six questions that were asked in the recording, and the host who asked them."""
    rows = [line.split("\t") for line in (CHATS / "lthechat-on.questions.tsv").read_text("utf-8").splitlines()[1:]]
    questions = [
        f"[[questions]]\nlabel = {json.dumps(label)}\ntext = {json.dumps(text.split(maxsplit=1)[1])}\n"
        for label, _seq, _at, _minutes, text in rows
    ]
    return "\n".join(
        [
            'title = "Exploring Creativity"',
            'hashtags = ["LTHEchat"]',
            "starts = 2026-12-01T20:00:00",
            'timezone = "Europe/London"',
            '[[hosts]]\nname = "Lantern"\nhandles = ["x:LanternHEchat"]',
            *questions,
        ]
    )


class Hub:
    """`lunchroom serve` as a process of its own."""

    def __init__(self, argv: list[str], env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", "serve", "--json", *argv], stdout=subprocess.PIPE, env=env
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the hub did not start"
        self.ready: dict[str, str] = json.loads(line)
        self.invite = f"lunchroom://{self.ready['url'].removeprefix('http://')}#{self.ready['token']}"

    def kill(self) -> None:
        """SIGKILL, as when the machine loses power to the process."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def ana_home(tmp_path: Path) -> dict[str, str]:
    """The environment of the moderator on whose machine the hub runs."""
    return home(tmp_path / "ana", os.environ)


@pytest.fixture
def hub(tmp_path: Path, ana_home: dict[str, str]) -> Iterator[Hub]:
    """The recording, re-enacted at 60x under a plan with its questions."""
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    hub = Hub([str(plan), "--source", f"practice:{CHAT}", "--speed", "60"], ana_home)
    yield hub
    if hub.process.poll() is None:
        hub.kill()


def posts(file: str) -> list[str]:
    """The ids of the posts in a session file, in order."""
    with TinyDB(file) as saved:
        return [event["post"]["id"] for event in saved.table("events").all() if event["type"] == "post_seen"]


def test_an_hour_by_two_moderators(hub: Hub, ana_home: dict[str, str], tmp_path: Path) -> None:
    ana = Terminal(["join", "--name", "Ana"], ana_home)
    ana.wait_for("Ana asks")
    ben = Terminal(["join", "--name", "Ben"], home(tmp_path / "ben", os.environ))
    ben.wait_for("Paste the host's invite")
    ben.press(hub.invite, "\r")
    ben.wait_for("Ana asks")
    ben.wait_for("Exploring Creativity")
    ben.press("t")
    ben.wait_for("2 s")
    ben.press("\r")
    ben.wait_for("Ben greets")
    ana.wait_for("Ben greets", within=a_second())

    # the driver's n is on the greeter's screen within a second
    ana.press("n")
    ana.wait_for("Asking Q1")
    ana.press("\r")
    ana.wait_for("Q1 of 6")
    ben.wait_for("Q1 of 6", within=a_second())

    # the greeter's star and greeting are on the driver's
    ben.wait_for("maybe Q1")
    ben.press("h")
    ben.wait_for("You starred")
    ana.wait_for("Ben starred", within=a_second())
    ben.press("\t", "\x1b[H")
    ben.wait_for(lambda text: bool(re.search(r"HERE.*\n.*││▌[^│]*│$", text, re.MULTILINE)))
    ben.press("g")
    ben.wait_for("You greeted")
    ana.wait_for("Ben greeted", within=a_second())

    # both press n at once: one advance happens, and the other is told who asks
    for desk in (ana, ben):
        desk.press("n")
    ana.wait_for("Asking Q2")
    ben.wait_for("Press d to take over")
    ana.press("\r")
    ana.wait_for("Q2 of 6")
    ben.wait_for("Q2 of 6", within=a_second())

    # the hub is killed and comes back on its file, at the same address with the same tokens
    hub.kill()
    ana.wait_for("offline since")
    ben.wait_for("offline since")
    again = Hub(["--resume", hub.ready["file"]], ana_home)
    assert again.ready == hub.ready
    for desk in (ana, ben):
        desk.wait_for(lambda text: "offline since" not in text and "Ana asks" in text)
    ana.press("n")
    ana.wait_for("Asking Q3")
    ana.press("\r")
    ana.wait_for("Q3 of 6")
    ben.wait_for("Q3 of 6", within=a_second())

    # leaving leaves the hub running; the end is for everybody
    ben.press("q")
    assert ben.wait_for_end() == 0
    assert "lunchroom join" in ben.text
    ended = lunchroom(ana_home, "end")
    assert ended.returncode == 0, ended.stderr
    assert again.process.wait(timeout=PATIENCE) == 0
    ana.wait_for("closed")
    ana.press("q")
    assert ana.wait_for_end() == 0

    listed = lunchroom(ana_home, "sessions", "--json")
    (row,) = json.loads(listed.stdout)
    assert (row["id"], row["state"]) == (hub.ready["session"], "rehearsal")
    with TinyDB(hub.ready["file"]) as saved:
        events = saved.table("events").all()
    asked = [event["question"] for event in events if event["type"] == "question_asked"]
    assert asked == ["q1", "q2", "q3"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    seen = posts(hub.ready["file"])
    assert len(seen) == len(set(seen)) > 0
    recorded = [f"practice:{json.loads(line)['id']}" for line in CHAT.read_text("utf-8").splitlines()]
    assert seen == recorded[: len(seen)]


def test_closing_the_terminal_leaves_the_hub_running(tmp_path: Path) -> None:
    env = home(tmp_path / "ana", os.environ)
    plan = tmp_path / "plan.toml"
    plan.write_text(plan_text(), encoding="utf-8")
    ana = Terminal(["host", str(plan), "--source", f"practice:{CHAT}", "--speed", "60", "--name", "Ana"], env)
    ana.wait_for("Ana asks")
    ana.close()
    back = Terminal(["join", "--name", "Ana"], env)
    back.wait_for("Ana asks")
    back.press("q")
    assert back.wait_for_end() == 0
    ended = lunchroom(env, "end")
    assert ended.returncode == 0, ended.stderr


def test_a_demo_greets_and_ends_with_its_desk(tmp_path: Path) -> None:
    env = home(tmp_path / "new", os.environ)
    desk = Terminal(["demo", "--speed", "10"], env)
    desk.wait_for("n asks a question")
    desk.wait_for(lambda text: bool(re.search(r"Answers · all · [1-9]", text)))
    desk.press("q")
    assert desk.wait_for_end() == 0
    listed = lunchroom(env, "sessions")
    assert "rehearsal" in listed.stdout


def test_a_terminal_too_small_says_so(tmp_path: Path) -> None:
    desk = Terminal(["demo"], home(tmp_path / "new", os.environ), columns=40, rows=12)
    desk.wait_for(lambda text: "too small" in text or "larger" in text)
    desk.press("q")
    assert desk.wait_for_end() == 0
