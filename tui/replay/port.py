"""What the groups of actions of a replay ask of its screen."""

from typing import Protocol

from tui.desk.model.desk import Change
from tui.desk.port import ChatPort


class ReplayPort(ChatPort, Protocol):
    """The screen of a saved chat."""

    def show(self, change: Change) -> None:
        """Show what changed, and say it."""

    def tick(self) -> None:
        """Bring up to date what changes with time alone."""

    def point(self, person: str | None, post: str | None) -> None:
        """Lead to a person and a post, as far as they are named."""
