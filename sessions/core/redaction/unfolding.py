"""What a text says whose signs are written otherwise: `%40ana`, `&#64;ana`, `＠ａｎａ`, `\\u0040ana`. Pure."""

import functools
import html
import re
import unicodedata

_LEVELS = 3
"""How often what is written otherwise may be so once more (`%2540`)."""

_WRITTEN = re.compile(
    r"(?P<bytes>(?:%[0-9A-Fa-f]{2})+)|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?)"
    r"|\\[uU](?P<code>[0-9A-Fa-f]{4})|\\x(?P<short>[0-9A-Fa-f]{2})|=(?P<quoted>40|5[Ff])(?=\w)|\\(?P<mark>[@_.*-])"
    r"|(?P<other>[^\x00-\x7f])",
    re.VERBOSE,
)
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Kinds of signs that are not seen between letters, or only on them."""


def may_be_folded(text: str) -> bool:
    """Whether a text has anything in it that may stand for another sign; false for most."""
    if text.isascii():
        return "%" in text or "&" in text or "\\" in text or "=" in text
    return True


def unfolded(text: str) -> tuple[str, list[tuple[int, int]]] | None:
    """What the text says, and where in it each of its characters was written; None where it is written plainly."""
    if all(_is_plain(found) for found in _WRITTEN.finditer(text)):
        return None  # so are nearly all texts, also of letters beyond ASCII
    said, places = text, [(place, place + 1) for place in range(len(text))]
    for _ in range(_LEVELS):
        further = _once(said, places)
        if further is None:
            break
        said, places = further
    return (said, places) if said != text else None


def _once(text: str, places: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]] | None:
    said: list[str] = []
    new: list[tuple[int, int]] = []
    done = 0
    changed = False
    for found in _WRITTEN.finditer(text):
        if _is_plain(found):
            continue
        pieces = _pieces(found)
        changed = True
        said.append(text[done : found.start()])
        new += places[done : found.start()]
        start = found.start()
        for piece, length in pieces:
            said.append(piece)
            new += [(places[start][0], places[start + length - 1][1])] * len(piece)
            start += length
        done = found.end()
    if not changed:
        return None
    return "".join([*said, text[done:]]), [*new, *places[done:]]


def _is_plain(found: re.Match[str]) -> bool:
    """Whether what may be written otherwise stands for itself."""
    if found["other"] is None:
        return found["entity"] is not None and html.unescape(found[0]) == found[0]
    return _seen(found[0]) == found[0]


@functools.lru_cache(4096)
def _seen(sign: str) -> str:
    """A sign as it is seen: letters of full width as others, nothing for what is not seen."""
    plain = unicodedata.normalize("NFKC", sign)
    return "".join(one for one in plain if unicodedata.category(one) not in _UNSEEN)


def _pieces(found: re.Match[str]) -> list[tuple[str, int]]:
    """What is meant, sign by sign, each with how many characters it takes there."""
    whole = found[0]
    if found["bytes"]:
        return _signs(whole)
    if found["entity"]:
        return [(html.unescape(whole), len(whole))]
    code = found["code"] or found["short"] or found["quoted"]
    if code:
        return [(chr(int(code, 16)), len(whole))]
    if found["mark"]:
        return [(found["mark"], len(whole))]
    return [(_seen(whole), 1)]


def _signs(written: str) -> list[tuple[str, int]]:
    """The signs of bytes in `%` notation, each with how many characters it takes."""
    raw = bytes.fromhex(written.replace("%", ""))
    pieces: list[tuple[str, int]] = []
    place = 0
    while place < len(raw):
        lead = raw[place]
        length = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        length = min(length, len(raw) - place)
        pieces.append((raw[place : place + length].decode("utf-8", "replace"), 3 * length))
        place += length
    return pieces
