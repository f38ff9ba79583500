"""Desks on a real hub, with keys that are pressed at moments a test chooses."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widget import Widget

from sessions.core.events import AnyEvent
from sessions.hub.client.client import HubClient, Invite, Seat
from sessions.hub.client.exchange import LibraryExchange
from sessions.hub.client.head_start import HeadStart
from sessions.hub.server.service import LiveSession
from tests.sessions.hub.live import LiveHub, Patient
from tests.tui.pictures import complete, picture
from tests.tui.screen_text import screen_lines
from tests.waiting import EVERY, patience
from tui.apps import first_words, my_config, seated_app
from tui.desk.model.desk import DeskModel
from tui.desk.screen import DeskScreen
from tui.shell.app import LunchroomApp

SETTLED = 0.2
"""Seconds after which a key counts as pressed alone."""


@dataclass
class Appointment:
    """A call that a moved clock makes."""

    due: float
    call: Callable[[], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class ManualPace:
    """A clock that stands until a test moves it."""

    at: float = 100.0
    calls: list[Appointment] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def pressed(self, at: float) -> float:
        return self.at

    def rest(self, seconds: float) -> float:
        return 0.0

    def later(self, seconds: float, call: Callable[[], object]) -> Appointment:
        self.calls.append(Appointment(self.at + seconds, call))
        return self.calls[-1]

    def advance(self, seconds: float) -> None:
        """Move on; what became due is called, in order."""
        self.at += seconds
        due = sorted((call for call in self.calls if call.due <= self.at), key=lambda call: call.due)
        self.calls = [call for call in self.calls if call.due > self.at]
        for call in due:
            if not call.cancelled:
                call.call()


@dataclass
class DeskInHand:
    """A desk, its keys, and what is on its screen."""

    app: LunchroomApp
    pilot: Pilot[Any]
    pace: ManualPace
    live: LiveHub | None = None
    """The hub that it follows; None where it shows a saved chat."""

    @property
    def screen(self) -> DeskScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, DeskScreen))

    @property
    def model(self) -> DeskModel:
        return self.screen.model

    async def press(self, *keys: str) -> None:
        """Press keys one by one, as a hand does that gives commands."""
        for key in keys:
            self.pace.advance(SETTLED)
            await self.pilot.press(key)
            await self.wait(SETTLED)

    async def type(self, *keys: str) -> None:
        """Press keys in one burst, as somebody does who types."""
        for key in keys:
            await self.pilot.press(key)
            self.pace.advance(0.05)
        await self.wait(SETTLED)

    async def click(self, words: str) -> None:
        """Click on these words, on the first of several places, once they are there."""
        await self.sees(words)
        place, line = next((place, line) for place, line in enumerate(self.lines()) if words in line)
        await self.pilot.click(offset=(cell_len(line[: line.index(words)]), place))
        await self.pilot.pause()

    async def wait(self, seconds: float) -> None:
        """Let time pass for the keys."""
        self.pace.advance(seconds)
        await self.pilot.pause()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        return screen_lines(self.app)

    @property
    def status(self) -> str:
        """The words of the status line."""
        line = self.screen.panes.status
        return line.render().plain

    async def sees(self, words: str) -> None:
        """Return once the words are on the screen."""
        await self.until(lambda: any(words in line for line in self.lines()), lambda: "\n".join(self.lines()))

    async def knows(self, holds: Callable[[DeskModel], object]) -> None:
        """Return once that holds of what the desk knows; what it names may come later."""

        def known() -> bool:
            try:
                return bool(holds(self.model))
            except (KeyError, AttributeError):
                return False

        await self.until(known, lambda: str(vars(self.model)))

    async def until(self, holds: Callable[[], bool], tell: Callable[[], str] = lambda: "") -> None:
        """Return once that holds; if it never does, fail with what `tell` says."""
        try:
            async with patience():
                while not holds():
                    await self.pilot.pause()
                    await asyncio.sleep(EVERY)
        except TimeoutError:
            raise AssertionError(tell()) from None

    async def picture(self) -> str:
        """The screen as SVG once it shows all that the hub has to tell, the mouse in its corner."""
        return await picture(self.pilot, self._up_to_date)

    async def complete(self) -> None:
        """Return once that is so."""
        await complete(self.pilot, self._up_to_date)

    def _up_to_date(self) -> bool:
        return self.screen.drawn and (self.live is None or self._has_heard(self.live.session))

    def _has_heard(self, session: LiveSession) -> bool:
        """Whether it knows all events, and what a heartbeat would say."""
        model = self.model
        told = (model.trouble, model.onlookers, model.absent, model.others)
        others = session.others(model.me, model.joined.scope)
        return model.state.seq == session.durable.seq and told == (
            session.trouble, session.onlookers(), session.absent(), others,
        )  # fmt: skip

    def focused(self) -> Widget | None:
        return self.app.focused


def desk_app(client: HubClient, seat: Seat, *, config: Path | None = None, **options: Any) -> LunchroomApp:
    """The app of a desk that has its seat, with the config in this file; the options are those of `DeskScreen`."""
    mine = my_config(config)
    return seated_app(DeskScreen(client, seat, problem=first_words(mine), **options), mine)


@asynccontextmanager
async def desk_on(
    live: LiveHub,
    name: str = "Ana",
    *,
    size: tuple[int, int] = (120, 30),
    config: Path | None = None,
    observer: bool = False,
    library: Path | None = None,
    earlier: Path | None = None,
    known: HeadStart | None = None,
    **options: Any,
) -> AsyncGenerator[DeskInHand, None]:
    """A desk that has joined and caught up; `library` has saved chats to exchange, `earlier` some to look in.

    `known` is what it read of the session's file at once.
    """
    token = live.keys.observer_token if observer else live.keys.token
    client = HubClient(Invite(live.url, token), transport=Patient())
    joined = await client.join(name)
    client.begin_with(known)
    pace = ManualPace()
    options |= {} if earlier is None else {"library": earlier}
    exchange = None if library is None else LibraryExchange(client, library)
    app = desk_app(
        client,
        joined,
        pace=pace,
        config=config or live.file.path.parent / "config" / "none.toml",
        exchange=exchange,
        **options,
    )
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            desk = DeskInHand(app, pilot, pace, live)
            await desk.until(lambda: len(app.screen_stack) > 1)
            await desk.knows(lambda model: model.live_after is not None and model.state.plan is not None)
            yield desk
    finally:
        await client.aclose()


def types_after(events: list[AnyEvent], first: str) -> list[str]:
    """The names of the events behind the last one of that name."""
    names = [type(event).__name__ for event in events]
    return names[len(names) - names[::-1].index(first) :]
