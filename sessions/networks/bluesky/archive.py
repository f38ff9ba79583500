"""Bluesky's own JSON in files: posts as its API shows them, and records of an account's own repository. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.posts import Post
from sessions.networks.archived import NO_TIME, ArchivedPosts, ArchivedValue, ArchiveOwner, gathered
from sessions.networks.bluesky.posts import COLLECTION, did_of, record_to_post, to_post
from sessions.networks.bluesky.wire import WireAuthor, WirePost, read_record

_views = JsonReader(WirePost)


def knows(one: ArchivedValue) -> bool:
    """Whether it is a post as the API shows it, a record of one, or one as Jetstream tells of it."""
    return _is_view(one.value) or _record_of(one.value) is not None


def read(values: Sequence[ArchivedValue], owner: ArchiveOwner) -> ArchivedPosts:
    """The posts; who wrote a record is known by the DID, and by the owner's handle where that was said."""

    def post_of(one: ArchivedValue) -> Post | None:
        if _is_view(one.value):
            try:
                return to_post(_views.read(msgspec.json.encode(one.value)), now=NO_TIME)
            except Unreadable:
                return None
        found = _record_of(one.value)
        if found is None:
            return None
        uri, value = found
        record = read_record(msgspec.Raw(msgspec.json.encode(value)))
        author = WireAuthor(did=did_of(uri), handle=owner.handle, display_name=owner.name)
        return record_to_post(uri, record, author, heard=NO_TIME) if record is not None else None

    return gathered(values, post_of)


def _is_view(value: Mapping[str, Any]) -> bool:
    uri = value.get("uri")
    return (
        isinstance(uri, str)
        and uri.startswith("at://")
        and isinstance(value.get("author"), dict)
        and isinstance(value.get("record"), dict)
    )


def _record_of(value: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """The address and the record of a post without its author's view, None where it is none."""
    commit = value.get("commit")
    if isinstance(commit, dict) and commit.get("collection") == COLLECTION and isinstance(commit.get("record"), dict):
        return f"at://{value.get('did', '')}/{COLLECTION}/{commit.get('rkey', '')}", commit["record"]
    uri, record = value.get("uri"), value.get("value")
    if isinstance(uri, str) and isinstance(record, dict) and f"/{COLLECTION}/" in uri:
        return uri, record
    return None
