"""What the groups of actions of a replay ask of its screen."""

from typing import Protocol

from tui.desk.model.desk import Change
from tui.desk.port import ChatPort, Panes
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.roster import Roster


class ReplayPanes(Panes, Protocol):
    """The panes, whose cursors go to what happens."""

    answers: AnswerPane
    roster: Roster


class ReplayPort(ChatPort, Protocol):
    """The screen of a saved chat."""

    @property
    def panes(self) -> ReplayPanes:
        """What is seen of it."""

    def show(self, change: Change) -> None:
        """Show what changed, and say it."""

    def tick(self) -> None:
        """Bring up to date what changes with time alone."""
