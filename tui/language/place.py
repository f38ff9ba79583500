"""Where a moderator's config is."""

from pathlib import Path

import platformdirs

from sessions.files.homes import own_folder


def config_path() -> Path:
    """Where the config is: `lunchroom/config.toml` in the config folder of this system's user. Raises `NoHome`."""
    return own_folder(lambda: platformdirs.user_config_path("lunchroom", appauthor=False)) / "config.toml"
