"""The programs with a screen: the one app, each time with another first screen, and where one can go from there.

It uses every screen, and only the command line uses it. Each screen is imported when its program is asked for, so that
`lunchroom growth` needs no desk.
"""

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from sessions.files.homes import NoHome
from tui.desk.farewells import LEFT
from tui.desk.keys import DESK
from tui.growth.keys import GROWTH
from tui.library.keys import LIBRARY
from tui.replay.keys import REPLAY
from tui.shell.app import LunchroomApp, Program
from tui.shell.away_config import config_path
from tui.shell.config import Config, load_config
from tui.shell.kept.remembered import NAME, Remembered
from tui.shell.requests import ScreenRequested
from tui.text.letters import terminal_lacks

if TYPE_CHECKING:
    from sessions.hub.client.client import HubClient, Seat
    from sessions.library.library import Library
    from sessions.replay import Replay
    from tui.desk.screen import DeskScreen
    from tui.library.chat_store import ChatStore
    from tui.replay.model import SavedFile
    from tui.widgets.pace import Pace

TABLES = (DESK, REPLAY, LIBRARY, GROWTH)
"""The tables whose keys a config file can change."""

LIVE = Program("The desk", "The chat goes on: `lunchroom join` comes back.", LEFT)
REPLAYED = Program("The replay", "The saved chat is as it was: `lunchroom replay` opens it again.")
SAVED = Program("The library", "The saved chats are as you left them: `lunchroom library` shows them again.")
NUMBERS = Program("Lunchroom", "")


def my_config(path: Path | None = None) -> Config:
    """The config of whoever runs this program; `path` is for tests."""
    try:
        path = path or config_path()
        return replace(load_config(path, TABLES), remembered=Remembered(path.with_name(NAME)))
    except NoHome:  # who has no home has no config
        return Config()


def first_words(mine: Config) -> str:
    """What is said first on a screen: that something kept is ignored, or that the terminal lacks letters."""
    return mine.problem or mine.remembered.problem or terminal_lacks()


def seated_app(desk: "DeskScreen", mine: Config) -> LunchroomApp:
    """The app of a desk that is there, for somebody with this config."""
    return LunchroomApp(desk, LIVE, mine, make_screen=partial(_from_desk, desk))


def joining_app(
    name: str,
    sit_down: Callable[[Config], Awaitable["DeskScreen | None"]],
    *,
    opening: bool = False,
    channel: bool = False,
) -> LunchroomApp:
    """One desk on one session: it begins with an empty one, and `sit_down` gives that at which whoever comes as `name`
    has a seat, of their config. The app ends where it gives none. `run()` returns the sentence to say when it is over.
    It is said whether a hub is waited for that is `opening` the chat; of a `channel` the panes are called so.
    """
    from tui.desk.joining import JOINING, OPENING, JoiningScreen
    from tui.desk.requests import DeskRequested

    mine = my_config()
    joining = JoiningScreen(name, coming=OPENING if opening else JOINING, channel=channel)
    desk: DeskScreen | None = None

    async def make_screen(request: ScreenRequested) -> Screen[Any] | None:
        nonlocal desk
        if not isinstance(request, DeskRequested):
            return None if desk is None else await _from_desk(desk, request)
        desk = await sit_down(mine)
        if desk is None:
            app.exit()
        return desk

    app = LunchroomApp(joining, LIVE, mine, make_screen=make_screen)
    return app


async def _from_desk(desk: "DeskScreen", request: ScreenRequested) -> Screen[Any] | None:
    """Where one can go from a desk."""
    from tui.desk.requests import ReplayRequested

    if not isinstance(request, ReplayRequested):
        return None
    from tui.replay.from_desk import ReplayFromDesk

    return ReplayFromDesk(request.replay, request.session, desk, pace=desk.pace)


