"""A terminal whose encoding has few letters: what it lacks is drawn with what it has, and said once."""

import io
import sys

from sessions.words import _
from tui.text.taming import DRAWN


def terminal_lacks() -> str:
    """What a person is told whose terminal cannot show the lines of a desk, empty where it can."""
    encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    try:
        "│●’é中".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return _(
            "This terminal is set to {encoding}: lines are drawn as | - +, and letters that it lacks as "
            "?. Set it to UTF-8 to see all, such as: LC_ALL=C.UTF-8 lunchroom demo"
        ).format(encoding=encoding)
    return ""


def has_blocks() -> bool:
    """Whether the terminal has half blocks, of which large digits are made."""
    try:
        "▀▄█".encode(getattr(sys.__stderr__, "encoding", None) or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def draw_what_it_can() -> None:
    """Let screens draw on this terminal what its encoding lacks with letters that it has."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=DRAWN)
