"""A replay's desk on a real session, with a playback clock that a test moves."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sessions.core.events import AnyEvent
from sessions.replay import Replay
from tests.tui.desks import DeskInHand, ManualPace
from tui.apps import replay_app
from tui.replay.model import ReplayModel
from tui.replay.screen import ReplayScreen


@dataclass
class ReplayInHand(DeskInHand):
    """A replay, its keys, and what is on its screen."""

    @property
    def screen(self) -> ReplayScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReplayScreen))

    @property
    def model(self) -> ReplayModel:
        return self.screen.saved

    @property
    def position(self) -> int:
        """Where it stands, in milliseconds since the opening."""
        return self.screen.playback.position(self.pace.now())

    async def play(self, seconds: float) -> None:
        """Let so much of the playback's clock pass, and show what happened."""
        self.pace.advance(seconds)
        self.screen.advance()
        await self.pilot.pause()
        await self.until(lambda: self.screen.drawn)


@asynccontextmanager
async def replay_of(
    events: Sequence[AnyEvent],
    *,
    size: tuple[int, int] = (120, 30),
    at: int = 0,
    speed: float = 1.0,
    config: Path | None = None,
) -> AsyncGenerator[ReplayInHand, None]:
    """The desk of a replay that plays from `at` on."""
    pace = ManualPace()
    app = replay_app(Replay(events), at=at, speed=speed, pace=pace, config=config or Path("none.toml"))
    async with app.run_test(size=size) as pilot:
        desk = ReplayInHand(app, pilot, pace)
        await desk.until(lambda: len(app.screen_stack) > 1)
        await pilot.pause()
        yield desk
