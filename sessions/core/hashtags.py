"""The hashtags in a text, where its network does not say which they are. Pure.

A word of a hashtag has more in it than Python's `\\w`: the vowels and other signs that Hindi, Tamil, Thai or Arabic put
on letters are combining marks, and joiners stand between some letters.
"""

import re
import unicodedata
from functools import lru_cache

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u07fd\u0816-\u082d\u0859-\u085b\u0898-\u08e1\u08e3-\u0963"
    "\u0981-\u09e3\u09fe-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d"
    "\u0d57-\u0d63\u0d81-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84"
    "\u0f86-\u0fbc\u0fc6\u102b-\u103e\u1056-\u109d\u135d-\u135f\u1712-\u1734\u1752-\u17d3\u17dd\u1885-\u193b"
    "\u1a17-\u1a1b\u1a55-\u1a7f\u1ab0-\u1b44\u1b6b-\u1b73\u1b80-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1dff"
    "\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099-\u309a\ua66f-\ua672\ua674-\ua67d\ua69e-\ua6f1"
    "\ua802-\ua827\ua82c\ua880-\ua8c5\ua8e0-\ua8f1\ua8ff-\ua92d\ua947-\ua953\ua980-\ua9c0\ua9e5-\uaa4d\uaa7b-\uaac1"
    "\uaaeb-\uaaef\uaaf5-\uaaf6\uabe3-\uabea\uabec-\uabed\ufb1e\ufe20-\ufe2f"
)
"""Combining marks, for a class of characters of `re`: ranges that hold no punctuation, and letters beside."""

IN_TAG = rf"(?:[\w{_MARKS}]|[\u200c\u200d](?=[\w{_MARKS}]))"
"""A character of a hashtag, for regular expressions."""

HASH = "[#\uff03]"
"""The sign before a hashtag, of half and full width, for regular expressions."""

_TAG = re.compile(rf"{HASH}(?<![\w&/{_MARKS}]{HASH})(?=[\d_]*[^\W\d_])({IN_TAG}+)")
"""The sign comes first, as `re` skips to that; what may not be before it is looked at only there."""
_WHOLE = re.compile(rf"{IN_TAG}{{1,100}}")


def tags_of(text: str) -> tuple[str, ...]:
    """The hashtags in `text` without `#`, in composed letters, each once, in order. A number alone (`#1`) is none."""
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", tag) for tag in _TAG.findall(text)))


def tag_keys(text: str) -> frozenset[str]:
    """The hashtags in `text` so that they can be compared (`tag_key`)."""
    return _keys(tuple(_TAG.findall(text)))


@lru_cache(4096)
def _keys(tags: tuple[str, ...]) -> frozenset[str]:
    """Most posts of a chat carry one of a few sets of hashtags, which all of them share."""
    return frozenset(map(tag_key, tags))


@lru_cache(4096)
def tag_key(tag: str) -> str:
    """A hashtag, with `#` or without, so that it can be compared."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", tag).casefold()).replace("\uff03", "#")


def is_tag(tag: str) -> bool:
    """Whether this (without `#`) can be a hashtag."""
    return _WHOLE.fullmatch(tag) is not None and not tag.isdecimal()
