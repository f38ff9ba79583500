"""Where saved chats lie, known without the library itself, for which much is imported."""

from pathlib import Path

import platformdirs

from sessions.files.homes import own_folder

LIBRARY_VARIABLE = "LUNCHROOM_LIBRARY"
"""The environment variable that names another folder."""


def default_library() -> Path:
    """Where saved chats lie unless `--library` says otherwise: `LUNCHROOM_LIBRARY`, else the user's data folder.

    Not the Documents folder, which Windows and macOS often copy to a cloud: teachers' words stay on this machine.
    Raises `NoHome`.
    """
    return own_folder(lambda: platformdirs.user_data_path("lunchroom", appauthor=False) / "chats", LIBRARY_VARIABLE)
