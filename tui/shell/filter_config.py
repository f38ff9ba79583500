"""`[filters]` in a moderator's `config.toml`: lines in the find language by names of one's own, read and added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sessions.words import _
from tui.shell.kept.config_file import change_config
from tui.text.outside import clean_line

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

MOST = 50
"""Filters that are listed."""

LONGEST_NAME = 40
LONGEST_LINE = 200
"""Characters."""


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
        change_config(self._path, _("The filter"), partial(_add, name=name, line=line))
        self.filters = (*(one for one in self.filters if one.name != name), SavedFilter(name, line))


def filters_in(document: Mapping[str, Any]) -> tuple[SavedFilter, ...]:
    """The filters that a config names, each with its own mistake."""
    told = document.get("filters", {})
    if not isinstance(told, dict):
        return (SavedFilter("[filters]", "", _('must be a table of lines such as mine = "is:new"')),)
    return tuple(_filter(name, line) for name, line in list(told.items())[:MOST])


def _filter(name: str, line: object) -> SavedFilter:
    shown = clean_line(name)[:LONGEST_NAME]
    if not isinstance(line, str):
        return SavedFilter(shown, "", _("must be a line between quotes"))
    if len(line) > LONGEST_LINE:
        return SavedFilter(shown, "", _("is longer than {longest_line} characters").format(longest_line=LONGEST_LINE))
    return SavedFilter(shown, line)


def _add(document: "TOMLDocument", name: str, line: str) -> None:
    document.setdefault("filters", {})[name] = line
