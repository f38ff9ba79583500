"""An archive as a sheet of cells, from CSV and TSV, JSONL, or a Storify page."""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import islice

import msgspec

from sessions.importing.formats.columns import Field, has_column, match_columns, missing_fields
from sessions.importing.formats.errors import CannotImport

LINE_LIMIT = 1_000_000
"""Characters that one line of JSONL may have."""

COLUMN_LIMIT = 300
"""Columns that a sheet may have; what stands behind them is not looked at."""

_MORE_CELLS = 1_000
"""Cells that a row may have more than there are columns; each is a comma in a text."""

_HEADER_LINES = 5
_DELIMITERS = (",", "\t", ";", "|")
_ERROR_LIMIT = 1000


class Skipped(msgspec.Struct, frozen=True):
    """A line (from 1) of the file that was not understood, and why."""

    line: int
    why: str


class Row(msgspec.Struct, frozen=True):
    """A row: the line of the file (from 1) on which it begins, and its cells."""

    line: int
    cells: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True):
    """What a file holds before its cells are understood. `title` is what it calls itself, empty where it does not.

    A row may have more cells than there are columns, where a text with the `delimiter` in it stands without quotes.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...] = ()
    title: str = ""
    delimiter: str = ","


def read_csv(text: str, given: Mapping[str, Field]) -> Sheet:
    """The sheet of a CSV or TSV text: any line ends and usual delimiters, the header on one of the first lines.

    Where no line names columns, they are called by their numbers. A record that runs over several lines and has not
    as many cells as the header is taken for a stray quotation mark: its first line is skipped, reading goes on behind
    it. Raises `CannotImport`.
    """
    head = _first_lines(text)
    delimiter = max(_DELIMITERS, key=lambda one: (_best_header(head, one, given)[1], _evenly(head, one)))
    place, known = _best_header(head, delimiter, given)
    lines = io.StringIO(text, newline="").readlines()
    if known == 0:
        width = max((len(_cells(line, delimiter)) for line in head), default=0)
        columns: tuple[str, ...] = tuple(str(number) for number in range(1, min(width, COLUMN_LIMIT) + 1))
        rows, skipped = _records(lines, 0, delimiter, len(columns))
        return Sheet(columns, rows, skipped, delimiter=delimiter)
    columns = tuple(cell.strip().removeprefix("\ufeff") for cell in _cells(head[place], delimiter)[:COLUMN_LIMIT])
    rows, skipped = _records(lines, place + 1, delimiter, len(columns))
    return Sheet(columns, rows, skipped, delimiter=delimiter)


def _first_lines(text: str) -> list[str]:
    stream = io.StringIO(text[: _HEADER_LINES * 100_000], newline="")
    return [stream.readline() for _ in range(_HEADER_LINES)]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a single cell longer than any export writes
        return []


def _best_header(head: Sequence[str], delimiter: str, given: Mapping[str, Field]) -> tuple[int, int]:
    """Which of the first lines names the most columns that are known, and how many; needed ones count ten times."""
    best = (0, 0)
    for place, line in enumerate(head):
        cells = _cells(line, delimiter)
        here = {name: field for name, field in given.items() if has_column(cells, name)}
        found = match_columns(cells, here)
        numbered = all(name.isdecimal() and name not in cells for name in here)
        if numbered and not match_columns(cells, {}):
            continue
        score = len(found) + 10 * (3 - len(missing_fields(found)))
        if len(cells) > 1 and score > best[1]:
            best = (place, score)
    return best


def _evenly(head: Sequence[str], delimiter: str) -> int:
    """In how many cells the delimiter cuts each of the first lines, at least."""
    return min((len(_cells(line, delimiter)) for line in head if line.strip()), default=0)


def _without_empty_ends(cells: list[str], width: int) -> list[str]:
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells


def _records(lines: list[str], start: int, delimiter: str, width: int) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
    rows: list[Row] = []
    skipped: list[Skipped] = []
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
        base = start
        start = len(lines)
        while True:
            first = base + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                skipped.append(Skipped(first, f"not a line of a table ({error})"))
                start = first
                break
            spans = base + reader.line_num + 1 - first
            if spans > 1 and len(cells) != width:
                skipped.append(Skipped(first, "a quotation mark that is never closed"))
                start = first
                break
            if any(cell.strip() for cell in cells):
                rows.append(Row(first, tuple(_without_empty_ends(cells[: width + _MORE_CELLS], width))))
        if len(skipped) > _ERROR_LIMIT:
            raise CannotImport(f"more than {_ERROR_LIMIT} lines are no lines of a table; is this a CSV file?")
    return tuple(rows), tuple(skipped)
