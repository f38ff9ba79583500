"""Bytes that a real terminal hands over in one read: those behind the key that closes a dialog do nothing below it.

Every dialog that there is stands in one of the tables; a test names the one that was forgotten.
"""

import ast
import importlib
import json
import os
import pkgutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from textual.screen import ModalScreen
from tinydb import TinyDB

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are of Unix", allow_module_level=True)

import tui
from sessions.networks.account import Secret, ServerAccount
from sessions.networks.accounts.store import AccountStore
from tests.e2e.terminal import Terminal, home
from tests.e2e.test_two_terminals import CHAT, Hub, plan_text
from tests.sessions.hub.elsewhere import needs_iroh
from tests.tui.libraries import save_chat
from tui.shell.kept.remembered import NAME
from tui.widgets.pace import BURST

ESCAPE = "\x1b[27u"
"""Escape as terminals with the keyboard protocol send it: a bare one before a letter would be Alt and that letter."""
PALETTE = "\x10"

CLICK = "\x1b[<0;{0};{1}M\x1b[<0;{0};{1}m"
"""A press of the mouse on a column and row, from 1 on."""


@dataclass(frozen=True)
class Opened:
    """A dialog of the class `of`: what `keys` open, by words that only it shows, and the bytes that close it.

    The words are not those by which a desk says that the key was read. `meanwhile` is shown before the last key. Where
    `keys` is empty it is there already, or comes when one clicks on the words `click`. `left_by` leaves what it goes
    back to, where that is no desk.
    """

    of: str
    keys: tuple[str, ...]
    shows: str
    closed_by: str = ESCAPE
    meanwhile: str = ""
    click: str = ""
    left_by: str = ""


def from_palette(of: str, title: str, shows: str, closed_by: str = ESCAPE) -> Opened:
    """What an action opens that has no key."""
    return Opened(of, (PALETTE, title, "\r"), shows, closed_by, meanwhile=title)


ON_THE_DESK = [
    Opened("LogDialog", ("l",), "takes back the line", "u"),
    Opened("LogDialog", ("l",), "takes back the line"),
    Opened("HelpDialog", ("?",), "scroll · Esc leaves", "q"),
    Opened("HelpDialog", ("?",), "scroll · Esc leaves"),
    Opened("ChooseDialog", ("f",), "Which posts?", "\r"),
    Opened("ChooseDialog", ("f",), "Which posts?"),
    Opened("QuestionForm", ("a",), "Label (what follows Q)", "What does it take?\x13"),
    Opened("FindBar", ("f/",), "Enter Show only these", "not:is:new\r"),
    Opened("ChooseDialog", ("W",), "Words that fold a post"),
    Opened("LineDialog", ("W", "\r"), "Enter adds it", meanwhile="Add a word"),
    Opened("QuestionForm", ("a",), "Label (what follows Q)"),
    Opened("QuestionForm", ("e",), "Edit the question"),
    Opened("ChooseDialog", ("p",), "Post what?"),
    Opened("RehearsedPostDialog", ("p", "\r"), "Enter counts it as posted", meanwhile="Post what?"),
    Opened("AddAnswersDialog", ("i",), "Ctrl+S adds"),
    Opened("ConfirmDialog", ("X",), "Blank this post out?"),
    Opened("ConfirmDialog", ("X",), "Blank this post out?", "\r"),
    Opened("RecapDialog", ("R",), "Recap of"),
    Opened("TextPage", ("R", "\t\t\t\t", "\r"), "Esc goes back", meanwhile="Recap of", left_by=ESCAPE),
    Opened("SourcesDialog", ("S",), "nothing is posted."),
    Opened("LookUpDialog", ("k",), "Look up elsewhere"),
    Opened("SeatsDialog", ("w",), "Take back (x)"),
    Opened("NoteDialog", ("m",), "A note to the other moderator", "Hello\r"),
    Opened("NoteDialog", ("m",), "A note to the other moderator"),
    Opened("ChooseDialog", ("v",), "Enter choose"),
    Opened("ActionPalette", (PALETTE,), "Search all actions"),
    from_palette("ChooseDialog", "End the chat", "for both moderators", "\r"),
    Opened("ShowTextDialog", ("o",), "Address of the post", "\r"),
    Opened("ShowTextDialog", ("o",), "Address of the post"),
    from_palette("ChooseDialog", "File under a question", "File under which question?"),
    from_palette("ChooseDialog", "File under a question", "File under which question?", "\r"),
    Opened("ChooseDialog", (), "Who does what?", click="Ana asks"),
    Opened("FindBar", ("/",), "Find words, from:maria"),
    Opened("FindBar", ("/",), "Find words, from:maria", "svend\r"),
    Opened("HelloDialog", ("\t", "p", "\r"), "Tab to the words", meanwhile="Post what?"),
    Opened("PersonCard", ("\r",), "Enter in a field saves", "\r"),
    Opened("PersonCard", ("\r",), "Enter in a field saves"),
    Opened("OpenedPost", ("\x1b[Z", "\r"), "Esc Close"),
]

