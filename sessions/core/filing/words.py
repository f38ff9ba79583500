"""The words of a post: what is left without hashtags, mentions and links, whom it names, whose text it repeats.

Every function looks at `plain` text, which is bounded, with patterns that are linear in its length.
"""

import re
from functools import lru_cache

from sessions.core.filing.labels import plain, split_label
from sessions.core.hashtags import IN_TAG

FURNITURE = re.compile(r"https?://\S*|pic\.twitter\.com/\S*|#" + IN_TAG + r"+|@\w[\w.\-]*(?:@[\w.\-]+)?")
"""Links, hashtags and mentions."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LABEL_WORD = re.compile(r"[qa][0-9]{1,2}[a-hx]?")
_LONGEST_LABEL_WORD = 4
_HANDLE = r"@(?P<handle>\w[\w.\-]*(?:@[\w.\-]+)?)"
_MENTION = re.compile(_HANDLE)
_FIRST_MENTION = re.compile(r"[\s.]*" + _HANDLE)
_COPY = re.compile(r"[\s.]*(?:RT|MT|QT|rt|mt|qt)\b[\s:]*" + _HANDLE + r"[\s:]*")
_QUOTED = re.compile(r"\s*\"\s*" + _HANDLE + r"\s*:\s*")
_COMMENTED_COPY = re.compile(r"\s(?:RT|MT|QT)[\s:]{0,2}" + _HANDLE + r":\s")


@lru_cache(maxsize=16)  # as `plain`
def bare(text: str) -> str:
    """The text without hashtags, mentions and links, in one line."""
    return " ".join(FURNITURE.sub(" ", plain(text)).split())


def words(text: str) -> list[str]:
    """The words in lower case, without hashtags, mentions and links."""
    return list(_words(text))


@lru_cache(maxsize=16)  # as `plain`
def _words(text: str) -> tuple[str, ...]:
    said = FURNITURE.sub(" ", plain(text))
    if said.isascii():  # most; of other letters some become two, of which one is no letter
        return tuple(_WORD.findall(said.lower()))
    return tuple(word.casefold() for word in _WORD.findall(said))


def words_said(text: str) -> list[str]:
    """The words without labels."""
    return list(_words_said(text))


@lru_cache(maxsize=16)  # as `plain`
def _words_said(text: str) -> tuple[str, ...]:
    return tuple(word for word in _words(text) if len(word) > _LONGEST_LABEL_WORD or not _LABEL_WORD.fullmatch(word))


def likeness(text: str, question: str) -> float:
    """How alike a text and a question are, 0 to 1: twice the shared words by all of both, labels left out."""
    ours, theirs = set(words_said(text)), set(words_said(question))
    if len(theirs) < 3:
        return float(ours == theirs and bool(ours))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def cut_off(text: str) -> bool:
    """Whether the text ends in an ellipsis, links, hashtags and mentions aside."""
    tokens = plain(text).split()
    while tokens and not tokens[-1].endswith("...") and FURNITURE.match(tokens[-1]):
        tokens.pop()
    return bool(tokens) and tokens[-1].rstrip("\"')").endswith("...")


_PART = re.compile(r"(?<![\w/.])(?P<place>[1-9])/(?P<parts>[2-9])(?![\w/%])")


def part_of(text: str) -> tuple[int, int] | None:
    """Which of how many parts the post says at its start or end that it is: (2, 3) of `2/3`, else None."""
    if "/" not in plain(text):
        return None
    said = bare(text)
    for match in (_PART.search(said[:12]), _PART.search(said, max(0, len(said) - 6))):
        if match is not None and int(match["place"]) <= int(match["parts"]):
            return int(match["place"]), int(match["parts"])
    return None


def copied(text: str) -> tuple[str, str] | None:
    """The handle that an old-style repost names (`RT @x: ...`, `"@x: ..."`, `So true! RT @x: ...`) and the text that it
    repeats, else None."""
    text = plain(text)
    match = _COPY.match(text) or _QUOTED.match(text)
    if match is None:
        match = _COMMENTED_COPY.search(text)
        if match is None or split_label(text[: match.start()]) is not None:
            return None
    return _name(match), text[match.end() :]


def mentioned_first(text: str) -> str | None:
    """The handle, in lower case, of the mention at the very start (a dot before it is customary), else None."""
    match = _FIRST_MENTION.match(plain(text))
    return None if match is None else _name(match)


def mentioned(text: str) -> list[str]:
    """The handles, in lower case, of all mentions."""
    return [_name(match) for match in _MENTION.finditer(plain(text))]


def _name(match: re.Match[str]) -> str:
    return match["handle"].rstrip(".-").casefold()
