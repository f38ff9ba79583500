"""What the other file of a chat adds to ours, and what stays as it is here."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Literal

import msgspec

from sessions.core import events as e
from sessions.core.commands import Refused, later_action, undoable
from sessions.core.commands.deciding import DECIDERS
from sessions.core.errors import LunchroomError
from sessions.core.events import AnyEvent, Event, UnknownEvent
from sessions.core.evolve import blanked, evolve, fold
from sessions.core.reunion.deciding import TIMER, asked_for, decides
from sessions.core.reunion.parting import common_length, known_by
from sessions.core.state import SessionState

Group = Literal["posts", "marks", "notes", "questions", "roles", "postings", "finds"]
"""What is added, as it is shown."""

_GROUPS: dict[type[Any], Group] = {
    e.PostSeen: "posts", e.PostEdited: "posts", e.PostRemoved: "posts", e.PostRedacted: "posts",
    e.NoteAdded: "notes",
    e.RoleTaken: "roles", e.RoleReleased: "roles",
    e.LookedUp: "finds", e.SpendingReserved: "finds", e.PostShared: "finds",
    e.PostingBegun: "postings", e.PostingDone: "postings", e.PostingFailed: "postings",
    e.AnnouncingBegun: "postings", e.AnnouncingDone: "postings", e.AnnouncingFailed: "postings",
    e.QuestionAsked: "questions", e.TimerHeld: "questions", e.TimerResumed: "questions", e.TimeAdded: "questions",
    e.QuestionAdded: "questions", e.QuestionEdited: "questions", e.QuestionMoved: "questions",
    e.QuestionSkipped: "questions", e.QuestionRestored: "questions", e.MinutesShared: "questions",
    e.TurnGiven: "questions",
}  # fmt: skip

OTHERWISE = "decided otherwise here since"
GOES_ON = "another question was opened here since"
MONEY = "what reading may cost is decided here"


class NotOneChat(LunchroomError):
    """The two are not files of one session."""


class Addition(msgspec.Struct, frozen=True):
    """An event that is added, as it is to be saved here; `happened` is when it was in its own file (UTC ms)."""

    event: Event
    group: Group
    happened: int


class Kept(msgspec.Struct, frozen=True):
    """What the other file has and is not added, as it stands there, and why not in words."""

    event: Event
    why: str


class Reunion(msgspec.Struct, frozen=True):
    """What the other file has behind the `common` events: what is added, and what is not.

    `closing` closes a chat again that was closed, so that it ends as closed chats do. `later` is how many events of
    types of a later version there are, which nobody here can judge.
    """

    common: int
    additions: tuple[Addition, ...] = ()
    kept: tuple[Kept, ...] = ()
    closing: e.SessionClosed | None = None
    later: int = 0

    @property
    def events(self) -> list[Event]:
        """The events to be saved behind ours, in order."""
        return [*(one.event for one in self.additions), *([self.closing] if self.closing is not None else ())]


def reunite(ours: Sequence[AnyEvent], theirs: Sequence[AnyEvent], now: int) -> Reunion:
    """What of `theirs` is to be added to `ours`, at the moment `now` (UTC milliseconds). Raises `NotOneChat`.

    Each event keeps who caused it and by which command; its time is that of its own file, but none before what is saved
    here and none ahead of `now`. To a closed chat all is added at its end.
    """
    opened, others = (events[0] if events else None for events in (ours, theirs))
    if not isinstance(opened, e.SessionOpened) or not isinstance(others, e.SessionOpened):
        raise NotOneChat("One of the two is no saved chat.")
    common = common_length(ours, theirs)
    if not common or opened.plan.series != others.plan.series:
        raise NotOneChat("The two are different chats.")
    joining = _Joining(ours, theirs, common, now)
    for event in theirs[common:]:
        joining.take(event)
    return joining.reunion()


class _Joining:
    """Takes one event of the other file after the other, upon the state that ours has by then."""

    def __init__(self, ours: Sequence[AnyEvent], theirs: Sequence[AnyEvent], common: int, now: int) -> None:
        self._now = now
        self._common = common
        self._state = fold(ours)
        self._closed = self._state.closed_at is not None
        self._undone_there = fold(theirs).undone
        self._here: dict[Hashable, AnyEvent] = {known_by(event): event for event in ours[common:]}
        there = {known_by(event) for event in theirs[common:]}
        own = [event for event in ours[common:] if known_by(event) not in there]
        self._decided_here = set(_decided(own, ours))
        self._edited_here = {event.post: event.at for event in own if isinstance(event, e.PostEdited)}
        self._latest = {
            what: event.seq
            for event in theirs[common:]
            if event.seq not in self._undone_there
            for what in (_decides(event, theirs), ("edit", event.post) if isinstance(event, e.PostEdited) else None)
            if what is not None
        }
        self._theirs = theirs
        self._seqs: dict[int, int] = {}
        """By seqs behind the parting of events there that are here, their seqs here."""
        self._added_there = {event.question.id for event in theirs[common:] if isinstance(event, e.QuestionAdded)}
        self._questions: dict[str, str] = {}
        """By ids of questions that were added there, their ids here, which another one may have there."""
        self._additions: list[Addition] = []
        self._kept: list[Kept] = []
        self._later = 0

    def reunion(self) -> Reunion:
        """What came of it."""
        closing = None
        if self._closed and self._additions:
            seq, at = self._state.seq + 1, self._state.at
            closing = e.SessionClosed(seq=seq, at=at, by=None, command=None)
        return Reunion(self._common, tuple(self._additions), tuple(self._kept), closing, self._later)

    def take(self, event: AnyEvent) -> None:
        """What becomes of the next event of the other file."""
        if isinstance(event, UnknownEvent):
            self._later += known_by(event) not in self._here
            return
        here = self._here.get(known_by(event))
        if here is not None:
            self._seqs[event.seq] = here.seq
            if isinstance(event, e.QuestionAdded) and isinstance(here, e.QuestionAdded):
                self._questions[event.question.id] = here.question.id
        elif event.seq not in self._undone_there:
            self._take_new(event)

    def _take_new(self, event: Event) -> None:
        if isinstance(event, e.PostSeen):
            self._post(event)
        elif isinstance(event, e.PostEdited):
            self._edit(event)
        elif isinstance(event, e.PostRemoved):
            layer = self._state.layers.get(event.post)
            if event.post in self._state.posts and not (layer is not None and layer.removed):
                self._add(event, type(event), post=event.post)
        elif isinstance(event, e.PostingBegun | e.PostingDone | e.PostingFailed):
            self._posting(event)
        elif isinstance(event, e.AnnouncingBegun | e.AnnouncingDone | e.AnnouncingFailed):
            self._announcing(event)
        elif isinstance(event, e.LookedUp | e.SpendingReserved | e.PostShared):
            self._find(event)
        elif isinstance(event, e.Undone):
            self._undo(event)
        elif isinstance(event, e.PersonTagged) and event.by is None:
            self._noted(event)
        elif isinstance(event, e.SpendingAllowed):
            if self._state.ceiling(event.source) != event.ceiling:
                self._kept.append(Kept(event, MONEY))
        else:
            self._decision(event)

    def _post(self, event: e.PostSeen) -> None:
        if event.post.id in self._state.posts:
            return
        event = self._translated(event)
        original = self._state.layers.get(event.post.repost_of or "")
        gone = original is not None and original.redacted  # a copy of a blanked text must not bring it back
        self._add_as(event, blanked(event) if gone else event)
        if gone:
            self._add(event, e.PostRedacted, post=event.post.id)

    def _edit(self, event: e.PostEdited) -> None:
        layer = self._state.layers.get(event.post)
        if event.post not in self._state.posts or (layer is not None and (layer.removed or layer.redacted)):
            return
        same = (self._state.text(event.post), self._state.warning(event.post)) == (event.text, event.warning)
        newer_here = self._edited_here.get(event.post, 0) >= event.at
        if not same and not newer_here and self._latest["edit", event.post] == event.seq:
            self._add_as(event, self._translated(event))

    def _posting(self, event: e.PostingBegun | e.PostingDone | e.PostingFailed) -> None:
        """What was begun or came of it there; whatever is known to be out here stays so."""
        known = self._state.postings.get(event.key)
        if isinstance(event, e.PostingBegun):
            wanted = known is None
        elif isinstance(event, e.PostingDone):
            wanted = known is not None and known.post is None
        else:
            wanted = known is not None and known.unfinished and not known.out
        if wanted:
            self._add_as(event, self._translated(event))

    def _announcing(self, event: e.AnnouncingBegun | e.AnnouncingDone | e.AnnouncingFailed) -> None:
        """What was begun to be told there or came of it; whatever is known to be told here stays so."""
        known = self._state.announcements.get(event.key)
        if isinstance(event, e.AnnouncingBegun):
            wanted = known is None
        elif isinstance(event, e.AnnouncingDone):
            wanted = known is not None and known.done_at is None
        else:
            wanted = known is not None and known.unfinished
        if wanted:
            self._add_as(event, self._translated(event))

    def _find(self, event: e.LookedUp | e.SpendingReserved | e.PostShared) -> None:
        """What was looked up or shared there; words that were blanked here do not come back."""
        layer = self._state.layers.get(event.found.id) if isinstance(event, e.PostShared) else None
        self._add_as(event, blanked(event) if layer is not None and layer.redacted else event)

    def _noted(self, event: e.PersonTagged) -> None:
        """What people.json says there of somebody: whoever is left out there is so here, whatever was decided here."""
        person = self._state.people.get(event.person)
        if person is None:
            return
        if decides(event) not in self._decided_here:
            self._add_as(event, event)
            return
        self._decision(event)
        if event.left_out and not person.left_out:
            tags = {"school": person.school, "level": person.level, "groups": person.groups}
            self._add_as(event, msgspec.structs.replace(event, **tags))

    def _undo(self, event: e.Undone) -> None:
        seq = event.undoes if event.undoes <= self._common else self._seqs.get(event.undoes)
        if seq is None or seq in self._state.undone:
            return
        what = _decides(event, self._theirs)
        if what is not None and self._latest.get(what) != event.seq and what != TIMER:
            return
        free = undoable(self._state, seq) and later_action(self._state, seq) is None
        here = decides(self._state.actions[seq].event) if free else None
        if not free or here in self._decided_here or (here == TIMER and self._closed):
            self._kept.append(Kept(event, OTHERWISE))
        else:
            self._add(event, e.Undone, undoes=seq)

    def _decision(self, event: Event) -> None:
        """What some command decides: it is decided upon the state here, and comes to nothing where it changes none."""
        what = decides(event)
        if what is not None and what != TIMER and self._latest.get(what) != event.seq:
            return
        here = self._translated(event)
        command = asked_for(self._state, here)
        if command is None:
            return
        by = event.moderator if isinstance(event, e.RoleTaken | e.RoleReleased) else event.by
        try:
            bodies = DECIDERS[type(command)](self._state, command, by or "", self._at(event), None, ())
        except Refused as refused:
            self._kept.append(Kept(event, self._against(here) or str(refused).rstrip(".")))
            return
        why = self._against(here) if bodies else ""
        if why:
            self._kept.append(Kept(event, why))
            return
        for kind, fields in bodies:
            exact = {**fields, "seconds": event.seconds} if isinstance(event, e.QuestionAsked) else fields
            self._add(event, kind, **exact)
            if isinstance(event, e.QuestionAdded):
                self._questions[event.question.id] = fields["question"].id

    def _against(self, event: Event) -> str:
        """Why something that would change the state here stays as it is, empty where nothing is against it."""
        what = decides(event)
        if what == TIMER and (self._closed or TIMER in self._decided_here):
            asks = event.question if self._closed and isinstance(event, e.QuestionAsked) else None
            late = asks is not None and not any(one.question == asks for one in self._state.openings)
            return "" if late else GOES_ON
        return OTHERWISE if what is not None and what in self._decided_here else ""

    def _translated(self, event: Any) -> Any:
        """The event with the ids that questions have here; filed under none where the question is not here."""
        changed: dict[str, Any] = {
            name: self._question(value)
            for name in ("question", "after")
            if isinstance(value := getattr(event, name, None), str) and value in self._added_there
        }
        line, colon, question = getattr(event, "subject", "").rpartition(":")
        if question in self._added_there:
            changed["subject"] = f"{line}{colon}{self._question(question)}"
        filed = getattr(event, "filed", None)
        if filed is not None:
            here = self._question(filed.question)
            changed["filed"] = msgspec.structs.replace(filed, question=here) if here in self._state.questions else None
        return msgspec.structs.replace(event, **changed) if changed else event

    def _question(self, there: str) -> str:
        """The id here of a question there; one that no question has where it was never added here."""
        return self._questions.get(there, "") if there in self._added_there else there

    def _add(self, cause: Event, kind: Any, /, **fields: Any) -> None:
        self._add_as(cause, kind(seq=0, at=0, by=cause.by, command=cause.command, **fields))

    def _add_as(self, cause: Event, event: Event) -> None:
        event = msgspec.structs.replace(event, seq=self._state.seq + 1, at=self._at(cause))
        evolve(self._state, event)
        self._additions.append(Addition(event, _group(event, self._state), cause.at))

    def _at(self, event: Event) -> int:
        return self._state.at if self._closed else max(self._state.at, min(event.at, self._now))


def _group(event: Event, state: SessionState) -> Group:
    """Where the event is shown; taking something back stands with what is taken back."""
    if isinstance(event, e.Undone):
        event = next((act for act in state.acts if act.seq == event.undoes), event)
    return _GROUPS.get(type(event), "marks")


def _decides(event: AnyEvent, events: Sequence[AnyEvent]) -> Hashable | None:
    """What the event decides, be it by taking something back, in the file with these events."""
    return decides(events[event.undoes - 1] if isinstance(event, e.Undone) else event)


def _decided(own: Iterable[AnyEvent], events: Sequence[AnyEvent]) -> Iterable[Hashable]:
    return (what for event in own if (what := _decides(event, events)) is not None)
