"""A desk that follows its session from hub to hub: it asks the others while its hub is away, and can go on itself."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import msgspec

from sessions.core.commands import Command
from sessions.core.errors import LunchroomError
from sessions.core.events import (
    AnyEvent,
    HubTakenOver,
    ModeratorJoined,
    ModeratorLeft,
    PostRedacted,
    SessionClosed,
    UnknownEvent,
)
from sessions.core.redaction.blanking import blanked_events
from sessions.core.terms.claims import Claim, claim_of, may_take_over, to_follow
from sessions.core.terms.histories import Copy, shared_seq, to_go_on_with
from sessions.hub.away.asking import asking
from sessions.hub.client.client import (
    Accepted,
    Beat,
    Ended,
    Events,
    HubClient,
    HubUpdate,
    Offline,
    Online,
    Refusal,
    SavedView,
    Seat,
    Unsaved,
)
from sessions.hub.client.going_on import GoingOn, Reach
from sessions.hub.client.invite import ELSEWHERE
from sessions.hub.client.peers import NotFetched, Peers
from sessions.hub.client.updates import Rewound
from sessions.hub.process.heritage import Heritage, keep_heritage, remove_heritage
from sessions.hub.protocol.takeover import DeputiesView, Deputy, DeputyRequest, Heir, Standing, TermBegun, host_in
from sessions.hub.server.entry.access import digest_of
from sessions.hub.takeover.answering import Answering
from sessions.hub.takeover.own_reading import OwnReading, reach_of
from sessions.hub.takeover.own_way import OwnWay
from sessions.library.copies.copy_keeper import CopyKeeper
from sessions.library.copies.session_copy import stopped_name
from sessions.library.storage.reading import read_events
from sessions.words import _, ngettext

if TYPE_CHECKING:
    from sessions.hub.process.ready import Ready

logger = logging.getLogger(__name__)

SILENT = 10.0
"""Seconds for which a hub has to be silent, or unable to save, until its moderators can go on without it."""

ASK_EVERY = 2.0
"""Seconds between two times that the others are asked while the hub is away."""

_ONLY_THERE = _(
    " What you did last was saved on the computer that is away, and is only there: do it again, a post only if it is"
    " not public yet."
)

_NO_COPY = _("This computer has no copy of the chat to go on with.")

LOOK_AGAIN = 0.25
"""Seconds until a desk that has no copy yet looks again whether it could go on."""

Start = Callable[[Path], "Awaitable[Ready]"]
"""Starts the hub that goes on with a copy; raises `LunchroomError`."""


class DeskSuccession:
    """The `Successor` of a moderator's desk, whose hub's `client` has joined as `seat` of the session `session_id`.

    `keeper` keeps the copy with which `start` goes on; `way` is that to and from other homes, None where there is none.
    `reading` is what this computer could read, None where nobody is told. `keep_way` notes the ticket by which one
    comes back to the hub that is gone over to; it blocks. `silent` and `monotonic` (seconds) are for tests. Use it in
    one event loop, in which `run` runs.
    """

    def __init__(
        self,
        client: HubClient,
        seat: Seat,
        session_id: str,
        *,
        keeper: CopyKeeper,
        start: Start,
        way: OwnWay | None = None,
        reading: OwnReading | None = None,
        keep_way: Callable[[str], None] = lambda _ticket: None,
        silent: float = SILENT,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._seat = seat
        self._id = session_id
        self._keeper = keeper
        self._start = start
        self._way = way
        self._reading = reading
        self._said = DeputyRequest()
        """What the hub was told last."""
        self._keep_way = keep_way
        self._silent = silent
        self._monotonic = monotonic
        self._peers = Peers(asking(seat.token), None if way is None else way.endpoint)
        self._answering = Answering(self.standing, self.hear, lambda: self._events, self._who_may_ask)
        self._view: DeputiesView | None = None
        self._near = not client.invite.ticket
        self._events: list[AnyEvent] = []
        self._takeovers: list[HubTakenOver] = []
        self._online = False
        self._away_since: float | None = None
        self._troubled_since: float | None = None
        self._told = ""
        self._noted = ""
        self._above: tuple[Standing, int] | None = None
        self._rewind: int | None = None
        self._acknowledged = 0
        """The last event of what this moderator did and was told that it is saved."""
        self._heard: Standing | None = None
        self._reached: set[str] | None = None
        """The highest claim that somebody told of, whether or not its hub is reached."""
        self._heading: tuple[Claim, str] | None = None
        """The hub to which this desk went over, whose history it may not have read yet."""
        self._wake = asyncio.Event()
        self._moved = asyncio.Event()
        self._moving = asyncio.Lock()
        self._notify: Callable[[str], None] = lambda _words: None

    # What a desk asks of its link

    async def follow(self) -> AsyncGenerator[HubUpdate, None]:
        """What happens, from the first event on, whichever hub tells it."""
        while True:
            self._moved.clear()
            if self._rewind is not None:
                seq, self._rewind = self._rewind, None
                self._cut(seq)
                yield Rewound(seq)
            async with aclosing(self._client.follow(self._seq)) as updates:
                while (update := await self._next(updates)) is not None:
                    self._note(update)
                    yield update
                    if isinstance(update, Ended):
                        return

    async def _next(self, updates: AsyncGenerator[HubUpdate, None]) -> HubUpdate | None:
        """The next update; None where the desk goes over to another hub, or nothing more comes."""
        coming = asyncio.ensure_future(anext(updates, None))
        moved = asyncio.ensure_future(self._moved.wait())
        try:
            await asyncio.wait([coming, moved], return_when=asyncio.FIRST_COMPLETED)
            if coming.done() and not self._moved.is_set():
                return coming.result()
            return None
        finally:
            moved.cancel()
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)  # what it came to is of no use any more

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        """As the hub's client."""
        answer = await self._client.command(command)
        if isinstance(answer, Accepted):
            self._acknowledged = max(self._acknowledged, answer.seq)
        return answer

    async def saved(self) -> Sequence[SavedView]:
        """As the hub's client."""
        return await self._client.saved()

    async def events(self, session_id: str) -> Sequence[AnyEvent]:
        """As the hub's client."""
        return await self._client.events(session_id)

    def notify_with(self, notify: Callable[[str], None]) -> None:
        """Call `notify`, in the event loop, with a sentence on what the moderator did not do by a key."""
        self._notify = notify

    # How it stands

    @property
    def _seq(self) -> int:
        return self._events[-1].seq if self._events else 0

    @property
    def _claim(self) -> Claim:
        return claim_of(self._takeovers)

    @property
    def _ready(self) -> bool:
        place = self._keeper.place
        return may_take_over(self._seat.scope, copied=place is not None and place.exists())

    def now(self) -> GoingOn:
        """What can be done now."""
        deputies = () if self._view is None else self._view.deputies
        there = None if self._online else self._reached
        others = tuple(
            one.name for one in deputies if one.name != self._seat.name and (there is None or one.name in there)
        )
        if self._above is not None:
            standing, shared = self._above
            return GoingOn("go_over", by=standing.by, only_here=len(self._only_here(shared)), others=others)
        since = [at for at in (self._away_since, self._troubled_since) if at is not None]
        seconds = self._monotonic() - min(since) if since else 0.0
        if since and seconds >= self._silent and self._ready:
            now = GoingOn("take_over", seconds=seconds, answers=self._online, others=others, ready=True)
        else:
            now = GoingOn("none", seconds=seconds, others=others, ready=self._ready and self._view is not None)
        reach = self._reach()
        theirs = tuple(reach[name] for name in others if name in reach)
        return msgspec.structs.replace(now, own=reach.get(self._seat.name), reach=theirs)

    def _reach(self) -> dict[str, Reach]:
        """What could be read at each moderator's computer who told that."""
        view = self._view
        if view is None:
            return {}
        found = (reach_of(one, view.settings.sources) for one in view.deputies)
        return {one.name: one for one in found if one is not None}

    def standing(self) -> Standing:
        """What this desk tells the others: which hub it follows, and how far its copy goes."""
        claim, invite = self._claim, self._client.invite
        told = None if self._view is None else self._view.standing
        return Standing(
            session=self._id,
            term=claim.term,
            key=claim.key,
            seq=self._seq,
            begun=tuple(TermBegun(one.seq, one.term, one.key) for one in self._takeovers),
            by=(self._takeovers[-1].by or "") if self._takeovers else "",
            runs=self._online,
            url="" if invite.ticket else invite.url,
            ticket=invite.ticket or ("" if told is None or not self._online else told.ticket),
        )

    def _who_may_ask(self) -> list[str]:
        return [] if self._view is None else [heir.ask for heir in self._view.seats if heir.scope == "moderator"]

    # Hearing of it

    def _note(self, update: HubUpdate) -> None:
        if isinstance(update, Events):
            self._events += update.events
            self._takeovers += [event for event in update.events if isinstance(event, HubTakenOver)]
            gone = {event.post for event in update.events if isinstance(event, PostRedacted)}
            for seq, blank in blanked_events(self._events, gone).items() if gone else ():
                self._events[seq - 1] = blank
        elif isinstance(update, Beat):
            self._note_trouble(update)
        elif isinstance(update, Online):
            self._online, self._away_since = True, None
            self._told = ""
            self._wake.set()
        elif isinstance(update, Offline):
            self._online = False
            self._away_since = update.since if self._away_since is None else self._away_since
            self._wake.set()

    def _note_trouble(self, beat: Beat) -> None:
        if beat.trouble is None:
            self._troubled_since = None
        elif self._troubled_since is None:
            self._troubled_since = beat.received
        if beat.deputies != self._told or not self._noted:
            self._told = beat.deputies
            self._noted = ""
            self._wake.set()

    def _cut(self, seq: int) -> None:
        self._events = self._events[:seq]
        self._takeovers = [one for one in self._takeovers if one.seq <= seq]

    def hear(self, standing: Standing) -> None:
        """Somebody says who runs the session; the desk goes over where nothing that it shows is lost by that."""
        if host_in(standing.url) is None:
            standing = msgspec.structs.replace(standing, url="")
        claim = Claim(standing.term, standing.key)
        higher = to_follow(self._claim, [claim]) is not None
        higher = higher and (self._heading is None or claim >= self._heading[0])
        known = self._above is not None and claim <= Claim(self._above[0].term, self._above[0].key)
        known = known or (claim, standing.url or standing.ticket) == self._heading
        if standing.session != self._id or not higher or known or not (standing.url or standing.ticket):
            return
        theirs = _takeovers_of(standing)
        if claim_of(theirs) != claim:
            return
        shared = shared_seq(self._takeovers, self._seq, theirs)
        self._heard = standing
        self._above = standing, shared
        self._wake.set()

    def _only_here(self, shared: int) -> list[AnyEvent]:
        """What moderators did that is not in the session as it goes on: posts come again from their networks."""
        passing = (HubTakenOver, ModeratorJoined, ModeratorLeft)
        return [
            event
            for event in self._events[shared:]
            if isinstance(event, UnknownEvent) or (event.by is not None and not isinstance(event, passing))
        ]

    # At work

    async def run(self) -> None:
        """Say where this desk is, and ask the others while the hub is away; to be cancelled."""
        with contextlib.suppress(OSError):  # without it this desk still finds others, and only they not it
            await self._answering.open()
        try:
            while True:
                await self._turn()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(ASK_EVERY):
                        await self._wake.wait()
                self._wake.clear()
        finally:
            await self._answering.aclose()
            await self._peers.aclose()
            if self._events and isinstance(self._events[-1], SessionClosed):
                await asyncio.to_thread(remove_heritage, self._id)

    async def _turn(self) -> None:
        try:
            if self._online and (not self._noted or await self._request() != self._said):
                await self._register()
            elif not self._online and self._view is not None:
                await self._ask()
            if self._above is not None and not self._only_here(self._above[1]):
                await self._go_over()
        except (LunchroomError, OSError) as error:
            logger.warning("%s", error)
        except Exception:  # whatever asking others fails at, the desk goes on
            logger.exception("A defect: this desk does not know where else the chat may run.")

    async def _register(self) -> None:
        """Tell the hub where this desk can be asked, and keep what it tells of how to go on."""
        while True:
            told, way = self._told, self._way
            if not self._ready:
                asyncio.get_running_loop().call_later(LOOK_AGAIN, self._wake.set)
                return
            request = await self._request()
            view = await self._client.deputize(request)
            self._noted, self._said = told or "-", request
            if view is None:
                return
            self._view = view
            self._near = not self._client.invite.ticket
            await self._keep()
            if request.reads is None and await self._request() != request:  # only now it knows what the session reads
                continue
            if way is None or not view.away or way.ticket:
                return
            await way.let_in(self._answering.adopt)

    async def _request(self) -> DeputyRequest:
        """What the hub is to know of this desk."""
        way = self._way
        request = DeputyRequest(self._answering.url, *(("", "") if way is None else (way.ticket, way.key)))
        if self._reading is None or self._view is None:
            return request
        return await self._reading.told(request, self._view.settings.sources)

    async def _keep(self) -> None:
        seat, ask = self._seat, asking(self._seat.token)
        key = self._way.key if self._way is not None else ""
        own = Heir(seat.name, seat.scope, digest_of(seat.token), digest_of(ask), key, here=True)
        heritage = Heritage(seat.name, ask, own, self._view, self._heard, near=self._near)
        await asyncio.to_thread(keep_heritage, self._id, heritage)

    async def _ask(self) -> list[tuple[Deputy, Standing]]:
        """Ask all others who run or could go on."""
        view = self._view
        if view is None:
            return []
        others = [one for one in view.deputies if one.name != self._seat.name]
        if not view.away:
            others = [msgspec.structs.replace(one, ticket="") for one in others]
        answers = await self._peers.tell(others, self.standing())
        self._reached = {peer.name for peer, __ in answers}
        for __, standing in answers:
            self.hear(standing)
        return answers

    async def act(self) -> str:
        """Do what can be done, and tell in words what came of it."""
        try:
            return await self._act()
        except (LunchroomError, OSError) as error:
            logger.warning("%s", error)
            return _("Not all of that could be done: {error}").format(error=error)

    async def _act(self) -> str:
        if self._above is not None:
            only_here, place = len(self._only_here(self._above[1])), self._keeper.place
            aside = None if place is None else stopped_name(place)
            await self._go_over()
            return "" if not only_here else _left_behind(only_here, aside)
        if self.now().can != "take_over":
            if self._away_since is not None and not self._ready:
                return _NO_COPY
            if self._away_since is not None:
                return _("The chat's hub was there a moment ago: wait whether it comes back.")
            return _("The chat's hub answers: there is nothing to take over.")
        return await self._take_over()

    def _continued(self, events: list[AnyEvent], seq: int, claim: Claim) -> list[AnyEvent]:
        """What somebody sent of the history with this claim behind the event `seq`, where it goes on from here.

        None of it where they followed another hub meanwhile, or this desk heard more itself.
        """
        taken = [event for event in events if isinstance(event, HubTakenOver)]
        in_order = all(event.seq == number for number, event in enumerate(events, self._seq + 1))
        return events if seq == self._seq and in_order and claim_of([*self._takeovers, *taken]) == claim else []

    async def _go_over(self) -> None:
        """Follow the hub above this desk's own."""
        async with self._moving:
            if self._above is None:
                return
            (standing, shared), self._above = self._above, None
            unseen = self._seq < self._acknowledged and standing.begun[-1].seq <= self._acknowledged
            transport = None if standing.url else self._peers.transport(standing.ticket)
            if not standing.url and transport is None:
                return
            if shared < self._seq:
                self._rewind = shared
            else:
                self._keeper.again()
            self._heading = Claim(standing.term, standing.key), standing.url or standing.ticket
            await self._moved_to(standing.url, "" if standing.url else standing.ticket, transport)
            if not standing.url:
                await asyncio.to_thread(self._keep_way, standing.ticket)
            self._acknowledged = 0
            only_there = _ONLY_THERE if unseen else ""
            told = _("The chat goes on at another's computer.")
            if standing.by:
                told = _("The chat goes on at {by}'s computer.").format(by=standing.by)
            self._notify(f"{told}{only_there}")

    async def _moved_to(self, url: str, ticket: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._online, self._away_since, self._troubled_since, self._noted = False, None, None, ""
        self._moved.set()  # before the old way is let go, which may take long: nobody follows there any more
        await self._client.move(url or ELSEWHERE, ticket, transport)

    async def _lead(self, copy: Path, url: str) -> None:
        """Follow the hub that was started here, whose claim may be above what was heard while it started, or below."""
        claim = await asyncio.to_thread(_claim_in, copy)
        self._heading = claim, url
        if self._above is not None and Claim(self._above[0].term, self._above[0].key) < claim:
            self._above = None
        await self._moved_to(url, "")

    async def _take_over(self) -> str:
        """Go on with the longest copy that is reached, on this computer."""
        async with self._moving:
            answers = await self._ask()
            if self._above is not None:
                return _("Somebody else was first.")
            own = Copy(self._claim, self._seq)
            copies = {Copy(Claim(one.term, one.key), one.seq): (peer, one) for peer, one in answers}
            best = to_go_on_with(own, copies)
            more: list[AnyEvent] = []
            lacking = ""
            if best != own:
                peer, longer = copies[best]
                if shared_seq(self._takeovers, self._seq, _takeovers_of(longer)) < self._seq:
                    return _("{name} has what came after another takeover: let the chat go on from there.").format(
                        name=peer.name
                    )
                more, lacking = await self._more_of(peer, longer, own.seq)
            await self._keeper.rest(more)
            place = self._keeper.place
            if place is None or self._keeper.trouble:
                self._keeper.again()
                return self._keeper.trouble or _NO_COPY
            try:
                await self._keep()
                ready = await self._start(place)
            except (LunchroomError, OSError) as error:
                self._keeper.again()
                return _("The chat could not be taken over: {error}").format(error=error)
            await self._lead(place, ready.url)
            unseen = self._acknowledged > max(self._seq, more[-1].seq if more else 0)
            self._acknowledged = 0
            return _("You took the chat over: it goes on from this computer.{lacking}{only_there}").format(
                lacking=lacking, only_there=_ONLY_THERE if unseen else ""
            )

    async def _more_of(self, peer: Deputy, longer: Standing, seq: int) -> tuple[list[AnyEvent], str]:
        """What this one has behind the event `seq`, and in words what of it could not be had, empty where all was."""
        try:
            sent = await self._peers.events(peer, seq)
        except NotFetched as error:
            return [], _(" {name} has more of it, which could not be fetched: {error}.").format(
                name=peer.name, error=error
            )
        more = self._continued(sent, seq, Claim(longer.term, longer.key))
        if more and more[-1].seq >= longer.seq:
            return more, ""
        return more, _(
            " {name} has more of it, which could not be fetched: it does not go on from the copy here."
        ).format(name=peer.name)


def _takeovers_of(standing: Standing) -> list[HubTakenOver]:
    return [
        HubTakenOver(seq=one.seq, at=0, by=None, command=None, term=one.term, key=one.key) for one in standing.begun
    ]


def _claim_in(copy: Path) -> Claim:
    """The claim of the hub that began last in a copy."""
    return claim_of([event for event in read_events(copy) if isinstance(event, HubTakenOver)])


def _left_behind(only_here: int, aside: Path | None) -> str:
    """That something is only in the file that is put `aside`, in words."""
    things = ngettext("{n} thing stays only here", "{n} things stay only here", only_here).format(n=only_here)
    where = (
        ""
        if aside is None
        else _(", in {name}; `lunchroom merge` adds it once the chat is over").format(name=aside.name)
    )
    return f"{things}{where}."