class PlainProgram:
    """One desk in plain lines on standard input and output; the arguments are those of `PlainDesk`."""

    return_code: int | None = None

    def __init__(self, client: "HubClient", joined: "Seat", **options: Any) -> None:
        from tui.plain.live import PlainDesk
        from tui.plain.terminal import Terminal

        self._terminal = Terminal()
        self._make = partial(PlainDesk, client, joined, self._terminal, **options)

    async def run_async(self) -> str:
        """Read out and take words until it is left; the sentence to say then."""
        desk = self._make()
        return await self._terminal.run(desk.run, desk.words.complete, lambda: desk.leave(LEFT))


async def plain_replay(replay: "Replay", *, at: int, speed: float, file: "SavedFile") -> None:
    """Reads `replay` out in plain lines on standard input and output; the arguments are those of `replay_app`."""
    from tui.plain.saved import PlainReplay
    from tui.plain.terminal import Terminal

    terminal = Terminal()
    read = PlainReplay(replay, terminal, at=at, speed=speed, file=file)
    await terminal.run(read.run, read.words.complete, read.leave)


def replay_app(
    replay: "Replay",
    *,
    at: int = 0,
    speed: float = 1.0,
    file: "SavedFile | None" = None,
    pace: "Pace | None" = None,
    config: Path | None = None,
) -> LunchroomApp:
    """Plays `replay` from the position `at` (milliseconds since the opening); `file` is where it is saved.

    `pace` and `config` are for tests.
    """
    from tui.replay.screen import ReplayScreen

    mine = my_config(config)
    first = ReplayScreen(replay, at=at, speed=speed, file=file, pace=pace, greeting=first_words(mine))
    return LunchroomApp(first, REPLAYED, mine)


def library_app(
    store: "ChatStore",
    *,
    at: str | None = None,
    speed: float = 1.0,
    greeting: str = "",
    chat: str | None = None,
    config: Path | None = None,
    every: float | None = None,
    pace: "Pace | None" = None,
) -> LunchroomApp:
    """Shows the saved chats of `store`; leaving a replay comes back to them.

    `run()` returns the id of the running chat whose desk somebody wants to go to, None where one just leaves.
    Replays begin at the time `at` (as in `lunchroom replay --at`) and play at `speed`. The cursor begins at the session
    with the id `chat`, and `greeting` is said first. `config`, `every` and `pace` are for tests.
    """
    from sessions.files.errors import StorageError
    from sessions.replay.jumping import JumpError
    from tui.growth.screen import GrowthScreen
    from tui.library.folder_follower import LOOK_AGAIN
    from tui.library.requests import GrowthRequested, SavedChatRequested
    from tui.library.screen import LibraryScreen
    from tui.replay.model import SavedFile, open_replay, position_at
    from tui.replay.screen import ReplayScreen

    mine = my_config(config)
    chats = LibraryScreen(
        store, greeting=greeting or first_words(mine), chat=chat, every=every or LOOK_AGAIN, pace=pace
    )

    async def replay_of(path: Path) -> ReplayScreen | None:
        chats.say("Opening …")
        try:
            replay = await asyncio.to_thread(open_replay, path)
            position = 0 if at is None else position_at(replay, at)
        except (StorageError, JumpError) as error:
            chats.say(str(error), warn=True)
            return None
        chats.say("")
        if not chats.is_active:  # a dialog was opened meanwhile, which goes before
            return None
        file = SavedFile(path, (store.library.folder,))
        return ReplayScreen(replay, at=position, speed=speed, file=file, pace=pace)

    async def make_screen(request: ScreenRequested) -> Screen[Any] | None:
        if isinstance(request, GrowthRequested):
            return GrowthScreen(store.library, request.series)
        return await replay_of(request.path) if isinstance(request, SavedChatRequested) else None

    return LunchroomApp(chats, SAVED, mine, make_screen=make_screen)


def growth_app(
    library: "Library",
    series: str | None = None,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    config: Path | None = None,
) -> LunchroomApp:
    """Shows the growth of `series`, of the latest chat's where it is None, between the dates (both included).

    `config` is for tests.
    """
    from tui.growth.screen import GrowthScreen

    return LunchroomApp(GrowthScreen(library, series, since=since, until=until), NUMBERS, my_config(config))
