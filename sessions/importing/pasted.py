"""Answers added by hand: one, many as `Name: text`, or a meeting's chat as Zoom, Teams or Meet save it.

The forms, and where they are seen (looked up by searching public repositories that read them):

- Zoom, saved by the desktop client: `19:02:11 From  Maria Lopez  to  Everyone:` with the text on the next lines behind
  a tab; older `19:02:11\\t From  Maria Lopez : text` and `... to  Everyone : text`; from the cloud recording
  `00:12:11\\tMaria Lopez:\\ttext`. A private message says `(Direct Message)` or `(Privately)`. Replies begin with
  `Replying to "..."`, reactions read `Reacted to "..." with 👍` or `Removed a 👍 reaction from "..."`.
  (The four forms with samples: a viewer of Zoom chats in JavaScript, "meeting_saved_chat.txt"; replies and reactions:
  zoom-chat-parse. Zoom's help, KB0064400: a host's saved chat holds the private messages that the host was sent.)
- Teams, copied from the chat: `[7:02 PM] Maria Lopez` and the text below; since 2024 `Maria Lopez 7:02 PM`, or name and
  time on lines of their own, with or without a date. Teams saves no file.
- Google Meet, `.sbv` beside the recording: `00:02:11.000,00:02:14.000`, then `Maria Lopez: text`
  (sample in "Google Meet transcript to subtitles converter").
"""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from sessions.core.cleaning import TEXT_LIMIT, clean_name, clean_text

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


class _Head(msgspec.Struct, frozen=True):
    """How a message begins: who, when, and what of its text stands on the same line."""

    author: str
    at: str | None
    text: str = ""
    private: bool = False
    used: int = 1


# Repetitions have bounds, so that no line, however long, takes more than linear time.
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_DAY = r"(?:(?:\w{1,9}day|\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\w{3,9}\.? \d{1,2}(?:, \d{4})?),?\s+(?:at\s+)?)"
_WHEN = rf"{_DAY}?{_CLOCK}"

_ZOOM = re.compile(
    r"\s{0,9}(\d{1,2}:\d{2}:\d{2})\s{1,9}From\s{1,9}(?P<who>.{1,100}?)(?:\s{1,9}to\s{1,9}(?P<to>.{1,100}?))?"
    r"(?:\s:\s(?P<text>.*)|\s?:\s*$)",
    re.I,
)
_ZOOM_CLOUD = re.compile(r"(\d{1,2}:\d{2}:\d{2})\t\s{0,9}(?P<who>[^\t]{1,100}?)\s?:\t(?P<text>.*)$")
_MEET_TIME = re.compile(r"\s{0,9}(\d{1,2}:\d{2}:\d{2})[.,]\d{1,3},\d{1,2}:\d{2}:\d{2}[.,]\d{1,3}\s*$")
_TEAMS_BRACKET = re.compile(
    rf"\s{{0,9}}\[({_WHEN})\]\s{{1,9}}(?P<who>[^:]{{1,100}}?)\s{{0,9}}(?::\s+(?P<text>.*))?$", re.I
)
_TEAMS_LINE = re.compile(rf"\s{{0,9}}(?P<who>.{{1,100}}?)\s{{1,9}}({_WHEN})\s*$", re.I)
_TIME_ONLY = re.compile(rf"\s{{0,9}}({_WHEN})\s*$", re.I)
_NAMED = re.compile(r"\s{0,9}(?P<who>[^:\t]{1,60}?)\s?:(?:\s+(?P<text>.*))?$")
_LABEL = re.compile(r"\s{0,9}(?:a|q|answer|question)\s?\.?\s?\d{1,2}(?:\.\d|[a-z])?\s?[:.)\-]", re.I)
_PUBLIC = re.compile(r"(everyone|all|meeting group)\b(?!.*\((direct message|privately)\))", re.I)
_REACTION = re.compile(r"(reacted to\s+[\"“].*[\"”…] with\s|removed an? .* reaction from\s+[\"“])", re.I)
_REPLYING = re.compile(r"replying to\s+[\"“].*", re.I)
_NOTICE = re.compile(
    r"(meeting (started|ended)|.{1,80} (joined|left) the (meeting|conversation|chat)|last read|edited|today|yesterday)"
    r"\b.{0,40}$",
    re.I,
)
_PARTICLES = frozenset([
    "al", "and", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "of",
    "san", "st", "van", "von", "y",
])  # fmt: skip
_NO_NAMES = frozenset([
    "a", "answer", "also", "and", "because", "but", "edit", "example", "fyi", "first", "finally", "hint",
    "however", "idea", "last", "link", "note", "notes", "nb", "p.s", "ps", "question", "q", "re", "reminder",
    "second", "so", "step", "steps", "summary", "then", "third", "tip", "tips", "todo", "update", "warning",
    "http", "https", "mailto",
])  # fmt: skip
"""What people write before a colon without meaning a name."""


