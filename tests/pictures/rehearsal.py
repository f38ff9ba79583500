"""A rehearsal of a few minutes, as two moderators have it, and the frames of one desk in it."""

import datetime
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from sessions.core.commands import Close
from sessions.core.plan.reading import decode_plan
from sessions.networks.registry import NETWORKS
from sessions.rehearsal.practice import practice_source
from tests.pictures.moving import Frame
from tests.sessions.core.building import START
from tests.sessions.hub.hours import Hours
from tests.sessions.hub.live import LiveHub, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.waiting import turns
from tui.dialogs.choose import ChooseDialog
from tui.replay.screen import ReplayScreen

SPEED = 6.0
"""How much faster the cast is than teachers are: the hour is short."""


class Rehearsal:
    """One desk, the time, and what was shown so far."""

    def __init__(self, desk: DeskInHand, live: LiveHub, hours: Hours) -> None:
        self._desk = desk
        self._session = live.session
        self._hours = hours
        self.frames: list[Frame] = []

    async def pass_by(self, seconds: float) -> None:
        """Let the chat go on."""
        for _ in range(round(seconds * 2)):
            self._hours.pass_by(0.5)
            for _ in range(4):
                await turns()
            await self._desk.until(self._heard)
            await self._desk.wait(0.5)
        await self._settled()

    async def show(self, words: str, seconds: float = 1.5) -> None:
        """Keep what the screen shows now, with these words below it."""
        await self._settled()
        app = self._desk.app
        self.frames.append(Frame(app.screen._compositor.render_strips(app.size), seconds, words))

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self._desk.press(*keys)
        await self._settled()

    async def goes_on(self, words: str, moments: int, every: float = 2.0) -> None:
        """Show so many moments of the chat."""
        for _ in range(moments):
            await self.pass_by(every)
            await self.show(words, 0.9)

    def _heard(self) -> bool:
        return self._desk.model.state.seq == self._session.durable.seq == self._session._head.seq

    async def _settled(self) -> None:
        desk = self._desk
        await desk.until(self._heard)
        await desk.wait(0.1)
        await desk.until(lambda: desk.screen.drawn)
        desk.screen.tick()
        if isinstance(desk.app.screen, ReplayScreen):
            desk.app.screen.tick()
        await desk.pilot.pause()


@asynccontextmanager
async def a_rehearsal(folder: Path, size: tuple[int, int]) -> AsyncGenerator[tuple[Rehearsal, DeskInHand], None]:
    """The rehearsal of `lunchroom demo`, at its beginning, and a desk of this size."""
    text = resources.files("tui.cli").joinpath("demo.toml").read_text(encoding="utf-8")
    begins = datetime.datetime.fromtimestamp(START / 1000, datetime.UTC).replace(tzinfo=None)
    text = text.replace("2026-01-01T00:00:00", begins.isoformat()).replace("lunchroomdemo", "stationschat")
    plan = decode_plan(text, NETWORKS)
    hours = Hours(START)
    cast = practice_source("practice", plan, speed=SPEED, now=lambda: hours.now, sleep=hours.sleep)
    async with (
        live_hub(
            folder,
            plan=plan,
            sources=[cast],
            clock=hours.clock(),
            sleep=hours.sleep,
            newcomer=lambda author: author.id not in cast.regulars,
        ) as live,
        desk_on(live, size=size, clock=hours.desk_clock(), earlier=folder) as desk,
    ):
        yield Rehearsal(desk, live, hours), desk


async def third_question(folder: Path, size: tuple[int, int]) -> str:
    """A picture of the third question; the rehearsal is ended, and saved in the folder."""
    async with a_rehearsal(folder, size) as (rehearsal, desk):
        for seconds in (20, 27, 21, 24):
            await rehearsal.pass_by(seconds)
            if seconds != 24:
                await rehearsal.press("n", "enter")
            if seconds == 27:
                await rehearsal.press("tab", "g", "shift+tab", "up", "h", "end")
        picture = await desk.picture()
        desk.screen.send(Close(id="the-end"))
        await desk.knows(lambda model: model.state.closed_at is not None)
    return picture


async def whole(folder: Path, size: tuple[int, int]) -> list[Frame]:
    """The frames of the whole rehearsal; what is saved in the folder is replayed in it."""
    async with a_rehearsal(folder, size) as (rehearsal, desk):
        await rehearsal.goes_on("People come in. New ones stand under TO GREET.", 3, 6)
        await rehearsal.press("n")
        await rehearsal.show("n asks the first question; for two seconds u takes it back.", 2.5)
        await rehearsal.press("enter")
        await rehearsal.show("Enter sends at once. The clock begins.", 2)
        await rehearsal.goes_on("Answers come and are filed by themselves.", 6, 4)
        await rehearsal.press("tab")
        await rehearsal.show("Tab goes to the people.", 1.5)
        await rehearsal.press("g")
        await rehearsal.show("g: somebody new has been greeted. Both desks see it.", 2.5)
        await rehearsal.press("shift+tab", "up", "up")
        await rehearsal.show("Back among the answers, two posts up.", 1.5)
        await rehearsal.press("h")
        await rehearsal.show("h stars a post worth keeping.", 2)
        await rehearsal.press("up", "1")
        await rehearsal.show("A digit files a post under that question; u takes it back.", 2.5)
        await rehearsal.press("end", "n", "enter")
        await rehearsal.goes_on("n again: the next question.", 4, 5)
        await rehearsal.press("v")
        await desk.until(lambda: isinstance(desk.app.screen, ChooseDialog), lambda: "\n".join(desk.lines()))
        await rehearsal.show("v: the chats that were saved before.", 2)
        await desk.pilot.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, ReplayScreen), lambda: "\n".join(desk.lines()))
        await rehearsal.press("space")
        for _ in range(4):
            await rehearsal.press("right_square_bracket")
            await rehearsal.show("A replay, question by question; the live chat stays in sight above.", 1.6)
        await desk.press("q")
        await desk.until(lambda: desk.app.screen is desk.screen)
        await rehearsal.goes_on("q leads back to the live chat.", 2, 3)
    return rehearsal.frames
