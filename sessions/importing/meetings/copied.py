"""Chats that are copied as names and times of day with the text below, from Teams, Slack and others. Pure.

Name and time stand on one line or on two, in either order, with the day in any language and whatever mark between; a
time alone goes on with the message before it.
"""

import re
from collections.abc import Sequence
from enum import Enum

from sessions.importing.meetings.heads import Form, Head, is_name
from sessions.importing.meetings.remarks import is_notice
from sessions.importing.meetings.spoken_when import is_clock, is_when, split_when, when_split

_HALF_OF_DAY = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
_HANDLE = re.compile(r"@?[\w][\w.-]{1,40}(?:@[\w.-]{3,60})?")
_ANSWER = re.compile(r"\s{0,9}[AQ]\s?\d{1,2}\b", re.IGNORECASE)
_APP = re.compile(r"(?:(?<=\S)\s{1,9}|^\s{0,9})(?:APP|BOT)\s{0,9}$")
"""What Slack and Discord put behind the name of a program that writes."""

_INLINE_HEAD = re.compile(r"(?P<head>[^\n]{4,160}?):\s+(?P<text>\S.*)$")


class _Order(Enum):
    """Where the time of a message stands: beside the name, or on a line above or below it."""

    BESIDE = "beside"
    ABOVE = "above"
    BELOW = "below"


def copied_form(lines: Sequence[str], written: Sequence[int]) -> Form | None:
    """Names and times of day alone, as they are copied from Teams and Slack: whether a paste is that its first line
    tells, and which of the two comes first; None where it is no such paste."""
    first = next((number for number in written if not is_notice(lines[number].strip())), None)
    if first is None:
        return None
    behind = next((number for number in written if number > first), None)
    if is_when(lines[first]) and behind is not None:
        order = _Order.ABOVE if is_name(lines[behind].strip()) else _Order.BELOW
        return Form("a chat of Teams", _Copied(lines[first], order).read)
    handles = sum(_is_handle_with_day(lines[number]) for number in written) > 1
    head = _Copied("", _Order.BELOW, handles=handles).read(lines, first)
    if head is None:
        return None
    order = _Order.BESIDE if head.used == 1 else _Order.BELOW
    return Form("a chat of Teams", _Copied(head.at or "", order, handles=handles).read)


def _is_handle_with_day(line: str) -> bool:
    """Whether a line is one word and a time with a day, or with a mark between."""
    split = split_when(line)
    return split is not None and _HANDLE.fullmatch(split[0]) is not None and not is_clock(line[len(split[0]) :].strip())


class _Copied:
    """Reads messages of which the first was written at `first`; `order` says where their times stand, `handles` that
    names may be words in small letters."""

    def __init__(self, first: str, order: _Order, *, handles: bool = False) -> None:
        self._halves = _HALF_OF_DAY.search(first) is not None
        self._order = order
        self._handles = handles

    def read(self, lines: Sequence[str], number: int) -> Head | None:
        """The head that begins at a line."""
        line, behind = lines[number], _behind(lines, number)
        if is_when(line):
            return self._at_a_time(lines, number, behind)
        head = self._on_a_line(line)
        if behind is not None and _is_badge(lines[behind]):
            behind = _behind(lines, behind)
        if head is not None or self._order is not _Order.BELOW or behind is None or not is_when(lines[behind]):
            return head
        if not is_name(line.strip()) or _ANSWER.match(line) is not None:
            return None
        after = lines[behind].strip()
        if self._halves and _HALF_OF_DAY.search(after) is None:
            return None  # a time without the half of the day goes on with a message of the author before
        return Head(_APP.sub("", line.strip()), after, used=behind - number + 1)

    def _on_a_line(self, line: str) -> Head | None:
        """Name and time on one line, in either order, or with the text behind a colon."""
        named = _INLINE_HEAD.match(line)
        for said, text in ((named["head"], named["text"]) if named is not None else ("", ""), (line, "")):
            split = split_when(said)
            if split is not None:
                split = _APP.sub("", split[0]), split[1]
            if split is not None and (is_name(split[0]) or (self._handles and _is_handle_with_day(said))):
                return Head(split[0], split[1], text)
            turned = when_split(said, parted=not text)
            if turned is not None and is_name(turned[1]):
                return Head(turned[1], turned[0], text)
        return None

    def _at_a_time(self, lines: Sequence[str], number: int, behind: int | None) -> Head | None:
        """A line with a time alone: above the name, or before what its author wrote next."""
        at = lines[number].strip()
        if behind is None:
            return None
        if self._order is _Order.ABOVE and is_name(lines[behind].strip()):
            return Head(_APP.sub("", lines[behind].strip()), at, used=behind - number + 1)
        return None if self.read(lines, behind) is not None else Head("", at, same=True)


def _is_badge(line: str) -> bool:
    return bool(line.strip()) and not _APP.sub("", line)


def _behind(lines: Sequence[str], number: int) -> int | None:
    """The next line with something in it, at most three further."""
    return next((place for place in range(number + 1, min(number + 4, len(lines))) if lines[place].strip()), None)
