"""Whoever gives every action another key reads no old one: in no sentence, hint, help, and not in the palette."""

import re
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input

from sessions.core.events import SessionClosed
from tests.paths import ROOT
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import desk_on
from tests.tui.growth.test_growth_screen import growth_of
from tests.tui.libraries import damage, library_on, save_chat
from tests.tui.replays import replay_of
from tui.apps import TABLES, my_config
from tui.desk.keys import DESK
from tui.growth.keys import GROWTH
from tui.library.keys import LIBRARY
from tui.replay.keys import REPLAY
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import PALETTE_KEY, ActionTable, key_in_words
from tui.shell.app import LunchroomApp

NEW = [f"{modifier}f{number}" for modifier in ("", "alt+", "ctrl+", "ctrl+alt+") for number in range(1, 25)]
"""Keys that no action has by itself."""

OLD = {
    key_in_words(key)
    for table in TABLES
    for action in table.actions
    for key in action.shown.split()
    if not key.isdigit()
}

VERBS = "takes|leaves?|goes|shows|brings|makes|finds|plays|allows|answers|says|sends|comes|opens|if not|there takes"

_KEY = "|".join(re.escape(key) for key in sorted(OLD, key=len, reverse=True))
NAMED = re.compile(
    rf"\b(?:Press|press|with|under|first \(|Later:) ?(?!a )({_KEY})(?=[ ,.;)]|$)"
    rf"|(?<![\w'’+])({_KEY})(?:,|:)? (?:{VERBS}|read)\b"
)
"""An old key where a sentence names one."""


def remapped() -> dict[str, str]:
    """Another key for each action."""
    names = dict.fromkeys(action.name for table in TABLES for action in table.actions if action.key)
    assert len(names) <= len(NEW)
    return dict(zip(names, NEW, strict=False))


def a_config(folder: Path, *, own: bool) -> Path:
    """A config with all keys changed, or with none."""
    path = folder / "config.toml"
    keys = remapped() if own else {}
    path.write_text("[keys]\n" + "".join(f'{name} = "{key}"\n' for name, key in keys.items()), encoding="utf-8")
    assert my_config(path).problem == ""
    return path


def named_in(lines: Iterable[str], *, dialog: bool) -> set[str]:
    """The old keys that sentences name on the screen; those of a dialog or a line to type in are not the table's."""
    found = {next(filter(None, match.groups())) for line in lines for match in NAMED.finditer(line)}
    found |= {key for key in ("ctrl+p", "^p") for line in lines if key in line}
    return found - {"Enter", "Esc", "Tab"} if dialog else found


class InHand(Protocol):
    """A screen in a test's hands."""

    app: LunchroomApp
    pilot: Pilot[Any]

    def lines(self) -> list[str]: ...

    async def press(self, *keys: str) -> None: ...

    async def until(self, holds: Callable[[], bool]) -> None: ...


class Walk:
    """Presses every action of a screen and writes down which old keys it reads."""

    def __init__(self, hand: InHand, screen: ActionScreen, table: ActionTable, *, own: bool) -> None:
        self.hand = hand
        self.screen = screen
        self.table = table
        self.keys = remapped() if own else {}
        self.read: set[str] = set()

    def look(self) -> None:
        """Read what is on the screen."""
        dialog = self.hand.app.screen is not self.screen or isinstance(self.hand.app.focused, Input)
        self.read |= named_in(self.hand.lines(), dialog=dialog)

    async def do(self, name: str) -> None:
        """Press the action's key, or choose it as the palette would, read, and come back."""
        key = self.keys.get(name) or self.table.by_name[name].key.partition(",")[0]
        if key and name != PALETTE_KEY:
            await self.hand.press(key)
        else:
            self.screen.run(name)
        await self.hand.pilot.pause()
        self.look()
        while self.hand.app.screen is not self.screen or isinstance(self.hand.app.focused, Input):
            await self.hand.pilot.press("escape")
            await self.hand.pilot.pause()
        self.look()

    async def all(self, *without: str) -> None:
        """Do every action but these, which leave the screen."""
        for action in self.table.actions:
            if action.name not in (*without, PALETTE_KEY, "leave"):
                await self.do(action.name)

    async def palette(self) -> None:
        """Read what the palette says of each action."""
        await self.hand.pilot.press(self.keys.get(PALETTE_KEY, "ctrl+p"))
        await self.hand.until(lambda: isinstance(self.hand.app.screen, CommandPalette))
        for _ in range(4):
            await self.hand.pilot.press(*["pagedown"] * 2)
            await self.hand.pilot.pause()
            self.look()
        await self.hand.pilot.press("escape")


