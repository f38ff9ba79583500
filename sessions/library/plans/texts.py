"""Text files that moderators wrote: plans, languages, lists."""

import codecs
from pathlib import Path

from sessions.core.plan.reading import MAX_CHARACTERS, PlanError, Problem
from sessions.files.kinds import file_kind

_PACKED = b"PK\x03\x04"
"""How documents of Office, and zips, begin."""


def read_text(path: Path) -> str:
    """The text of a file that a moderator wrote, in UTF-8, or in UTF-16 as Windows' programs mark it.

    Raises `PlanError` where it is no such text, and `OSError` where the file cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_CHARACTERS * 4 + 1)
    kind = file_kind(raw)
    if kind is not None or raw.startswith(_PACKED):
        what = str(kind) if kind is not None else "this is a document of Word or Excel, or a zip; save it as plain text"
        raise PlanError([Problem(None, what)])
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = None if marked else raw.count(b"\n", 0, error.start) + 1
        raise PlanError([Problem(line, "this is no plain text: save the file as text in UTF-8")]) from error
