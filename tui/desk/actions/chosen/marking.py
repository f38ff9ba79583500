"""Marking posts, so that what is done next is done to all of them."""

from collections.abc import Mapping

from sessions.core.commands import MOST_ACTS
from sessions.words import _
from tui.desk.actions.pointed import post_pointed
from tui.desk.port import ChatPort
from tui.shell.actions import Handler
from tui.widgets.answers.answer_pane import AnswerPane


class MarkingActions:
    """Marks posts in the pane of `answers`; those who look on mark none."""

    def __init__(self, port: ChatPort, answers: AnswerPane) -> None:
        self._port = port
        self._answers = answers
        answers.most_chosen = 0 if port.model.observes else MOST_ACTS

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"mark": self.mark}

    def mark(self) -> None:
        """Mark the post under the cursor, or take its mark away."""
        if not self._answers.most_chosen:
            self._port.say(_("You are looking on: only moderators can do that."))
            return
        post = post_pointed(self._port)
        if post is not None:
            self._answers.toggle_chosen(post)