async def at_the_desk(folder: Path, config: Path, *, own: bool) -> set[str]:
    """What is read at a live desk: before the first question, with a post and a note, while the other asks, closed."""
    feed = Feed()
    async with (
        live_hub(folder, plan=a_plan(questions=1), sources=[feed]) as live,
        desk_on(live, size=(140, 60), config=config) as ana,
    ):
        walk = Walk(ana, ana.screen, DESK, own=own)
        await walk.all("close")
        await walk.palette()
        await ana.type("w", "w")
        await ana.sees("Typing?")
        walk.look()
        for name in ("next", "send_now"):
            await walk.do(name)
        await ana.knows(lambda model: model.state.open == "q1")
        post = feed.post("A1: stations by colour")
        await ana.knows(lambda model: post in model.state.posts)
        other = await live.join("Ben")
        await other.done("note", text="One more minute?")
        await ana.sees("One more minute?")
        walk.look()
        for name in ("next", "previous", "script", "repost", "sources", "log", "file_0", "greet", "undo", "undo"):
            await walk.do(name)
        await other.done("take_role", role="driver")
        await ana.knows(lambda model: model.state.roles["driver"] == "Ben")
        await walk.do("close")
        await other.done("close")
        await ana.sees("closed")
        walk.look()
        await walk.do("undo")
        return walk.read


async def in_a_replay(_folder: Path, config: Path, *, own: bool) -> set[str]:
    """What is read in a replay, at its end too."""
    chat = Chat()
    chat.at += 60_000
    chat.post("A1: soon")
    chat.hear(SessionClosed)
    async with replay_of(chat.events, size=(140, 60), config=config) as desk:
        walk = Walk(desk, desk.screen, REPLAY, own=own)
        await walk.all()
        await walk.palette()
        desk.screen.playing.seek(0)
        if not desk.screen.playback.playing:
            await walk.do("play")
        await desk.play(4_000)
        await desk.sees("That is the end")
        walk.look()
        return walk.read


async def in_the_library(folder: Path, config: Path, *, own: bool) -> set[str]:
    """What is read in the list of saved chats, of one that is damaged too."""
    chats = folder / "chats"
    chats.mkdir()
    damage(save_chat(chats, 0))
    save_chat(chats, 1)
    async with library_on(chats, (140, 60), config=config) as hand:
        walk = Walk(hand, hand.screen, LIBRARY, own=own)
        for _ in range(2):
            await walk.all("open_chat", "show_growth")
            await hand.pilot.press("down")
        await walk.palette()
        return walk.read


async def in_the_numbers(folder: Path, config: Path, *, own: bool) -> set[str]:
    """What is read on the growth screen."""
    save_chat(folder, 0, series="exits")
    save_chat(folder, 1)
    async with growth_of(folder, (140, 60), config=config) as hand:
        walk = Walk(hand, hand.growth, GROWTH, own=own)
        await walk.all()
        await walk.palette()
        return walk.read


WALKS = [at_the_desk, in_a_replay, in_the_library, in_the_numbers]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
async def test_with_every_key_changed_no_sentence_names_an_old_one(
    tmp_path: Path, walk: Callable[..., Awaitable[set[str]]]
) -> None:
    assert await walk(tmp_path, a_config(tmp_path, own=True), own=True) == set()


async def test_what_is_looked_for_is_found_where_the_keys_are_the_usual_ones(tmp_path: Path) -> None:
    read = await in_the_library(tmp_path, a_config(tmp_path, own=False), own=False)
    assert read >= {"u", "p", "Enter", "^p"}


async def test_a_key_of_ones_own_reads_the_same_at_the_foot_as_in_help(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nshow_growth = "f8"\n', encoding="utf-8")
    save_chat(tmp_path, 0)
    async with library_on(tmp_path, (100, 30), config=config) as hand:
        await hand.until(lambda: "F8 Growth" in hand.lines()[-1])
        assert hand.screen.printed_key("show_growth") == "F8"


def test_no_sentence_in_the_sources_names_a_key_by_itself() -> None:
    """Also not where no walk comes: in a string, a letter alone before a word of what keys do is a key."""

    literal = re.compile(
        rf"(?<![\w'’`+<{{(])([b-hj-zA-HJ-Z/?]|ctrl\+p|\^p),? (?:{VERBS})\b|\b[Pp]ress [a-zA-Z/?](?=[ .,;])"
    )
    found = []
    for path in sorted((ROOT / "tui").rglob("*.py")):
        if "cli" not in path.parts:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if '"""' not in line and '"' in line and literal.search(line):
                    found.append(f"{path.name}:{number}: {line.strip()}")
    assert found == []
