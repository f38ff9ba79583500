"""Answers added by hand: one, many as `Name: text`, or a meeting's chat as the program saves it or as it is copied.

How messages begin is in `heads` and `copied`, what of them is no answer in `remarks`.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sessions.core.cleaning import TEXT_LIMIT, clean_name, clean_text
from sessions.importing.meetings.forms import form_of
from sessions.importing.meetings.heads import (
    CLOCK,
    LABEL,
    Head,
    Reader,
    any_named_head,
    as_private,
    named_head,
    plain_lines,
)
from sessions.importing.meetings.remarks import is_notice, is_reaction, quoted_before

LIMIT = 300_000
"""Characters that are read of a paste: the chat of a long meeting has 100,000."""

ITEMS = 2_000
"""Answers that are taken from one paste."""


class PastedPost(msgspec.Struct, frozen=True):
    """One answer of a paste: `at` is the time as written there, `line` the number of its first line."""

    author: str
    text: str
    at: str | None
    line: int


class Ignored(msgspec.Struct, frozen=True):
    """A line that is in no answer, and why in words for the moderator; the text of a private message is left out."""

    line: int
    text: str
    reason: str


class Pasted(msgspec.Struct, frozen=True):
    """What a paste holds. Every line that is not blank is in an item or ignored."""

    items: list[PastedPost]
    ignored: list[Ignored]


PRIVATE = "a private message"
REACTION = "a reaction"
QUOTED = "the message that is replied to"
NAMELESS = "no name stands before it"
NOTICE = "a notice of the meeting"
EMPTY = "no text in it"
CUT = f"longer than {TEXT_LIMIT} characters: only the beginning is kept"
TOO_MUCH = "too much for one paste: add the rest in a second one"
UNKNOWN = "a chat in a form that is not known: write each answer as Name: text, or give the name of whose all of it is"

_CLOCK_LINE = re.compile(rf"(?<![\d:.]){CLOCK}(?![\d:])")
_LABELLED = re.compile(r"[AQ]\s?\d{1,2}\b", re.IGNORECASE)
_EDITED = re.compile(
    r"\s\((?:edited|bearbeitet|editado|editada|modifié|modificato|bewerkt|redigerat|redigeret|изменено|edytowane)\)\s*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^<>]{0,100}>", re.IGNORECASE)


def parse_pasted(text: str, author: str = "") -> Pasted:
    """Take a paste apart; what names nobody is `author`'s where no meeting saved it. Never raises."""
    lines = plain_lines(text[:LIMIT])
    ignored: list[Ignored] = []
    if len(text) > LIMIT:
        ignored.append(Ignored(len(lines), "", TOO_MUCH))
    form = form_of(lines)
    head = form.read if form is not None else _by_hand(lines)
    if form is None and not author and _has_times(lines) and not any(head(lines, place) for place in range(len(lines))):
        return Pasted([], [Ignored(number, "", UNKNOWN) for number, line in enumerate(lines, start=1) if line.strip()])
    items: list[PastedPost] = []
    for block in _blocks(lines, head, author, form is not None):
        if form is not None and form.captions:
            block.lines = [(number, _TAG.sub("", line)) for number, line in block.lines]
        _finish(block, items, ignored)
    if form is not None and form.captions:
        items = _joined(items)
    return Pasted(items, sorted(ignored, key=lambda one: one.line))


class _Block(msgspec.Struct):
    """A message while it is read: its lines with their numbers, without what the head took."""

    head: Head | None
    line: int
    lines: list[tuple[int, str]]
    default: str
    meeting: bool


