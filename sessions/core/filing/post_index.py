"""What the judge remembers of the posts so far: who said what under which handle, for reposts, mentions and threads.

Only hashes and ids are kept; the words stay in the state, so that a blanked post is blanked here too.
"""

from bisect import bisect_left
from itertools import islice

from sessions.core.filing.words import copied, cut_off, words
from sessions.core.posts import Post
from sessions.core.state import SessionState

_SHORTEST_COPY = 5
"""Words that two posts of different people must share, in this order, before one is taken for a copy of the other."""

_OPENING = 5
_LATEST = 200

_WORDED = 5_000
"""The latest posts of a channel among which copies are looked for when it is opened again: who shares an older one
shares it as the network has it, and the words of all would take longer than opening may."""


class PostIndex:
    """Small indexes over `state.posts`, complete when made and caught up when something is looked up."""

    def __init__(self, state: SessionState) -> None:
        self._state = state
        self._forget()
        self._catch_up()  # now: the first post of a long chat that is resumed must not wait for it

    def _forget(self) -> None:
        self._indexed = 0
        self._labelled = False
        self._by_text: dict[int, list[str]] = {}
        self._by_opening: dict[int, list[str]] = {}
        self._by_author: dict[str, list[str]] = {}
        self._people: dict[tuple[str, str], str] = {}

    def labelled(self) -> bool:
        """Whether anybody has answered with a label so far."""
        self._catch_up()
        return self._labelled

    def person(self, network: str, handle: str) -> str | None:
        """The id of the participant with this handle (lower case), of this network before any other."""
        self._catch_up()
        return self._people.get((network, handle)) or self._people.get(("", handle))

    def latest_of(self, author: str, before: str) -> str | None:
        """The id of the author's latest post before the one with the id `before`, or None."""
        self._catch_up()
        theirs, posts = self._by_author.get(author, []), self._state.posts
        known = posts.get(before)
        place = len(theirs) if known is None else bisect_left(theirs, known.seq, key=lambda post: posts[post].seq)
        return theirs[place - 1] if place else None

    def posts_before(self, author: str, before: str, at_most: int) -> list[str]:
        """The ids of the author's latest posts before the one with the id `before`, the latest first."""
        self._catch_up()
        theirs = self._by_author.get(author, [])
        known = self._state.posts.get(before)
        if known is None:
            return theirs[: -at_most - 1 : -1]
        seq, posts = known.seq, self._state.posts
        return list(islice((post for post in reversed(theirs) if posts[post].seq < seq), at_most))

    def original(self, post: Post, *, host: bool) -> str | None:
        """The id of the earlier post of somebody else that this one repeats, whole or cut off, or None.

        Hosts post their questions on several networks, so theirs is a copy only of a post on the same one.
        """
        self._catch_up()
        copy = copied(post.text)
        if copy is not None:
            return self._named_original(post, *copy)
        said = words(post.text)
        if len(said) < _SHORTEST_COPY:
            return None
        key = " ".join(said)
        for earlier in self._by_text.get(hash(key), []):
            if self._may_copy(post, earlier, host) and self._key(earlier) == key:
                return self._root(earlier)
        if cut_off(post.text) and len(said) > _SHORTEST_COPY:
            beginning = " ".join(said[:-1])  # the last word may be cut in the middle
            for earlier in self._by_opening.get(_opening(said), []):
                if self._may_copy(post, earlier, host) and self._key(earlier).startswith(beginning):
                    return self._root(earlier)
        return None

    def _named_original(self, post: Post, handle: str, body: str) -> str | None:
        author = self.person(post.author.network, handle)
        if author is None:
            return None
        said = set(words(body))
        best, found = 0.0, None
        for earlier in reversed(self._by_author.get(author, [])[-_LATEST:]):
            theirs = set(words(self._text(earlier)))
            if not theirs or not self._is_before(earlier, post) or copied(self._text(earlier)) is not None:
                continue
            shared = len(said & theirs) / min(len(theirs), max(len(said), 1))
            if shared > best and (len(theirs) >= 3 or said == theirs):
                best, found = shared, earlier
        return self._root(found) if found is not None and best >= 0.7 else None

    def _may_copy(self, post: Post, earlier: str, host: bool) -> bool:
        theirs = self._state.posts[earlier].post.author
        same_network = theirs.network == post.author.network
        return theirs.id != post.author.id and (same_network or not host) and self._is_before(earlier, post)

    def _is_before(self, earlier: str, post: Post) -> bool:
        """Whether it came before `post`, which the state has already when it is judged again."""
        known = self._state.posts.get(post.id)
        return known is None or self._state.posts[earlier].seq < known.seq

    def _root(self, post: str) -> str:
        """The first post of a chain of reposts."""
        seen = {post}
        while (original := self._state.posts[post].post.repost_of) in self._state.posts and original not in seen:
            post = original
            seen.add(post)
        return post

    def _text(self, post: str) -> str:
        return self._state.posts[post].post.text

    def _key(self, post: str) -> str:
        return " ".join(words(self._text(post)))

    def _catch_up(self) -> None:
        posts = self._state.posts
        if len(posts) < self._indexed:  # the state was folded anew and lacks what was never stored
            self._forget()
        unknown = self._unknown()
        unworded = len(unknown) - _WORDED if self._state.channel else 0
        for place, post in enumerate(unknown):
            seen = posts[post.id]
            self._labelled |= seen.kind == "answer" and seen.filed is not None and seen.filed.why == "label"
            said = words(post.text) if place >= unworded else []
            author = post.author
            self._by_author.setdefault(author.id, []).append(post.id)
            if author.handle:
                handle = author.handle.casefold()
                for name in (handle, handle.partition("@")[0]):
                    self._people.setdefault((author.network, name), author.id)
                    self._people.setdefault(("", name), author.id)
            if len(said) >= _SHORTEST_COPY:
                self._by_text.setdefault(hash(" ".join(said)), []).append(post.id)
                self._by_opening.setdefault(_opening(said), []).append(post.id)
        self._indexed = len(posts)

    def _unknown(self) -> list[Post]:
        """The posts that came since, found from the end: the cost is theirs alone."""
        posts = self._state.posts
        latest = islice(reversed(posts.values()), len(posts) - self._indexed)
        return [seen.post for seen in latest][::-1]


def _opening(said: list[str]) -> int:
    return hash(" ".join(said[:_OPENING]))
