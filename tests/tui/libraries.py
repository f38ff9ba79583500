"""A library of real files, and the screen on it in a test's hands."""

import asyncio
import datetime
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from sessions.core.events import SessionClosed
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from sessions.library.trash import Trash
from tests.sessions.core.building import START, Chat, a_plan
from tests.tui.screen_text import screen_lines
from tests.waiting import EVERY, patience
from tui.apps import library_app
from tui.library.chat_list import ChatList
from tui.library.chat_store import ChatStore
from tui.library.screen import LibraryScreen
from tui.shell.app import LunchroomApp
from tui.widgets.pace import BURST
from tui.widgets.status_line import StatusLine

WEEK = 7 * 86_400_000


def save_chat(
    folder: Path, week: int, *, people: int = 2, minutes: int = 60, rehearsal: bool = False, **plan: Any
) -> Path:
    """A chat with one answer of each of so many people, closed unless `minutes` is 0; its file."""
    started = START + week * WEEK
    starts = datetime.datetime(2025, 12, 1, 19, 0) + datetime.timedelta(weeks=week)  # noqa: DTZ001 - a wall time
    chat = Chat(a_plan(starts=starts, starts_at=started, **plan), at=started)
    for number in range(people):
        chat.post(f"A1: station {number}", handle=f"teacher{number}", newcomer=number % 2 == 0)
    chat.at += minutes * 60_000
    if minutes:
        chat.hear(SessionClosed)
    file = SessionFile.create(folder, chat.state.plan or a_plan(), started=started, holder="a test")
    with file:
        file.commit(chat.events)
        if minutes:
            file.close_session(chat.at, {})
    if rehearsal:
        data = file.path.read_bytes()
        file.path.write_bytes(data.replace(b'"rehearsal":false', b'"rehearsal":true'))
    return file.path


def damage(path: Path) -> Path:
    """Spoil the middle of a session file; the first events stay whole."""
    data = path.read_bytes()
    middle = data.index(b'"6": ')
    path.write_bytes(data[:middle] + b"\x00\xff" * 40 + data[middle + 80 :])
    return path


@dataclass
class LibraryInHand:
    """The screen, its keys, and what is on it."""

    app: LunchroomApp
    pilot: Pilot[Any]
    folder: Path
    _pressed_on: Screen[Any] | None = None
    _pressed: bool = False

    @property
    def screen(self) -> LibraryScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, LibraryScreen))

    @property
    def status(self) -> str:
        return str(self.screen.query_one(StatusLine).render())

    @property
    def cursor(self) -> str | None:
        """The title of the chat under the cursor."""
        return None if self.screen.current is None else self.screen.current.title

    @property
    def titles(self) -> list[str]:
        """The titles in the list from top to bottom, as far as they are told apart by their first word."""
        rows = self.screen.query_one(ChatList)._rows
        return [rows.row(place).left[2].text for place in range(len(rows))]

    def lines(self) -> list[str]:
        return screen_lines(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys; those for another screen, or behind an end, no sooner than a hand does that saw it."""
        for key in keys:
            if self._pressed and self._pressed_on is not self.app.screen:
                await asyncio.sleep(2 * BURST)
            self._pressed_on = None if key in ("enter", "escape") else self.app.screen
            self._pressed = True
            await self.pilot.press(key)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something; the error shows the screen."""
        try:
            async with patience():
                while not holds():
                    await self.pilot.pause(EVERY)
        except TimeoutError:
            raise AssertionError("\n".join(self.lines())) from None

    async def sees(self, words: str) -> None:
        """Wait for words on the screen."""
        await self.until(lambda: any(words in line for line in self.lines()))


@asynccontextmanager
async def library_on(
    folder: Path, size: tuple[int, int] = (100, 30), *, config: Path | None = None
) -> AsyncGenerator[LibraryInHand, None]:
    """The screen on the chats in this folder, which it looks at all the time."""
    library = Library(folder)
    with Trash(library) as trash:
        config = config or folder / "no-config.toml"
        app = library_app(ChatStore(library, trash), config=config, every=0.05)
        async with app.run_test(size=size, notifications=True) as pilot:
            hand = LibraryInHand(app, pilot, folder)
            await hand.until(lambda: bool(app.screen_stack[1:]) and hand.screen.model.chats is not None)
            await pilot.pause()
            yield hand
