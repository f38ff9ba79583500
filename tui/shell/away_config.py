"""`[away]` in a moderator's `config.toml`, without the rest of it: a hub has no keys and no screen."""

import platform
from pathlib import Path
from typing import Any

from sessions.core.decoding import Unreadable, read_toml
from sessions.files.homes import NoHome
from sessions.files.reading import read_file
from sessions.hub.away.relay import DEFAULT, AwayError, checked_relay
from sessions.words import _
from tui.language.place import config_path as config_path

LARGEST = 1024 * 1024
"""Bytes of a config file."""

LONGEST_COMPUTER = 40
"""Characters of what a computer is called."""


def relay_in(document: dict[str, Any]) -> str:
    """The relay that a config names. Raises `AwayError` where what it says is none."""
    away = document.get("away", {})
    if not isinstance(away, dict):
        raise AwayError(_("[away] must be a table"))
    return checked_relay(away.get("relay", DEFAULT))


def computer_in(document: dict[str, Any]) -> str:
    """What a config calls this computer, empty where it does not. Raises `AwayError` where what it says is none."""
    away = document.get("away", {})
    written = away.get("computer", "") if isinstance(away, dict) else ""
    if not isinstance(written, str) or len(written) > LONGEST_COMPUTER:
        raise AwayError(
            _("computer must be a name of at most {longest_computer} characters").format(
                longest_computer=LONGEST_COMPUTER
            )
        )
    return " ".join(written.split())


def computer_setting(path: Path | None = None) -> str:
    """What moderators are told of this computer: its name in the config, else that which the system has. Blocks.

    Of a name with dots the first part is told. What the config has wrong is told where it is read for the screen.
    """
    try:
        named = computer_in(read_toml(read_file(path or config_path(), LARGEST), dict[str, Any]))
    except (NoHome, OSError, Unreadable, AwayError):
        named = ""
    return named or platform.node().partition(".")[0][:LONGEST_COMPUTER]


def relay_setting(path: Path | None = None) -> str:
    """The relay that whoever runs this program set; `path` is for tests. Blocks.

    Raises `AwayError` in one line where the config cannot be read: who wrote `none` there is not to contact anybody.
    """
    try:
        path = path or config_path()
    except NoHome:  # and so no config
        return DEFAULT
    try:
        return relay_in(read_toml(read_file(path, LARGEST), dict[str, Any]))
    except FileNotFoundError:
        return DEFAULT
    except OSError as error:
        raise AwayError(
            _("{path} cannot be read ({strerror}), and it may name a relay.").format(path=path, strerror=error.strerror)
        ) from error
    except Unreadable as error:
        raise AwayError(
            _("{path} is not TOML ({error}), and it may name a relay.").format(path=path, error=error)
        ) from error
    except AwayError as error:
        raise AwayError(f"{path}: [away] {error}.") from error
