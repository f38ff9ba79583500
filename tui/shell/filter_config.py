"""`[filters]` in a moderator's `config.toml`: lines in the find language by names of one's own, read and added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sessions.core.errors import LunchroomError
from sessions.files.errors import LibraryError, SaveFailed
from sessions.files.small_file import SmallFile
from tui.text.outside import clean_line

MOST = 50
"""Filters that are listed."""

LONGEST_NAME = 40
LONGEST_LINE = 200
"""Characters."""


class NotKept(LunchroomError):
    """A filter could not be written down; the text says why in one line."""


@dataclass(frozen=True)
class SavedFilter:
    """A line in the find language by its name; `problem` says why it is none, whatever the chat."""

    name: str
    line: str
    problem: str = ""


class SavedFilters:
    """The filters of one config file, in its order. Without a `path` none can be kept."""

    def __init__(self, path: Path | None = None, filters: tuple[SavedFilter, ...] = ()) -> None:
        self._path = path
        self.filters = filters

    def keep(self, name: str, line: str) -> None:
        """Write a filter into the config and add it here; its comments and layout stay. Blocks. Raises `NotKept`."""
        if self._path is None:
            raise NotKept("There is no config file here, so no filter can be kept.")
        try:
            file = SmallFile(self._path.resolve())
            file.path.parent.mkdir(parents=True, exist_ok=True)
            with file.locked():
                file.write(_with(file.read() or b"", name, line))
        except (LibraryError, OSError) as error:
            raise NotKept(f"The filter was not kept: {error}") from error
        except SaveFailed as failed:
            raise NotKept(f"The filter was not kept: {failed.reason}.") from failed
        self.filters = (*(one for one in self.filters if one.name != name), SavedFilter(name, line))


def filters_in(document: Mapping[str, Any]) -> tuple[SavedFilter, ...]:
    """The filters that a config names, each with its own mistake."""
    told = document.get("filters", {})
    if not isinstance(told, dict):
        return (SavedFilter("[filters]", "", 'must be a table of lines such as mine = "is:new"'),)
    return tuple(_filter(name, line) for name, line in list(told.items())[:MOST])


def _filter(name: str, line: object) -> SavedFilter:
    shown = clean_line(name)[:LONGEST_NAME]
    if not isinstance(line, str):
        return SavedFilter(shown, "", "must be a line between quotes")
    if len(line) > LONGEST_LINE:
        return SavedFilter(shown, "", f"is longer than {LONGEST_LINE} characters")
    return SavedFilter(shown, line)


def _with(raw: bytes, name: str, line: str) -> bytes:
    """The config with one more filter. Raises `NotKept` where it cannot be read."""
    import tomlkit  # only who keeps a filter needs it
    import tomlkit.exceptions

    try:
        document = tomlkit.parse(raw.decode("utf-8"))
        if "filters" not in document:
            document["filters"] = tomlkit.table()
        document["filters"][name] = line
        return tomlkit.dumps(document).encode("utf-8")
    except (ValueError, TypeError, tomlkit.exceptions.TOMLKitError) as error:
        raise NotKept(f"config.toml cannot be added to ({error}): mend it first.") from error