ON_A_DESK_ELSEWHERE = [
    from_palette("AskDialog", "Exchange saved chats", "Exchange saved chats?"),
    from_palette("ConfirmDialog", "Read with my sign-in", "Let the chat's computer read", "\r"),
    from_palette("ConfirmDialog", "Read with my sign-in", "Let the chat's computer read"),
    Opened("PostDialog", ("p", "\r"), "Enter posts", meanwhile="Post what?"),
    Opened("AnnounceDialog", ("A", "\r"), "Enter tells them", meanwhile="Tell people elsewhere what?"),
    Opened("InviteAwayDialog", ("I",), "Enter choose"),
    Opened("InviteShownDialog", ("I", "\r"), "c copies it", meanwhile="Enter choose"),
]

IN_A_REPLAY = [
    Opened("LogDialog", ("l",), "Esc leaves"),
    Opened("HelpDialog", ("?",), "scroll · Esc leaves", "q"),
    Opened("ChooseDialog", ("f",), "Which posts?", "\r"),
    Opened("JumpDialog", ("t",), "Enter goes there", "+1:00\r"),
    Opened("ConfirmDialog", ("X",), "Blank this post out?"),
    Opened("RecapDialog", ("R",), "Recap of"),
    Opened("SourcesDialog", ("S",), "Esc closes"),
    Opened("ActionPalette", (PALETTE,), "Search all actions"),
    Opened("FindBar", ("/",), "Find words, from:maria", "station\r"),
    Opened("PersonCard", ("\t", "\r"), "Esc leaves"),
]


IN_THE_LIBRARY = [
    Opened("HelpDialog", ("?",), "scroll · Esc leaves", "q"),
    Opened("ChooseDialog", ("s",), "Sort by", "\r"),
    Opened("ChooseDialog", ("s",), "Sort by"),
    Opened("RenameDialog", ("e",), "Change the title", "\r"),
    Opened("RenameDialog", ("e",), "Change the title"),
    Opened("ConfirmDialog", ("x",), "Delete this chat?", "\r"),
    Opened("ConfirmDialog", ("x",), "Delete this chat?"),
    Opened("RecapDialog", ("r",), "Recap of"),
    Opened("FilterBar", ("/",), "Esc shows all"),
    Opened("FilterBar", ("/",), "Esc shows all", "\r"),
    Opened("ActionPalette", (PALETTE,), "Search all actions"),
]

IN_THE_GROWTH = [
    Opened("HelpDialog", ("?",), "scroll · Esc leaves", "q"),
    Opened("SaveGrowthDialog", ("w",), "Save or copy the numbers"),
    Opened("ActionPalette", (PALETTE,), "Search all actions"),
]

ALL = (*ON_THE_DESK, *ON_A_DESK_ELSEWHERE, *IN_A_REPLAY, *IN_THE_LIBRARY, *IN_THE_GROWTH)

ELSEWHERE = {"JoinAccountsDialog", "FoundPostDialog"}
"""Come only where a series has moved (`tests/tui/desk/test_desk_joining.py`), or a server found something
(`tests/tui/desk/test_desk_look_up.py`)."""

LINES = {"FindBar", "FilterBar"}
"""Lines to type in that are no dialogs; what is typed behind their end goes to the same screen."""

NAVASOTA = """
title = "Stations"
series = "navasotaisd"
hashtags = ["navasotaisd"]
starts = 2026-12-01T20:00:00
timezone = "UTC"
sources = ["mastodon:127.0.0.1:9"]
[announce]
to = ["staff"]
[[questions]]
text = "What is in your first station?"
"""
"""A chat that is no rehearsal, on a server to which nobody comes."""


