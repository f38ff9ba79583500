"""A saved session as a feed: the state at any moment of it, what happens in between, and where it is worth stopping.

Pure: the playback clock (`sessions.replay.playback`) is told the time. A position is milliseconds of session time since
the session was opened; several events may have the same position, then a seek by position is behind all of them.
It may use `core` alone; who reads the file hands its events in.

* `playback`: the playback clock
* `moments`: where it is worth stopping, and how lively the chat was
* `jumping`: a time that a moderator types, as a position; `typed_days`: the day in front of it
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from sessions.core.events import AnyEvent, PostEdited, QuestionAsked, SourceChanged
from sessions.core.evolve import fold
from sessions.core.redaction.blanking import blanked_events, gone_posts, posts_to_go
from sessions.core.state import SessionState
from sessions.replay.moments import Activity, Moment, MomentKind, find_moments, post_positions

__all__ = ["Activity", "Moment", "MomentKind", "Replay", "ReplayedState"]

QUIET = 1_800_000
"""Milliseconds without anything from which on a chat of days is quiet: a night, and whatever else nobody watches."""

SNAPSHOTS = 16
"""Copies of the state that are kept along the way, whatever the length, beside those behind questions: a seek folds a
16th of the session at most."""


class ReplayedState(SessionState):
    """The state as it was, but an edited post reads as it read at last.

    The digest is that of the state as it was: only what is shown differs.
    """

    def __init__(self, last_texts: dict[str, str]) -> None:
        super().__init__()
        self._last_texts = last_texts

    def text(self, post: str) -> str:
        """The post's last text, also before it was edited; empty when it was blanked or removed."""
        text = self._last_texts.get(post)
        return super().text(post) if text is None else text


def _without(events: Sequence[AnyEvent], gone: set[str]) -> Sequence[AnyEvent]:
    """The events without the words of these posts."""
    blanks = blanked_events(events, gone) if gone else {}
    return [blanks.get(event.seq, event) for event in events] if blanks else events


def _marks(events: Sequence[AnyEvent]) -> list[int]:
    """Behind how many events copies of the state are kept: behind questions, to which one jumps, and in between."""
    between = -(-len(events) // SNAPSHOTS)
    marks = [0]
    for place in (*(place for place, event in enumerate(events, 1) if type(event) is QuestionAsked), len(events)):
        marks += range(marks[-1] + between, place, between)
        if between // 2 <= place - marks[-1] and place < len(events):
            marks.append(place)
    return marks


class Replay:
    """A saved session that can be looked at from any moment of it.

    `events` are those of its file, in order, `session_opened` first. Words of posts that are removed or blanked by the
    end are in no state and no batch, from the first moment on. Raises `ValueError` where there is no event.

    Playing: fold `until(position)` into `state`, event by event where it matters what each changes. Jumping: `seek`.
    """

    def __init__(self, events: Sequence[AnyEvent]) -> None:
        if not events:
            raise ValueError("This chat has no events, so there is nothing to replay.")
        self._marks = _marks(events)
        self.events: Sequence[AnyEvent] = _without(events, guess := posts_to_go(events))
        self.final = self._fold_all()
        if gone_posts(self.final) != guess:
            self.events = events
            self.events = _without(events, gone_posts(self._fold_all()))
            self.final = self._fold_all()
        self._seqs = [event.seq for event in self.events]
        self._times = list(accumulate((event.at for event in self.events), max))
        self.started = self._times[0]
        self.length = self._times[-1] - self.started
        positions = [at - self.started for at in self._times]
        self.moments: tuple[Moment, ...] = find_moments(self.events, positions, self.final)
        questions = [moment for moment in self.moments if moment.kind == "question"]
        self.activity = Activity(post_positions(self._seqs, positions, self.final), self.length, questions)
        self.state: SessionState = self._snapshots[0].copy()
        self.seek(0)

    def _fold_all(self) -> SessionState:
        """The state at the end; keeps copies of the state on the way there."""
        last_texts = {event.post: event.text for event in self.events if isinstance(event, PostEdited)}
        state = ReplayedState(last_texts)
        self._snapshots: list[SessionState] = []
        for first, last in pairwise((*self._marks, len(self.events))):
            self._snapshots.append(state.copy())
            fold(self.events[first:last], state)
        return state

    @cached_property
    def _lively(self) -> list[int]:
        """When something happened, but for how networks fare; asked of chats of days alone."""
        timed = zip(self.events, self._times, strict=True)
        return [at for event, at in timed if not isinstance(event, SourceChanged)]

    # Time

    def now(self, position: int) -> int:
        """What the hub's clock said at the position, in UTC milliseconds: what countdown and waiting times go by."""
        return self.started + position

    def position_of(self, seq: int) -> int:
        """The position of the event `seq`, or of the last one before it; 0 before the first."""
        place = bisect_right(self._seqs, seq)
        return self._times[place - 1] - self.started if place else 0

    def behind_quiet(self, position: int, before: int) -> int | None:
        """Where to go on so that a quiet stretch is skipped; None where the chat is not quiet for `QUIET` from here.

        That is `before` milliseconds ahead of the next event; how a network fares is none.
        """
        place = bisect_right(self._lively, self.started + position)
        if place == len(self._lively):
            return None
        until = self._lively[place] - self.started
        onward = until - before
        return onward if until - position > QUIET and onward > position else None

    # Moving

    def until(self, position: int) -> Sequence[AnyEvent]:
        """The events behind `state` up to the position, as they came; none where the position lies before it."""
        return self.events[self._place : self._place_at(position)]

    def seek(self, position: int) -> SessionState:
        """Make `state` the one at the position and give it; backwards and far ahead it becomes another object."""
        place, here = self._place_at(position), self._place
        nearest = bisect_right(self._marks, place) - 1
        mark = self._marks[nearest]
        copying = len(self.events) // (2 * SNAPSHOTS)  # costs about as much as folding so many events
        if place < here or mark - here > copying:
            self.state = self._snapshots[nearest].copy()
            here = mark
        return fold(self.events[here:place], self.state)

    @property
    def _place(self) -> int:
        """How many events `state` has; asked of the state, because who plays folds events into it themselves."""
        return bisect_right(self._seqs, self.state.seq)

    def _place_at(self, position: int) -> int:
        return bisect_right(self._times, self.started + max(0, position))

    # Where to stop

    def next_moment(self, position: int, kinds: Collection[MomentKind], stop: Moment | None = None) -> Moment | None:
        """The first moment of these kinds behind the position, or None.

        Posts that came together have one position: from the moment `stop`, where one stands, it is the next by seq.
        """
        behind = (one for one in self.moments if (one.seq > stop.seq if stop else one.position > position))
        return next((one for one in behind if one.kind in kinds), None)

    def previous_moment(
        self, position: int, kinds: Collection[MomentKind], slack: int = 0, stop: Moment | None = None
    ) -> Moment | None:
        """The last moment of these kinds that lies more than `slack` milliseconds before the position, or None.

        With slack (`Playback.slack`) a second press while it plays goes one further back; so does `stop`, as above.
        """
        backwards = reversed(self.moments)
        before = (one for one in backwards if (one.seq < stop.seq if stop else one.position < position - slack))
        return next((one for one in before if one.kind in kinds), None)