def _by_hand(lines: Sequence[str]) -> Reader:
    """How answers begin that no meeting saved."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    every = len(written) > 1 and all(any_named_head(lines, number) is not None for number in written)
    return any_named_head if every else named_head


def _has_times(lines: Sequence[str]) -> bool:
    """Whether a time of day stands in several lines, as in the messages of a chat."""
    return sum(_CLOCK_LINE.search(line[:200]) is not None for line in lines) > 1


def _blocks(lines: Sequence[str], reader: Reader, author: str, meeting: bool) -> Iterator[_Block]:
    block: _Block | None = None
    last = ""
    number = 0
    while number < len(lines):
        head = reader(lines, number) if lines[number].strip() else None
        if head is not None and head.same:
            head = msgspec.structs.replace(head, author=last)
        head = as_private(head) if head is not None else None
        labelled = not meeting and LABEL.match(lines[number]) and (block is None or _has_text(block))
        if head is not None or labelled or block is None:
            if block is not None:
                yield block
            block = _Block(head, number + 1, [], author, meeting)
            last = head.author if head is not None else last
            used = head.used if head is not None else 0
            block.lines.append((number + max(used, 1), head.text if head is not None else lines[number]))
            number += max(used, 1)
        else:
            block.lines.append((number + 1, lines[number]))
            number += 1
    if block is not None:
        yield block


def _has_text(block: _Block) -> bool:
    return any(line.strip() for _, line in block.lines)


def _finish(block: _Block, items: list[PastedPost], ignored: list[Ignored]) -> None:
    """Make an item of a block, or say why it is none."""
    written = [(number, line.strip()) for number, line in block.lines if line.strip()]
    head = block.head
    if head is not None and head.private:
        ignored += [Ignored(number, "", PRIVATE) for number in {block.line, *(number for number, _ in written)}]
        return
    kept = _answer_lines(block, ignored)
    text = clean_text("\n".join(kept))
    if text and len(items) >= ITEMS:
        ignored += [Ignored(number, clean_text(line, 200), TOO_MUCH) for number, line in written]
    elif text:
        if len("\n".join(kept)) > TEXT_LIMIT:
            ignored.append(Ignored(block.line, "", CUT))
        who = clean_name(head.author) if head is not None else clean_name(block.default)
        items.append(PastedPost(who, text, head.at if head is not None else None, block.line))
    elif head is not None and not written:
        ignored.append(Ignored(block.line, clean_name(head.author), EMPTY))
    elif written and len(kept) == len(block.lines):
        ignored += [Ignored(number, "", EMPTY) for number, _ in written]


def _answer_lines(block: _Block, ignored: list[Ignored]) -> list[str]:
    """The lines of the answer; why the others are none goes to `ignored`."""
    lines = block.lines
    if not block.meeting:
        return [line for _, line in lines]
    whole = "\n".join(line.strip() for _, line in lines)
    begins = len(whole) - len(whole.lstrip())
    quoted = begins + quoted_before(whole.lstrip())
    reaction = is_reaction(whole.lstrip())
    kept: list[str] = []
    place = 0
    for number, line in lines:
        stripped = line.strip()
        end = place + len(stripped)
        reason = REACTION if reaction else _why_not(stripped, block)
        if reason is None and quoted > begins and end <= quoted:
            reason = QUOTED
        if reason and stripped:
            ignored.append(Ignored(number, clean_text(line, 200), reason))
        else:
            kept.append(
                _EDITED.sub("", stripped[quoted - place :] if quoted > begins and place < quoted < end else line)
            )
        place = end + 1
    return kept


def _why_not(line: str, block: _Block) -> str | None:
    head = block.head
    if head is None:
        return NOTICE if is_notice(line) else NAMELESS
    if head.notice or is_notice(line):
        return NOTICE
    return None


def _joined(items: list[PastedPost]) -> list[PastedPost]:
    """What was said aloud, the pieces of one speaker put together again; what begins with a label begins anew."""
    joined: list[PastedPost] = []
    for item in items:
        last = joined[-1] if joined else None
        if last is not None and last.author == item.author and _LABELLED.match(item.text) is None:
            joined[-1] = msgspec.structs.replace(last, text=clean_text(f"{last.text} {' '.join(item.text.split())}"))
        else:
            joined.append(msgspec.structs.replace(item, text=" ".join(item.text.split())))
    return joined
