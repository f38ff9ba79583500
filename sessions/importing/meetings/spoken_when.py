"""When something was written, as chat programs write it beside a name in whatever language they speak: `Thu 8:05 PM`,
`Gestern, 20:05`, `9. märts kl. 20.05`. Pure."""

import re
from enum import Enum

from sessions.importing.formats.dates.calendar_words import DAYS_AGO, MONTHS, NOISE, WEEKDAYS, plain_word
from sessions.importing.formats.dates.zones_said import zone_said

HEAD_LIMIT = 160
"""Characters that a line with a name and a time may have."""

_TOKEN = re.compile(
    r"(?P<clock>(?<![\d:.])\d{1,2}(?::\d{2}(?::\d{2})?|\.[0-5]\d(?:\.[0-5]\d)?|\s?[hH]\s?[0-5]\d)(?![\d:.]*\d)"
    r"(?:\s?[ap]\.?\s?m\b\.?|\s?[πμ]\.?\s?μ\.?)?|(?<![\d:.])\d{1,2}\s?[ap]\.?m\b\.?)"
    r"|(?P<date>(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    r"|\d{4}(?:(?:[/-]|\.\s?)\d{1,2}){2}\.?(?!\d)|\d{1,2}(?:[/-]|\.\s?)\d{1,2}(?:(?:[/-]|\.\s?)\d{2,4})?\.?(?!\d))"
    r"|(?P<number>\d{1,4}(?:st|nd|rd|th|er|º|ª|\.)?(?!\w))"
    r"|(?P<word>[^\s\d·,–—|•:()\[\]/~]+)|(?P<mark>.)",
    re.IGNORECASE | re.DOTALL,
)
_POINTED = re.compile(r"\d{1,2}\.\d{2}")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SEPARATORS = " \t·,–—-|•~・"
_PASSED = frozenset(_SEPARATORS + "()[]@/.")
"""Marks that stand in and around times."""

_HALVES = (
    "am pm em fm ip ap ös öö dop odp nachm vorm vormittags nachmittags abends morgens früh mittags tarde noche mañana "
    "soir matin après-midi sera mattina pomeriggio noite manhã avonds ochtends middags 上午 下午 晚上 早上 凌晨 中午 "
    "午前 午後 오전 오후 edited bearbeitet editado modifié last letzten letzter dernier pasado scorso"
)
_HALF_WORDS = frozenset(map(plain_word, _HALVES.split()))
_SUFFIXES = ("上午", "下午", "晚上", "早上", "凌晨", "中午", "午前", "午後", "오전", "오후", "に")
_ALSO_SURNAMES = frozenset({"sun", "mon", "mar", "dom", "sam", "sol", "min", "per", "kam", "sen"})
_LONG = 3
"""Letters from which on the short form of a weekday is one without a mark before it."""


class _Kind(Enum):
    CLOCK = "clock"
    DATE = "date"
    DAY = "day"
    AGO = "ago"
    BETWEEN = "between"
    OTHER = "other"


class _Token:
    __slots__ = ("end", "kind", "start", "text")

    def __init__(self, text: str, kind: _Kind, start: int) -> None:
        self.text = text
        self.kind = kind
        self.start = start
        self.end = start + len(text)


_TIMES = frozenset({_Kind.CLOCK, _Kind.DATE, _Kind.DAY, _Kind.AGO})


def is_when(text: str) -> bool:
    """Whether a text says a time of day, be it with a day, and nothing else."""
    tokens = _tokens(text)
    kinds = [token.kind for token in tokens]
    return kinds.count(_Kind.CLOCK) == 1 and _Kind.OTHER not in kinds


def is_clock(text: str) -> bool:
    """Whether a text is a time of day alone, with neither a day nor a mark before it."""
    return is_when(text) and _tokens(text)[0].kind is _Kind.CLOCK and len(set(_kinds_of_times(text))) == 1


def is_day(text: str) -> bool:
    """Whether a text says a day as seen from today, or by its date with weekday or year, and nothing else."""
    kinds = [token.kind for token in _tokens(text)]
    said = _Kind.AGO in kinds or (_Kind.DATE in kinds and (_Kind.DAY in kinds or _YEAR.search(text) is not None))
    return said and _Kind.CLOCK not in kinds and _Kind.OTHER not in kinds


def split_when(line: str, *, colon: bool = False) -> tuple[str, str] | None:
    """What stands before a time at the end of a line, and that time; None where there is none or nothing before it,
    and where a colon parts the two unless one may."""
    tokens = _tokens(line)
    first = len(tokens)
    while first and tokens[first - 1].kind is not _Kind.OTHER:
        first -= 1
    first = next((place for place in range(first, len(tokens)) if _belongs(tokens, place, first)), len(tokens))
    if [token.kind for token in tokens[first:]].count(_Kind.CLOCK) != 1:
        return None
    before = line[: tokens[first].start].rstrip(_SEPARATORS)
    for opening, closing in ("()", "[]"):
        if before.endswith(opening) and before.count(opening) > before.count(closing):
            before = before[:-1].rstrip(_SEPARATORS)
    name = before.removesuffix(":").strip() if colon else before.strip()
    return (name, line[tokens[first].start :].strip(_SEPARATORS + ")]")) if name and not name.endswith(":") else None


