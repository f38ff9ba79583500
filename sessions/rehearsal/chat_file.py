"""Recorded chats, one JSON object a line; docs/use/sources.md has the fields."""

import datetime
import hashlib
import re
from collections.abc import Container
from functools import partial
from pathlib import Path

import msgspec

from sessions.core import zones
from sessions.core.cleaning import clean_handle, clean_name, clean_text
from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.hashtags import tags_of
from sessions.core.posts import Author, Post
from sessions.rehearsal.recording import NETWORK, ChatFileError, PostsOnDemand, Recording

_STATUS_LINK = re.compile(r"https?://\S+/(?:status|statuses)/(\d+)")
_ZONES = {"us eastern": "America/New_York", "us central": "America/Chicago", "us pacific": "America/Los_Angeles"}


class _Line(msgspec.Struct, frozen=True, gc=False):
    """One recorded post; `id` is null where the recording kept none, and so on.

    Nothing in it can be in a cycle, so that the garbage collector need not look through a hundred thousand of them.
    """

    text: str
    created_at: str
    handle: str | None = None
    seq: int | None = None
    id: str | int | None = None
    name: str | None = None
    precision: str | None = None
    url: str | None = None
    reply_to: str | int | None = None
    in_reply_to: str | int | None = None
    repost_of: str | int | None = None
    quote_of: str | int | None = None


_reader = JsonReader(_Line)


class _Outline(msgspec.Struct, frozen=True, gc=False):
    """As `recording.Outline`: a line that was found right and is no post yet."""

    id: str
    author: Author
    posted_at: int
    line: _Line

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def repost_of(self) -> str | None:
        return _reference(self.line.repost_of)


def read_chat_file(path: Path, raw: bytes, zone: str | None = None) -> Recording:
    """The chat that `raw`, the content of `path`, holds.

    `zone` is the IANA name of the zone of times that carry none; without it what the line says of itself counts
    (`precision`), else UTC. A post without an id gets one of the file's digest and its `seq`; of two posts with one
    id the first counts. Raises `ChatFileError`.
    """
    naive = time_zone(zone) if zone else None
    digest = hashlib.sha256(raw).hexdigest()[:12]
    outlines: dict[str, _Outline] = {}
    authors: dict[tuple[str | None, str | None], Author] = {}
    for number, content in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not content.strip():
            continue
        try:
            line = _reader.read(content)
            at = _milliseconds(line, naive)
            author = authors.get((line.handle, line.name))
            if author is None:
                author = authors[line.handle, line.name] = _author(line)
        except (Unreadable, ValueError, OverflowError) as error:
            what = " ".join(str(error).split())
            raise ChatFileError(
                f"{path}, line {number}: not a recorded post ({what}); see docs/use/sources.md"
            ) from None
        own = _own_id(line.id) or f"{digest}:{line.seq if line.seq is not None else number - 1}"
        key = f"{NETWORK}:{own}"
        if key not in outlines:
            outlines[key] = _Outline(key, author, at, line)
    if not outlines:
        raise ChatFileError(f"{path}: no posts in it; give a recorded chat, one JSON object a line")
    return Recording(posts=PostsOnDemand(tuple(outlines.values()), partial(_post, known=outlines)))


def time_zone(name: str) -> datetime.tzinfo:
    """The zone with this IANA name; raises `ChatFileError` where there is none."""
    try:
        return zones.time_zone(name)
    except zones.UnknownZone as error:
        raise ChatFileError(str(error)) from None


def _own_id(value: str | int | None) -> str:
    return clean_handle(str(value)) if value is not None else ""


def _author(line: _Line) -> Author:
    """Who wrote it; raises `ValueError` where nobody is named."""
    handle = clean_handle(line.handle or "") or clean_handle(line.name or "")
    if not handle:
        raise ValueError("neither handle nor name")
    return Author(id=f"{NETWORK}:{handle.casefold()}", handle=handle, name=clean_name(line.name or ""))


def _milliseconds(line: _Line, zone: datetime.tzinfo | None) -> int:
    """When the post was written, in UTC milliseconds; raises `ValueError` where that is no ISO 8601 time."""
    moment = datetime.datetime.fromisoformat(line.created_at)
    if moment.tzinfo is None:
        said = (line.precision or "").casefold()
        name = next((name for words, name in _ZONES.items() if words in said), "UTC")
        moment = moment.replace(tzinfo=zone or time_zone(name))
    return round(moment.timestamp() * 1000)


def _post(outline: _Outline, known: Container[str]) -> Post:
    key, line = outline.id, outline.line
    text = clean_text(line.text)
    links = (f"{NETWORK}:{number}" for number in _STATUS_LINK.findall(text))
    return Post(
        id=key,
        author=outline.author,
        text=text,
        posted_at=outline.posted_at,
        url=clean_handle(line.url, limit=2_000) if line.url else None,
        reply_to=_reference(line.reply_to if line.reply_to is not None else line.in_reply_to),
        repost_of=outline.repost_of,
        quote_of=_reference(line.quote_of) or next((link for link in links if link in known and link != key), None),
        tags=tags_of(text),
    )


def _reference(value: str | int | None) -> str | None:
    own = _own_id(value)
    return f"{NETWORK}:{own}" if own else None
