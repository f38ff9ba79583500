"""The live session: the one owner of its state, its log and its file."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol

import msgspec

from sessions.core.clock import is_slow
from sessions.core.commands import Command, Refusal, Refused, decide
from sessions.core.errors import LunchroomError
from sessions.core.events import AnyEvent, Event, PostRedacted, Scope, SessionClosed, encode_event, type_name
from sessions.core.evolve import evolve, fold
from sessions.core.filing import Judge
from sessions.core.posts import Author
from sessions.core.redaction.blanking import blanked_events, still_told
from sessions.files.errors import SaveFailed
from sessions.hub.protocol.presence import AtDesk, PresenceRequest
from sessions.hub.server import rules
from sessions.hub.server.answers import Answers
from sessions.hub.server.clock import HubClock
from sessions.hub.server.committer import Committer, Outcome
from sessions.hub.server.entry.presence import ABSENT, Presence
from sessions.hub.server.entry.whereabouts import Whereabouts
from sessions.hub.server.log import EventLog
from sessions.hub.server.pointing import Pointing
from sessions.hub.server.whole_letters import whole
from sessions.library.storage.closing import Closable, close_chat
from sessions.networks.registry import NETWORKS
from sessions.networks.source import Delivery, Item, NewPost, ResumePoint

logger = logging.getLogger(__name__)

PROBE_EVERY = 1.0
"""Seconds between two tries whether the disk takes something again."""

TICK_EVERY = 1.0
"""Seconds between two looks at who left."""

PIECE = 32
"""Posts of a delivery that are taken in without giving the event loop back: some milliseconds."""

UNSAVED_PIECES = 8
"""Pieces of a delivery on their way to the disk, behind which the next one waits: together they are shown in one go."""


class Store(Closable, Protocol):
    """What the hub needs of a session file. All methods block and raise `SaveFailed`."""

    def commit(self, events: Sequence[AnyEvent | bytes]) -> None:
        """Return once the events are durable."""
        ...


class Defect(LunchroomError):
    """Our own code failed at what was asked for, and nothing of it was done."""

    def __init__(self) -> None:
        super().__init__("The hub has a defect; its log on the host's computer tells more.")


class LiveSession:
    """Decides commands and deliveries upon the head state, and shows the durable one.

    The head state has the pending events folded in, so that two who act at once are decided one after the other;
    everybody outside sees `durable` and `log` only. Where our own code fails at one of them, that one comes to nothing:
    it is logged, and the head state is made anew. `events` are those of the file, `session_opened` first; `newcomer`
    tells whether an author is in no earlier chat, `from_channel` whether in the channel alone, `noted` where they
    teach; `probe` writes something beside the file or raises `SaveFailed`.
    Use it in one event loop, in which `run` runs.
    """

    def __init__(
        self,
        session_id: str,
        store: Store,
        events: Sequence[AnyEvent],
        *,
        clock: HubClock,
        newcomer: Callable[[Author], bool],
        from_channel: Callable[[Author], bool] = lambda _author: False,
        probe: Callable[[], None],
        noted: rules.Notes = lambda _author: None,
        follow: bool = False,
        sources: Sequence[str] = (),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.id = session_id
        self.clock = clock
        self.sources = tuple(sources)
        self.log = EventLog(events)
        self.durable = fold(events)
        clock.not_before(self.durable.at)
        self.presence = Presence(clock.now_ms())
        self._onlookers = Presence(clock.now_ms())
        self._whereabouts = Whereabouts()
        self.pointing = Pointing(clock.now_ms)
        self.trouble: str | None = None
        self.closed = asyncio.Event()
        self._store = store
        self._probe = probe
        self._newcomer = newcomer
        self._from_channel = from_channel
        self._noted = noted
        self._follow = follow
        self._sleep = sleep
        self._saving = asyncio.Event()
        self._troubled = asyncio.Event()
        self._listeners: list[Callable[[Sequence[AnyEvent]], None]] = []
        self._answers = Answers()
        self._unblanked = still_told(self.durable, events)
        self._unblanked_because: SaveFailed | None = None
        self._committer = Committer(self._write, self._committed, self._failed)
        self._fold_head()
        self._saving.set()
        for blank in self._unblanked.values():
            self.log.replace(blank)
        if self._unblanked:
            self._troubled.set()
        if self.durable.closed_at is not None:
            self.closed.set()

    async def run(self) -> None:
        """Save, mend and look after the session until cancelled."""
        self._note_the_night()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._committer.run())
            tasks.create_task(self._mend())
            tasks.create_task(self._tick())

    def listen(self, listener: Callable[[Sequence[AnyEvent]], None]) -> Callable[[], None]:
        """Call `listener` with events that have just become durable, and with none when the trouble changes.

        Returns what ends that.
        """
        self._listeners.append(listener)

        def unlisten() -> None:
            with suppress(ValueError):  # ended twice
                self._listeners.remove(listener)

        return unlisten

    # What others ask for. All return once it is durable and raise `SaveFailed` where it cannot be saved.

    async def command(self, command: Command, by: str) -> int:
        """Do what the moderator `by` asks for and give the seq of its last event; raises `Refused`, `Defect`.

        A command that was answered before gets the first answer again; what changes nothing gives the present seq.
        """
        seq = self._answers.seq(command.id) or self._head.commands.get(command.id)
        if seq is not None and seq <= self.durable.seq:
            return seq
        events: tuple[Event, ...] = ()
        if seq is None:
            try:
                events = self._answered(command, by)
            except Refused:
                await self._refuse_durably(command.id)
                raise
            seq = self._head.seq
            if not events:
                self._answers.note_unchanged(command.id, seq)
        await self._durably(events)
        return seq

    def _answered(self, command: Command, by: str) -> tuple[Event, ...]:
        """What comes of a command; raises `Refused`, as the first time where it was refused before, and `Defect`."""
        before = self._answers.refusal(command, by)
        if before is not None:
            raise Refused.of(before)
        try:
            with self._deciding(f"The command {type_name(command)} ({command.id}) of {by}"):
                return self._decided(command, by)
        except Refused as refused:
            self._answers.note_refused(command, by, refused.refusal)
            raise

    def _decided(self, command: Command, by: str) -> tuple[Event, ...]:
        decided = decide(self._head, command, by=by, at=self.clock.now_ms(), judge=self._judge.judge, networks=NETWORKS)
        if isinstance(decided, Refusal):
            raise Refused.of(decided)
        for event in decided:
            evolve(self._head, event)
        return decided

    async def join(self, name: str, scope: Scope) -> None:
        """Somebody sits down; raises `Refused` once the session is closed, `Defect`.

        That somebody looks on is no event: there may be many, and they change nothing.
        """
        self.need_open()
        self._presence_of(scope).seen(name, self.clock.now_ms())
        if scope == "observer":
            return
        with self._deciding(f"The arrival of {name}"):
            events = rules.arrived(self._head, name, scope, at=self.clock.now_ms())
        await self._durably(events)

    async def deliver(self, source: str, delivery: Delivery) -> None:
        """Take in what a source brings, however long the disk refuses it; nothing once the session is closed.

        What our own code fails at is passed over.
        """
        while self.durable.closed_at is None:
            await self._saving.wait()
            if await self._take_in(source, delivery) is None:
                return

    async def _take_in(self, source: str, delivery: Delivery) -> Outcome:
        """Decide upon what a source brings, piece by piece, and save it; what became of that.

        Between two pieces everybody else has a turn. Behind what cannot be saved nothing is begun, so that the order
        stays; it is known last how the source fares, so that after a stop it goes on before what came to nothing.
        """
        unsaved: deque[asyncio.Future[Outcome]] = deque()
        for first in range(0, len(delivery.items), PIECE):
            if first > 0:
                unsaved.append(self._committer.put(()))
                await asyncio.sleep(0)
            while unsaved and (unsaved[0].done() or len(unsaved) >= UNSAVED_PIECES):
                outcome = await asyncio.shield(unsaved.popleft())
                if outcome is not None:
                    return outcome
            self._take_in_items(source, delivery.items[first : first + PIECE])
        if self._head.closed_at is None:
            with suppress(Defect), self._deciding(f"How {source} fares"):
                fared = whole(msgspec.structs.replace(delivery, items=()))
                self._begin_to_save(rules.fared(self._head, source, fared, at=self.clock.now_ms()))
        return await asyncio.shield(self._committer.put(()))

    def _take_in_items(self, source: str, items: Sequence[Item]) -> None:
        """Decide upon these in one stretch, and begin to save what they change."""
        if self._head.closed_at is not None:  # the end waits for the disk, which may refuse it
            return
        at = self.clock.now_ms()
        for item in map(whole, items):
            post = item.post.id if isinstance(item, NewPost) else item.id
            with suppress(Defect), self._deciding(f"{type(item).__name__} of {post} from {source}"):
                events = rules.delivered(self._head, self._judge, item, at=at, follow=self._follow, noted=self._noted)
                self._begin_to_save(events)

    async def close(self) -> None:
        """End the session by the hub itself."""
        if self._head.closed_at is None:
            closing = SessionClosed(seq=self._head.seq + 1, at=self.clock.now_ms(), by=None, command=None)
            with self._deciding("The end of the chat"):
                evolve(self._head, closing)
            await self._durably([closing])

    # Who is there

    def seen(self, name: str | None, scope: Scope) -> None:
        """Somebody is heard of, None if they have no seat yet; a moderator who had left is back."""
        now = self.clock.now_ms()
        self._presence_of(scope).seen(name, now)
        if name is not None and scope == "moderator" and self._head.closed_at is None:
            with suppress(Defect), self._deciding(f"The return of {name}"):
                self._begin_to_save(rules.arrived(self._head, name, scope, at=now))

    def present(self, name: str, scope: Scope) -> bool:
        """Whether this person has a stream or made a request just now."""
        return self._presence_of(scope).present(name, self.clock.now_ms())

    def empty_for(self) -> int:
        """For how many milliseconds nobody has been at a desk."""
        now = self.clock.now_ms()
        return min(self.presence.empty_for(now), self._onlookers.empty_for(now))

    def onlookers(self) -> tuple[str, ...]:
        """The names of those who look on now."""
        return self._onlookers.here(self.clock.now_ms())

    def absent(self) -> tuple[str, ...]:
        """The moderators who have not left yet, as far as events go, and are not heard of."""
        now = self.clock.now_ms()
        here = (one.name for one in self.durable.moderators.values() if one.here and one.scope == "moderator")
        return tuple(name for name in here if self.presence.gone_for(name, now) >= ABSENT)

    def onlookers_gone_for(self, name: str) -> int:
        """For how many milliseconds somebody who looked on has not been heard of, since the hub runs."""
        return self._onlookers.gone_for(name, self.clock.now_ms())

    def forget(self, name: str, scope: Scope) -> None:
        """Nobody of this scope has this name any more."""
        self._presence_of(scope).forget(name)
        if scope == "moderator":
            self._whereabouts.forget(name)

    def tell_presence(self, name: str, where: PresenceRequest, desk: str) -> int:
        """A moderator tells where they are, at which `desk` of theirs; milliseconds that they have to wait before, 0
        where it is taken."""
        now = self.clock.now_ms()
        wait = self._whereabouts.wait(name, now)
        if wait == 0 and self._whereabouts.tell(name, where, now, desk):
            self.wake()
        return wait

    def others(self, name: str | None, scope: Scope) -> tuple[AtDesk, ...]:
        """The moderators at other desks who told where they are, for one who has a seat; nobody else is told."""
        if name is None or scope == "observer":
            return ()
        return self._whereabouts.seen_by(name, self.clock.now_ms(), self.presence.streams)

    @contextmanager
    def streaming(self, name: str | None, scope: Scope) -> Iterator[None]:
        """Somebody has a stream of events open."""
        presence = self._presence_of(scope)
        presence.open_stream(name, self.clock.now_ms())
        try:
            yield
        finally:
            presence.close_stream(name, self.clock.now_ms())
            if scope == "moderator" and name is not None and not presence.streams(name):
                self.wake()  # what this desk told is told no more

    def _presence_of(self, scope: Scope) -> Presence:
        return self._onlookers if scope == "observer" else self.presence

    def wake(self) -> None:
        """Let everybody who listens look again: what heartbeats tell is another, or the hub stops."""
        self._notify(())

    def resume_point(self, source: str) -> ResumePoint:
        """From where a source goes on."""
        known = self.durable.sources.get(source)
        if known is None:
            return ResumePoint(known=self.durable.posts)
        return ResumePoint(cursor=known.cursor, known=self.durable.posts, spent=known.spent or 0)

    async def drained(self) -> None:
        """Return once everything asked for so far is durable or has failed."""
        await self._committer.drained()

    def finish(self) -> bool:
        """Make the file that of a closed session; blocks. Words of removed posts are blanked in it.

        Returns false where that has to wait for the next opening. Raises `SaveFailed`.
        """
        return close_chat(self._store, self.log.events())

    def _note_the_night(self) -> None:
        """In a slow chat whose hub was off, note that all left before it tells anything new: they saw nothing of it."""
        now = self.clock.now_ms()
        here = [one.name for one in self._head.moderators.values() if one.here]
        if here and is_slow(self._head) and self._head.closed_at is None and now - self._head.at >= rules.GONE:
            with suppress(Defect), self._deciding(f"The leaving of {', '.join(here)}"):
                self._begin_to_save(rules.left(self._head, here, at=now))

    async def look_around(self) -> None:
        """Note who left, and close what nobody has come to for long; called every second."""
        if self._head.closed_at is not None:
            return
        now = self.clock.now_ms()
        here = [one for one in self._head.moderators.values() if one.here]
        gone = [one.name for one in here if self._presence_of(one.scope).gone_for(one.name, now) >= rules.GONE]
        if gone:
            with suppress(Defect), self._deciding(f"The leaving of {', '.join(gone)}"):
                self._begin_to_save(rules.left(self._head, gone, at=now))
        if rules.month_over(self._head, now) or rules.abandoned(self._head, now, self.empty_for()):
            with suppress(SaveFailed, Defect):  # said on every desk or logged, and tried again at the next look
                await self.close()

    # Deciding and saving

    @contextmanager
    def _deciding(self, what: str) -> Iterator[None]:
        """Decide upon the head state and fold into it; where our own code fails at that, `what` comes to nothing.

        Raises `Defect` then, once it is logged and the head state is that of the events decided before.
        """
        try:
            yield
        except Refused:
            raise
        except Exception as error:
            logger.exception("A defect: %s came to nothing.", what)
            self._fold_head()
            raise Defect from error

    def _begin_to_save(self, events: Sequence[AnyEvent]) -> None:
        if events:
            self._committer.put(events)

    async def _durably(self, events: Sequence[AnyEvent]) -> None:
        probe = not events and not self._saving.is_set()
        outcome: Outcome = await asyncio.shield(self._committer.put(events, probe=probe))
        if outcome is not None:
            raise SaveFailed(outcome.reason)

    async def _refuse_durably(self, command: str) -> None:
        """Return once all is durable upon which it was refused: nobody is refused for what never was."""
        outcome: Outcome = await asyncio.shield(self._committer.put(()))
        if outcome is not None:
            self._answers.forget(command)
            raise SaveFailed(outcome.reason)

    def _write(self, events: Sequence[AnyEvent]) -> None:
        """Bring the events to the disk, then take blanked words off it; runs in a thread."""
        if events:
            self._store.commit([encode_event(event) for event in events])
        else:
            self._probe()
        gone = {event.post for event in events if isinstance(event, PostRedacted)}
        if gone:
            self._unblanked |= blanked_events([*self.log.events(), *events], gone)
        self._unblanked_because = None
        if self._unblanked:
            try:
                self._store.redact({seq: encode_event(event) for seq, event in self._unblanked.items()})
            except SaveFailed as error:  # the events are durable; the words are tried again
                self._unblanked_because = error

    def _committed(self, events: Sequence[AnyEvent]) -> None:
        self.log.append(events)
        for event in events:
            evolve(self.durable, event)
        for blank in self._unblanked.values():
            self.log.replace(blank)
        late = self._unblanked_because
        if late is None:
            self._unblanked = {}
        self._saving.set()
        self._say(None if late is None else f"A text could not be blanked in the file yet: {late.reason}.")
        if self.durable.closed_at is not None:
            self.closed.set()
        self._notify(events)

    def _failed(self, error: SaveFailed) -> None:
        logger.warning("%s", error)
        self._fold_head()
        self._answers.forget_behind(self.durable.seq)
        self._saving.clear()
        if self.trouble != str(error):
            self._say(str(error))
            self._notify(())

    def _say(self, trouble: str | None) -> None:
        changed = trouble != self.trouble
        self.trouble = trouble
        if trouble is None:
            self._troubled.clear()
        else:
            self._troubled.set()
        if changed and trouble is None:
            logger.warning("The chat is saved again.")
            self._notify(())

    def _notify(self, events: Sequence[AnyEvent]) -> None:
        for listener in tuple(self._listeners):
            listener(events)

    def _fold_head(self) -> None:
        """Make the head state that of the durable and the pending events; what was decided upon others never was."""
        self._head = fold(self._committer.pending, self.durable.copy())
        self._judge = Judge(self._head, newcomer=self._newcomer, from_channel=self._from_channel)

    async def _mend(self) -> None:
        while True:
            await self._troubled.wait()
            await self._sleep(PROBE_EVERY)
            if self._troubled.is_set():
                await asyncio.shield(self._committer.put((), probe=True))

    async def _tick(self) -> None:
        while True:
            await self._sleep(TICK_EVERY)
            await self.look_around()

    def need_open(self) -> None:
        """Raise `Refused` once the session is closed."""
        if self._head.closed_at is not None:
            raise Refused("This chat is closed.")
