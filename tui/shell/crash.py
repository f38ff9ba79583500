"""An app that failed: the details in a file, one line for the person in front of it."""

import datetime
import traceback
from pathlib import Path

import platformdirs
from textual.worker import WorkerFailed

from sessions.files.homes import NoHome, own_folder
from sessions.words import _


def crash_path() -> Path:
    """Where the details of the last failure are kept: the log folder of this system's user. Raises `NoHome`."""
    return own_folder(lambda: platformdirs.user_log_path("lunchroom", appauthor=False)) / "failed.txt"


def record_crash(error: BaseException | None, what: str, after: str) -> str:
    """Write the traceback, without the values of variables, and give the sentences to say.

    `what` failed ("The desk"); `after` says what has become of the chat and how one comes back.
    """
    error = error.error if isinstance(error, WorkerFailed) else error  # of itself it has no traceback
    name = type(error).__name__ if error is not None else _("unknown")
    said = _("{what} failed ({name}). {after}").format(what=what, name=name, after=after)
    lines = traceback.format_exception(error) if error is not None else []
    try:
        path = crash_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        path.write_text(f"{now}\n{''.join(lines)}", encoding="utf-8", errors="backslashreplace")
    except NoHome as failure:
        return _("{said} The details could not be written: {failure}").format(said=said, failure=failure)
    except OSError as failure:
        return _("{said} The details could not be written: {strerror}.").format(
            said=said, strerror=failure.strerror or failure
        )
    return _("{said} Please send us {path}.").format(said=said, path=path)
