"""Bytes that a real terminal hands over in one read: those behind the key that closes a dialog do nothing below it."""

import sys
import time
from dataclasses import dataclass

import pytest
from tinydb import TinyDB

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

from tests.e2e.terminal import Terminal
from tests.e2e.test_two_terminals import Hub
from tui.widgets.pace import BURST

ESCAPE = "\x1b[27u"
"""Escape as terminals with the keyboard protocol send it: a bare one before a letter would be Alt and that letter."""
PALETTE = "\x10"


@dataclass(frozen=True)
class Opened:
    """What `keys` open, by words that only it shows, and the bytes that close it.

    `meanwhile` is shown before the last key.
    """

    keys: tuple[str, ...]
    shows: str
    closed_by: str = ESCAPE
    meanwhile: str = ""


ON_THE_DESK = [
    Opened(("l",), "takes back the line", "u"),
    Opened(("l",), "takes back the line"),
    Opened(("?",), "scroll · Esc leaves", "q"),
    Opened(("?",), "scroll · Esc leaves"),
    Opened(("f",), "Which posts?", "\r"),
    Opened(("f",), "Which posts?"),
    Opened(("a",), "Label (what follows Q)", "What does it take?\r"),
    Opened(("a",), "Label (what follows Q)"),
    Opened(("e",), "Edit the question"),
    Opened(("p",), "Copy what?"),
    Opened(("i",), "Add answers by hand"),
    Opened(("X",), "Blank this post out?"),
    Opened(("X",), "Blank this post out?", "\r"),
    Opened(("R",), "Recap of"),
    Opened(("S",), "nothing is posted."),
    Opened(("m",), "A note to the other moderator", "Hello\r"),
    Opened(("m",), "A note to the other moderator"),
    Opened(("v",), "Replay a saved chat"),
    Opened((PALETTE,), "Search for commands"),
    Opened((PALETTE, "End the chat", "\r"), "for both moderators", "\r", meanwhile="End the chat"),
    Opened(("\t", "\r"), "Enter saves", "\r"),
    Opened(("\r",), "Enter saves"),
]

IN_A_REPLAY = [
    Opened(("l",), "Esc leaves"),
    Opened(("?",), "scroll · Esc leaves", "q"),
    Opened(("f",), "Which posts?", "\r"),
    Opened(("t",), "Enter goes there", "+1:00\r"),
    Opened(("X",), "Blank this post out?"),
    Opened(("R",), "Recap of"),
    Opened(("S",), "Where posts come from"),
    Opened((PALETTE,), "Search for commands"),
    Opened(("\t", "\r"), "Esc leaves"),
]


IN_THE_LIBRARY = [
    Opened(("?",), "scroll · Esc leaves", "q"),
    Opened(("s",), "Sort by", "\r"),
    Opened(("s",), "Sort by"),
    Opened(("e",), "Change the title", "\r"),
    Opened(("e",), "Change the title"),
    Opened(("x",), "Delete this chat?", "\r"),
    Opened(("x",), "Delete this chat?"),
    Opened(("r",), "Recap of"),
    Opened((PALETTE,), "Search for commands"),
]

IN_THE_GROWTH = [
    Opened(("?",), "scroll · Esc leaves", "q"),
    Opened(("w",), "Save or copy the numbers"),
    Opened((PALETTE,), "Search for commands"),
]


def asked(file: str) -> int:
    """How many questions the session file says were asked."""
    with TinyDB(file) as saved:
        return sum(event["type"] == "question_asked" for event in saved.table("events").all())


def press(desk: Terminal, *keys: str) -> None:
    """Press keys one by one, as a hand does that gives commands."""
    for key in keys:
        time.sleep(2 * BURST)
        desk.press(key)


def open_and_close(desk: Terminal, opened: Opened, behind: str) -> None:
    """Open it, and close it by bytes that end with those that came `behind`."""
    press(desk, *opened.keys[:-1])
    desk.wait_for(opened.meanwhile)
    press(desk, *opened.keys[-1:])
    desk.wait_for(opened.shows)
    desk.press(f"{opened.closed_by}{behind}")
    desk.wait_for(lambda text: opened.shows not in text)


def test_what_follows_the_key_that_closes_a_dialog_does_nothing(hub: Hub, env: dict[str, str]) -> None:
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for("Ana asks and greets")
    desk.wait_for("@")
    desk.press("h")
    desk.wait_for("You starred")
    for opened in ON_THE_DESK:
        open_and_close(desk, opened, "nzz")
    asks_the_first_question(desk, hub)


def asks_the_first_question(desk: Terminal, hub: Hub) -> None:
    """Ask the next question by a key of its own: it is the first one."""
    press(desk, "n")
    desk.wait_for("Asking Q1")
    press(desk, "\r")
    desk.wait_for("Q1 of")
    assert asked(hub.ready["file"]) == 1


def test_what_follows_the_key_that_leaves_a_replay_does_nothing(hub: Hub, env: dict[str, str]) -> None:
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for("Ana asks and greets")
    for behind in ("nzz", "n", "hello"):
        press(desk, "v")
        desk.wait_for("Enter choose")
        press(desk, "\r")
        open_and_close(desk, Opened((), "New ★", "q"), behind)
    asks_the_first_question(desk, hub)


def test_what_follows_the_key_that_closes_a_dialog_in_a_replay_does_nothing(env: dict[str, str]) -> None:
    desk = Terminal(["replay", "latest"], env)
    desk.wait_for("A year ago")
    for opened in IN_A_REPLAY:
        open_and_close(desk, opened, "qzz")
    press(desk, "q")
    assert desk.wait_for_end() == 0


@pytest.mark.parametrize(
    ("argv", "dialogs"),
    [(("library",), IN_THE_LIBRARY), (("growth", "--screen"), IN_THE_GROWTH)],
    ids=["library", "growth"],
)
def test_what_follows_the_key_that_closes_a_dialog_elsewhere_does_nothing(
    env: dict[str, str], argv: tuple[str, ...], dialogs: list[Opened]
) -> None:
    screen = Terminal([*argv], env)
    screen.wait_for("All actions")
    for opened in dialogs:
        open_and_close(screen, opened, "qzz")
    press(screen, "q")
    assert screen.wait_for_end() == 0
