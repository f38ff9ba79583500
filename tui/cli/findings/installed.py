"""What is installed, what can be added, and where this account's files lie."""

import importlib.util
import platform
import re
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from sessions.files.errors import StorageError
from sessions.networks.sign_in.findings import Finding

_PINNED = re.compile(r"textual==([\w.]+)")


def installed_findings() -> list[Finding]:
    """The versions, and whether a desk can be shown in a browser."""
    facts = {"python": platform.python_version(), "system": platform.platform(), "textual": version("textual")}
    try:
        facts["lunchroom"] = version("lunchroom")
        wanted = next((found[1] for one in requires("lunchroom") or () if (found := _PINNED.match(one))), "")
    except PackageNotFoundError:  # a copy of the sources that was never installed
        facts["lunchroom"], wanted = "not installed", ""
    words = f"{facts['lunchroom']}, Python {facts['python']}, textual {facts['textual']}, {facts['system']}"
    fits = wanted in ("", facts["textual"])
    if not fits:
        words += f". The desk is made for textual {wanted}: install Lunchroom again, in an environment of its own"
    there = importlib.util.find_spec("textual_serve") is not None
    browser = "`lunchroom web` shows a desk in one" if there else "not installed: `lunchroom web` says how to add it"
    return [Finding("lunchroom", fits, words, facts), Finding("browser", True, browser, {"available": there})]


def place_findings() -> list[Finding]:
    """Where files lie; nothing of an account without a home, which is told where it matters."""
    return [Finding(about, True, str(path), {"path": str(path)}) for about, path in _places()]


def _places() -> Iterator[tuple[str, Path]]:
    from sessions.hub.process.runtime import runtime_folder
    from sessions.networks.accounts.store import accounts_folder
    from tui.shell.away_config import config_path
    from tui.shell.crash import crash_path

    places: dict[str, Callable[[], Path]] = {
        "config file": config_path,
        "folder of sign-ins": accounts_folder,
        "folder of running chats": runtime_folder,
        "folder of logs": lambda: runtime_folder() / "logs",
        "file of the last failure": crash_path,
    }
    for about, find in places.items():
        try:
            yield about, find()
        except StorageError:
            continue
