"""How messages begin in the chats that meetings save and that people copy: who, when, and to whom.

The forms, and where they are seen (looked up by searching public repositories that read them):

- Zoom, saved by the desktop client: `19:02:11 From  Maria Lopez  to  Everyone:` with the text on the next lines behind
  a tab; older `19:02:11\\t From  Maria Lopez : text` and `... to  Everyone : text`; from the cloud recording
  `00:12:11\\tMaria Lopez:\\ttext`; in the language of the program (`Von ... an Alle`, `De ... a Todos`, `De ... à Tout
  le monde`). A private message says `(Direct Message)` or `(Privately)`. Copied from its pane: `From Maria Lopez to
  Everyone: (07:02 PM)`, `Maria Lopez to Everyone 7:02 PM`; its captions: `[Maria Lopez] 19:02:05`.
  (Samples: a viewer of Zoom chats in JavaScript, "meeting_saved_chat.txt"; zoom-chat-parse; Zoom-Chat-Anonymizer.
  Zoom's help, KB0064400: a host's saved chat holds the private messages that the host was sent.)
- Teams, copied from the chat: `[7:02 PM] Maria Lopez` and the text below; since 2024 `Maria Lopez 7:02 PM`, or name and
  time on lines of their own, with or without a date. Its transcripts, and Zoom's, are `.vtt`: `<v Maria Lopez>text`.
- Google Meet, `.sbv` beside the recording: `00:02:11.000,00:02:14.000`, then `Maria Lopez: text`
  (sample in "Google Meet transcript to subtitles converter").
- Webex: `from Maria Lopez to everyone:    7:02 PM`, privately `from Jim Roe (privately):`. GoTo: `Maria Lopez (to
  Everyone): 7:02 PM: text`.
- WhatsApp, exported: `3/9/23, 8:00 PM - Maria Lopez: text`, on an iPhone `[3/9/23, 8:00:00 PM] Maria Lopez: text`
  (WhatsR).
- Copied from networks `Ana Ruiz • 2h`, `Ana Ruiz @ana · Mar 9`, which say no time of day.
- Copied from Discord `mlopez — Today at 7:02 PM`, from Signal `Maria Lopez (7:02 PM): text`, from Telegram
  `Maria Lopez, [09.03.2023 20:05]`.

Whatever does not say that it went to everyone is private.
"""

import re
from collections.abc import Callable, Sequence

import msgspec

from sessions.importing.formats.dates.calendar_words import MONTHS, plain_word
from sessions.importing.meetings.spoken_when import is_when, split_when


class Head(msgspec.Struct, frozen=True):
    """How a message begins: who, when, and what of its text stands on the same line, and how many lines that took.

    `private` says that it did not go to everyone, `notice` that it is the program's own, `same` that it is by the
    author of the one before.
    """

    author: str
    at: str | None
    text: str = ""
    private: bool = False
    used: int = 1
    notice: bool = False
    same: bool = False


Reader = Callable[[Sequence[str], int], Head | None]


class Form(msgspec.Struct, frozen=True):
    """A form of a meeting's chat: what it is in words, and how its messages begin. `captions` are what was said aloud,
    in pieces."""

    name: str
    read: Reader
    captions: bool = False


# Repetitions have bounds, so that no line, however long, takes more than linear time.
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_DATE = r"\d{1,4}(?:[/-]|\.\s?)\d{1,2}(?:[/-]|\.\s?)\d{1,4}\.?"
_POINT_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"

_HEAD_LIMIT = 250
"""Characters that the part of a line with the names may have."""

_TO = {
    "from": "to", "von": "an", "de": "a|à|para|aan|au|pour", "da": "a|à|para|per", "van": "aan|naar", "från": "till",
    "fra": "til", "od": "do",
}  # fmt: skip
"""How programs in other languages say `From` and `to`."""

