"""JSONL archives: one JSON object a line, flat or nested, or one JSON array of objects."""

import re
from collections.abc import Iterator
from typing import Any

from sessions.core.decoding import Unreadable, read_any_json
from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.sheets import COLUMN_LIMIT, LINE_LIMIT, Row, Sheet, Skipped

CELL_LIMIT = 20_000_000
"""Cells that a sheet may have, empty ones too; an export of 64 MB with 100 keys a line has a fifth of it."""

_DEPTH = 3


def is_json(text: str) -> bool:
    """Whether the file is JSON: its first sign is a brace or a bracket and what it begins there is a value."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return start[1:].lstrip()[:1] in ('"', "}")
    return start.startswith("[") and start[1:].lstrip()[:1] in ("{", "[", "]")


def read_json_lines(text: str, where: str) -> Sheet:
    """The sheet of the text; nested keys are joined by a dot (`user.screen_name`). Bad lines are skipped.

    Raises `CannotImport` where there is not one object, or so many keys that the sheet would fill the memory.
    """
    found: list[tuple[int, dict[str, str]]] = []
    skipped: list[Skipped] = []
    if text.lstrip("\ufeff \t\r\n").startswith("["):
        values = _array(text, where)
        for number, value in enumerate(values, start=1):
            _take(number, value, found, skipped)
    else:
        lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            if len(line) > LINE_LIMIT:
                skipped.append(Skipped(number, f"longer than {LINE_LIMIT} characters"))
                continue
            try:
                value = read_any_json(line.encode("utf-8", "replace"))
            except Unreadable:
                skipped.append(Skipped(number, "not a JSON object"))
                continue
            _take(number, value, found, skipped)
    if not found:
        raise CannotImport(f"{where}: no posts in it; give one JSON object a line")
    columns = tuple(dict.fromkeys(name for _, cells in found for name in cells))[:COLUMN_LIMIT]
    return Sheet(columns, tuple(_rows(found, columns, where)), tuple(skipped))


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


def _array(text: str, where: str) -> list[Any]:
    try:
        value = read_any_json(text.removeprefix("\ufeff").encode("utf-8", "replace"))
    except Unreadable as error:
        raise CannotImport(f"{where}: not JSON ({error}); give one JSON object a line") from None
    return list(value)


def _take(number: int, value: Any, found: list[tuple[int, dict[str, str]]], skipped: list[Skipped]) -> None:
    if not isinstance(value, dict):
        skipped.append(Skipped(number, "not a JSON object"))
        return
    cells: dict[str, str] = {}
    _flatten(value, "", cells, 0)
    found.append((number, cells))


def _flatten(value: dict[str, Any], prefix: str, cells: dict[str, str], depth: int) -> None:
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, dict):
            if depth < _DEPTH:
                _flatten(inner, f"{name}.", cells, depth + 1)
        elif isinstance(inner, (str, int, float)) and not isinstance(inner, bool) and len(cells) < COLUMN_LIMIT:
            cells[name[:100]] = str(inner)
