"""Runtime files: how a user's own programs find the sessions that run on this machine, and come back after a kill.

One file for each session, in a folder that only this user may read: mode 0700 and 0600 on Linux and macOS, the rules of
the user's profile on Windows (not run there). It holds the tokens; nothing else on the disk does.
"""

import http.client
import os
import re
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import platformdirs

from sessions.core.decoding import Unreadable, read_json
from sessions.core.session_id import SESSION_ID
from sessions.hub.server.access import Keys

RUNTIME_VARIABLE = "LUNCHROOM_RUNTIME"
"""The environment variable that names another folder."""

_NAME = re.compile(rf"{SESSION_ID.pattern}\.json")
_ANSWER_WITHIN = 1.0


class Settings(msgspec.Struct, frozen=True):
    """With which sources a session was started, so that `--resume` needs no more than its file.

    `folder` is where the hub was started: files that `sources` name are to be found from there.
    """

    sources: tuple[str, ...] = ()
    speed: float = 1.0
    hosts: tuple[str, ...] = ()
    zone: str | None = None
    follow: bool = False
    folder: str = ""


class Runtime(msgspec.Struct, frozen=True):
    """Where a session's hub is and how to get in. `started` is the hub's UTC milliseconds."""

    session: str
    title: str
    url: str
    pid: int
    file: str
    started: int
    keys: Keys
    settings: Settings = Settings()


class Running(msgspec.Struct, frozen=True):
    """A session of this machine that is not closed: `alive` if its hub answers, else `--resume` brings it back."""

    runtime: Runtime
    alive: bool


def runtime_folder() -> Path:
    """The folder of the runtime files; made where it is missing. Raises `OSError`.

    Not the system's runtime folder, which is emptied at logout: a session outlives that.
    """
    named = os.environ.get(RUNTIME_VARIABLE)
    state = platformdirs.user_state_path("lunchroom", appauthor=False)
    folder = Path(named).expanduser() if named else state / "running"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)
    return folder


def save_runtime(runtime: Runtime) -> None:
    """Write the session's runtime file at one instant; blocks. Raises `OSError`."""
    path = _path(runtime.session)
    new = path.with_suffix(f".{os.getpid()}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(runtime))
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
    found = (_load(path) for path in runtime_folder().glob("*.json") if _NAME.fullmatch(path.name))
    runtimes = sorted(filter(None, found), key=lambda runtime: runtime.started, reverse=True)
    return [Running(runtime, _answers(runtime)) for runtime in runtimes]


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
        return read_json(path.read_bytes(), Runtime)
    except (OSError, Unreadable):
        return None