_EVERYONE = frozenset([
    "everyone", "all", "everyone in meeting", "meeting group chat", "meeting group", "all panelists and attendees",
    "alle", "alle im meeting", "alle diskussionsteilnehmer und teilnehmer", "alle podiumsteilnehmer und teilnehmer",
    "todos", "todos los panelistas y asistentes", "todos os painelistas e participantes", "tout le monde", "tous",
    "tous les panélistes et participants", "tutti", "tutti i relatori e partecipanti", "iedereen", "alla", "wszyscy",
    "所有人", "全員", "모두", "все",
])  # fmt: skip
"""To whom a message goes that all can read."""

_ME = frozenset(["me", "you", "host", "hosts", "mich", "mir", "mí", "moi"])
_PRIVATE = re.compile(
    r"privat|direct|direkt|directo|direto|panelists? only|organizers? only|only\b|nur\b", re.IGNORECASE
)

_MARKED = re.compile(
    r"\([^()]{0,40}(?:privat(?!\w{0,3}schul|e\s(?:school|teacher|tutor))|privé|dire[ck]t(?!or|rice|eur|ion)|diret[oa]|diretto)"
    r"[^()]{0,40}\)",
    re.IGNORECASE,
)
"""A mark behind a name; directors and private schools are none."""

_ZOOM = re.compile(
    rf"\s{{0,9}}(?:{_DATE},?\s{{1,3}})?(?P<at>\d{{1,2}}:\d{{2}}:\d{{2}}(?:\s?[AaPp]\.?[Mm]\.?)?)\s{{1,9}}"
    rf"(?P<from>{'|'.join(_TO)})\s{{1,9}}",
    re.IGNORECASE,
)
_INLINE = re.compile(r"\s:(?:\s|$)")
_GLUED = re.compile(r"\s(?:to|an|a|à|para|aan)\s{1,9}(?P<whom>[^:]{1,60}):\s", re.IGNORECASE)
_ZOOM_CLOUD = re.compile(r"(?P<at>\d{1,2}:\d{2}:\d{2})\t\s{0,9}(?P<who>[^\t]{1,100}?)\s?:\t(?P<text>.*)$")
_PANE = re.compile(
    r"\s{0,9}(?P<from>from|von|de|da|van)\s{1,9}(?P<names>[^\n]{1,200}?):(?!\d)\s{0,20}(?P<at>[^\n]{3,80})$",
    re.IGNORECASE,
)
_GOTO = re.compile(
    rf"\s{{0,9}}(?P<who>[^\n(]{{1,100}}?)\s?\(to (?P<whom>[^\n]{{1,80}}?)\):\s{{0,9}}(?P<at>{CLOCK}):?\s{{0,9}}"
    r"(?P<text>.*)$",
    re.IGNORECASE,
)
_MEET = re.compile(r"\s{0,9}(?P<at>\d{1,2}:\d{2}:\d{2})[.,]\d{1,3},\d{1,2}:\d{2}:\d{2}[.,]\d{1,3}\s*$")
_CUE = re.compile(
    r"\s{0,9}(?P<at>(?:\d{1,3}:)?\d{2}:\d{2})[.,]\d{1,3}\s{1,9}-->\s{1,9}(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3}.{0,200}$"
)
_VOICE = re.compile(r"\s{0,9}<v(?:\.[\w.]{1,40})?\s{1,9}(?P<who>[^>]{1,100})>(?P<text>.*)$")
_AT = r"(?:(?:à|at|um|kl\.?|klo|a las|às|om|alle|ore|alle ore|o|上午|下午|午前|午後|오전|오후)\s?)?"
_WHATSAPP = re.compile(
    rf"\s{{0,3}}(?:\[(?P<apple>{_DATE}(?P<comma>,)?\s{{1,3}}{_AT}{_POINT_CLOCK})\]"
    rf"|(?P<android>{_DATE},?\s{{1,3}}{_AT}{_POINT_CLOCK})\s[-–])\s"
    r"(?P<rest>.*)$"
)
_PLACEHOLDER = re.compile(r"\u200e?<[^<>]{1,60}>\s*|null\s*")
"""What WhatsApp writes, in the language of the program, for a picture that was not saved, and for what it lost."""

