"""X's own JSON in files: answers of its API in both versions, lines of twarc, and an account's own archive. Pure."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sessions.core.cleaning import clean_handle, clean_name
from sessions.core.posts import Author, Post
from sessions.networks.archived import NO_TIME, ArchivedPosts, ArchivedValue, ArchiveOwner, gathered
from sessions.networks.x.posts import Joined, post_id, post_url, tags, text_of, to_post
from sessions.networks.x.wire import WireEntities, WireIncludes, WirePost, WireTag, WireUrl, WireUser

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OTHERS = frozenset({"screen_name", "username", "from_user", "handle", "author", "name", "user_screen_name", "acct"})
"""Columns that say who wrote a line which is no answer of X's own."""


def knows(one: ArchivedValue) -> bool:
    """Whether it is a post of X in one of its forms."""
    return _is_second(one) or _is_first(one.value)


def nameless(one: ArchivedValue) -> bool:
    """Whether it is a post of an own archive, which does not say whose it is."""
    return _is_first(one.value) and not isinstance(one.value.get("user"), dict)


def read(values: Sequence[ArchivedValue], owner: ArchiveOwner) -> ArchivedPosts:
    """The posts, each by the id of its first version."""
    joined: dict[int, Joined] = {}

    def post_of(one: ArchivedValue) -> Post | None:
        if not _is_second(one):
            return _first_post(one.value, owner)
        beside = joined.setdefault(id(one.beside), _joined(one.beside)) if one.beside else None
        return _second_post(one.value, beside or Joined(WireIncludes()))

    return gathered(values, post_of)


def _is_second(one: ArchivedValue) -> bool:
    value = one.value
    if not (isinstance(value.get("text"), str) and "id" in value and "id_str" not in value and "author_id" in value):
        return False
    return isinstance(value.get("author"), dict) or "includes" in one.beside or not _OTHERS & value.keys()


def _is_first(value: Mapping[str, Any]) -> bool:
    if not (
        isinstance(value.get("created_at"), str) and "id_str" in value and ("full_text" in value or "text" in value)
    ):
        return False
    user = value.get("user")
    if isinstance(user, dict):
        return "screen_name" in user or "id_str" in user
    return "entities" in value and not _OTHERS & value.keys()


def _joined(beside: Mapping[str, Any]) -> Joined:
    includes = beside.get("includes")
    found = includes if isinstance(includes, dict) else {}
    posts = [*_dicts(found.get("tweets")), *_dicts(found.get("posts"))]
    return Joined(
        WireIncludes(
            users=tuple(user for user in map(_user, _dicts(found.get("users"))) if user is not None),
            tweets=tuple(post for post in map(_converted, posts) if post is not None),
        )
    )


def _user(value: Mapping[str, Any]) -> WireUser | None:
    number, name, shown = _text(value.get("id")), _text(value.get("username")), _text(value.get("name"))
    return WireUser(id=number, username=name, name=shown) if number else None


def _converted(value: Mapping[str, Any]) -> WirePost | None:
    try:
        return msgspec.convert({**value, "id": _text(value.get("id"))}, WirePost)
    except (msgspec.ValidationError, TypeError):
        return None


def _second_post(value: Mapping[str, Any], joined: Joined) -> Post | None:
    wire = _converted(value)
    if wire is None:
        return None
    author = value.get("author")
    user = _user(author) if isinstance(author, dict) else None
    if user is not None:
        joined = Joined(WireIncludes(users=(user,), tweets=tuple(joined.posts.values())))
    post = to_post(wire, joined, now=NO_TIME, first_of=lambda other: other)
    return post if post.author.handle else _with_handle(post)


def _with_handle(post: Post) -> Post:
    """The post with its author's number where a handle is not known."""
    handle = post.author.id.partition(":")[2]
    return msgspec.structs.replace(post, author=msgspec.structs.replace(post.author, handle=handle))


def _first_post(value: Mapping[str, Any], owner: ArchiveOwner) -> Post | None:
    user = value.get("user")
    if isinstance(user, dict):
        number = _text(user.get("id_str")) or _text(user.get("id"))
        handle, name = _text(user.get("screen_name")), _text(user.get("name"))
    else:
        number, handle, name = owner.id, owner.handle, owner.name
    own = _text(value.get("id_str"))
    if not own or not (number or handle):
        return None
    shared, quoted = value.get("retweeted_status"), _text(value.get("quoted_status_id_str"))
    said = _first_wire(shared if isinstance(shared, dict) else value)
    parent = _text(value.get("in_reply_to_status_id_str")) or _text(value.get("in_reply_to_status_id"))
    handle = clean_handle(handle) or number
    return Post(
        id=post_id(own),
        author=Author(id=f"x:{clean_handle(number) or '@' + handle.casefold()}", handle=handle, name=clean_name(name)),
        text=text_of(said),
        posted_at=_when(_text(value.get("created_at"))),
        url=post_url(own, handle),
        reply_to=post_id(parent) if parent else None,
        repost_of=post_id(_text(shared.get("id_str"))) if isinstance(shared, dict) and shared.get("id_str") else None,
        quote_of=post_id(quoted) if quoted else None,
        tags=tags(said),
    )


def _first_wire(value: Mapping[str, Any]) -> WirePost:
    """The words of a post of the first version; those of one over 140 characters stand one level deeper."""
    longer = value.get("extended_tweet")
    whole = longer if isinstance(longer, dict) else {}
    text = _text(whole.get("full_text")) or _text(value.get("full_text")) or _text(value.get("text"))
    found = [entities for one in (whole, value) for entities in (one.get("entities"), one.get("extended_entities"))]
    entities = [one for one in found if isinstance(one, dict)]
    links = [link for one in entities for key in ("urls", "media") for link in _dicts(one.get(key))]
    hashtags = [tag for one in entities for tag in _dicts(one.get("hashtags"))]
    return WirePost(
        id=_text(value.get("id_str")),
        text=text,
        entities=WireEntities(
            hashtags=tuple(
                WireTag(tag=tag) for tag in dict.fromkeys(_text(one.get("text")) for one in hashtags) if tag
            ),
            urls=tuple(
                WireUrl(url=_text(one.get("url")), expanded_url=_text(one.get("expanded_url")) or None) for one in links
            ),
        ),
    )


def _when(said: str) -> int:
    """`Fri Mar 10 02:00:01 +0000 2023` or `2014-03-10 02:00:01 +0000` as UTC milliseconds, `NO_TIME` where it is
    neither."""
    parts = said.split()
    try:
        if len(parts) == 6 and parts[1] in _MONTHS:
            month = _MONTHS.index(parts[1]) + 1
            said = f"{int(parts[5]):04}-{month:02}-{int(parts[2]):02}T{parts[3]}{parts[4]}"
        moment = datetime.datetime.fromisoformat(said.replace(" +", "+").replace(" -", "-"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        return round(moment.timestamp() * 1000)
    except (ValueError, OverflowError):
        return NO_TIME


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
