"""Which posts are rows of the answer pane, in the order in which they arrived."""

from bisect import bisect_left
from collections.abc import Iterable

from sessions.core.events import PostSeen
from sessions.core.state import SessionState
from tui.widgets.answers.pane_filter import PaneFilter


class PostRows:
    """The ids of the posts a filter admits, oldest first; a batch costs what came, not what is there.

    A repost is no row where its original is here. The post that is `kept` stays a row until another is kept, even if
    the filter does not admit it any more: what somebody looks at must not vanish under their hands.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.filter = PaneFilter()
        self._state = SessionState()
        self._known = 0
        self._kept: str | None = None
        self._orphans: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def rebuild(self, state: SessionState, chosen: PaneFilter | None = None, keep: str | None = None) -> None:
        """Begin anew, with another state, another filter or another kept post."""
        self._state = state
        self.filter = chosen or self.filter
        self._kept = keep if keep in state.posts else None
        self._orphans = {}
        self.ids = self._all_rows() if self.filter.choice == "all" else self._rows()
        self._known = self._last_seq()

    def update(self, changed: Iterable[str]) -> bool:
        """Take in the posts that arrived since, and look again at those that changed.

        True if more became different than that rows came behind all others.
        """
        different = False
        if self._last_seq() > self._known:
            arrived = []
            for post, seen in reversed(self._state.posts.items()):
                if seen.seq <= self._known:
                    break
                arrived.append(post)
            self._known = self._last_seq()
            for post in reversed(arrived):
                if self._is_row(post, self._state.posts[post]):
                    self.ids.append(post)
                for orphan in self._orphans.pop(post, ()):
                    different |= self._look_again(orphan)
        for post in changed:
            if post in self._state.posts:
                different |= self._look_again(post)
        return different

    def keep(self, post: str | None) -> bool:
        """Keep this post a row and let go of the one kept before; True if that one vanished."""
        before, self._kept = self._kept, post
        if before is None or before == post or before not in self._state.posts:
            return False
        return self._look_again(before)

    def place(self, post: str) -> int | None:
        """At which place the post is, or None if it is no row."""
        place = self.near(post)
        return place if place < len(self.ids) and self.ids[place] == post else None

    def near(self, post: str) -> int:
        """The place where the post is or would be; the end for one that is unknown."""
        seen = self._state.posts.get(post)
        return len(self.ids) if seen is None else self.at_or_after(seen.seq)

    def at_or_after(self, seq: int) -> int:
        """The place of the first row that arrived with this seq or later."""
        posts = self._state.posts
        return bisect_left(self.ids, seq, key=lambda post: posts[post].seq)

    def original(self, post: str) -> str | None:
        """The post of which this one is a repost, if that one is here."""
        return self._repeated(self._state.posts[post]) if self._state.kind(post) == "repost" else None

    def _repeated(self, seen: PostSeen) -> str | None:
        """The post that this repost repeats, if that one is here."""
        original = self._state.posts.get(seen.post.repost_of or "")
        if original is None or original is seen:
            return None
        both_repeat = original.seq > seen.seq and original.post.repost_of is not None
        return None if both_repeat else original.post.id

    def _rows(self) -> list[str]:
        return [post for post, seen in self._state.posts.items() if self._is_row(post, seen)]

    def _all_rows(self) -> list[str]:
        """As `_rows` where the filter admits everything, with a closer look at few of the posts of a long chat."""
        posts, layers = self._state.posts, self._state.layers
        became = {post for post, layer in layers.items() if layer.kind == "repost"}
        hidden = self._state.echoes.difference(layers, (self._kept,))
        return [
            post
            for post, seen in posts.items()
            if (seen.kind != "repost" and post not in became) or (post not in hidden and self._is_row(post, seen))
        ]

    def _last_seq(self) -> int:
        last = next(reversed(self._state.posts.values()), None)
        return 0 if last is None else last.seq

    def _is_row(self, post: str, seen: PostSeen) -> bool:
        if post == self._kept:
            return True
        repost_of = seen.post.repost_of
        if repost_of is not None and self._state.kind(post) == "repost":
            if self._repeated(seen) is not None:
                return False
            self._orphans.setdefault(repost_of, []).append(post)
        return self.filter.admits(self._state, post)

    def _look_again(self, post: str) -> bool:
        """Make it a row, or let it be one no longer; whether it was another way before."""
        place = self.near(post)
        there = place < len(self.ids) and self.ids[place] == post
        wanted = self._is_row(post, self._state.posts[post])
        if wanted and not there:
            self.ids.insert(place, post)
        elif there and not wanted:
            del self.ids[place]
        return wanted != there
