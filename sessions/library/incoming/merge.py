"""Two copies of one session: the longer one as it may take the place of the shorter, its beginning."""

from collections.abc import Sequence

from sessions.core.errors import LunchroomError
from sessions.core.events import AnyEvent, PostEdited, PostSeen, PostShared
from sessions.core.evolve import blanked, fold
from sessions.core.redaction.blanking import removals, still_told


class OtherChat(LunchroomError):
    """The two are not copies of one session, whatever their ids say."""


def merge(ours: Sequence[AnyEvent], theirs: Sequence[AnyEvent]) -> list[AnyEvent]:
    """The events of `theirs`, the longer copy, with what `ours` has read otherwise since: words that somebody here
    blanked or forgot stay out, and words that an event of either blanks go. Pure.

    Raises `OtherChat` where `theirs` does not go on from `ours`.
    """
    events: list[AnyEvent] = []
    for mine, other in zip(ours, theirs, strict=False):
        if (mine.seq, mine.at, type(mine)) != (other.seq, other.at, type(other)):
            raise OtherChat
        bare = isinstance(mine, (PostSeen, PostEdited, PostShared)) and other == blanked(mine)
        events.append(other if bare else mine)
    events += theirs[len(ours) :]
    state = fold(events)
    gone = still_told(state, events) if state.closed_at is None else removals(state, events)
    return [gone.get(event.seq, event) for event in events]
