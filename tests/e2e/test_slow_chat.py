"""A week of a slow chat by two moderators, in real terminals, on a computer whose clock is moved from day to day."""

import json
import os
import re
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from sessions.core.events import PersonGreeted, PostSeen, QuestionAsked
from sessions.library.storage.reading import read_events
from tests.e2e.moved_clock import CLOCK, set_ahead
from tests.e2e.terminal import Terminal, home, lunchroom
from tests.paths import TESTS
from tests.waiting import block_until

PROGRAM = (sys.executable, str(TESTS / "e2e" / "moved_clock.py"))
"""The program with the clock of this computer."""

PLAN = """
title = "A slow week"
hashtags = ["navasotaisd"]
starts = 2026-12-07T07:00:00
timezone = "America/Chicago"
pace = "days"
[[questions]]
text = "What does the first station look like?"
[[questions]]
text = "What did you change?"
[[questions]]
text = "What comes next?"
"""


class Week:
    """The computer of both moderators."""

    def __init__(self, folder: Path) -> None:
        self.env = home(folder, {**os.environ, CLOCK: str(folder / "clock")})
        self.plan = folder / "week.toml"
        self.plan.write_text(PLAN, encoding="utf-8")

    def it_is(self, moment: str) -> None:
        """It is this time in Chicago, as seen on the computer's clock, also in programs that run."""
        now = datetime.fromisoformat(f"2026-12-{moment}-06:00").timestamp()
        set_ahead(Path(self.env[CLOCK]), round((now - time.time()) * 1000))

    def terminal(self, *argv: str) -> Terminal:
        return Terminal([*argv], self.env, columns=160, rows=40, program=PROGRAM)

    def host(self) -> Terminal:
        return self.terminal("host", str(self.plan), "--speed", "1000", "--name", "Ana")

    def switch_off(self) -> None:
        """The computer is shut down for the night: the hub saves and ends."""
        (runtime,) = Path(self.env["LUNCHROOM_RUNTIME"]).glob("*.json")
        pid = json.loads(runtime.read_bytes())["pid"]
        os.kill(pid, signal.SIGTERM)
        block_until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def answers(question: str) -> re.Pattern[str]:
    """The header of the answers once the question has some."""
    return re.compile(rf"{question} [1-9][0-9]* from")


def ask(desk: Terminal, question: str) -> None:
    """Ask what is offered."""
    desk.wait_for(f"{question} is due. Ask it?")
    desk.press("n")
    desk.wait_for(f"Asking {question}")
    desk.press("\r")
    desk.wait_for(f"{question} of 3")


def test_a_week_of_two_moderators_with_nights_between_the_days(tmp_path: Path) -> None:
    week = Week(tmp_path)
    week.it_is("07T07:05:00")
    ana = week.host()
    ask(ana, "Q1")
    ana.wait_for("Q2 opens Tuesday 7:05")
    ana.wait_for(lambda text: answers("Q1").search(text) is not None)
    ben = week.terminal("join", "--name", "Ben", "--role", "greeter")
    ben.wait_for("Ben greets")
    ben.wait_for("TO GREET")
    ben.press("\t", "\x1b[H", "g")
    ana.wait_for("Ben greeted")
    for desk in (ana, ben):
        desk.press("q")
        assert desk.wait_for_end() == 0
    week.switch_off()

    week.it_is("09T16:20:00")
    ana = week.host()
    ana.wait_for("Back to 'A slow week', hosted since Mon, Dec 7, 7:05 AM.")
    ana.wait_for("1 day 9 h behind")
    ask(ana, "Q2")
    ana.wait_for(lambda text: answers("Q2").search(text) is not None)
    week.it_is("10T08:00:00")
    ana.wait_for("Q3 is due. Ask it?")
    ana.wait_for("due Wednesday")
    ana.press("q")
    assert ana.wait_for_end() == 0

    ben = week.terminal("join", "--name", "Ben")
    ben.wait_for("Since Monday 7:05: ")
    ben.wait_for("Q3 is due, and Ana is away. Take over asking? Press d")
    ben.press("d")
    ben.wait_for("Taking over asking")
    ben.press("\r")
    ask(ben, "Q3")
    ben.wait_for(lambda text: answers("Q3").search(text) is not None)
    ben.press("q")
    assert ben.wait_for_end() == 0
    ended = lunchroom(week.env, "end", "--yes", "--name", "Ben", program=PROGRAM)
    assert ended.returncode == 0, ended.stderr

    recap = lunchroom(week.env, "recap", "latest", program=PROGRAM).stdout
    told = re.findall(r"^- \*\*(\w+, December \d+)\*\*: (Q\d asked)", recap, re.MULTILINE)
    assert told == [
        ("Monday, December 7", "Q1 asked"),
        ("Wednesday, December 9", "Q2 asked"),
        ("Thursday, December 10", "Q3 asked"),
    ]
    (file,) = Path(week.env["LUNCHROOM_LIBRARY"]).glob("*.json")
    events = read_events(file)
    asked = [(event.question, event.by) for event in events if isinstance(event, QuestionAsked)]
    assert asked == [("q1", "Ana"), ("q2", "Ana"), ("q3", "Ben")]
    assert [event.by for event in events if isinstance(event, PersonGreeted)].count("Ben") == 1
    posts = [event.post.id for event in events if isinstance(event, PostSeen)]
    assert len(posts) == len(set(posts)) > 30
