"""Bytes to text, and the dirt that archives carry: wrong encodings, mojibake, HTML entities, `NA`."""

import codecs
import html
import re

import ftfy
import msgspec

from sessions.importing.formats.encodings import likely_encoding, with_lost_marks
from sessions.importing.formats.errors import CannotImport

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes that an archive may have; a year of a weekly chat is about 5 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 256 * 1024
_MISSING = frozenset({"", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "<NA>", "\\N"})
_TWICE_ESCAPED = re.compile(r"&amp;(?:amp|lt|gt|quot|nbsp|#x?[0-9a-fA-F]{1,6});")


class Decoded(msgspec.Struct, frozen=True):
    """A file's text, and the name of the encoding that it was read in."""

    text: str
    encoding: str


def decoded(raw: bytes, where: str, encoding: str = "") -> Decoded:
    """The text of a file, in the encoding that the user says, else in whatever it is; NULs are taken out.

    Raises `CannotImport` for what is no text.
    """
    if len(raw) > SIZE_LIMIT:
        raise CannotImport(f"{where}: larger than {SIZE_LIMIT // 1024 // 1024} MB; cut it into shorter pieces")
    encoding = encoding or _encoding(raw)
    if not encoding.startswith("utf"):
        raw = raw.removeprefix(codecs.BOM_UTF8)  # programs put it before whatever they had, also before Windows' bytes
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    text = text.replace("\0", "")
    sample = text[:10_000]
    strange = sum(not (char.isprintable() or char in "\t\r\n\f") for char in sample)
    if strange * 20 > len(sample):
        raise CannotImport(f"{where}: this is not text; give a CSV, TSV, JSONL or HTML file or a saved chat")
    return Decoded(text, encoding)


def encoding_named(name: str) -> str:
    """The name of an encoding as Python has it. Raises `ValueError` in words where it is none of texts."""
    try:
        found = codecs.lookup(name.strip())
        b"a".decode(found.name, "replace")
        return found.name
    except (LookupError, ValueError):
        raise ValueError(f"--encoding must be such as utf-8, cp1252, mac_roman or utf-16, got {name!r}") from None


def _encoding(raw: bytes) -> str:
    for mark, name in _BOMS:
        if raw.startswith(mark) and mark != codecs.BOM_UTF8:
            return name
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        zeros = raw[:4096].count(0)
        if zeros * 3 > len(raw[:4096]):
            return "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
        if _mostly_utf8(raw, error.start):
            return "utf-8"
        return likely_encoding(_telling(raw))
    zeros = raw[:4096].count(0)
    if zeros * 3 > len(raw[:4096]):
        return "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
    return "utf-8"


def _mostly_utf8(raw: bytes, first_error: int) -> bool:
    """Whether only stray bytes of a file are no UTF-8: many sequences are, and hardly any is not."""
    if first_error == 0:
        return False
    text = raw.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(not char.isascii() for char in text) - wrong
    return right > 20 * wrong


def _telling(raw: bytes) -> bytes:
    """The lines that are not ASCII: these tell the encoding, and a detector sees them in a long file too."""
    lines = [line for line in re.split(rb"[\r\n]+", raw) if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE]


def repaired(cell: str) -> str:
    """A cell as it was meant: `NA` is nothing, text read in another encoding (even twice) and entities are repaired."""
    cell = cell.strip()
    if cell in _MISSING:
        return ""
    if not cell.isascii():
        cell = ftfy.fix_encoding(with_lost_marks(cell))
    if "&" in cell:
        again = _TWICE_ESCAPED.search(cell) is not None
        cell = html.unescape(cell)
        if again:
            cell = html.unescape(cell)
    return cell
