"""A post of X as a `Post`. Pure."""

import html
import re
from collections.abc import Callable, Mapping

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.hashtags import tags_of
from sessions.core.posts import Author, Post
from sessions.networks.web.times import claimed
from sessions.networks.x.ids import given_at
from sessions.networks.x.wire import WireEntities, WireIncludes, WirePost, WireUrl, WireUser

SENSITIVE = "X says that it may be sensitive"
"""What stands before a post of which X says so; it has no content warnings."""

_TAGS = 50
_LINKS = 50
_NUMBER = re.compile(r"[0-9]{1,30}")
_USER_NAME = re.compile(r"[A-Za-z0-9_]{1,50}")
_MEDIA = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/.{1,100}/(?P<kind>photo|video)/\d{1,2}")
_KINDS = {"photo": "image", "video": "video"}
_SHORT_LINK = re.compile(r"https?://t\.co/\w{1,40}")


def post_id(x_id: str) -> str:
    """The id of the post whose first version has this id."""
    return f"x:{clean_handle(x_id)}"


def post_url(x_id: str, handle: str = "") -> str | None:
    """The address at which a version of a post is shown."""
    if not _NUMBER.fullmatch(x_id):
        return None
    return f"https://x.com/{handle if _USER_NAME.fullmatch(handle) else 'i'}/status/{x_id}"


class Joined:
    """What posts refer to, by its id."""

    def __init__(self, includes: WireIncludes) -> None:
        self.users: Mapping[str, WireUser] = {user.id: user for user in includes.users}
        self.posts: Mapping[str, WirePost] = {post.id: post for post in (*includes.tweets, *includes.posts)}

    def author(self, post: WirePost) -> Author:
        """Who wrote it; X may leave the account out of what it gives, its id stays."""
        user = self.users.get(post.author_id or "")
        if user is None:
            return Author(id=f"x:{clean_handle(post.author_id or 'unknown')}")
        return Author(id=f"x:{clean_handle(user.id)}", handle=clean_handle(user.username), name=clean_name(user.name))


def to_post(wire: WirePost, joined: Joined, *, now: int, first_of: Callable[[str], str]) -> Post:
    """The post as X gave it at `now` (UTC milliseconds).

    `first_of` gives the first id for that of a version, as far as it is known, else the same.
    """
    author = joined.author(wire)
    shared, quoted, parent = (wire.referenced(kind) for kind in ("retweeted", "quoted", "replied_to"))
    original = joined.posts.get(shared or "")
    said = original or wire
    return Post(
        id=post_id(wire.first_id),
        author=author,
        text=text_of(said),
        posted_at=_posted_at(wire, now),
        url=post_url(wire.id, author.handle),
        reply_to=post_id(first_of(parent)) if parent else None,
        repost_of=post_id(original.first_id if original else first_of(shared)) if shared else None,
        quote_of=post_id(first_of(quoted)) if quoted else None,
        tags=tags(said),
        warning=SENSITIVE if said.possibly_sensitive else None,
        quoted_tags=() if (other := joined.posts.get(quoted or "")) is None else tags(other),
    )


def text_of(wire: WirePost) -> str:
    """What its author wrote, whole, with the links that they put; X gives it escaped for HTML."""
    text = wire.note.text if wire.note is not None and wire.note.text else wire.text
    return clean_text(html.unescape(_with_links(text, wire.found)))


def tags(wire: WirePost) -> tuple[str, ...]:
    """Its hashtags, without `#`; where X does not name them, those in its text."""
    found = (clean_handle(one.tag) for one in wire.found.hashtags[:_TAGS])
    return tuple(dict.fromkeys(tag for tag in found if tag)) or tags_of(text_of(wire))[:_TAGS]


def _with_links(text: str, entities: WireEntities) -> str:
    """The text with the real addresses in the place of the short ones, and without those of its own pictures; one that
    is nothing else says so.

    By what stands there and not by offsets, of which X does not say whether they count the escaped text.
    """
    links = entities.urls[:_LINKS]
    real = {one.url: one.unwound_url or one.expanded_url or "" for one in links}
    own = {one.url: _media_kind(one) for one in links if _media_kind(one)}
    bare = _SHORT_LINK.sub(lambda found: "" if found[0] in own else found[0], text)
    text = bare if bare.strip() else " ".join(f"[{kind}]" for kind in own.values()) or text

    def longer(found: re.Match[str]) -> str:
        address = real.get(found[0], "")
        fit = address.startswith(("https://", "http://")) and clean_handle(address, len(address)) == address
        return html.escape(address, quote=False) if fit else found[0]

    return _SHORT_LINK.sub(longer, text)


def _media_kind(link: WireUrl) -> str:
    """What the link shows of the post's own, empty where it leads elsewhere."""
    found = _MEDIA.fullmatch(link.expanded_url or "")
    return _KINDS[found["kind"]] if found is not None else "attachment" if link.media_key else ""


def _posted_at(wire: WirePost, now: int) -> int:
    """When its first version was posted: by the time of that where X gives it, else by the id."""
    given = given_at(wire.first_id)
    if wire.created_at and (wire.id == wire.first_id or given is None):
        return claimed(wire.created_at, now)
    return now if given is None else min(given, now)