_EDITED = re.compile(
    r"\s?\u200e?<[^<>]{0,40}(?:edited|bearbeitet|editad[oa]|modifié|modificato|bewerkt)[^<>]{0,20}>\s*$"
)
_TELEGRAM = re.compile(r"\s{0,9}(?P<who>[^\n\[]{1,100}?),?\s{1,9}\[(?P<at>[^\[\]]{3,60})\]\s*$")
_DISCORD = re.compile(r"\s{0,9}(?P<who>[^\n]{1,100}?)\s[—–]\s{0,3}(?P<at>[^—–\n]{3,60})$")
_SIGNAL = re.compile(r"\s{0,9}(?P<who>[^\n(:]{1,100}?)\s\((?P<at>[^()]{3,60})\):\s?(?P<text>.*)$")
_POSTED = re.compile(
    r"\s{0,9}(?:(?P<who>[^\n·•@]{1,100}?)\s{1,3})?(?P<handle>@[\w.-]{1,60}(?:@[\w.-]{1,60})?)?\s{0,3}[·•]\s{0,3}"
    r"(?:\d{1,3}\s?(?:s|sec|m|min|h|hr|d|w|mo|y|yr)|(?P<month>[^\W\d]{3,9})\.?\s\d{1,2}(?:,?\s\d{4})?"
    r"|\d{1,2}\.?\s(?P<after>[^\W\d]{3,9})\.?(?:\s\d{4})?)\s{0,3}$"
)
_DASH = re.compile(r"\s*[—–]\s*")
_CAPTION = re.compile(rf"\s{{0,9}}\[(?P<who>[^\]\d][^\]]{{0,100}})\]\s{{1,9}}(?P<at>{CLOCK})\s*$")
_BRACKETED = re.compile(r"\s{0,9}\[(?P<at>[^\[\]]{3,60})\]\s{1,9}(?P<who>[^:<>*]{1,100}?)\s{0,9}(?::\s+(?P<text>.*))?$")
_ONLY_BRACKETED = re.compile(r"\s{0,9}\[(?P<at>[^\[\]]{3,60})\]\s*$")
_NAMED = re.compile(r"\s{0,9}(?P<who>[^:\t]{1,60}?)\s?:(?:\s+(?P<text>.*))?$")
LABEL = re.compile(r"\s{0,9}(?:a|q|answer|question)\s?\.?\s?\d{1,2}(?:\.\d|[a-z])?\s?[:.)\-]", re.IGNORECASE)
_ANSWER = re.compile(r"[AQ]\s?\d{1,2}\b", re.IGNORECASE)
_PARTICLES = frozenset([
    "al", "and", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "of",
    "san", "st", "van", "von", "y",
])  # fmt: skip
_NO_NAMES = frozenset([
    "a", "answer", "also", "and", "because", "but", "edit", "example", "fyi", "first", "finally", "hint",
    "however", "idea", "last", "link", "note", "notes", "nb", "p.s", "ps", "question", "q", "re", "reminder",
    "second", "so", "step", "steps", "summary", "then", "third", "tip", "tips", "todo", "update", "warning",
    "http", "https", "mailto", "from", "to", "cc", "bcc", "subject", "date", "sent", "received", "type",
])  # fmt: skip
"""What people write before a colon without meaning a name."""


def plain_lines(text: str) -> list[str]:
    """The lines, without the marks of direction and the odd spaces that programs put into heads."""
    plain = _ODD.sub("", text).replace("\u202f", " ").replace("\xa0", " ")
    return re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", plain)


def as_private(head: Head) -> Head:
    """The head, private where a mark behind its name says so, in whichever form."""
    if head.private or _MARKED.search(head.author) is None:
        return head
    return msgspec.structs.replace(head, private=True)


_ODD = re.compile("[\u200f\u202a-\u202e\u2066-\u2069\ufeff]|(?m:^)\u200e")


def named_head(lines: Sequence[str], number: int) -> Head | None:
    """`Name: text`."""
    head = any_named_head(lines, number)
    return head if head is not None and is_name(head.author) else None