def dialogs() -> set[str]:
    """The names of all classes of dialogs that are made anywhere; the others are bases."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    classes, found = list(ModalScreen.__subclasses__()), set()
    while classes:
        found.add(classes[-1])
        classes += classes.pop().__subclasses__()
    made = {
        node.func.id
        for path in Path(tui.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return {one.__name__ for one in found if one.__module__.startswith("tui.")} & made


def test_every_dialog_stands_in_a_table() -> None:
    assert {one.of for one in ALL} == (dialogs() - ELSEWHERE) | LINES


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
    if opened.click:
        row = next(row for row, line in enumerate(desk.lines) if opened.click in line)
        press(desk, CLICK.format(desk.lines[row].index(opened.click) + 1, row + 1))
    press(desk, *opened.keys[:-1])
    desk.wait_for(opened.meanwhile)
    press(desk, *opened.keys[-1:])
    desk.wait_for(opened.shows)
    desk.press(f"{opened.closed_by}{behind}")  # one write, no sooner than a hand that saw it open
    desk.wait_for(lambda text: opened.shows not in text)
    if opened.left_by:
        desk.wait_for(opened.meanwhile)  # comes anew, and until then the desk alone is shown
        press(desk, opened.left_by)
        desk.wait_for(lambda text: opened.meanwhile not in text)


def open_and_close_all(desk: Terminal, dialogs: list[Opened], harmful: str) -> None:
    """Each of them, with a key behind that would do harm, alone and as the first of more."""
    for opened, behind in zip(dialogs, cycle((f"{harmful}zz", harmful))):
        open_and_close(desk, opened, behind)


def asks_the_first_question(desk: Terminal, file: str) -> None:
    """Ask the next question by a key of its own: it is the first one."""
    press(desk, "n")
    desk.wait_for("Asking Q1")
    press(desk, "\r")
    desk.wait_for("Q1 of")
    assert asked(file) == 1


@pytest.fixture
def hub(tmp_path: Path, env: dict[str, str]) -> Iterator[Hub]:
    """A chat that runs, the recording at 60x, its posts with addresses."""
    recording, plan = tmp_path / "recording.jsonl", tmp_path / "plan.toml"
    posts = [json.loads(line) for line in CHAT.read_text("utf-8").splitlines()]
    lines = (json.dumps({**post, "url": f"https://x.example/{post['id']}"}) for post in posts)
    recording.write_text("\n".join(lines), encoding="utf-8")
    plan.write_text(plan_text(), encoding="utf-8")
    hub = Hub([str(plan), "--source", f"practice:{recording}", "--speed", "60"], env)
    yield hub
    hub.kill()


def test_what_follows_the_key_that_closes_a_dialog_does_nothing(tmp_path: Path, hub: Hub, env: dict[str, str]) -> None:
    kept = tmp_path / "ana" / "lunchroom" / NAME
    kept.unlink()
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for("Welcome to the desk")
    desk.wait_for("Ana asks and greets")
    desk.wait_for("@")
    desk.press("h")  # the first key takes the welcome away, and does what it does
    desk.wait_for("You starred")
    desk.wait_for(lambda text: "Welcome to the desk" not in text)
    assert "first_run" in kept.read_text("utf-8")
    open_and_close_all(desk, ON_THE_DESK, "n")
    asks_the_first_question(desk, hub.ready["file"])


@needs_iroh
def test_what_follows_the_key_that_closes_a_dialog_of_a_desk_elsewhere_does_nothing(
    tmp_path: Path, env: dict[str, str]
) -> None:
    """Ben has chats of his own, an account to post and to read with, and no relay."""
    ben = home(tmp_path / "ben", os.environ)
    (tmp_path / "ben" / "chats").mkdir(parents=True)
    save_chat(tmp_path / "ben" / "chats", 1)
    host = "127.0.0.1:9"
    account = ServerAccount("mastodon", host, f"mastodon:ben@{host}", f"ben@{host}", posts=True, secret=Secret("token"))
    AccountStore(tmp_path / "ben" / "lunchroom" / "accounts").save(account)
    config = tmp_path / "ana" / "lunchroom"
    config.mkdir(exist_ok=True)
    (config / "config.toml").write_text('[away]\nrelay = "none"\n', encoding="utf-8")
    (tmp_path / "plan.toml").write_text(NAVASOTA, encoding="utf-8")
    hub = Hub([str(tmp_path / "plan.toml")], env)
    try:
        desk = Terminal(["join", "--name", "Ben"], ben)
        desk.wait_for("Paste the host's invite")
        desk.press(hub.invite, "\r")
        open_and_close(desk, Opened("AskDialog", (), "Exchange saved chats?"), "n")
        open_and_close_all(desk, ON_A_DESK_ELSEWHERE, "n")
        asks_the_first_question(desk, hub.ready["file"])
    finally:
        hub.kill()


def test_what_follows_the_key_that_leaves_a_replay_does_nothing(hub: Hub, env: dict[str, str]) -> None:
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for("Ana asks and greets")
    for behind in ("nzz", "n", "hello"):
        press(desk, "v")
        desk.wait_for("Enter choose")
        press(desk, "\r")
        open_and_close(desk, Opened("", (), "New ★", "q"), behind)
    asks_the_first_question(desk, hub.ready["file"])


def test_what_follows_the_key_that_closes_a_dialog_in_a_replay_does_nothing(env: dict[str, str]) -> None:
    desk = Terminal(["replay", "latest"], env)
    desk.wait_for("A year ago")
    open_and_close_all(desk, IN_A_REPLAY, "q")
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
    open_and_close_all(screen, dialogs, "q")
    press(screen, "q")
    assert screen.wait_for_end() == 0


def test_two_keys_in_one_read_show_the_posts_of_a_question(hub: Hub, env: dict[str, str]) -> None:
    desk = Terminal(["join", "--name", "Ana"], env)
    desk.wait_for("Ana asks and greets")
    desk.wait_for("@")
    press(desk, "f2")
    desk.wait_for("Answers · Q2")
    press(desk, "ff")
    desk.wait_for("Answers · all")
    desk.press("f")
    desk.wait_for("Which posts?")
    desk.press("1")
    desk.wait_for("Answers · Q1")
    press(desk, ESCAPE, ESCAPE)  # the first may be for a question that is offered
    desk.wait_for("Answers · all")
    press(desk, "q")
    desk.wait_for_end()
