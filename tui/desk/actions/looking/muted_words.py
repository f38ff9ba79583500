"""Words that fold a post: adding one, taking one away."""

from collections.abc import Mapping

from textual.content import Content

from sessions.core.commands import MuteWord, UnmuteWord
from sessions.core.plan.muted import LONGEST, word_problem
from sessions.words import _
from tui.desk.port import DeskPort
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.line import LineDialog
from tui.shell.actions import Handler
from tui.text.outside import outside_line

ADD = "+"


class MutedWordActions:
    """The words of both desks; the plan's are there from the start."""

    def __init__(self, port: DeskPort) -> None:
        self._port = port

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"muted_words": lambda: self._port.start(self._choose)}

    async def _choose(self) -> None:
        if self._port.model.observes:
            self._port.say(_("Only a moderator chooses which words fold a post."))
            return
        words = dict(self._port.model.state.muted)
        choices = [Choice(ADD, Content(_("Add a word …")), ADD)] + [
            Choice(key, Content.assemble(outside_line(word, LONGEST), _("   take it away")), key)
            for key, word in words.items()
        ]
        chosen = await self._port.ask(ChooseDialog(_("Words that fold a post"), choices))
        if chosen == ADD:
            await self._add()
        elif chosen is not None:
            self._port.send(UnmuteWord(id=command_id(), word=words[chosen]))

    async def _add(self) -> None:
        hint = _("Enter adds it · Esc leaves. A plain word, in any case and spelling; several are found in a row.")
        word = await self._port.ask(
            LineDialog(
                _("A word that folds a post"), hint, longest=LONGEST, placeholder=_("follow back"), problem=_problem
            )
        )
        if word is not None:
            self._port.send(MuteWord(id=command_id(), word=word))


def _problem(word: str) -> str:
    problem = word_problem(word)
    return _("A word that folds posts {problem}.").format(problem=problem) if problem else ""