def when_split(line: str, *, parted: bool = True) -> tuple[str, str] | None:
    """A time at the beginning of a line and what stands behind it; None unless a day or a mark parts the two where
    they have to be `parted`."""
    tokens = _tokens(line)
    last = next((place for place, token in enumerate(tokens) if token.kind is _Kind.OTHER), 0)
    while last and tokens[last - 1].kind not in _TIMES:
        last -= 1
    kinds = [token.kind for token in tokens[:last]]
    if kinds.count(_Kind.CLOCK) != 1:
        return None
    behind = line[tokens[last - 1].end :]
    behind = behind.removeprefix(")").removeprefix("]")
    name = behind.strip(_SEPARATORS)
    if parted and behind.lstrip()[:1] not in set(_SEPARATORS.strip()) and not (_TIMES - {_Kind.CLOCK}) & set(kinds):
        return None
    when = line[: tokens[last - 1].end].strip(_SEPARATORS + "([")
    return (when, name) if name and len(behind) > len(behind.lstrip(_SEPARATORS)) else None


def _kinds_of_times(text: str) -> list[_Kind]:
    return [token.kind for token in _tokens(text) if token.kind in _TIMES]


def _belongs(tokens: list[_Token], place: int, first: int) -> bool:
    """Whether the time may begin with this one of the tokens, of which none from `first` on is another word."""
    token = tokens[place]
    if token.kind is _Kind.BETWEEN:
        return not place
    if token.kind is not _Kind.DAY or place + 1 >= len(tokens) or first == 0:
        return token.kind in _TIMES
    marked = any(one.text in _SEPARATORS.strip() for one in tokens[first:place])
    if marked or tokens[place + 1].kind is not _Kind.CLOCK:
        return True
    words = sum(one.kind is _Kind.OTHER for one in tokens[:first])
    return len(token.text) >= _LONG and (words > 1 or plain_word(token.text) not in _ALSO_SURNAMES)


def _tokens(line: str) -> list[_Token]:
    """What the line consists of, without blanks; of a line that is too long for a head one other word."""
    line = line.rstrip()
    if len(line) > HEAD_LIMIT:
        return [_Token(line, _Kind.OTHER, 0)]
    found = [match for match in _TOKEN.finditer(line) if not match[0].isspace()]
    kinds = [_kind(match) for match in found]
    _mark_phrases(found, kinds)
    _mark_pointed(found, kinds)
    _mark_dates(found, kinds)
    return [_Token(match[0], kind, match.start()) for match, kind in zip(found, kinds, strict=True)]


def _kind(match: re.Match[str]) -> _Kind:
    text = match[0]
    if match["clock"] is not None:
        return _Kind.CLOCK
    if match["date"] is not None:
        return _Kind.DATE
    if match["mark"] is not None:
        return _Kind.BETWEEN if text in _PASSED else _Kind.OTHER
    if match["number"] is not None:
        return _Kind.OTHER
    word = plain_word(text.replace("’", "'"))
    bare = next((word.removesuffix(suffix) for suffix in _SUFFIXES if word.endswith(suffix)), word)
    if bare in DAYS_AGO or word in DAYS_AGO:
        return _Kind.AGO
    if word in WEEKDAYS or all(part in WEEKDAYS for part in word.split("-")):
        return _Kind.DAY
    if word in _HALF_WORDS or not bare or (text.isupper() and zone_said(text) is not None):
        return _Kind.BETWEEN
    is_between = word == "uhr" or (word in NOISE and text == text.casefold())
    return _Kind.BETWEEN if is_between else _Kind.OTHER


def _mark_phrases(found: list[re.Match[str]], kinds: list[_Kind]) -> None:
    """Days of two words: `i går`."""
    for place in range(len(found) - 1):
        pair = f"{plain_word(found[place][0])} {plain_word(found[place + 1][0])}".replace("’", "'")
        if pair in DAYS_AGO:
            kinds[place] = kinds[place + 1] = _Kind.AGO


def _mark_pointed(found: list[re.Match[str]], kinds: list[_Kind]) -> None:
    """Beside a time of day, figures with a point between (`09.03. 20:05`) are a date."""
    clocks = [place for place, kind in enumerate(kinds) if kind is _Kind.CLOCK]
    pointed = [place for place in clocks if _POINTED.fullmatch(found[place][0]) is not None]
    for place in pointed if 0 < len(pointed) < len(clocks) else pointed[:-1]:
        kinds[place] = _Kind.DATE


def _mark_dates(found: list[re.Match[str]], kinds: list[_Kind]) -> None:
    """The name of a month is one beside the number of a day; a year may stand beside them."""
    for place, match in enumerate(found):
        if match["word"] is None or plain_word(match[0]) not in MONTHS:
            continue
        before, behind = _number(found, kinds, place, -1), _number(found, kinds, place, 1)
        numbers = [one for one in (before, behind) if one is not None]
        for number in tuple(numbers):
            further = _number(found, kinds, number, 1 if number > place else -1)
            numbers += [further] if further is not None and len(numbers) < 2 else []
        for one in (place, *numbers) if numbers else ():
            kinds[one] = _Kind.DATE


def _number(found: list[re.Match[str]], kinds: list[_Kind], place: int, step: int) -> int | None:
    """The place of the next number in a direction, over words and marks that stand in dates."""
    place += step
    while 0 <= place < len(found) and kinds[place] is _Kind.BETWEEN:
        place += step
    return place if 0 <= place < len(found) and found[place]["number"] is not None else None
