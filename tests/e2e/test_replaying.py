"""A saved chat is replayed in a real terminal, by name and from the list."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from sessions.core.events import SessionOpened
from sessions.library.storage.session_file import SessionFile
from tests.e2e.terminal import Terminal, home
from tests.sessions.replay.replayed import moderated


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A home with one saved chat."""
    events = moderated("lthechat-on")
    opened = events[0]
    assert isinstance(opened, SessionOpened)
    env = home(tmp_path, os.environ)
    with SessionFile.create(Path(env["LUNCHROOM_LIBRARY"]), opened.plan, started=opened.at) as file:
        file.commit(events)
    return env


def test_a_chat_plays_jumps_and_ends(env: dict[str, str]) -> None:
    desk = Terminal(["replay", "latest", "--at", "+20:00", "--speed", "60"], env)
    desk.wait_for("▶ playing")
    desk.wait_for("21:")
    desk.press(" ")
    desk.wait_for("‖ paused")
    desk.press("]")
    desk.wait_for("was asked.")
    desk.press("h")
    desk.wait_for("nothing can be changed")
    desk.press("t")
    desk.wait_for("Go to a time")
    desk.press("+92:00", "\r")
    desk.wait_for("92:00 of")
    desk.press(" ")
    desk.wait_for("■ the end")
    desk.press("q")
    assert desk.wait_for_end() == 0


def test_without_a_name_one_chooses_from_the_list_and_comes_back_to_it(env: dict[str, str]) -> None:
    desk = Terminal(["replay"], env)
    desk.wait_for("6 questions")
    desk.press("\r")
    desk.wait_for("▶ playing")
    desk.press("q")
    desk.wait_for(lambda text: "playing" not in text and "Delete" in text)
    desk.press("q")
    assert desk.wait_for_end() == 0


def test_a_time_that_is_none_is_said_in_one_line(env: dict[str, str]) -> None:
    desk = Terminal(["replay", "latest", "--at", "soon"], env)
    assert desk.wait_for_end() == 2
    assert "Write a time like 7:42 pm" in desk.text
