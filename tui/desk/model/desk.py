"""What one desk knows: the folded session, the link to the hub, the offer, the drafts. No widgets, no I/O."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sessions.core import events as e
from sessions.core.events import AnyEvent, Event, Role, UnknownEvent, type_name
from sessions.core.evolve import evolve, fold
from sessions.core.redaction.blanking import blanked_events
from sessions.core.state import Note, SessionState
from sessions.hub.client.desk_clock import DeskClock
from sessions.hub.client.updates import Beat, Events, HubUpdate, Offline, Online, Rewound
from sessions.hub.protocol.presence import AtDesk
from sessions.hub.protocol.seats import Seat
from sessions.words import _
from tui.desk.model.away import Away
from tui.desk.model.catching_up import CatchUp
from tui.desk.model.changes import touched
from tui.desk.model.handled import NOTHING, Handled, handled_by
from tui.desk.model.roster_changes import people_touched
from tui.desk.model.several_words import as_one, told_as_one
from tui.widgets.answers.unfiled import Unfiled

logger = logging.getLogger(__name__)

_TOLD_OTHERWISE = (e.PostingBegun, e.PostingDone, e.PostingFailed, e.AnnouncingBegun, e.AnnouncingDone,
                   e.AnnouncingFailed, e.SpendingReserved)  # fmt: skip

_DECIDED = (e.QuestionAsked, e.QuestionSkipped, e.QuestionRestored)

LEFT_OUT = _("This desk has a defect and leaves out what just happened")
"""What a moderator is told of an event that cannot be folded, before its number and type."""


@dataclass(frozen=True)
class OfferedQuestion:
    """A host was seen to post a question that waits: the driver may take it as asked."""

    question: str
    host: str


@dataclass(frozen=True)
class Change:
    """What a piece of news changed. `posts` are ids, None for all.

    `said` are sentences on what this moderator did, `told` on what others did; `acted` says that somebody at a desk did
    something, or that everything is another; `handled` is what others did something with.
    """

    posts: frozenset[str] | None = frozenset()
    said: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    note: Note | None = None
    events: bool = False
    acted: bool = False
    handled: Handled = NOTHING


@dataclass
class Drafts:
    """Texts that were begun and not sent; they survive Escape, a hub that is away, and each other."""

    answers_author: str = ""
    answers: str = ""
    note: str = ""
    question: str = ""
    question_more: dict[str, str] = field(default_factory=dict)
    """What was written of the new question beside its text: label, minutes, notes."""
    posts: dict[str, str] = field(default_factory=dict)
    """Posts whose words were changed, by the `key` of their drafts."""
    serial: str = field(default_factory=lambda: secrets.token_hex(6))
    """Names the draft of answers: sent twice, its answers have the same ids and are added once."""

    def answers_sent(self) -> None:
        """Begin anew after all answers were added."""
        self.answers = self.answers_author = ""
        self.serial = secrets.token_hex(6)

    def question_sent(self) -> None:
        """Begin anew after the question was added."""
        self.question, self.question_more = "", {}

    def unsent(self) -> list[str]:
        """What would be lost by leaving, in words."""
        named = {
            "answers": self.answers,
            "a note": self.note,
            "a question": "".join((self.question, *self.question_more.values())),
        }
        return [name for name, text in named.items() if text.strip()] + (["a post"] if self.posts else [])


@dataclass
class DeskModel:
    """The desk's side of the session. `take` folds news in; everything else reads."""

    replayed: ClassVar[bool] = False
    """Whether this is a saved chat."""

    joined: Seat
    clock: DeskClock = field(default_factory=DeskClock)
    state: SessionState = field(default_factory=SessionState)
    drafts: Drafts = field(default_factory=Drafts)
    offer: OfferedQuestion | None = None
    offline: Away | None = None
    can_go_on: bool = False
    """Whether this desk is offered to take the chat over, or to go to where it went on."""
    trouble: str | None = None
    onlookers: tuple[str, ...] = ()
    """The names of those who look on now, as the last heartbeat has them."""
    absent: tuple[str, ...] = ()
    """The moderators who have not left but are not heard of, as the last heartbeat has them."""
    others: tuple[AtDesk, ...] = ()
    """The moderators at other desks, where they are and what they write, as the last heartbeat has them."""
    ended: str | None = None
    live_after: int | None = None
    """The seq at which this desk had caught up: only later events are news. None until the first heartbeat."""
    catch_up: CatchUp = field(default_factory=CatchUp)
    notes_apart: bool = False
    """Whether the latest note of another moderator is shown by itself, and not among what else they did."""
    _folded: list[AnyEvent] = field(default_factory=list, repr=False)
    _people: set[str] | None = field(default=None, init=False)
    _unfiled: Unfiled = field(default_factory=Unfiled, init=False, repr=False)

    @property
    def me(self) -> str:
        """The name by which the hub knows this desk's moderator."""
        return self.joined.name

    @property
    def behind(self) -> bool:
        """Whether the hub has much that has not come here yet."""
        return self.catch_up.behind(self.state.seq)

    @property
    def observes(self) -> bool:
        """Whether this desk may only look."""
        return self.joined.scope == "observer"

    def now(self) -> int:
        """The hub's clock, UTC milliseconds; before its first heartbeat the time of the last event."""
        return self.clock.now() if self.live_after is not None else self.state.at

    def holds(self, role: Role) -> bool:
        """Whether this moderator holds the role."""
        return self.state.roles[role] == self.me

    def take(self, update: HubUpdate) -> Change:
        """Fold one piece of news in and say what it changed."""
        if isinstance(update, Events):
            self.catch_up.heard()
            if update.folded is not None and self.state.seq == 0:
                return self._begin_with(update.events, update.folded)
            known = self.live_after
            joined = known is not None and bool(update.events) and update.events[-1].seq <= known
            return self._fold_earlier(update.events) if joined else self._fold(update.events)
        if isinstance(update, Beat):
            self.clock.beat(update)
            self.trouble = update.trouble
            self.onlookers = update.observers
            self.others, self.absent = update.others, update.absent
            self.catch_up.beat(update.seq, self.state.seq)
            if self.live_after is None:
                self.live_after = update.seq
        elif isinstance(update, Offline):
            self.offline = Away(self.clock.at(update.since), self.now() + round(update.wait * 1000))
            self.others = ()
        elif isinstance(update, Online):
            self.offline = None
            self.catch_up.begin()
        elif isinstance(update, Rewound):
            return self._rewind(update.seq)
        else:
            self.ended = update.why
        return Change()

    def _begin_with(self, events: Sequence[AnyEvent], folded: SessionState) -> Change:
        """Take what was before this desk came, which is folded."""
        self.state = folded
        self._folded += events
        self.offer = _offered_at_last(events, folded)
        self._touch(None)
        self._unfiled.touch(None)
        return Change(posts=None, events=True)

    def _fold_earlier(self, events: Sequence[AnyEvent]) -> Change:
        """Fold in what was before this desk came: nobody is told of it, and that it changes everything is known."""
        told: list[str] = []
        for event in events:
            try:
                evolve(self.state, event)
            except Exception:  # noqa: BLE001 - as in `_fold`
                told.append(self._leave_out(event))
                continue
            self._remember(event)
            if not isinstance(event, UnknownEvent):
                self._follow_offer(event)
        self._touch(None)
        self._unfiled.touch(None)
        return Change(posts=None, told=tuple(told), events=True)

    def _fold(self, events: Sequence[AnyEvent]) -> Change:
        posts: set[str] | None = set()
        said: list[str] = []
        told: list[str] = []
        noted: e.NoteAdded | None = None
        handled = NOTHING
        run: list[Event] = []
        for event in events:
            if run and not as_one(run[-1], event):
                self._tell(run, said, told)
                run = []
            try:
                changed = touched(self.state, event)
                people = people_touched(self.state, event)
                if self._is_anothers(event):
                    handled |= handled_by(self.state, event)
                evolve(self.state, event)
            except Exception:  # noqa: BLE001 - whatever our own fold fails at would come again with the next start
                told.append(self._leave_out(event))
                posts = None
                self._touch(None)
                self._unfiled.touch(None)
                continue
            self._remember(event)
            self._touch(people)
            self._unfiled.touch(changed)
            if posts is None or changed is None:
                posts = None
            else:
                posts.update(changed)
            if isinstance(event, UnknownEvent):
                continue
            self._follow_offer(event)
            if not self._is_news(event):
                continue
            if isinstance(event, e.NoteAdded) and event.by != self.me:
                if self.notes_apart and noted is not None:  # there is a place for one
                    self._tell(run, said, told)
                    self._tell([noted], said, told)
                    run = []
                noted = event
                if self.notes_apart:
                    continue
            if not self._told_otherwise(event):
                run.append(event)
        self._tell(run, said, told)
        changed_posts = None if posts is None else frozenset(posts)
        by_hand = any(not isinstance(event, UnknownEvent) and event.by is not None for event in events)
        acted = by_hand and self.live_after is not None
        words = tuple(filter(None, said)), tuple(filter(None, told))
        note = None if noted is None else self.state.notes.get(noted.seq)
        return Change(changed_posts, *words, note, bool(events), acted, handled)

    def latest_first(self) -> Iterator[AnyEvent]:
        """What the state is made of, from the latest event on."""
        return reversed(self._folded)

    def _tell(self, run: Sequence[Event], said: list[str], told: list[str]) -> None:
        """Say what was done as one, of nothing nothing."""
        if run:
            (said if run[0].by == self.me else told).append(told_as_one(self.state, run, self.me))

    def people_changed(self) -> frozenset[str] | None:
        """The ids of those to whom something happened since this was asked the last time; None for everybody."""
        people, self._people = self._people, set()
        return None if people is None else frozenset(people)

    @property
    def unfiled(self) -> int:
        """How many answers are under no question yet."""
        return self._unfiled.count(self.state)

    def _touch(self, people: frozenset[str] | None) -> None:
        if people is None or self._people is None:
            self._people = None
        else:
            self._people |= people

    def _remember(self, event: AnyEvent) -> None:
        """Keep what the state is made of; not the words of a post that was blanked."""
        self._folded.append(event)
        if isinstance(event, e.PostRedacted):
            bare = blanked_events(self._folded, {event.post})
            self._folded = [bare.get(one.seq, one) for one in self._folded]

    def _rewind(self, seq: int) -> Change:
        """Show the session as it was after this event: it goes on from there at another hub."""
        self._folded = [event for event in self._folded if event.seq <= seq]
        self.state = fold(self._folded)
        self.offer = self.live_after = None
        self._touch(None)
        self._unfiled.touch(None)
        return Change(posts=None, events=True, acted=True)

    def _leave_out(self, event: AnyEvent) -> str:
        """Make the state anew without an event that this desk cannot fold; what is told of that."""
        logger.exception("A defect: this desk leaves out event %d, %s.", event.seq, type_name(event))
        self.state = fold(self._folded)
        return f"{LEFT_OUT} ({event.seq}, {type_name(event)})."

    def _told_otherwise(self, event: Event) -> bool:
        """Whether the desk tells by itself how far it is: with what it posts, tells or looks up."""
        return event.by == self.me and isinstance(event, _TOLD_OTHERWISE)

    def _is_anothers(self, event: AnyEvent) -> bool:
        """Whether another moderator did this just now."""
        if isinstance(event, UnknownEvent) or event.by in (None, self.me):
            return False
        return self._is_news(event)

    def _is_news(self, event: Event) -> bool:
        return self.live_after is not None and event.seq > self.live_after

    def _follow_offer(self, event: Event) -> None:
        posted = _posted_question(event) if isinstance(event, e.PostSeen) else None
        if posted is not None and _waits(self.state, posted.question):
            self.offer = posted
        if self.offer is not None and not _waits(self.state, self.offer.question):
            self.offer = None

    def unchanged(self, command: str, seq: int) -> bool:
        """Whether an accepted command is known to have changed nothing: its seq is here and no event names it."""
        return self.state.seq >= seq and command not in self.state.commands


