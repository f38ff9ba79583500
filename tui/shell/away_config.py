"""`[away]` in a moderator's `config.toml`, without the rest of it: a hub has no keys and no screen."""

from pathlib import Path
from typing import Any

import platformdirs

from sessions.core.decoding import Unreadable, read_toml
from sessions.files.homes import NoHome, own_folder
from sessions.hub.away.relay import DEFAULT, AwayError, checked_relay


def config_path() -> Path:
    """Where the config is: `lunchroom/config.toml` in the config folder of this system's user. Raises `NoHome`."""
    return own_folder(lambda: platformdirs.user_config_path("lunchroom", appauthor=False)) / "config.toml"


def relay_in(document: dict[str, Any]) -> str:
    """The relay that a config names. Raises `AwayError` where what it says is none."""
    away = document.get("away", {})
    if not isinstance(away, dict):
        raise AwayError("[away] must be a table")
    return checked_relay(away.get("relay", DEFAULT))


def relay_setting(path: Path | None = None) -> str:
    """The relay that whoever runs this program set; `path` is for tests. Blocks.

    Raises `AwayError` in one line where the config cannot be read: who wrote `none` there is not to contact anybody.
    """
    try:
        path = path or config_path()
    except NoHome:  # and so no config
        return DEFAULT
    try:
        return relay_in(read_toml(path.read_bytes(), dict[str, Any]))
    except FileNotFoundError:
        return DEFAULT
    except OSError as error:
        raise AwayError(f"{path} cannot be read ({error.strerror}), and it may name a relay.") from error
    except Unreadable as error:
        raise AwayError(f"{path} is not TOML ({error}), and it may name a relay.") from error
    except AwayError as error:
        raise AwayError(f"{path}: [away] {error}.") from error
