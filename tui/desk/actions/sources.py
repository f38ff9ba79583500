"""How the sources fare, and asking before reading them costs more than was meant."""

from collections.abc import Callable, Mapping
from functools import partial

from textual.content import Content

from sessions.core.commands import AllowSpending, Command
from sessions.networks.spending import dollars, spending
from tui.desk.commands import command_id
from tui.desk.dialogs.show_sources import SourcesDialog
from tui.desk.port import ChatPort
from tui.dialogs.ask import AskDialog
from tui.shell.actions import Handler
from tui.text.sources import cost_words, next_ceiling, paid


class SourceActions:
    """The action "Where posts come from". The one who asks the questions says what reading may cost.

    `posting_words` gives what there is to say of posting from here; `send` sends that more may be spent, None where
    nothing can be changed.
    """

    def __init__(
        self, port: ChatPort, posting_words: Callable[[], str], send: Callable[[Command], object] | None
    ) -> None:
        self._port = port
        self._posting_words = posting_words
        self._send = send
        self._asked_at: set[tuple[str, float]] = set()
        self._told_at: set[tuple[str, float]] = set()

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"sources": self.show}

    def show(self) -> None:
        """Show each source's state, its last post, and what it cost."""
        self._port.start(self._show)

    async def _show(self) -> None:
        state = self._port.model.state
        source = next((source for source, _ in paid(state)), None)
        may = (
            self._send is not None
            and source is not None
            and self._port.model.holds("driver")
            and state.closed_at is None
        )
        ceiling = next_ceiling(state, source) if may and source is not None else 0.0
        raised = f"Allow {dollars(round(ceiling * 1000))}" if ceiling else ""
        allowed = await self._port.ask(SourcesDialog(self._port.model, self._posting_words(), raised))
        if allowed and source is not None:
            self._allow(source, ceiling)

    def _allow(self, source: str, ceiling: float) -> None:
        if self._send is not None:
            self._send(AllowSpending(id=command_id(), source=source, ceiling=ceiling))

    def tick(self) -> None:
        """Ask for more where what reading costs, which grows with time, comes near what it may."""
        model = self._port.model
        if model.observes or model.live_after is None or model.state.closed_at is not None:
            return
        for source, found in paid(model.state):
            if found.asks and found.ceiling:
                self._near_ceiling(source)

    def _near_ceiling(self, source: str) -> None:
        state, driver = self._port.model.state, self._port.model.state.roles["driver"]
        at = (source, state.ceiling(source))
        if not self._port.model.holds("driver"):
            if at not in self._told_at:
                self._told_at.add(at)
                words = next(cost_words(one, found) for one, found in paid(state) if one == source)
                self._port.tell(f"{words} {driver or 'Whoever asks the questions'} is asked whether to go on.")
        elif at not in self._asked_at and self._port.is_active:  # nothing comes between a dialog and its keys
            self._asked_at.add(at)
            self._port.start(
                partial(self._ask_for_more, source), group="spending", description="asking what reading may cost"
            )

    async def _ask_for_more(self, source: str) -> None:
        state = self._port.model.state
        spent = next(found for one, found in paid(state) if one == source)
        ceiling = next_ceiling(state, source)
        more = dollars(round(ceiling * 1000))
        words = Content(
            f"{cost_words(source, spent)} Go on to {more}?\nUntil you say yes, nothing more is read from there."
        )
        hint = f"Enter yes · Esc no. Later: {self._port.key_of('sources')}"
        dialog = AskDialog(
            "Go on reading?", [words], self._port.pace, yes=f"Go on to {more}", no="No", hint=hint, unasked=True
        )
        if await self._port.ask(dialog):
            if spending(self._port.model.state, source).ceiling == spent.ceiling:  # nobody allowed more meanwhile
                self._allow(source, ceiling)
        else:
            self._port.say(
                f"Reading stops before {dollars(spent.ceiling)} are spent. {self._port.key_of('sources')} allows more.",
                warn=True,
            )