def _posted_question(event: e.PostSeen) -> OfferedQuestion | None:
    """The question that this post asks."""
    if event.kind != "question" or event.filed is None:
        return None
    return OfferedQuestion(event.filed.question, event.post.author.shown)


def _waits(state: SessionState, question: str) -> bool:
    """Whether the question is in the queue and was neither asked nor skipped."""
    return question in state.questions and state.question_state(question) == "waiting"


def _offered_at_last(events: Sequence[AnyEvent], state: SessionState) -> OfferedQuestion | None:
    """The offer that stands behind all of these events, which are folded into the state.

    A question that was asked or skipped behind its post is offered no more, also where that was taken back.
    """
    offer: OfferedQuestion | None = None
    deciding: dict[int, tuple[str, bool]] = {}
    settled: set[str] = set()
    for event in events:
        about, settles = "", False
        if isinstance(event, e.PostSeen):
            if (posted := _posted_question(event)) is not None and posted.question not in settled:
                offer = posted
        elif isinstance(event, _DECIDED):
            about, settles = event.question, not isinstance(event, e.QuestionRestored)
            deciding[event.seq] = about, settles
        elif isinstance(event, e.Undone) and event.undoes in deciding:
            about, settled_then = deciding[event.undoes]
            settles = not settled_then
        if about:
            (settled.add if settles else settled.discard)(about)
            if offer is not None and offer.question == about:
                offer = None
    return offer if offer is not None and _waits(state, offer.question) else None
