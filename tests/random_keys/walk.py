"""So many random moves at a desk, looked at again and again."""

import logging
import random
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.app import ScreenStackError

from tests.random_keys.chat import Chat, a_chat
from tests.random_keys.fence import fenced
from tests.random_keys.hand import Hand, has_left
from tests.random_keys.judging import MOST_MEGABYTES, Errors, Judge, megabytes
from tests.random_keys.painted import painted_terminals
from tests.tui.desks import desk_on
from tui.shell.app import LunchroomApp

AFTER_THE_END = 60
"""Moves at a chat that was ended, before another one begins."""

TOLD = 40
"""How many of the last moves a failure tells."""


class Fell(AssertionError):
    """A walk ended where something did not hold."""


class Walk:
    """`steps` moves made of `seed`, looked at after each `every`; all files lie in `folder`.

    `resizes` is the share of the moves that change the window, beside about 100 of all others.
    """

    def __init__(self, folder: Path, steps: int, seed: int, *, every: int = 100, resizes: float = 3) -> None:
        self._folder = folder
        self._steps = steps
        self._seed = seed
        self._every = every
        self._resizes = resizes
        self._dice = random.Random(seed)
        self._errors = Errors()
        self._last: deque[str] = deque(maxlen=TOLD)
        self._at_first: float | None = None
        self.done = 0
        self.desks = 0
        self.chats = 0
        self.looks = 0

    async def go(self, tell: Callable[[str], object] = lambda _words: None) -> None:
        """Make the moves; raises `Fell`."""
        logging.getLogger().addHandler(self._errors)
        try:
            with fenced(self._folder), painted_terminals():
                while self.done < self._steps:
                    self.chats += 1
                    folder = self._folder / f"chat-{self.chats}"
                    folder.mkdir()
                    async with a_chat(folder, self._dice) as chat:
                        await self._until_its_end(chat, tell)
        except (Exception, ExceptionGroup) as error:
            moves = "\n".join(self._last)
            raise Fell(f"seed {self._seed}, step {self.done}: {error}\nThe last moves:\n{moves}") from error
        finally:
            logging.getLogger().removeHandler(self._errors)

    async def _until_its_end(self, chat: Chat, tell: Callable[[str], object]) -> None:
        ended_at: int | None = None
        while self.done < self._steps:
            self.desks += 1
            config = self._folder / "config" / "config.toml"
            size = self._dice.choice(((80, 24), (120, 36), (160, 48)))
            clock = chat.time.desk_clock()
            earlier = chat.live.file.path.parent
            async with desk_on(chat.live, size=size, config=config, clock=clock, earlier=earlier) as desk:
                hand = Hand(desk, chat, self._dice, resizes=self._resizes)
                judge = Judge(desk, chat, hand, self._errors)
                while self.done < self._steps and not has_left(desk.app):
                    self.done += 1
                    with self._unless_left(desk.app):
                        self._last.append(f"{self.done}: {await hand.move()}")
                    closed = chat.live.session.durable.closed_at is not None
                    ended_at = (ended_at or self.done) if closed else None
                    over = ended_at is not None and self.done - ended_at >= AFTER_THE_END
                    if self.done % self._every == 0 or self.done == self._steps or over:
                        self.looks += 1
                        with self._unless_left(desk.app):
                            await judge.look()
                        self._memory()
                        tell(f"{self.done} moves, {chat.live.session.durable.seq} events, {megabytes():.0f} MB")
                    if over:
                        return

    @contextmanager
    def _unless_left(self, app: LunchroomApp) -> Iterator[None]:
        """Bear that there is no screen any more where the desk was left meanwhile."""
        try:
            yield
        except (ScreenStackError, StopIteration, RuntimeError):
            if not has_left(app) or app._exception is not None:
                raise

    def _memory(self) -> None:
        used = megabytes()
        self._at_first = used if self._at_first is None else self._at_first
        assert used - self._at_first < MOST_MEGABYTES, f"{used:.0f} MB, at first {self._at_first:.0f}"