def any_named_head(lines: Sequence[str], number: int) -> Head | None:
    """`name: text` with whatever stands before the colon, for a paste whose every line has it."""
    match = _NAMED.match(lines[number])
    if not match or LABEL.match(lines[number]) or match["who"].casefold().rstrip(".") in _NO_NAMES:
        return None
    is_short = len(match["who"].split()) <= 5
    return Head(match["who"], None, match["text"] or "") if is_short and not is_when(match["who"]) else None


def is_name(text: str) -> bool:
    """True for `Maria de la Cruz`, `@mlopez`, `Ms. Lopez (she/her)`; false for the beginning of a sentence."""
    name = re.sub(r"\([^)]*\)", "", text).strip()
    words = name.split()
    if not words or len(words) > 5 or name.casefold().rstrip(".") in _NO_NAMES or re.search(r"[!?;,\"“”/]|\.\.", name):
        return False
    capitals = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(capitals) and all(word[0].isupper() or word[0] == "@" or not word[0].isascii() for word in capitals)


def _bare(at: str) -> str:
    return at.strip().removeprefix("(").removesuffix(")").strip()


def _is_everyone(whom: str) -> bool:
    return " ".join(whom.split()).casefold() in _EVERYONE


def _sides(names: str, said_from: str) -> tuple[str, str | None]:
    """From whom and to whom, by the last word that parts them: names may have such a word, those of everyone do not."""
    words = list(re.finditer(rf"\s{{1,9}}(?:{_TO[said_from.casefold()]})\s{{1,9}}", names, re.IGNORECASE))
    if not words:
        return names.strip(), None
    return names[: words[-1].start()].strip(), names[words[-1].end() :].strip()


def _zoom(lines: Sequence[str], number: int) -> Head | None:
    line = lines[number]
    begun = _ZOOM.match(line)
    if begun is None:
        cloud = _ZOOM_CLOUD.match(line)
        return Head(cloud["who"], cloud["at"], cloud["text"]) if cloud else None
    rest = line[begun.end() :]
    inline = _INLINE.search(rest[:_HEAD_LIMIT])
    glued = None if inline else _GLUED.search(rest[:_HEAD_LIMIT])
    if inline is not None:
        names, text = rest[: inline.start()], rest[inline.end() :]
    elif rest.rstrip().endswith(":") and len(rest) <= _HEAD_LIMIT:
        names, text = rest.rstrip()[:-1], ""
    elif glued is not None:
        names, text = rest[: glued.end()].rstrip()[:-1], rest[glued.end() :]
    else:
        return None
    who, whom = _sides(names, begun["from"])
    return Head(who, begun["at"], text, private=whom is not None and not _is_everyone(whom)) if who else None


def _pane(lines: Sequence[str], number: int) -> Head | None:
    """Zoom's pane and Webex: both sides, then the time of day."""
    found = _PANE.match(lines[number])
    if found is not None and is_when(found["at"]):
        who, whom = _sides(found["names"], found["from"])
        return Head(who, _bare(found["at"]), private=whom is None or not _is_everyone(whom))
    split = split_when(lines[number], colon=True)
    if split is None:
        return None
    names, at = split
    who, whom = _sides(names, "from")
    if _MARKED.search(names) is not None:
        return Head(who, at, private=True)
    if whom is None or not is_name(who):
        return None
    if _is_everyone(whom):
        return Head(who, at)
    to_one = is_name(whom) or whom.casefold() in _ME or _PRIVATE.search(whom) is not None
    return Head(who, at, private=True) if to_one else None


def _goto(lines: Sequence[str], number: int) -> Head | None:
    found = _GOTO.match(lines[number])
    return Head(found["who"], found["at"], found["text"], private=not _is_everyone(found["whom"])) if found else None


def _cue(lines: Sequence[str], number: int) -> Head | None:
    """A cue of a `.vtt` or `.srt`, with the line above it that names it."""
    above = 0 if _CUE.match(lines[number]) else 1
    if number + above >= len(lines):
        return None
    found = _CUE.match(lines[number + above])
    if found is None:
        return None
    behind = number + above + 1
    voice = _VOICE.match(lines[behind]) if behind < len(lines) else None
    if voice is not None:
        return Head(voice["who"], found["at"], voice["text"], used=above + 2)
    named = named_head(lines, behind) if behind < len(lines) else None
    if named is not None:
        return Head(named.author, found["at"], named.text, used=above + 2)
    return Head("", found["at"], used=above + 1)


