"""Facets: which bytes of a post's text are a hashtag, a link or a mention; read from strangers, written for us. Pure.

The text of a post is plain; only a facet makes a hashtag of `#devchat` (app.bsky.richtext.facet). Offsets count UTF-8
bytes and nobody checks them: they may lie outside, inside a character, over one another and in any order.
"""

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import regex

from sessions.core.cleaning import clean_handle
from sessions.networks.addresses import addresses
from sessions.networks.bluesky.wire import WireFacet, WireFeature, WireRecord

TAG, LINK, MENTION = (f"app.bsky.richtext.facet#{kind}" for kind in ("tag", "link", "mention"))

_TAGS = 50
"""Hashtags of a post that are kept of those in facets and lists, and of those that are typed; a record's own list has 8
at most, facets have no limit."""

_TAG_LIMIT = 64
"""Characters of a hashtag (lexicon: 64 graphemes)."""

_HASHTAG = regex.compile(r"(?<![\w&/#＃])[#＃](?=\d*[^\W\d])(\w{1,64})(?!\w)")
_MENTIONED = regex.compile(
    r"(?<![\w@/.])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\w@-])",
    regex.IGNORECASE,
)
_SCHEME = regex.compile(r"^https?://(?:www\.)?", regex.IGNORECASE)


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text, and what a facet says of it."""

    text: str
    feature: WireFeature | None = None


def pieces(text: str, facets: Iterable[WireFacet]) -> list[Piece]:
    """The text cut at its facets; joined again the pieces are the text, whatever the offsets.

    Offsets outside are clipped, those inside a character are moved to its edges, and of facets that lie over one
    another the first stays.
    """
    data = _bytes(text)
    found: list[Piece] = []
    done = 0
    for facet in sorted(facets, key=lambda one: (one.index.byte_start, one.index.byte_end)):
        start, end = (_edge(data, offset, step) for offset, step in _ends(facet))
        feature = _known(facet.features)
        if start < done or end <= start or feature is None:
            continue
        if start > done:
            found.append(Piece(_text(data[done:start])))
        found.append(Piece(_text(data[start:end]), feature))
        done = end
    if done < len(data):
        found.append(Piece(_text(data[done:])))
    return found


def shown(text: str, facets: Iterable[WireFacet]) -> str:
    """The text with each link as its whole address, which the text itself may cut short or call something else.

    A link whose offsets cut a word in two was counted in other units: the words stay as they are, and it stands behind
    them unless it is one of them.
    """
    found = pieces(text, facets)
    parts: list[str] = []
    behind: list[str] = []
    for place, piece in enumerate(found):
        before, after = parts[-1] if parts else "", found[place + 1].text if place + 1 < len(found) else ""
        if _link_of(piece) and (_cuts(before, piece.text) or _cuts(piece.text, after)):
            parts.append(piece.text)
            behind += [_link_of(piece)] if _bare(_link_of(piece)) not in text.casefold() else []
        else:
            parts.append(_shown(piece))
    return " ".join(["".join(parts), *behind])


def tags_of(record: WireRecord) -> tuple[str, ...]:
    """The hashtags of a post, without `#`: those of its facets and those beside its text, each once."""
    features = (feature for facet in record.facets or () for feature in facet.features)
    given = [*(feature.tag for feature in features if feature.kind == TAG), *(record.tags or ())]
    found: dict[str, str] = {}
    for tag in given[: _TAGS * 4]:
        cleaned = clean_handle(tag.lstrip("#＃"), _TAG_LIMIT)
        if cleaned:
            found.setdefault(tag_key(cleaned), cleaned)
    return tuple(found.values())[:_TAGS]


def typed_tags(text: str) -> tuple[str, ...]:
    """The hashtags that stand in the text, facets or not: not every program makes facets of them."""
    return tuple(found[1] for found in itertools.islice(_HASHTAG.finditer(text), _TAGS))


def tag_key(tag: str) -> str:
    """What is the same for all spellings of a hashtag."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", tag).casefold())


def mentioned(text: str) -> tuple[str, ...]:
    """The handles in a text of ours, in lower case, each once: whose they are has to be looked up."""
    return tuple(dict.fromkeys(found[1].lower() for found in _MENTIONED.finditer(text)))


def written(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of a text of ours, in order, none over another; `dids` has the DID of each mentioned handle."""
    found: list[tuple[int, int, dict[str, str]]] = [
        (start, end, {"$type": LINK, "uri": _whole(text[start:end])}) for start, end in addresses(text)
    ]
    for one in _HASHTAG.finditer(text):
        found.append((*one.span(), {"$type": TAG, "tag": one[1]}))
    for one in _MENTIONED.finditer(text):
        if (did := dids.get(one[1].lower())) is not None:
            found.append((*one.span(), {"$type": MENTION, "did": did}))
    return [
        {"index": {"byteStart": len(_bytes(text[:start])), "byteEnd": len(_bytes(text[:end]))}, "features": [feature]}
        for start, end, feature in _apart(sorted(found, key=lambda one: one[:2]))
    ]


def _apart(found: Sequence[tuple[int, int, dict[str, str]]]) -> Iterator[tuple[int, int, dict[str, str]]]:
    done = 0
    for start, end, feature in found:
        if start >= done:
            done = end
            yield start, end, feature


def _cuts(before: str, after: str) -> bool:
    """Whether a cut between these goes through a word, in a script that sets its words apart."""
    here = f"{before[-1:]}{after[:1]}"
    return len(here) == 2 and here.isascii() and here.isalnum()


def _link_of(piece: Piece) -> str:
    """The address to which the piece leads, empty where it leads nowhere."""
    uri = "" if piece.feature is None or piece.feature.kind != LINK else piece.feature.uri.strip()
    return "" if not uri.startswith(("https://", "http://")) or any(one.isspace() for one in uri) else uri


def _shown(piece: Piece) -> str:
    uri = _link_of(piece)
    if not uri:
        return piece.text
    name = piece.text.strip()
    if _bare(uri).startswith(_bare(name).rstrip("….")):
        return piece.text.replace(name, uri) if name else f"{piece.text}{uri}"
    return f"{piece.text} ({uri})"


def _whole(address: str) -> str:
    return address if address.lower().startswith(("https://", "http://")) else f"https://{address}"


def _bare(address: str) -> str:
    return _SCHEME.sub("", address).casefold()


def _known(features: Sequence[WireFeature]) -> WireFeature | None:
    return next((feature for feature in features if feature.kind in (TAG, LINK, MENTION)), None)


def _ends(facet: WireFacet) -> tuple[tuple[int, int], tuple[int, int]]:
    return (facet.index.byte_start, -1), (facet.index.byte_end, 1)


def _edge(data: bytes, offset: int, step: int) -> int:
    """The edge of the character into which the offset falls, clipped to the text."""
    offset = min(max(offset, 0), len(data))
    while 0 < offset < len(data) and data[offset] & 0xC0 == 0x80:
        offset += step
    return offset


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
