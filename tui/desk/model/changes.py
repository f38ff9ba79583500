"""Which posts look different after an event: what a pane has to draw again."""

from collections.abc import Callable, Mapping
from typing import Any

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent
from sessions.core.state import SessionState

Touched = frozenset[str] | None
"""Ids of posts, or None for too many to name."""


def touched(state: SessionState, event: AnyEvent) -> Touched:
    """The ids of the posts whose look the event changes; None for too many to name. Ask before the event is folded."""
    if isinstance(event, UnknownEvent):
        return frozenset()
    return TOUCHED.get(type(event), _every_post)(state, event)


def _no_post(_state: SessionState, _event: Any) -> Touched:
    return frozenset()


def _every_post(_state: SessionState, _event: Any) -> Touched:
    """The labels of questions change, or the marks of a person."""
    return None


def _its_post(_state: SessionState, event: Any) -> Touched:
    return frozenset((event.post,))


def _seen(state: SessionState, event: e.PostSeen) -> Touched:
    known = state.people.get(event.post.author.id)
    newcomer = event.newcomer and event.post.author.id not in (state.joined or ())
    more = known is not None and (
        newcomer > known.newcomer or event.says_new > known.says_new or event.from_channel > known.from_channel
    )
    if more:
        return None  # the earlier posts of the person have another mark from now on
    return frozenset(post for post in (event.post.id, event.post.repost_of, event.corrects) if post is not None)


def _removed(state: SessionState, event: e.PostRemoved) -> Touched:
    seen = state.posts.get(event.post)
    repeats = None if seen is None else seen.post.repost_of
    return frozenset((event.post,) if repeats is None else (event.post, repeats))


def _undone(state: SessionState, event: e.Undone) -> Touched:
    action = state.actions.get(event.undoes)
    return frozenset() if action is None else touched(state, action.event)


TOUCHED: Mapping[type[Any], Callable[[SessionState, Any], Touched]] = {
    e.SessionOpened: _every_post,
    e.ModeratorJoined: _no_post,
    e.ModeratorLeft: _no_post,
    e.RoleTaken: _no_post,
    e.RoleReleased: _no_post,
    e.QuestionAsked: _every_post,
    e.TimerHeld: _no_post,
    e.TimerResumed: _no_post,
    e.TimeAdded: _no_post,
    e.QuestionAdded: _every_post,
    e.QuestionEdited: _every_post,
    e.QuestionMoved: _no_post,
    e.QuestionSkipped: _no_post,
    e.QuestionRestored: _no_post,
    e.TurnGiven: _no_post,
    e.MinutesShared: _no_post,
    e.PostSeen: _seen,
    e.PostEdited: _its_post,
    e.PostRemoved: _removed,
    e.PostFiled: _its_post,
    e.PostHighlighted: _its_post,
    e.PostUnhighlighted: _its_post,
    e.PersonHighlighted: _every_post,
    e.PersonUnhighlighted: _every_post,
    e.PersonGreeted: _no_post,
    e.PersonTagged: _no_post,
    e.TaskMarked: _no_post,
    e.CreditAsked: _no_post,
    e.AccountsJoined: _every_post,
    e.PostHidden: _its_post,
    e.PostShown: _its_post,
    e.PostRedacted: _every_post,
    e.PersonMuted: _every_post,
    e.PersonUnmuted: _every_post,
    e.WordMuted: _every_post,
    e.WordUnmuted: _every_post,
    e.NoteAdded: _no_post,
    e.Undone: _undone,
    e.SourceChanged: _no_post,
    e.PeopleCarried: _every_post,
    e.SpendingAllowed: _no_post,
    e.PostingBegun: _no_post,
    e.PostingDone: _no_post,
    e.PostingFailed: _no_post,
    e.SpendingReserved: _no_post,
    e.AnnouncingBegun: _no_post,
    e.AnnouncingDone: _no_post,
    e.AnnouncingFailed: _no_post,
    e.LookedUp: _no_post,
    e.PostShared: _no_post,
    e.HubTakenOver: _no_post,
    e.SessionClosed: _no_post,
}
"""What each event changes; all posts are drawn again after one that is not here."""
