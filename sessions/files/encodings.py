"""The text of a file of ours that another program rewrote in an encoding of its own: a script, an editor, a shell."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_OF_WINDOWS: Final = "cp1252"
_ALPHABETS: Final = ["cp1251", "cp1253", "mac_roman", "cp1250"]
"""Encodings of one byte a letter beside that of western Windows, whose letters a text may be in."""

_TELLING: Final = 3
"""Odd bytes below which nothing can be told from them."""

_STRINGS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"')
_SAMPLE: Final = 64 * 1024


def text_of(raw: bytes) -> tuple[str, str]:
    """The text of JSON and the name of its encoding; what is in none that is known has U+FFFD for its odd bytes.

    An encoding of one byte a letter is a guess by what reads as language; where nothing tells, it is western Windows'.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, errors="replace"), name.removesuffix("-sig")
    if b"\0" in raw[:2]:
        name = "utf-16-be" if raw[:1] == b"\0" else "utf-16-le"
    else:
        try:
            return raw.decode(), "utf-8"
        except UnicodeDecodeError:
            name = _of_one_byte(raw)
    return raw.decode(name, errors="replace"), name


def _of_one_byte(raw: bytes) -> str:
    from charset_normalizer import from_bytes  # needed by damaged files alone, and slow to import

    sample = b"\n".join(text for text in _STRINGS.findall(raw) if not text.isascii())[:_SAMPLE]
    if sum(byte > 127 for byte in sample) < _TELLING:
        return _OF_WINDOWS
    western, others = (
        from_bytes(sample, cp_isolation=names).best() for names in ([_OF_WINDOWS], [_OF_WINDOWS, *_ALPHABETS])
    )
    if western is None or others is None or others.chaos < western.chaos or others.coherence > western.coherence:
        return others.encoding if others is not None else _OF_WINDOWS
    return _OF_WINDOWS
