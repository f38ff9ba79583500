"""Going through posts in search of words, a little at a time, so that keys and frames come in between."""

from collections.abc import Callable, Sequence

from sessions.core.state import SessionState

AT_ONCE = 256
"""Posts that are looked through before it is asked whether that is enough for now."""

_APART = "\0"
"""Stands between the parts of a haystack; no words that can be typed have it."""

_LOOK_CLOSER = "\uffff"
"""Ends the haystack of a post in which what is found may be no match: not all is ASCII, or a warning stands before."""

_TURKISH = {0x130: "i", 0x131: "i"}
"""Letters that a regular expression takes for an i where case is ignored, and `casefold` does not."""


def folded(text: str) -> str:
    """The text without its case: whatever a regular expression finds in a text, whatever the case, is in this form too.

    It may find a little more (`ss` in `ß`), but not where all is ASCII.
    """
    return text.translate(_TURKISH).casefold()


class Haystacks:
    """What can be found in each post, without its case, made once for each.

    Posts to which something happened, or of which something is folded away, are asked for each time: `matches` says of
    any post whether it is a match.
    """

    def __init__(self, matches: Callable[[str], bool]) -> None:
        self._matches = matches
        self._session = SessionState()
        self._seq = 0
        self._haystacks: dict[str, str] = {}
        self._muted = False

    def matching(self, session: SessionState, posts: Sequence[str], text: str) -> list[str]:
        """Those of the posts in which the text stands, in the same order."""
        self._follow(session)
        haystacks, layers, matches = self._haystacks, session.layers, self._matches
        needle, sure = folded(text), text.isascii() and not self._muted
        found = []
        for post in posts:
            haystack = haystacks.get(post)
            if haystack is None:
                haystack = haystacks[post] = self._haystack(post)
            if post in layers:
                if matches(post):
                    found.append(post)
            elif needle in haystack and ((sure and haystack.isascii()) or matches(post)):
                found.append(post)
        return found

    def _follow(self, session: SessionState) -> None:
        if session is not self._session:
            self._session, self._haystacks = session, {}
        elif session.seq == self._seq:
            return
        self._seq = session.seq
        self._muted = bool(session.muted) or any(person.muted is not None for person in session.people.values())

    def _haystack(self, post: str) -> str:
        told = self._session.posts[post].post
        whole = _APART.join((told.text, told.author.name, told.author.handle))
        if whole.isascii() and told.warning is None:
            return whole.lower()
        return folded(whole) + _LOOK_CLOSER


class Finding:
    """A search through posts in a given order, which goes on as long as it is let; `matches` are those found so far.

    `start` is the post from which the order begins.
    """

    def __init__(self, text: str, start: str | None, posts: Sequence[str]) -> None:
        self.text = text
        self.start = start
        self.matches: list[str] = []
        self._posts = posts
        self._looked_through = 0

    @property
    def done(self) -> bool:
        """Whether all posts were looked through."""
        return self._looked_through >= len(self._posts)

    def go_on(self, matching: Callable[[Sequence[str]], list[str]], enough: Callable[[], bool]) -> None:
        """Look through more posts, until that is enough for now."""
        while not self.done:
            posts = self._posts[self._looked_through : self._looked_through + AT_ONCE]
            self.matches += matching(posts)
            self._looked_through += len(posts)
            if enough():
                return

    def narrowed(self, text: str, cursor: str | None) -> "Finding | None":
        """The search for a longer text in what may hold it; None if the cursor is elsewhere or the text another.

        The order stays right only as long as the cursor is where this search began, or at the match that it found.
        """
        stands = self.matches[0] if self.matches else self.start
        if cursor != stands or self.text not in text:
            return None
        return Finding(text, cursor, [*self.matches, *self._posts[self._looked_through :]])
