"""Where this user's own files lie: in folders of their home, or where a variable of the environment says."""

import os
from collections.abc import Callable
from pathlib import Path

from sessions.files.errors import StorageError


class NoHome(StorageError):
    """The account has no home folder, as a user id in a container that no account has. `variable` would do, too."""

    def __init__(self, variable: str = "") -> None:
        instead = f", or {variable}," if variable else ""
        super().__init__(f"This account has no home folder: set HOME{instead} to a folder that it may write in.")


def own_folder(usual: Callable[[], Path], variable: str = "") -> Path:
    """The folder that `variable` names, else that which `usual` finds in the user's home. Raises `NoHome`."""
    named = os.environ.get(variable) if variable else None
    try:
        folder = Path(named).expanduser() if named else usual()
    except RuntimeError as error:  # neither HOME nor a line of the system's accounts says where it is
        raise NoHome(variable) from error
    if not named and not folder.is_absolute():
        raise NoHome(variable)
    return folder
