"""What a reader of X has learnt of the posts that it was given: their versions. Pure."""

from collections.abc import Iterable

from sessions.core.posts import Post
from sessions.networks.source import EditedPost, Item, NewPost, RemovedPost
from sessions.networks.x.ids import number_of
from sessions.networks.x.posts import post_id
from sessions.networks.x.wire import WirePost


class SeenPosts:
    """The posts by the ids of their first versions; `stored` are those that the session has from before."""

    def __init__(self, stored: Iterable[str] = ()) -> None:
        self._latest = {first: first for first in stored}
        self._first = dict(self._latest)

    def first_of(self, x_id: str) -> str:
        """The id of the first version for that of any; the same where it is not known."""
        return self._first.get(x_id, x_id)

    def item(self, wire: WirePost, post: Post) -> Item | None:
        """What is new about a post that was read, if anything is."""
        first, before = wire.first_id, self._latest.get(wire.first_id)
        self._first[wire.id] = first
        if before is not None and number_of(wire.id) <= number_of(before):  # seen, or an older version that came late
            return None
        self._latest[first] = wire.id
        return NewPost(post) if before is None else EditedPost(post.id, post.text, post)

    def latest(self) -> list[str]:
        """The ids of the latest versions, newest post first."""
        return [self._latest[first] for first in sorted(self._latest, key=number_of, reverse=True)]

    def removed(self, x_id: str) -> RemovedPost | None:
        """What to say of a post that is not there any more; None where that was said."""
        first = self.first_of(x_id)
        return RemovedPost(post_id(first)) if self._latest.pop(first, None) is not None else None
