"""Mastodon's own JSON in files: statuses as its API gives them, and the outbox of an account's own archive. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.decoding import Unreadable
from sessions.core.hashtags import tags_of
from sessions.core.posts import Author, Post
from sessions.networks.archived import (
    NO_TIME,
    PRIVATE,
    ArchivedPosts,
    ArchivedValue,
    ArchiveOwner,
    gathered,
)
from sessions.networks.mastodon.posts import SEEN_BY_ALL, full_handle, post_id, to_post, web_address
from sessions.networks.mastodon.wire import WireStatus, read_statuses
from sessions.networks.web.html_text import html_to_text
from sessions.networks.web.times import claimed

_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_ACTIVITIES = frozenset({"Create", "Announce"})
_NOTES = frozenset({"Note", "Question", "Article"})
_MEDIA = {"image": "image", "video": "video", "audio": "audio"}
_DESCRIPTION_LIMIT = 300


def knows(one: ArchivedValue) -> bool:
    """Whether it is a status, or an activity of an outbox."""
    return _is_status(one.value) or _is_activity(one.value)


def read(values: Sequence[ArchivedValue], owner: ArchiveOwner) -> ArchivedPosts:
    """The posts; what is not for everybody is left out, as it is live."""
    uris = {_text(one.value.get("id")): _text(one.value.get("uri")) for one in values if _is_status(one.value)}

    def post_of(one: ArchivedValue) -> Post | str | None:
        if _is_status(one.value):
            return _status_post(one.value, uris)
        return _activity_post(one.value, owner) if _is_activity(one.value) else None

    return gathered(values, post_of)


def _is_status(value: Mapping[str, Any]) -> bool:
    account = value.get("account")
    return isinstance(account, dict) and "acct" in account and "created_at" in value and "content" in value


def _is_activity(value: Mapping[str, Any]) -> bool:
    kind = _text(value.get("type"))
    if kind in _ACTIVITIES:
        return "object" in value and "actor" in value
    return kind in _NOTES and "content" in value and "attributedTo" in value


def _status_post(value: Mapping[str, Any], uris: Mapping[str, str]) -> Post | str | None:
    status = _read(value)
    if status is None:
        return None
    if status.visibility not in SEEN_BY_ALL:
        return PRIVATE
    boosted = _read(status.reblog) if isinstance(status.reblog, dict) else None
    if status.reblog is not None and boosted is None:
        return None
    if boosted is not None and boosted.visibility not in SEEN_BY_ALL:
        return PRIVATE
    post = to_post(status, _home(value), now=NO_TIME, uri_of=uris.get)
    if boosted is not None and isinstance(value.get("reblog"), dict):
        original = to_post(boosted, _home(value["reblog"]), now=NO_TIME, uri_of=uris.get)
        post = msgspec.structs.replace(post, text=original.text, repost_of=original.id, tags=original.tags)
    return post if post.tags else msgspec.structs.replace(post, tags=tags_of(post.text))


def _read(value: Any) -> WireStatus | None:
    try:
        return next(iter(read_statuses([msgspec.Raw(msgspec.json.encode(value))])), None)
    except Unreadable:
        return None


def _home(value: Mapping[str, Any]) -> str:
    """The server of whoever wrote a status, as the address of their page or of the post says it."""
    account = value.get("account")
    pages = (account.get("url") if isinstance(account, dict) else None, value.get("uri"), value.get("url"))
    return next((host for host in map(_host, pages) if host), "")


def _host(address: Any) -> str:
    try:
        return urlsplit(address).hostname or "" if isinstance(address, str) else ""
    except ValueError:
        return ""


def _activity_post(value: Mapping[str, Any], owner: ArchiveOwner) -> Post | str | None:
    note = value.get("object") if _text(value.get("type")) in _ACTIVITIES else value
    if value.get("type") == "Announce":
        return "a boost, of which the archive holds no words"
    if not isinstance(note, dict) or _text(note.get("type")) not in _NOTES:
        return None
    if not _PUBLIC & {*_texts(note, "to"), *_texts(note, "cc"), *_texts(value, "to"), *_texts(value, "cc")}:
        return PRIVATE
    uri = _text(note.get("id"))
    actor = _text(value.get("actor")) or _text(note.get("attributedTo"))
    handle = _handle(actor, owner)
    if not uri or not handle:
        return None
    listed = note.get("tag")
    tags = [tag for tag in listed if isinstance(tag, dict)] if isinstance(listed, list) else []
    mentions = {
        _text(tag.get("href")): clean_handle(_text(tag.get("name"))) for tag in tags if tag.get("type") == "Mention"
    }
    text = clean_text("\n".join([html_to_text(_text(note.get("content")), mentions), *_media(note)]))
    parent = _text(note.get("inReplyTo"))
    named = (clean_handle(_text(tag.get("name"))).lstrip("#") for tag in tags if tag.get("type") == "Hashtag")
    return Post(
        id=post_id(uri),
        author=Author(id=f"mastodon:{handle}", handle=handle, name=clean_name(owner.name)),
        text=text,
        posted_at=claimed(_text(note.get("published")) or _text(value.get("published")), NO_TIME),
        url=web_address(_text(note.get("url"))) or web_address(uri),
        reply_to=post_id(parent) if parent else None,
        tags=tuple(dict.fromkeys(tag for tag in named if tag)) or tags_of(text),
        warning=clean_name(_text(note.get("summary")), _DESCRIPTION_LIMIT) or None,
    )


def _handle(actor: str, owner: ArchiveOwner) -> str:
    """`ana@example.org` for `https://example.org/users/ana`, or as the owner is called."""
    host = _host(actor)
    name = owner.handle or actor.rstrip("/").rpartition("/")[2]
    return full_handle(name, host) if name and host else full_handle(name, "") if "@" in name.lstrip("@") else ""


def _media(note: Mapping[str, Any]) -> list[str]:
    found = []
    for media in (note.get("attachment") or ())[:20] if isinstance(note.get("attachment"), list) else ():
        if not isinstance(media, dict):
            continue
        kind = _MEDIA.get(_text(media.get("mediaType")).partition("/")[0], "attachment")
        described = clean_name(_text(media.get("name")), _DESCRIPTION_LIMIT)
        found.append(f"[{kind}: {described}]" if described else f"[{kind}]")
    return found


def _texts(value: Mapping[str, Any], key: str) -> list[str]:
    """The texts in a member that may be one or a list of them."""
    said = value.get(key)
    return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
