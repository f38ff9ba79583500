"""Who of those present has not answered a question, as a list."""

from collections.abc import Callable

from textual.content import Content

from sessions.words import _
from tui.desk.port import ChatPort
from tui.dialogs.choose import Choice, ChooseDialog
from tui.text.outside import clean_line, outside_line
from tui.widgets.answers.standing import missing_people

CELLS = 58


class NotAnswered:
    """The list; who is chosen in it is shown by `open_card`."""

    def __init__(self, port: ChatPort, open_card: Callable[[str], None]) -> None:
        self._port = port
        self._open_card = open_card

    def show(self) -> None:
        """Show who has not answered the question of which the answers tell."""
        state, question = self._port.model.state, self._port.panes.question
        if question is None or question not in state.questions:
            filter_key = self._port.key_of("filter")
            self._port.say(
                _("No question is open. {filter_key} and a digit shows the posts of one.").format(filter_key=filter_key)
            )
            return
        name, missing = state.questions[question].name, missing_people(state, question)
        if not missing:
            self._port.say(_("Everybody who is here has answered {name}.").format(name=name))
            return
        choices = [
            Choice(one.author.id, outside_line(one.author.shown, CELLS), clean_line(one.author.shown).casefold())
            for one in missing
        ]
        self._port.start(
            lambda: self._ask(
                Content(_("Not yet answered {name}: {missing:,}").format(name=name, missing=len(missing))), choices
            )
        )

    async def _ask(self, title: Content, choices: list[Choice]) -> None:
        chosen = await self._port.ask(ChooseDialog(title, choices))
        if chosen is not None:
            self._open_card(chosen)