def parse_pasted(text: str, author: str = "") -> Pasted:
    """Take a paste apart; what names nobody is `author`'s where no meeting saved it. Never raises."""
    kept = text[:LIMIT].removeprefix("\ufeff")
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", kept)
    ignored: list[Ignored] = []
    if len(text) > LIMIT:
        ignored.append(Ignored(len(lines), "", TOO_MUCH))
    head, meeting = _form(lines)
    items: list[PastedPost] = []
    for block in _blocks(lines, head, author, meeting):
        _finish(block, items, ignored)
    return Pasted(items, sorted(ignored, key=lambda one: one.line))


class _Block(msgspec.Struct):
    """A message while it is read: its lines with their numbers, without what the head took."""

    head: _Head | None
    line: int
    lines: list[tuple[int, str]]
    default: str
    meeting: bool


_Reader = Callable[[Sequence[str], int], _Head | None]


def _form(lines: Sequence[str]) -> tuple[_Reader, bool]:
    """How the messages of this paste begin, and whether a meeting saved it."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    for reader in (_zoom_head, _meet_head, _bracket_head):
        if any(reader(lines, number) for number in written):
            return reader, True
    first = next((number for number in written if not _NOTICE.match(lines[number].strip())), None)
    if first is not None and _teams_head(lines, first):
        return _teams_head, True
    if len(written) > 1 and all(_NAMED.match(lines[number]) and not _LABEL.match(lines[number]) for number in written):
        return _any_named_head, False
    return _named_head, False


def _blocks(lines: Sequence[str], reader: _Reader, author: str, meeting: bool) -> Iterator[_Block]:
    block: _Block | None = None
    number = 0
    while number < len(lines):
        head = reader(lines, number) if lines[number].strip() else None
        labelled = not meeting and _LABEL.match(lines[number]) and (block is None or _has_text(block))
        if head is not None or labelled or block is None:
            if block is not None:
                yield block
            block = _Block(head, number + 1, [], author, meeting)
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
    kept: list[str] = []
    for number, line in block.lines:
        reason = _why_not(line.strip(), block)
        if reason and line.strip():
            ignored.append(Ignored(number, clean_text(line, 200), reason))
        else:
            kept.append(line)
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


def _why_not(line: str, block: _Block) -> str | None:
    if not block.meeting:
        return None
    if block.head is None:
        return NOTICE if _NOTICE.match(line) else NAMELESS
    if _REACTION.match(line):
        return REACTION
    if _REPLYING.match(line):
        return QUOTED
    return NOTICE if _NOTICE.fullmatch(line) else None


def _zoom_head(lines: Sequence[str], number: int) -> _Head | None:
    match = _ZOOM.match(lines[number])
    if match:
        to = match["to"]
        return _Head(match["who"], match[1], match["text"] or "", private=to is not None and not _PUBLIC.match(to))
    match = _ZOOM_CLOUD.match(lines[number])
    return _Head(match["who"], match[1], match["text"]) if match else None


def _meet_head(lines: Sequence[str], number: int) -> _Head | None:
    match = _MEET_TIME.match(lines[number])
    if not match:
        return None
    named = _NAMED.match(lines[number + 1]) if number + 1 < len(lines) else None
    if named is None or _LABEL.match(lines[number + 1]):
        return _Head("", match[1])
    return _Head(named["who"], match[1], named["text"] or "", used=2)


def _bracket_head(lines: Sequence[str], number: int) -> _Head | None:
    match = _TEAMS_BRACKET.match(lines[number])
    return _Head(match["who"], match[1], match["text"] or "") if match else None


def _teams_head(lines: Sequence[str], number: int) -> _Head | None:
    match = _TEAMS_LINE.match(lines[number])
    if match and _is_name(match["who"]):
        return _Head(match["who"], match[2])
    after = _TIME_ONLY.match(lines[number + 1]) if number + 1 < len(lines) else None
    return _Head(lines[number].strip(), after[1], used=2) if after and _is_name(lines[number]) else None


def _named_head(lines: Sequence[str], number: int) -> _Head | None:
    head = _any_named_head(lines, number)
    return head if head is not None and _is_name(head.author) else None


def _any_named_head(lines: Sequence[str], number: int) -> _Head | None:
    """`name: text` with whatever stands before the colon, for a paste whose every line has it."""
    match = _NAMED.match(lines[number])
    if not match or _LABEL.match(lines[number]) or match["who"].casefold().rstrip(".") in _NO_NAMES:
        return None
    return _Head(match["who"], None, match["text"] or "") if len(match["who"].split()) <= 5 else None


def _is_name(text: str) -> bool:
    """True for `Maria de la Cruz`, `@mlopez`, `Ms. Lopez (she/her)`; false for the beginning of a sentence."""
    name = re.sub(r"\([^)]*\)", "", text).strip()
    words = name.split()
    if not words or len(words) > 5 or name.casefold().rstrip(".") in _NO_NAMES or re.search(r"[!?;,\"“”/]|\.\.", name):
        return False
    capitals = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(capitals) and all(word[0].isupper() or word[0] == "@" or not word[0].isascii() for word in capitals)
