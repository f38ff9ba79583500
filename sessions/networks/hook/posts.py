"""What was said elsewhere as a post, and what was said twice. Pure."""

import hashlib
from collections import OrderedDict

import msgspec

from sessions.core.cleaning import clean_handle
from sessions.core.posts import Author, Post
from sessions.networks.hook.account import NAME
from sessions.networks.hook.payloads import Said
from sessions.networks.web.times import claimed

TWICE_WITHIN = 10_000
"""Milliseconds in which the same words of the same person are one post, where no id tells."""

_REMEMBERED = 5_000


def author_of(said: Said) -> Author:
    """Who said it: by the site's own id where it gives one, else by the name there."""
    handle = clean_handle(said.name).replace(":", "")
    return Author(f"{NAME}:{said.site}:{said.user or handle.casefold()}", handle, said.name)


class Repeats:
    """Gives each post its id, the same one where something is told again.

    Ids of some programs begin anew with each start, so the words belong to what makes a post that one.
    """

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, str], tuple[str, int]] = OrderedDict()

    def remember(self, post: Post) -> None:
        """The session has this post from before."""
        self._keep((post.author.id, post.text), post.id, post.posted_at)

    def post(self, said: Said, now: int) -> Post:
        """What was said, as a post; `now` is when it came (UTC milliseconds)."""
        author = author_of(said)
        at = claimed(said.at, now) if said.at else now
        if said.id or said.at:
            name = _digest(author.id, said.id or said.at, said.text)
        else:
            name = self._unnamed(author.id, said.text, now)
        return Post(name, author, said.text, at)

    def _unnamed(self, author: str, text: str, now: int) -> str:
        known = self._said.get((author, text))
        if known is not None and abs(now - known[1]) < TWICE_WITHIN:
            return known[0]
        name = _digest(author, str(now), text)
        self._keep((author, text), name, now)
        return name

    def _keep(self, key: tuple[str, str], name: str, at: int) -> None:
        self._said[key] = (name, at)
        self._said.move_to_end(key)
        if len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)


def _digest(*parts: str) -> str:
    return f"{NAME}:{hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]}"
