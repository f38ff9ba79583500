"""The posts that somebody marked, to do one thing to all of them. Pure."""

from collections.abc import Callable, Iterable

from sessions.words import _, ngettext


class ChosenPosts:
    """Ids of posts in the order in which they were marked, at most as many as `most`."""

    def __init__(self, most: int = 0) -> None:
        self.most = most
        self._posts: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._posts)

    def __contains__(self, post: str) -> bool:
        return post in self._posts

    @property
    def ids(self) -> tuple[str, ...]:
        """The posts."""
        return tuple(self._posts)

    @property
    def words(self) -> str:
        """How many they are: `5 marked`; empty where none is."""
        most = _(", the most") if len(self._posts) == self.most else ""
        told = ngettext("{n} marked{most}", "{n} marked{most}", len(self._posts))
        return told.format(n=len(self._posts), most=most) if self._posts else ""

    def add(self, posts: Iterable[str]) -> None:
        """Mark these too, as far as there may be more."""
        for post in posts:
            if len(self._posts) < self.most:
                self._posts[post] = None

    def toggle(self, post: str) -> None:
        """Mark the post, or take its mark away."""
        if post in self._posts:
            del self._posts[post]
        else:
            self.add([post])

    def stepped(self, before: str, now: str) -> None:
        """One went on marking from one post to the next: back over marked ones they lose their marks again."""
        if before != now and before in self._posts and now in self._posts:
            del self._posts[before]
        else:
            self.add((before, now))

    def keep(self, there: Callable[[str], bool]) -> None:
        """Let go of posts that are not there any more."""
        self._posts = {post: None for post in self._posts if there(post)}

    def clear(self) -> bool:
        """Take all marks away; whether there were any."""
        had = bool(self._posts)
        self._posts = {}
        return had
