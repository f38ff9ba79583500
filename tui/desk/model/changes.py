"""Which posts look different after an event: what a pane has to draw again."""

from sessions.core import events as e
from sessions.core.events import AnyEvent
from sessions.core.state import SessionState

_ALL = (
    e.SessionOpened, e.QuestionAsked, e.QuestionAdded, e.QuestionEdited, e.PersonHighlighted, e.PersonUnhighlighted,
    e.PersonMuted, e.PersonUnmuted, e.PostRedacted,
)  # fmt: skip
"""Events that can change the look of many posts: the labels of questions, the marks of a person."""

_ONE = (
    e.PostEdited, e.PostFiled, e.PostHighlighted, e.PostUnhighlighted, e.PostHidden, e.PostShown,
)  # fmt: skip


def touched(state: SessionState, event: AnyEvent) -> frozenset[str] | None:
    """The ids of the posts whose look the event changes; None for too many to name. Ask before the event is folded."""
    if isinstance(event, e.PostSeen):
        known = state.people.get(event.post.author.id)
        if known is not None and (event.newcomer > known.newcomer or event.says_new > known.says_new):
            return None  # the earlier posts of the person are a newcomer's from now on
        repeats = event.post.repost_of
        return frozenset((event.post.id,) if repeats is None else (event.post.id, repeats))
    if isinstance(event, e.PostRemoved):
        seen = state.posts.get(event.post)
        repeats = None if seen is None else seen.post.repost_of
        return frozenset((event.post,) if repeats is None else (event.post, repeats))
    if isinstance(event, _ONE):
        return frozenset((event.post,))
    if isinstance(event, e.Undone):
        action = state.actions.get(event.undoes)
        return frozenset() if action is None else touched(state, action.event)
    return None if isinstance(event, _ALL) else frozenset()
