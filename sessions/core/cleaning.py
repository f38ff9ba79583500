"""Text from outside, cleaned once, at the door: no control characters, nothing that hides or turns text round, bounded.

What is taken out is what lets a post show something else than it says: bidirectional overrides and isolates
(Unicode TR9, "Trojan Source"), invisible letters and tag characters (hidden text), stacked combining marks.
What is kept is what people write with: joiners and variation selectors where they belong to an emoji or to a
script that needs them, and the tags of a subdivision flag. None of these functions raises, and each is idempotent.
"""

import re
import unicodedata
from typing import Any

TEXT_LIMIT = 5_000
"""Characters that a post's text may have; the longest that a network allows by default is 500 (Mastodon)."""

NAME_LIMIT = 80
"""Characters that a name or a handle may have."""

_ELLIPSIS = "…"
_MARKS = 5
"""Combining marks in a row; the scripts that stack most (Vietnamese, Hebrew, Thai, Tibetan) need fewer."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiner, letters that show nothing
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"  # zero width, bidirectional, fillers
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff"  # noncharacters, interlinear annotation
    "\ufe00-\ufe0d\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff]"  # other selectors and tags
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_FLAG = re.compile("(\U0001f3f4(?:\ufe0f)?)([\U000e0061-\U000e007a\U000e0030-\U000e0039]{4,6}\U000e007f)")
_CONDITIONAL = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` fit to be stored and shown: lines end in `\\n`, at most one is blank in a row, and `limit` is kept."""
    text = _SPACES.sub(" ", visible(text[: limit * 4]))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _bounded(_BLANK_LINES.sub("\n\n", text).strip(), limit)


def clean_name(text: str, limit: int = NAME_LIMIT) -> str:
    """`text` as a single line of at most `limit` characters."""
    return _bounded(" ".join(visible(text[: limit * 4]).split()), limit)


def clean_handle(text: str, limit: int = NAME_LIMIT) -> str:
    """`text` as a handle: a single word of at most `limit` characters, without the leading `@`."""
    return _bounded("".join(visible(text[: limit * 4]).split()).lstrip("@"), limit)


def visible(text: str) -> str:
    """`text` without what hides or turns text round, however long; lines end in `\\n`, other white space stays."""
    if text.isascii() and text.isprintable():  # most names, handles and texts, and quickly told
        return text
    text = _LINE_ENDS.sub("\n", _SURROGATES.sub("�", text))
    text = _INVISIBLE.sub("", text)
    text = _without_stray_tags(text)
    for _ in range(3):
        before = text
        text = _without_strays(text)
        if text == before:
            return text
    # Only text made to hide something is still unsettled here; it loses what may join at all.
    return _without_strays(_CONDITIONAL.sub("", text))


def visible_throughout(value: Any) -> Any:
    """A value of texts, numbers, lists, tuples and dicts in which every text, keys too, is as `visible` has it."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, (list, tuple)):
        return type(value)(visible_throughout(one) for one in value)
    if isinstance(value, dict):
        return {visible(key): visible_throughout(one) for key, one in value.items()}
    return value


def whole_letters_throughout(value: Any) -> Any:
    """The same value with U+FFFD for each lone surrogate in its texts: what cannot be written in UTF-8."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, (list, tuple)):
        return type(value)(whole_letters_throughout(one) for one in value)
    if isinstance(value, dict):
        return {whole_letters_throughout(key): whole_letters_throughout(one) for key, one in value.items()}
    return value


def _without_stray_tags(text: str) -> str:
    if not _TAGS.search(text):
        return text
    parts = _FLAG.split(text)
    return "".join(part if place % 3 == 2 else _TAGS.sub("", part) for place, part in enumerate(parts))


def _without_strays(text: str) -> str:
    """`text` without the joiners, selectors and combining marks that stand where nothing needs them."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for place, character in enumerate(text):
        before = kept[-1] if kept else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        if character in _JOINERS:
            if not (_joins(before) and _joins(after) and after not in _SELECTORS):
                continue
        elif character in _SELECTORS:
            if before.isspace() or before in _JOINERS or before in _SELECTORS or before.isalpha():
                continue
        elif unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
            if marks > _MARKS:
                continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)


def _joins(character: str) -> bool:
    """True for emoji (and what may end one) and for letters of scripts without case, such as Arabic or Devanagari."""
    return character in _SELECTORS or unicodedata.category(character) in ("So", "Sk", "Sm", "Lo", "Mn", "Mc")


def _bounded(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    while kept and (kept[-1].isspace() or kept[-1] in _JOINERS or _TAGS.match(kept[-1])):
        kept = kept[:-1]
    return kept + _ELLIPSIS
