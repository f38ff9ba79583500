"""A screen as groups of actions see it, without an app: it writes down what it is asked, and a test answers dialogs."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from textual.screen import ModalScreen

from tui.shell.requests import Result, ScreenRequested

Answered = TypeVar("Answered")


@dataclass
class Started:
    """Work that was begun."""

    task: asyncio.Task[None]

    async def wait(self) -> None:
        """Return once it is over; what fails in it fails here."""
        await self.task


@dataclass
class ScreenStandIn:
    """Answers the dialogs with `answers` in their order; an answer that is missing is a dialog nobody expected."""

    answers: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    dialogs: list[ModalScreen[Any]] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    requested: list[ScreenRequested] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    work: list[Started] = field(default_factory=list)

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        (self.warned if warn else self.said).append(words)

    def report(self, about: str, words: str, *, warn: bool = False, stays: bool = False) -> None:
        self.say(words, warn=warn, stays=stays)

    def key_of(self, name: str) -> str:
        return f"<{name}>"

    def start(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        group: str = "dialog",
        name: str = "",
        description: str = "a dialog",
    ) -> Started:
        self.work.append(Started(asyncio.create_task(work())))
        return self.work[-1]

    async def ask(self, dialog: ModalScreen[Answered], /) -> Answered | None:
        self.dialogs.append(dialog)
        answer: Answered | None = self.answers.pop(0)
        return answer

    async def copy(self, text: str, what: str) -> str:
        self.copied.append(text)
        return f"Copied {what}."

    def request(self, screen: ScreenRequested) -> None:
        self.requested.append(screen)

    def leave(self, result: Result = None) -> None:
        self.results.append(result)

    async def finish(self) -> None:
        """Wait until all is over that was begun, and all dialogs have had their answers."""
        for started in self.work:
            await started.wait()
        assert not self.answers, "a dialog was expected that never came"
