"""How many answers are under no question yet: kept by what changed, so that the number costs nothing in a long chat."""

from sessions.core.state import SessionState


class Unfiled:
    """The ids of those answers, as of when they were counted last."""

    def __init__(self) -> None:
        self._posts: set[str] = set()
        self._changed: set[str] | None = None

    def touch(self, posts: frozenset[str] | None) -> None:
        """These posts look different now; None for all."""
        if posts is None or self._changed is None:
            self._changed = None
        else:
            self._changed |= posts

    def count(self, state: SessionState) -> int:
        """How many there are now."""
        changed, self._changed = self._changed, set()
        if changed is None:
            self._posts = {post for post in state.posts if _is_one(state, post)}
        else:
            self._posts -= changed
            self._posts |= {post for post in changed if post in state.posts and _is_one(state, post)}
        return len(self._posts)


def _is_one(state: SessionState, post: str) -> bool:
    return (
        state.kind(post) == "answer"
        and state.filed(post) is None
        and not state.folded(post)
        and not state.people[state.posts[post].post.author.id].host
    )
