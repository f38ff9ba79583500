"""How the sources fare, and asking before reading them costs more than was meant."""

from typing import Any

from textual.content import Content

from sessions.core.commands import AllowSpending
from sessions.networks.spending import dollars, spending
from tui.desk.command_queue import Link
from tui.desk.core import DeskCore
from tui.desk.dialogs.show_sources import SourcesDialog
from tui.desk.model.desk import DeskModel
from tui.desk.sending import command_id
from tui.dialogs.ask import AskDialog
from tui.text.sources import cost_words, next_ceiling, paid
from tui.widgets.pace import Pace


class Sourcing(DeskCore):
    """The action "Where posts come from". The one who asks the questions says what reading may cost."""

    def __init__(self, client: Link, model: DeskModel, pace: Pace, **options: Any) -> None:
        super().__init__(client, model, pace, **options)
        self._asked_at: set[tuple[str, float]] = set()
        self._told_at: set[tuple[str, float]] = set()

    def do_sources(self) -> None:
        """Show each source's state, its last post, and what it cost."""
        self.run_dialog(self._sources)

    async def _sources(self) -> None:
        state = self.model.state
        source = next((source for source, _ in paid(state)), None)
        may = source is not None and self.model.holds("driver") and state.closed_at is None
        ceiling = next_ceiling(state, source) if may and source is not None else 0.0
        raised = f"Allow {dollars(round(ceiling * 1000))}" if ceiling else ""
        allowed = await self.app.push_screen_wait(SourcesDialog(self.model, self.posting_words(), raised))
        if allowed and source is not None:
            self._allow(source, ceiling)

    def posting_words(self) -> str:
        """What there is to say of posting from this desk; given by the posting actions."""
        raise NotImplementedError

    def _allow(self, source: str, ceiling: float) -> None:
        self.send(AllowSpending(id=command_id(), source=source, ceiling=ceiling))

    def tick(self) -> None:
        """As the desk does; what reading costs grows with time."""
        super().tick()
        model = self.model
        if model.observes or model.live_after is None or model.state.closed_at is not None:
            return
        for source, found in paid(model.state):
            if found.asks and found.ceiling:
                self._near_ceiling(source)

    def _near_ceiling(self, source: str) -> None:
        state, driver = self.model.state, self.model.state.roles["driver"]
        at = (source, state.ceiling(source))
        if not self.model.holds("driver"):
            if at not in self._told_at:
                self._told_at.add(at)
                words = next(cost_words(one, found) for one, found in paid(state) if one == source)
                self.remarks.tell(f"{words} {driver or 'Whoever asks the questions'} is asked whether to go on.")
        elif at not in self._asked_at and self.app.screen is self:  # nothing comes between a dialog and its keys
            self._asked_at.add(at)
            self.run_worker(self._ask_for_more(source), description="asking what reading may cost")

    async def _ask_for_more(self, source: str) -> None:
        state = self.model.state
        spent = next(found for one, found in paid(state) if one == source)
        ceiling = next_ceiling(state, source)
        more = dollars(round(ceiling * 1000))
        words = Content(
            f"{cost_words(source, spent)} Go on to {more}?\nUntil you say yes, nothing more is read from there."
        )
        hint = f"Enter yes · Esc no. Later: {self.key_of('sources')}"
        dialog = AskDialog("Go on reading?", words, self.pace, yes=f"Go on to {more}", no="No", hint=hint)
        if await self.app.push_screen_wait(dialog):
            if spending(self.model.state, source).ceiling == spent.ceiling:  # nobody allowed more meanwhile
                self._allow(source, ceiling)
        else:
            self.say(
                f"Reading stops before {dollars(spent.ceiling)} are spent. {self.key_of('sources')} allows more.",
                warn=True,
            )
