"""Chooses the language once, and loads what was compiled for it when Lunchroom was installed."""

import gettext
import locale
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sessions import words
from sessions.files.homes import NoHome
from tui.language.choosing import ENGLISH, VARIABLE, Choice, choose
from tui.language.place import config_path

LOCALE = Path(__file__).parent.parent / "locale"
"""The catalogues, a folder a language."""

_DOMAIN = "lunchroom"

_DAMAGED = (OSError, EOFError, ValueError, LookupError, TypeError, struct.error)
"""What gettext raises of a file that is not there, was cut off, or has something else in it."""

_chosen = Choice(ENGLISH)


def languages() -> list[str]:
    """The codes of the languages that this install has, in order. Blocks."""
    return sorted({ENGLISH, *(file.parent.parent.name for file in LOCALE.glob(f"*/LC_MESSAGES/{_DOMAIN}.po"))})


def chosen() -> Choice:
    """The language that was chosen when the program began."""
    return _chosen


def speak(environ: Mapping[str, str] = os.environ) -> Choice:
    """Choose the language and speak it. Blocks; what cannot be read is told with the config's other mistakes."""
    global _chosen
    config = "" if environ.get(VARIABLE) else _configured()
    _chosen = choose(environ, config, locale.getlocale(locale.LC_CTYPE)[0] or "", languages())
    said = gettext.NullTranslations()
    if _chosen.code != ENGLISH:
        try:
            said = gettext.translation(_DOMAIN, LOCALE, [_chosen.code])
        except FileNotFoundError:
            _chosen = Choice(ENGLISH, f'the words of "{_chosen.code}" were not compiled here: install Lunchroom again')
        except _DAMAGED:
            _chosen = Choice(ENGLISH, f'the words of "{_chosen.code}" cannot be read: install Lunchroom again')
    words.speak(said)
    return _chosen


def _configured() -> object:
    """What the config says of the language, "" where it says nothing or cannot be read."""
    try:
        raw = config_path().read_bytes()
    except (NoHome, OSError):
        return ""
    if b"language" not in raw:
        return ""
    from sessions.core.decoding import Unreadable, read_toml  # only where there is something to read

    try:
        return read_toml(raw, dict[str, Any]).get("language", "")
    except Unreadable:
        return ""