def _meet(lines: Sequence[str], number: int) -> Head | None:
    found = _MEET.match(lines[number])
    if found is None:
        return None
    named = any_named_head(lines, number + 1) if number + 1 < len(lines) else None
    if named is None:
        return Head("", found["at"])
    return Head(named.author, found["at"], named.text, used=2)


def _whatsapp(lines: Sequence[str], number: int) -> Head | None:
    found = _WHATSAPP.match(lines[number])
    if found is None:
        return None
    who, colon, text = found["rest"].partition(": ")
    at = found["apple"] or found["android"]
    if not colon and found["apple"] and not found["comma"]:
        return None  # so does Teams begin its messages, with the text below
    if not colon or len(who) > 100 or text.startswith("\u200e") or _PLACEHOLDER.fullmatch(text) is not None:
        return Head("", at, found["rest"], notice=True)
    return Head(who, at, _EDITED.sub("", text))


def _telegram(lines: Sequence[str], number: int) -> Head | None:
    found = _TELEGRAM.match(lines[number])
    return Head(found["who"], found["at"]) if found is not None and is_when(found["at"]) else None


def _discord(lines: Sequence[str], number: int) -> Head | None:
    found = _DISCORD.match(lines[number])
    if found is not None and is_when(found["at"]):
        return Head(found["who"], found["at"].strip())
    if number + 2 < len(lines) and _DASH.fullmatch(lines[number + 1]) is not None and is_when(lines[number + 2]):
        return Head(lines[number].strip(), lines[number + 2].strip(), used=3)
    return None


def _posted(lines: Sequence[str], number: int) -> Head | None:
    """A post of a network: by whom, and how long ago or on which day, which is no time to file it by."""
    found = _POSTED.match(lines[number])
    if found is None or not (found["who"] or found["handle"]):
        return None
    month = found["month"] or found["after"]
    if month is not None and plain_word(month) not in MONTHS:
        return None
    who = (found["who"] or "").strip()
    if who and (not is_name(who) or _ANSWER.match(who) is not None):
        return None
    return Head(who or found["handle"], None)


def _signal(lines: Sequence[str], number: int) -> Head | None:
    found = _SIGNAL.match(lines[number])
    return Head(found["who"], found["at"], found["text"]) if found is not None and is_when(found["at"]) else None


def _caption(lines: Sequence[str], number: int) -> Head | None:
    found = _CAPTION.match(lines[number])
    return Head(found["who"], found["at"]) if found else None


def _bracket(lines: Sequence[str], number: int) -> Head | None:
    found = _BRACKETED.match(lines[number])
    return Head(found["who"], found["at"], found["text"] or "") if found is not None and is_when(found["at"]) else None


def _with_more(reader: Reader) -> Reader:
    """The reader, for which a time alone in brackets goes on with the message before it."""

    def read(lines: Sequence[str], number: int) -> Head | None:
        more = _ONLY_BRACKETED.match(lines[number])
        return Head("", more["at"], same=True) if more is not None and is_when(more["at"]) else reader(lines, number)

    return read


SURE = (
    Form("a chat of Zoom", _zoom),
    Form("a chat of Zoom or Webex", _pane),
    Form("a chat of GoTo", _goto),
    Form("a transcript", _cue, captions=True),
    Form("a chat of Google Meet", _meet),
    Form("a chat of WhatsApp", _whatsapp),
    Form("a transcript of Zoom", _caption, captions=True),
    Form("a chat of Telegram", _with_more(_telegram)),
    Form("a chat of Discord", _with_more(_discord)),
    Form("a chat of Signal", _signal),
    Form("a chat of Teams", _bracket),
)
"""The forms of which each message shows that it is one; a paste is in the one of most of them."""

POSTED = Form("posts of a network", _posted)
"""What its first line alone shows, where it is nothing else."""
