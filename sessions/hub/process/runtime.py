"""Runtime files: how a user's own programs find the sessions that run on this machine, and come back after a kill.

One file for each session, in a folder that only this user may read: mode 0700 and 0600 on Linux and macOS, the rules of
the user's profile on Windows (not run there). It holds the tokens; nothing else on the disk does.
"""

import http.client
import os
import re
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import platformdirs

from sessions.core.decoding import Unreadable, read_json
from sessions.core.session_id import SESSION_ID
from sessions.files.errors import SaveFailed, StorageError
from sessions.files.homes import NoHome, own_folder
from sessions.files.reading import read_file
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server.entry.access import Keys

RUNTIME_VARIABLE = "LUNCHROOM_RUNTIME"
"""The environment variable that names another folder."""

_NAME = re.compile(rf"{SESSION_ID.pattern}\.json")
_ANSWER_WITHIN = 1.0
_LARGEST = 1024 * 1024
"""Bytes of a runtime file."""


class Runtime(msgspec.Struct, frozen=True):
    """Where a session's hub is and how to get in. `started` is the hub's UTC milliseconds."""

    session: str
    title: str
    url: str
    pid: int
    file: str
    started: int
    keys: Keys
    settings: SourceSettings = SourceSettings()
    kind: str = "chat"


class Running(msgspec.Struct, frozen=True):
    """A session of this machine that is not closed: `alive` if its hub answers, else `--resume` brings it back."""

    runtime: Runtime
    alive: bool


class RuntimeFolderError(StorageError):
    """Nothing can be noted about running chats; `error` is what the system says."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"The hub cannot note where it is, in {folder} ({SaveFailed.from_os(error).reason}). "
            f"Name another folder with {RUNTIME_VARIABLE}."
        )


def runtime_folder() -> Path:
    """The folder of the runtime files, which need not be there yet. Raises `NoHome`.

    Not the system's runtime folder, which is emptied at logout: a session outlives that.
    """
    return own_folder(lambda: platformdirs.user_state_path("lunchroom", appauthor=False) / "running", RUNTIME_VARIABLE)


def make_runtime_folder() -> Path:
    """The folder of the runtime files, made where it is missing and for this user only; blocks.

    Raises `RuntimeFolderError` where nothing can be written in it, and `NoHome`.
    """
    folder = runtime_folder()
    try:
        _make(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise RuntimeFolderError(folder, error) from error
    return folder


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)


def save_runtime(runtime: Runtime) -> None:
    """Write the session's runtime file at one instant; blocks. Raises `OSError`."""
    path = _path(runtime.session)
    _make(path.parent)
    write_private(path, msgspec.json.encode(runtime))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, at one instant; blocks. Raises `OSError`."""
    new = path.with_suffix(f".{os.getpid()}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:  # a half-written file with tokens is not left behind; raised again
        new.unlink(missing_ok=True)
        raise


def load_runtime(session: str) -> Runtime | None:
    """The session's runtime file, None where there is none that can be read."""
    return _load(_path(session))


def remove_runtime(session: str) -> None:
    """Forget the session: it is closed."""
    _path(session).unlink(missing_ok=True)


def running_sessions() -> list[Running]:
    """The sessions of this user and machine that are not closed, latest first; asks each hub, for a second at most."""
    runtimes = sorted(filter(None, map(_load, _files())), key=lambda runtime: runtime.started, reverse=True)
    return [Running(runtime, _answers(runtime)) for runtime in runtimes]


def hub_of(session: str) -> Runtime | None:
    """The hub of this session that runs under this account, if one does; asks it."""
    hubs = (running.runtime for running in running_sessions() if running.alive)
    return next((hub for hub in hubs if hub.session == session), None)


def damaged_runtimes() -> list[tuple[Path, str]]:
    """Runtime files that cannot be read, and why not: how to reach a chat that may be running is lost with them."""
    found: list[tuple[Path, str]] = []
    for path in sorted(_files()):
        try:
            read_json(read_file(path, _LARGEST), Runtime)
        except FileNotFoundError:  # its chat has just ended
            continue
        except OSError as error:
            found.append((path, error.strerror or str(error)))
        except Unreadable as error:
            found.append((path, str(error)))
    return found


def _files() -> list[Path]:
    """The runtime files there are; without a folder, or a home for one, nothing runs."""
    try:
        return [path for path in runtime_folder().glob("*.json") if _NAME.fullmatch(path.name)]
    except (NoHome, OSError):
        return []


def _answers(runtime: Runtime) -> bool:
    """Whether this hub answers; without httpx, which takes longer to import than the hub to answer."""
    headers = {"Authorization": f"Bearer {runtime.keys.token}"}
    try:
        address = urlsplit(runtime.url).netloc
        with closing(http.client.HTTPConnection(address, timeout=_ANSWER_WITHIN)) as connection:
            connection.request("GET", "/v1/session", headers=headers)
            answer = connection.getresponse()
            named = read_json(answer.read(), _Named)
            return answer.status == 200 and named.id == runtime.session
    except (OSError, ValueError, Unreadable, http.client.HTTPException):
        return False  # there is no hub, or another program, or somebody changed the file


class _Named(msgspec.Struct):
    id: str


def _path(session: str) -> Path:
    if not _NAME.fullmatch(f"{session}.json"):
        raise ValueError(f"{session!r} is no id of a session")
    return runtime_folder() / f"{session}.json"


def _load(path: Path) -> Runtime | None:
    try:
        return read_json(read_file(path, _LARGEST), Runtime)
    except (OSError, Unreadable):
        return None
