"""Who may stand elsewhere in the roster after an event: what it has to look at again."""

from sessions.core import events as e
from sessions.core.events import AnyEvent
from sessions.core.evolve.tags import referring
from sessions.core.posts import Post
from sessions.core.state import SessionState


def people_touched(state: SessionState, event: AnyEvent) -> frozenset[str] | None:
    """The ids of those whom the event names, by themselves or by a post of theirs, and of those whose posts may show a
    task by that post; None for everybody.

    Ask before the event is folded.
    """
    if isinstance(event, (e.SessionOpened, e.PeopleCarried)):
        return None
    if isinstance(event, e.AccountsJoined):
        return frozenset(person for person, _ in event.accounts)
    if isinstance(event, e.PostSeen):
        return frozenset(filter(None, (event.post.author.id, event.addressed))) | _referring(state, event.post)
    if isinstance(event, e.Undone):
        action = state.actions.get(event.undoes)
        return frozenset() if action is None else people_touched(state, action.event)
    seen = state.posts.get(getattr(event, "post", None) or "")
    author = None if seen is None else seen.post.author.id
    near = frozenset[str]() if seen is None else _referring(state, seen.post)
    return frozenset(filter(None, (getattr(event, "person", None), author))) | near


def _referring(state: SessionState, post: Post) -> frozenset[str]:
    if not state.referring:
        return frozenset()
    return frozenset(state.posts[one].post.author.id for one in referring(state, post))
