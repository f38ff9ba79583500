"""JSONL archives: one JSON object a line, flat or nested, or one JSON array of objects."""

import re
from typing import Any

import msgspec

from sessions.importing.errors import CannotImport
from sessions.importing.sheets import COLUMN_LIMIT, LINE_LIMIT, Row, Sheet, Skipped

_DEPTH = 3


def is_json(text: str) -> bool:
    """Whether the file is JSON: its first sign is a brace or a bracket and what it begins there is a value."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return start[1:].lstrip()[:1] in ('"', "}")
    return start.startswith("[") and start[1:].lstrip()[:1] in ("{", "]")


def read_json_lines(text: str, where: str) -> Sheet:
    """The sheet of the text; nested keys are joined by a dot (`user.screen_name`). Bad lines are skipped.

    Raises `CannotImport` where there is not one object.
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
                value = msgspec.json.decode(line.encode("utf-8", "replace"))
            except (msgspec.DecodeError, RecursionError):
                skipped.append(Skipped(number, "not a JSON object"))
                continue
            _take(number, value, found, skipped)
    if not found:
        raise CannotImport(f"{where}: no posts in it; give one JSON object a line")
    columns = tuple(dict.fromkeys(name for _, cells in found for name in cells))[:COLUMN_LIMIT]
    rows = tuple(Row(number, tuple(cells.get(name, "") for name in columns)) for number, cells in found)
    return Sheet(columns, rows, tuple(skipped))


def _array(text: str, where: str) -> list[Any]:
    try:
        value = msgspec.json.decode(text.removeprefix("\ufeff").encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError) as error:
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
