"""The words of a post as a recap shows them, and posts in parts as one."""

import functools
import re
import unicodedata
from collections.abc import Iterable

import msgspec

from sessions.core.filing.label_forms import LabelForms
from sessions.core.filing.labels import Label, LabelReader, reader_of
from sessions.core.filing.words import part_of
from sessions.core.hashtags import HASH, IN_TAG, tag_key
from sessions.core.languages import ENGLISH
from sessions.core.plan import clean_line, clean_text

_LEAD = re.compile(rf"\s*(?:[#.]?@[\w.\-]+(?:@[\w.\-]+)?[\s:,]*|{HASH}(?P<tag>{IN_TAG}+)[\s:,.\-–—]*)")
_PART_AT_END = re.compile(r"\s*[(\[]?\b[1-9]/[2-9][)\]]?\s*$")
_PART_AT_START = re.compile(r"^\s*[(\[]?[1-9]/[2-9][)\]]?[\s:.,\-–—]*")
_TAG_AT_END = re.compile(rf"\s*{HASH}(?P<tag>{IN_TAG}+)\s*$")
_AFTER_LINK = re.compile(r"(https?://\S+) …(?=\s|$)")
_ENGLISH = reader_of(ENGLISH)
_LONGEST_PAUSE = 15 * 60_000
"""Milliseconds between two parts of one answer at most."""


def clean(text: str) -> str:
    """Text from a session file made by whomever, without control characters, in composed letters."""
    return unicodedata.normalize("NFC", clean_text(text))


def one_line(text: str) -> str:
    """A name likewise, on one line."""
    return unicodedata.normalize("NFC", clean_line(text))


def said(text: str, hashtags: Iterable[str], reader: LabelReader = _ENGLISH) -> str:
    """The text without its label, the number of its part, and the chat's hashtags at both ends.

    Nor has it the ellipsis that one network's page puts behind links. All of it where nothing else remains.
    """
    tags = frozenset(tag_key(tag) for tag in hashtags)
    label, (at_start, at_end) = reader.parse(text), _answer_labels(reader.forms)
    shorter = _without_start(_AFTER_LINK.sub(r"\1", text), label, at_start, tags)
    shorter = _without_tags_at_end(shorter, tags)
    if label is not None and label.letter == "A" and label.where == "end":
        shorter = _without_tags_at_end(at_end.sub("", shorter), tags)
    if part_of(text) is not None:
        shorter = _without_tags_at_end(_PART_AT_START.sub("", _PART_AT_END.sub("", shorter)), tags)
    return shorter.strip() or text


@functools.lru_cache(maxsize=32)
def _answer_labels(forms: LabelForms) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Labels of answers as they stand in front and at the end."""
    ways = sorted((re.escape(way) for way, letter in forms.letters.items() if letter == "A"), key=len, reverse=True)
    answer = rf"(?i:{'|'.join(ways)})"
    return re.compile(
        rf"\s*#?{answer}[.^#]?\s?#?(?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}|(?i:[a-hx])(?![^\W_]))?)(?![0-9])"
        r"(?:\s*[(\[]?(?:[0-9]\s?/\s?[0-9]|(?i:cont(?:'?d|inued)?)\b)[)\]]?)?[\s:.,)\]\-–—]*"
    ), re.compile(rf"[\s(\[]*#?{answer}\.?\s?(?P<number>[0-9]{{1,2}}(?i:[a-hx])?)[\s.:)\]]*$")


def _without_start(shorter: str, label: Label | None, at_start: re.Pattern[str], tags: frozenset[str]) -> str:
    """Without label and the chat's hashtags in front, whatever mentions stand between them."""
    labelled = label is not None and label.letter == "A" and label.where in ("start", "hashtag", "mention")
    kept: list[str] = []
    place = 0
    while True:
        match = at_start.match(shorter, place) if labelled else None
        if match is not None and label is not None and match["number"].casefold() == label.number.casefold():
            labelled, place = False, match.end()
            continue
        lead = _LEAD.match(shorter, place)
        if lead is None:
            return "".join([*kept, shorter[place:]])
        if lead["tag"] is None or tag_key(lead["tag"]) not in tags:
            if lead["tag"] is not None and not labelled:
                return "".join([*kept, shorter[place:]])
            kept.append(lead[0])
        place = lead.end()


def _without_tags_at_end(text: str, tags: frozenset[str]) -> str:
    while (tag := _TAG_AT_END.search(text)) is not None and tag_key(tag["tag"]) in tags:
        text = text[: tag.start()]
    return text


class Piece(msgspec.Struct, frozen=True):
    """A post that may be a part of an answer; `at` in UTC milliseconds. Only where `whole` it may stand alone."""

    id: str
    author: str
    question: str | None
    at: int
    text: str
    whole: bool


def joined(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces as answers: parts of one (`1/2`, `2/2` by one author) together in their order, others alone.

    A second part often carries no label, so one of the parts with a question is enough.
    """
    answers: list[list[Piece]] = []
    open_parts: dict[tuple[str, int], list[Piece]] = {}
    for piece in pieces:
        part = part_of(piece.text)
        if part is None:
            answers.append([piece])
            continue
        key = (piece.author, part[1])
        group = open_parts.get(key)
        if group is not None and _goes_with(group, piece, part[0]):
            group.append(piece)
        else:
            open_parts[key] = group = [piece]
            answers.append(group)
    for group in answers:
        group.sort(key=lambda piece: (part_of(piece.text) or (0, 0))[0])
    return [group for group in answers if any(piece.whole for piece in group)]


def _goes_with(group: list[Piece], piece: Piece, place: int) -> bool:
    questions = {one.question for one in [*group, piece] if one.question is not None}
    places = {(part_of(one.text) or (0, 0))[0] for one in group}
    return len(questions) <= 1 and place not in places and abs(piece.at - group[-1].at) <= _LONGEST_PAUSE
