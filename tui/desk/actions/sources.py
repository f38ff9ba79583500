"""How the sources fare, and asking before reading them costs more than was meant."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from msgspec import UnsetType
from textual.content import Content

from sessions.core.commands import AllowSpending, Command
from sessions.hub.client.errors import HubRefused, HubUnreachable
from sessions.hub.protocol.session_view import SessionView
from sessions.hub.protocol.sources import TriedSources
from sessions.networks.spending import ASKS, Spending, dollars, spending
from sessions.words import _
from tui.desk.dialogs.show_sources import SourcesDialog
from tui.desk.port import ChatPort
from tui.desk.sending.commands import command_id
from tui.dialogs.ask import AskDialog
from tui.shell.actions import Handler
from tui.text.sources import cost_words, long_name, next_ceiling, paid

STANDS_STILL = 30.0
"""Seconds for which look-ups may keep reading from going on before the driver is asked: longer than one takes."""


class SourcesLink(Protocol):
    """The hub as far as it tells of its sources. Both raise `HubRefused`, `HubUnreachable`."""

    async def session(self) -> SessionView:
        """How the session stands."""

    async def try_sources(self) -> TriedSources:
        """Have the sources that failed tried again now."""


class SourceActions:
    """The actions "Where posts come from" and "Try the sources again now". The one who asks the questions says what
    reading may cost.

    `posting_words` gives what there is to say of posting from here; `send` sends that more may be spent, None where
    nothing can be changed; `link` leads to the hub that reads the sources, None where none does.
    """

    def __init__(
        self,
        port: ChatPort,
        posting_words: Callable[[], str],
        send: Callable[[Command], object] | None,
        link: SourcesLink | None = None,
    ) -> None:
        self._port = port
        self._posting_words = posting_words
        self._send = send
        self._link = link
        self._asked_at: set[tuple[str, float, bool]] = set()
        self._told_at: set[tuple[str, float, bool]] = set()
        self._still_since: dict[str, float] = {}

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"sources": self.show} if self._link is None else {"sources": self.show, "try_sources": self.try_again}

    def show(self) -> None:
        """Show each source's state, its last post, and what it cost."""
        self._port.start(self._show)

    def try_again(self) -> None:
        """Have the sources that failed tried again now."""
        if self._port.model.observes:
            self._port.say(_("You are looking on: only moderators can do that."))
        elif self._link is not None:
            self._port.start(
                partial(self._try_again, self._link), group="sources", description=_("trying sources again")
            )

    async def _try_again(self, link: SourcesLink) -> None:
        try:
            tried = await link.try_sources()
        except (HubRefused, HubUnreachable) as error:
            self._port.say(str(error), warn=True)
            return
        called = partial(long_name, self._port.model.state)
        now, later = (", ".join(map(called, names)) for names in (tried.now, tried.later))
        words = [_("Trying again now: {now}.").format(now=now)] if now else []
        if later:
            when = self._port.key_of("sources")
            words.append(
                _("Not before its network lets us: {later}; {when} shows when.").format(later=later, when=when)
            )
        self._port.say(" ".join(words) or _("No source waits to be tried again."))

    async def _next_tries(self, link: SourcesLink) -> Mapping[str, int]:
        try:
            sources = (await link.session()).sources
        except (HubRefused, HubUnreachable):  # the desk says that the hub is away
            return {}
        return {one.name: one.next_try for one in sources if not isinstance(one.next_try, UnsetType)}

    async def _show(self) -> None:
        state = self._port.model.state
        source = next((source for source, __ in paid(state)), None)
        may = (
            self._send is not None
            and source is not None
            and self._port.model.holds("driver")
            and state.closed_at is None
        )
        ceiling = next_ceiling(state, source) if may and source is not None else 0.0
        raised = _("Allow {dollars}").format(dollars=dollars(round(ceiling * 1000))) if ceiling else ""
        link = None if state.closed_at is not None else self._link
        dialog = SourcesDialog(
            self._port.model,
            self._posting_words(),
            raised,
            learn=None if link is None else partial(self._next_tries, link),
            may_try=link is not None and not self._port.model.observes,
        )
        chosen = await self._port.ask(dialog)
        if chosen == "try":
            self.try_again()
        elif chosen == "raise" and source is not None:
            self._allow(source, ceiling)

    def _allow(self, source: str, ceiling: float) -> None:
        if self._send is not None:
            self._send(AllowSpending(id=command_id(), source=source, ceiling=ceiling))

    def tick(self) -> None:
        """Ask for more where what reading costs, which grows with time, comes near what it may, or where it has stood
        still for what is put aside: the desk that did may be gone."""
        model = self._port.model
        if model.observes or model.live_after is None or model.state.closed_at is not None:
            return
        for source, found in paid(model.state):
            stands_still = self._stands_still(source, found)
            if found.ceiling and (found.asks or stands_still):
                self._near_ceiling(source, (source, model.state.ceiling(source), found.asks))

    def _stands_still(self, source: str, found: Spending) -> bool:
        """Whether nothing was read for longer than a look-up takes, because of what look-ups put aside."""
        known = self._port.model.state.sources.get(source)
        if not found.reserved or known is None or not known.status.startswith(ASKS):
            self._still_since.pop(source, None)
            return False
        now = self._port.pace.now()
        return now - self._still_since.setdefault(source, now) >= STANDS_STILL

    def _near_ceiling(self, source: str, at: tuple[str, float, bool]) -> None:
        """Ask or tell of it, once at each `at`: the source, its ceiling, and whether what is spent asks."""
        state, driver = self._port.model.state, self._port.model.state.roles["driver"]
        if not self._port.model.holds("driver"):
            if at not in self._told_at:
                self._told_at.add(at)
                words = next(cost_words(one, found) for one, found in paid(state) if one == source)
                self._port.tell(
                    _("{words} {who} is asked whether to go on.").format(
                        words=words, who=driver or _("Whoever asks the questions")
                    )
                )
        elif at not in self._asked_at and self._port.is_active:  # nothing comes between a dialog and its keys
            self._asked_at.add(at)
            self._port.start(
                partial(self._ask_for_more, source, at), group="spending", description=_("asking what reading may cost")
            )

    async def _ask_for_more(self, source: str, at: tuple[str, float, bool]) -> None:
        state = self._port.model.state
        if not self._port.is_active:  # a dialog was opened in the same moment, over which it would stand
            self._asked_at.discard(at)
            return
        spent = next(found for one, found in paid(state) if one == source)
        ceiling = next_ceiling(state, source)
        more = dollars(round(ceiling * 1000))
        words = Content(
            _("{cost} Go on to {more}?\nUntil you say yes, nothing more is read from there.").format(
                cost=cost_words(source, spent), more=more
            )
        )
        hint = _("Enter yes · Esc no. Later: {sources_key}").format(sources_key=self._port.key_of("sources"))
        dialog = AskDialog(
            _("Go on reading?"),
            [words],
            self._port.pace,
            yes=_("Go on to {more}").format(more=more),
            no=_("No"),
            hint=hint,
            unasked=True,
        )
        if await self._port.ask(dialog):
            if spending(self._port.model.state, source).ceiling == spent.ceiling:  # nobody allowed more meanwhile
                self._allow(source, ceiling)
        else:
            self._port.say(
                _("Reading stops before {dollars} are spent. {sources_key} allows more.").format(
                    dollars=dollars(spent.ceiling), sources_key=self._port.key_of("sources")
                ),
                warn=True,
            )
