"""What any group of actions may ask of its screen. The groups of one kind of screen extend it by what that one has."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from textual.screen import ModalScreen

from tui.shell.requests import Result, ScreenRequested

Answered = TypeVar("Answered")


class Work(Protocol):
    """Something that was begun and goes on beside all else."""

    async def wait(self) -> Any:
        """Return once it is over."""


class ScreenPort(Protocol):
    """A screen as its groups of actions see it, so that a test can stand in for one."""

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Answer in the status line, for a while or (`stays`) until the next action."""

    def report(self, about: str, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Say what became of something that took its time: nothing takes it away unheard."""

    def key_of(self, name: str) -> str:
        """What is printed on the key of this action."""

    def start(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        group: str = "dialog",
        name: str = "",
        description: str = "a dialog",
    ) -> Work:
        """Begin something that waits: for a dialog, the hub, a file."""

    async def ask(self, dialog: ModalScreen[Answered], /) -> Answered | None:
        """Show a dialog and wait for its result."""

    async def copy(self, text: str, what: str) -> str:
        """Put a text on the clipboard; the sentence that says so, empty where the text was shown instead."""

    def request(self, screen: ScreenRequested) -> None:
        """Ask for another screen."""

    def leave(self, result: Result = None) -> None:
        """Leave this one."""
