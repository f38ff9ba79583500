"""Finding one's way through the panes, at a live desk and in a replay."""

from collections.abc import Mapping

from textual.content import Content

from sessions.core.plan.labels import label_key, question_name
from tui.desk.port import ChatPort
from tui.dialogs.choose import Choice, ChooseDialog
from tui.shell.actions import Handler
from tui.text.outside import outside_line
from tui.widgets.answers.pane_filter import PaneFilter

FILTER_WORDS = {
    "all": "All posts",
    "unfiled": "No question yet",
    "guesses": "Guesses (maybe Q3)",
    "starred": "Starred",
    "newcomers": "By newcomers",
}


class NavigationActions:
    """Choosing which posts are shown, finding words in them, and going from pane to pane."""

    def __init__(self, port: ChatPort) -> None:
        self._port = port

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        panes = self._port.panes
        return {
            "filter": self.choose_filter,
            "find": panes.open_find,
            "newest": panes.go_to_newest,
            "next_pane": lambda: panes.cycle(1),
            "previous_pane": lambda: panes.cycle(-1),
        }

    def choose_filter(self) -> None:
        """Choose which posts are shown."""
        self._port.start(self._choose_filter)

    async def _choose_filter(self) -> None:
        state = self._port.model.state
        filters = {"all": PaneFilter("all"), "unfiled": PaneFilter("unfiled"), "guesses": PaneFilter("guesses"),
                   "starred": PaneFilter("starred"), "newcomers": PaneFilter("newcomers")}  # fmt: skip
        choices = [Choice(name, Content(FILTER_WORDS[name]), name) for name in filters]
        room = max([4, *(1 + len(question_name(one.label)) for one in state.questions.values())])
        for question in state.order:
            known = state.questions[question]
            words = Content.assemble((f"{question_name(known.label):<{room}}", "bold"), outside_line(known.text, 58))
            choices.append(Choice(question, words, label_key(known.label)))
        chosen = await self._port.ask(ChooseDialog("Which posts?", choices))
        if chosen is not None:
            self._port.panes.show_answers(filters.get(chosen) or PaneFilter("question", chosen))
