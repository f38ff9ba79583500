"""Which of the encodings that spreadsheets wrote before UTF-8 a text is in, be it in two steps: UTF-8 that was read as
Windows' and then written as the Mac's. Pure.

Each is tried, what was read wrongly before is repaired as ftfy does it, and what reads most like words is taken.
Detectors of encodings know neither the second step nor how little text there is: a chat has a few quotation marks.
"""

import re
import unicodedata

import ftfy

_ENCODINGS = ("cp1252", "mac_roman", "cp1250", "cp1251")
"""Those that are tried, the likeliest first."""

_LINES = 400
"""Lines that are tried in each."""

_USUAL = frozenset("’‘“”–—…•·«»„‚°©®™€£ \u00a0")
"""What stands in texts of every language."""

_WESTERN = frozenset("áéíóúñüöäàèìòùâêîôûçëïåæøßœãõýÁÉÍÓÚÑÜÖÄÀÈÇÊÅÆØŒÃ¿¡½¼¾²³ªº§")
_CENTRAL = frozenset("ąćęłńóśźżčďěňřšťůžőűăâîșțşţđĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰĂÂÎŞŢĐ")
_WITHIN = {"’": 0.0, "‘": 1.0, "—": 0.5}
"""How strange marks are between two letters; others have no business there."""

_RARE = {"ø": 1.15, "ì": 1.15, "ă": 1.2, "ő": 1.2, "ű": 1.2}
_SIGNS = frozenset("¿¡½¼¾²³ªº§")
_LOST = re.compile(r"â€(?P<behind>\?|(?=[\s,.;:!)\"']|$))")
_MARKS = re.compile("â€œ|â€\u009d|“|”")


def likely_encoding(raw: bytes) -> str:
    """The encoding in which these lines, of which each has bytes beyond ASCII, read most like words."""
    lines = raw.split(b"\n")[:_LINES]
    return min(_ENCODINGS, key=lambda name: _strangeness(lines, name))


def with_lost_marks(cell: str) -> str:
    """A cell of UTF-8 read as Windows' in which a closing quotation mark or an ellipsis lost its last byte, with it:
    after a mark that opens it is the closing one, else `â€?` was the ellipsis."""
    if "â€" not in cell:
        return cell
    parts: list[str] = []
    place = opened = 0
    for found in _LOST.finditer(cell):
        for mark in _MARKS.findall(cell, place, found.start()):
            opened += 1 if mark in ("â€œ", "“") else -1
        closes = opened > 0 or not found["behind"]
        opened -= closes
        parts += [cell[place : found.start()], "â€\u009d" + found["behind"] if closes else "â€¦"]
        place = found.end()
    return "".join([*parts, cell[place:]])


def _strangeness(lines: list[bytes], encoding: str) -> float:
    """How little the lines read like words in this encoding."""
    total = 0.0
    for line in lines:
        text = line.decode(encoding, "replace")
        text = ftfy.fix_encoding(with_lost_marks(text))
        total += sum(_cost(text, place) for place, char in enumerate(text) if not char.isascii())
    return total


def _cost(text: str, place: int) -> float:
    """How strange the sign is where it stands."""
    char = text[place]
    before, behind = text[place - 1 : place], text[place + 1 : place + 2]
    within = before.isalpha() and behind.isalpha()
    if char in _USUAL:
        return _WITHIN.get(char, 4.0) if within else 0.0
    if "CYRILLIC" in unicodedata.name(char, ""):
        beside = [one for one in (before, behind) if one.isalpha()]
        return 0.5 if beside and all("CYRILLIC" in unicodedata.name(one, "") for one in beside) else 4.0
    if char not in _WESTERN and char not in _CENTRAL:
        return 4.0
    letter = char not in _SIGNS
    if (letter and char.isupper() and before.islower()) or (not letter and within):
        return 4.0
    crowd = within and not before.isascii() and not behind.isascii()
    return 3.0 if crowd else _RARE.get(char, 1.0 if char in _WESTERN else 1.1)
