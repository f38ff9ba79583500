"""Telling people elsewhere from the desk: a team's channel, a mailing list; shown first, and never twice."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from sessions.core.commands import BeginAnnouncing, FailAnnouncing, FinishAnnouncing, announcement_words
from sessions.core.plan import Plan
from sessions.core.state import Announcement
from sessions.files.errors import LibraryError
from sessions.hub.client.client import Refusal
from sessions.hub.protocol.presence import Claim
from sessions.publishing.announcer import NotTold, Telling, Told, tell_once
from sessions.publishing.announcing import Announcements, NotAnnounced, State, tell_at, told_as, why_not_told
from sessions.publishing.offers import Offer, to_announce
from sessions.publishing.sender import new_key
from sessions.words import _
from tui.desk.actions.publishing.hub_commands import HubCommands
from tui.desk.model.elsewhere.announcing import Announceable, addresses, announceables, stuck
from tui.desk.model.posting import REHEARSAL
from tui.desk.port import DeskPort
from tui.desk.sending.command_queue import Link
from tui.desk.sending.commands import command_id
from tui.dialogs.choose import Choice, ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.actions import Handler
from tui.text.outside import clean_line, outside
from tui.text.wording import clock_time, zone_of
from tui.widgets.hanging import Hanging

if TYPE_CHECKING:
    from tui.desk.dialogs.previews.announce_dialog import ToAnnounce

Addresses = Callable[[], Mapping[str, str]]
"""Gives the secret addresses of this computer by their names; it may block."""

MOST_NAME_CELLS = 24
"""The cells that a name in the list of what can be told may have beside its words."""

NOBODY = _("The plan names nobody to tell: see docs/use/announcing.md.")


class AnnouncingActions:
    """The action "Tell people elsewhere", and when to offer it.

    It reaches the hub over `link`; `refusal_words` puts its refusals into words. What `lunchroom announce` told before
    is noted in the folder `library`.
    """

    def __init__(
        self,
        port: DeskPort,
        link: Link,
        refusal_words: Callable[[Refusal], str],
        secret: Addresses,
        library: Path | None,
    ) -> None:
        self._port = port
        self._hub = HubCommands(link, refusal_words, port.knows_event)
        self._secret = secret
        self._library = None if library is None else Announcements(library)
        self._mine: Mapping[str, str] = {}
        self._noted: Mapping[tuple[str, str], State] = {}
        self._working: list[str] = []
        self._learned = False

    def handlers(self) -> Mapping[str, Handler]:
        """What does the action of this group."""
        return {"announce": self.choose}

    @property
    def _names(self) -> tuple[str, ...]:
        plan = self._port.model.state.plan
        return (plan.announce or ()) if plan is not None else ()

    @property
    def _rehearses(self) -> bool:
        return self._port.model.state.rehearsal

    def tick(self) -> None:
        """Look once, as soon as the plan is known, which of its addresses this computer has."""
        model = self._port.model
        if not self._learned and model.live_after is not None and model.state.seq >= model.live_after:
            self._learned = True
            self._port.start(self.learn, group="addresses", description=_("looking which addresses there are"))

    async def learn(self) -> None:
        """Look which of the plan's addresses this computer has, and what was told there already."""
        if not self._names or self._rehearses or self._port.model.observes:
            return
        try:
            self._mine, self._noted = await asyncio.to_thread(self._looked)
        except (LibraryError, OSError) as error:
            self._port.say(_("What was told elsewhere cannot be read: {error}").format(error=error), warn=True)

    def _looked(self) -> tuple[Mapping[str, str], Mapping[tuple[str, str], State]]:
        secret, state = self._secret(), self._port.model.state
        mine = {name: why_not_told(name, secret[name]) for name in self._names if name in secret}
        if self._library is None or state.plan is None:
            return mine, {}
        whats = [told_as(state, one.subject) for one in announceables(state)]
        plan = state.plan
        found = {(what, name): self._library.state(plan, what, name) for what in whats for name in mine}
        return mine, {key: known for key, known in found.items() if known is not None}

    # What to tell

    def choose(self) -> None:
        """Choose what to tell: that the chat comes, a question, where the recap is."""
        if not self._names:
            self._port.say(NOBODY)
        elif self._port.model.state.closed_at is not None:
            self._port.say(_("It is closed: `lunchroom announce PLAN --recap ADDRESS` tells of the recap."))
        elif self._port.model.observes:
            self._port.say(_("Who looks on tells nobody."))
        else:
            self._port.start(self._choose)

    async def _choose(self) -> None:
        found = announceables(self._port.model.state)
        offered = [one.subject for one in self.offered()]
        chosen = next((place for place, one in enumerate(found) if one.subject in offered), 0)
        title = _("Tell people elsewhere what?") + (f"  ({REHEARSAL})" if self._rehearses else "")
        names = [outside(clean_line(one.name), "bold") for one in found]
        room = min(max(name.cell_length for name in names), MOST_NAME_CELLS) + 2
        choices = [
            Choice(str(place), Hanging(name, outside(clean_line(one.text)), room, between=": "), one.name)
            for place, (name, one) in enumerate(zip(names, found, strict=True))
        ]
        picked = await self._port.ask(ChooseDialog(title, choices, chosen=str(chosen)))
        if picked is not None:
            await self.announce(found[int(picked)].subject)

    async def announce(self, subject: str) -> None:
        """Show the words of this subject and who is told them, and tell them where that is wanted."""
        from tui.desk.dialogs.previews.announce_dialog import AnnounceDialog

        await self.learn()
        model = self._port.model
        what = next((one for one in announceables(model.state) if one.subject == subject), None)
        if what is None:
            return
        left = stuck(model.state, subject, model.me, self._working)
        if left is not None:
            await self._free(left)
            return
        known = addresses(model.state, subject, self._mine, self._noted, model.me)
        key = f"announce {subject}"  # words: a key
        text = model.drafts.posts.get(key, what.text)
        keep = partial(self._keep, key, what.text)
        dialog = AnnounceDialog(what, text, known, self._port.pace, keep=keep, rehearses=self._rehearses)
        dialog.claim = Claim("announce", subject)
        wanted = await self._port.ask(dialog)
        if wanted is None:
            return
        if not wanted.to:
            self._port.say(await self._port.copy(wanted.text, _("the words")) or _("Copied the words."))
            return
        model.drafts.posts.pop(key, None)
        telling = partial(self._tell, what, wanted)
        self._port.start(telling, group="posting", description=_("telling people elsewhere"))

    def _keep(self, key: str, known: str, words: str) -> None:
        """Keep words that were changed until they are told."""
        drafts = self._port.model.drafts.posts
        if words.strip() in ("", known.strip()):
            drafts.pop(key, None)
        else:
            drafts[key] = words

    async def _free(self, left: Announcement) -> None:
        """Ask what became of what somebody began to tell and could not finish."""
        begun, state = left.begun, self._port.model.state
        at = clock_time(begun.at, zone_of(state.plan))
        title = Content.assemble(
            outside(clean_line(begun.by or _("Somebody"))), _(" began at {at} to tell ").format(at=at),
            outside(clean_line(begun.to)),
            _(" {what}. Look there: is it there?").format(what=announcement_words(state, begun.subject, _)),
        )  # fmt: skip
        choices = [
            Choice("leave", Content(_("Leave it so")), "leave"),
            Choice("there", Content(_("It is there")), "yes"),
            Choice("not", Content(_("It is not there: tell it anew")), "not"),
        ]
        picked = await self._port.ask(ChooseDialog(title, choices))
        if picked == "there" and await self._port.sent(FinishAnnouncing(id=command_id(), key=begun.key)):
            self._port.say(_("Noted: {to} is told.").format(to=clean_line(begun.to)))
        elif picked == "not":
            reason = "it was not there"  # words: stored
            if await self._port.sent(FailAnnouncing(id=command_id(), key=begun.key, reason=reason)):
                await self.announce(begun.subject)

    # Telling

    async def _tell(self, what: Announceable, wanted: "ToAnnounce") -> None:
        """Tell all of them side by side, and how far it is; words that did not get everywhere are kept."""
        name, told = clean_line(what.name), dict.fromkeys(wanted.to, "…")
        secret = {} if self._rehearses else dict(await asyncio.to_thread(self._secret))
        self._report(name, told)
        outcomes = await asyncio.gather(*(self._tell_at(what, wanted.text, to, secret, told) for to in wanted.to))
        warn = not all(isinstance(outcome, Told) and outcome.noted for outcome in outcomes)
        self._report(name, told, warn=warn)
        if not all(isinstance(outcome, Told) for outcome in outcomes):
            self._keep(f"announce {what.subject}", what.text, wanted.text)  # words: a key

    async def _tell_at(
        self, what: Announceable, text: str, to: str, secret: Mapping[str, str], told: dict[str, str]
    ) -> Telling:
        state = self._port.model.state
        begin = BeginAnnouncing(id=command_id(), key=new_key(), to=to, subject=what.subject, text=text)
        self._working.append(begin.key)
        try:
            if self._rehearses:
                done = await self._port.sent(begin)
                outcome: Telling = Told() if done else NotTold(_("the chat did not take it"))
            else:
                again = self._noted.get((told_as(state, what.subject), to)) == "begun"
                send = partial(self._send, state.plan or Plan(), told_as(state, what.subject), to, secret, text, again)
                outcome = await tell_once(self._hub, begin, send)
        finally:
            self._working.remove(begin.key)
        told[to] = _outcome_words(outcome, rehearsed=self._rehearses)
        return outcome

    def _send(self, plan: Plan, what: str, to: str, secret: Mapping[str, str], text: str, again: bool) -> None:
        """Tell it. Blocks, and raises a `LunchroomError` where it is not told."""
        if to not in secret:
            raise NotAnnounced(to, "this computer has no address for it any more")  # words: stored
        if self._library is None:
            tell_at(to, secret[to], plan.title, text)
        else:
            self._library.tell(plan, what, to, secret[to], text, again=again)

    def _report(self, name: str, told: Mapping[str, str], *, warn: bool = False) -> None:
        words = " · ".join(f"{to} {how}" for to, how in told.items())
        self._port.report(
            f"announce {name}",  # words: a key
            f"{name}: {words}",
            warn=warn,
            stays=warn or "…" in told.values(),
        )

    async def may_leave(self) -> bool:
        """Whether nothing is on its way that leaving would cut off, or this moderator wants to leave all the same."""
        if not self._working:
            return True
        words = Content(_("People are being told. If you leave now, nobody knows whether it got there."))
        return await self._port.ask(ConfirmDialog(_("Leave?"), words, _("Leave"), _("Wait"))) is True

    # Offers

    def offered(self) -> tuple[Offer, ...]:
        """What is offered to be told now, where this computer has an address for it."""
        model, names = self._port.model, self._names
        if not names or model.observes:
            return ()
        usable = [name for name in names if self._rehearses or self._mine.get(name) == ""]
        free = [name for name in usable if (self._told_before(), name) not in self._noted]
        return to_announce(model.state, model.now(), free, self._port.panes.notice.refused_prompts)

    def _told_before(self) -> str:
        """What a command may have told before the chat began."""
        state = self._port.model.state
        return "reminder" if not state.openings else told_as(state, state.open or "")


def _outcome_words(outcome: Telling, *, rehearsed: bool) -> str:
    if isinstance(outcome, Told):
        if rehearsed:
            return _("rehearsed, nothing was sent")
        return _("is told") if outcome.noted else _("is told (the chat could not be told so)")
    if isinstance(outcome, NotTold):
        return _("not told: {reason}").format(reason=clean_line(outcome.reason).rstrip("."))
    return _("not known: {reason}").format(reason=clean_line(outcome.reason).rstrip("."))
