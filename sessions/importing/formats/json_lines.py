"""Objects of JSON as a sheet: keys are columns, nested ones joined by a dot (`user.screen_name`)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.sheets import COLUMN_LIMIT, Row, Sheet, Skipped
from sessions.networks.archived import ArchivedValue

CELL_LIMIT = 20_000_000
"""Cells that a sheet may have, empty ones too; an export of 64 MB with 100 keys a line has a fifth of it."""

_DEPTH = 6
_LISTED = frozenset({"author", "authors", "user", "account", "creator", "sender", "from", "attributedTo", "by"})
"""Members that say who wrote a post, be it in a list; the first of several is meant."""

_LONGER = ("extended_tweet.full_text", "full_text")
"""Where old answers of X keep all words of a post whose `text` is cut."""


def sheet_of(values: Sequence[ArchivedValue], skipped: Sequence[Skipped], where: str) -> Sheet:
    """The sheet of the objects. Raises `CannotImport` where they have so many keys that it would fill the memory."""
    found = [(one.place, flattened(one.value)) for one in values]
    columns = tuple(dict.fromkeys(name for _, cells in found for name in cells))[:COLUMN_LIMIT]
    return Sheet(columns, tuple(_rows(found, columns, where)), tuple(skipped))


def flattened(value: Mapping[str, Any]) -> dict[str, str]:
    """The cells of an object by the names of their columns; nulls, and lists but those of authors, have none."""
    cells: dict[str, str] = {}
    _flatten(value, "", cells, 0)
    longer = next((cells[key] for key in _LONGER if cells.get(key)), "")
    if longer and "text" in cells:
        cells["text"] = longer
    return cells


def _rows(found: list[tuple[int, dict[str, str]]], columns: tuple[str, ...], where: str) -> Iterator[Row]:
    """The lines as rows, each only as long as its last key needs."""
    places = {name: place for place, name in enumerate(columns)}
    total = 0
    for number, cells in found:
        known = {places[name]: cell for name, cell in cells.items() if name in places}
        width = max(known, default=-1) + 1
        total += width
        if total > CELL_LIMIT:
            raise CannotImport(f"{where}: its lines have too many different keys; keep time, author, text and id")
        yield Row(number, tuple(known.get(place, "") for place in range(width)))


def _flatten(value: Mapping[str, Any], prefix: str, cells: dict[str, str], depth: int) -> None:
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, list) and inner and key in _LISTED:
            name, inner = f"{prefix}{key.removesuffix('s')}", inner[0]
        if isinstance(inner, dict):
            if depth < _DEPTH:
                _flatten(inner, f"{name}.", cells, depth + 1)
        elif isinstance(inner, (str, int, float)) and not isinstance(inner, bool) and len(cells) < COLUMN_LIMIT:
            cells[name[:100]] = str(inner)
