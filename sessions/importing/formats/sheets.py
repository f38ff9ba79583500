"""An archive as a sheet of cells, from CSV and TSV, JSONL, or a Storify page."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_SNIFFED = 2_000_000
"""Characters from whose quotation marks it is told how those in texts are written."""

_ESCAPED_MARK = re.compile(r"""(?<!\\)(?:\\\\)*\\(["'])(?!\1|[,;\t|\r\n]|\Z)""")
_DOUBLED_MARK = re.compile(r"""(?<=[^\\"',;\t|\r\n])(?:""|'')(?=[^"'])""")
_SIGN_BEFORE_MARK = re.compile(r"""\\(?:""|'')(?![,;\t|\r\n]|\Z)""")
_ESCAPES = re.compile(r"""\\(\r\n|[\\"'\r\n,;\t|])""")
_OPENING = re.compile(r"(?:(?<=[,;\t|\r\n])|\A)( ?)[“„](?=[^,;\t|\r\n])")
_CLOSING = re.compile(r"[”“](?=[ ]?(?:[,;\t|\r\n]|\Z))")
_UNQUOTED = re.compile(r'(?:(?<=[\t\r\n])|\A)"[^"\t\r\n]+"(?!["\t\r\n]|\Z)')
_QUOTED = re.compile(r'(?:(?<=[\t\r\n])|\A)"[^"\t\r\n]*(?:""[^"\t\r\n]|\t[^"\r\n]*"(?=[\t\r\n]|\Z))')
"""What only cells have that are quoted: a doubled mark, or a tab."""

_STRAIGHT = re.compile(r'(?:(?<=[,;\t|\r\n])|\A)"')

_STAND_INS = {"\\": "\ufdd0", '"': "\ufdd1", "'": "\ufdd2", ",": "\ufdd3", ";": "\ufdd4", "\t": "\ufdd5", "|": "\ufdd6"}
"""What stands for an escaped sign while rows are cut: code points that no text has."""

_MEANT = str.maketrans({stand_in: sign for sign, stand_in in _STAND_INS.items()} | {"\ufdd7": "\n"})


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


class _Dialect(msgspec.Struct, frozen=True):
    """How a table is written: what parts its cells and what they are quoted with (empty: nothing), whether a blank
    stands before each, and whether stand-ins are in them."""

    delimiter: str = ","
    quote: str = '"'
    blank: bool = False
    escaped: bool = False

    def rows(self, lines: Iterable[str]) -> "_Rows":
        """The cells of the lines."""
        return _Rows(lines, self)


class _Rows:
    """Rows of cells one after the other; `line_num` is how many lines are read."""

    def __init__(self, lines: Iterable[str], dialect: _Dialect) -> None:
        self._rows = csv.reader(
            lines,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote or None,
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            skipinitialspace=dialect.blank,
        )
        self._escaped = dialect.escaped

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        cells = next(self._rows)
        return [cell.translate(_MEANT) for cell in cells] if self._escaped else cells

    @property
    def line_num(self) -> int:
        """The lines that are read so far."""
        return self._rows.line_num


def read_csv(text: str, given: Mapping[str, Field]) -> Sheet:
    """The sheet of a CSV or TSV text: any line ends and usual delimiters, the header on one of the first lines.

    Marks in quoted cells may be doubled or stand behind a backslash; cells may be quoted with apostrophes or curly
    marks, and those between tabs with nothing. Where no line names columns, they are called by their numbers. A record
    that runs over several lines and has not as many cells as the header is taken for a stray quotation mark: its first
    line is skipped, reading goes on behind it. Raises `CannotImport`.
    """
    text = text.lstrip("\ufeff")
    escaped = _is_escaped(text)
    if escaped:
        text = _with_stand_ins(text)
    if _is_in_curly_marks(text):
        text, escaped = _with_straight_marks(text), True
    dialect, place, known = _dialect(text, given, escaped=escaped)
    if not escaped and _escapes_delimiters(text, dialect):
        text = _with_stand_ins(text)
        dialect, place, known = _dialect(text, given, escaped=True)
    if dialect.delimiter == "\t" and _UNQUOTED.search(text) and not _QUOTED.search(text):
        dialect = msgspec.structs.replace(dialect, quote="")
    head = _first_lines(text)
    lines = io.StringIO(text, newline="").readlines()
    if known == 0:
        width = max((len(_cells(line, dialect)) for line in head), default=0)
        columns: tuple[str, ...] = tuple(str(number) for number in range(1, min(width, COLUMN_LIMIT) + 1))
        rows, skipped = _records(lines, 0, dialect, len(columns))
        return Sheet(columns, rows, skipped, delimiter=dialect.delimiter)
    columns = tuple(cell.strip().removeprefix("\ufeff") for cell in _cells(head[place], dialect)[:COLUMN_LIMIT])
    rows, skipped = _records(lines, place + 1, dialect, len(columns))
    return Sheet(columns, rows, skipped, delimiter=dialect.delimiter)


def _is_escaped(text: str) -> bool:
    """Whether quotation marks in cells stand behind a backslash; where cells have doubled ones, it is a sign as any."""
    if "\\" not in text:
        return False
    start = text[:_SNIFFED]
    escaped = len(_ESCAPED_MARK.findall(start))
    if not escaped or escaped > len(_DOUBLED_MARK.findall(start)):
        return escaped > 0
    return _SIGN_BEFORE_MARK.search(start) is None  # both ways are in it, as where two programs wrote


def _is_in_curly_marks(text: str) -> bool:
    """Whether cells are quoted as a word processor writes it: each of the first lines but one, which may be the names,
    has one that is. Of what people write themselves, not all begins and ends so."""
    if ("”" not in text and "“" not in text) or _STRAIGHT.search(text) is not None:
        return False
    lines = [line for line in _first_lines(text) if line.strip()]
    marked = [line for line in lines if _OPENING.search(line) and _CLOSING.search(line)]
    return len(marked) > 1 and lines[-len(marked) :] == marked and len(marked) >= len(lines) - 1


def _with_straight_marks(text: str) -> str:
    """The text with cells in straight marks; those that stood in them are only signs."""
    return _CLOSING.sub('"', _OPENING.sub(r'\1"', text.replace('"', _STAND_INS['"'])))


def _escapes_delimiters(text: str, dialect: _Dialect) -> bool:
    """Whether a backslash before a delimiter keeps it in its cell: then rows with one are as long as the others."""
    mark = f"\\{dialect.delimiter}"
    if mark not in text or dialect.quote in text:
        return False
    lines = [line for line in text[:_SNIFFED].splitlines() if line.strip()]
    width = len(_cells(lines[0], dialect))
    with_mark = [line for line in lines[1:] if mark in line]
    kept = _Dialect(dialect.delimiter, dialect.quote, dialect.blank, escaped=True)
    return bool(with_mark) and all(len(_cells(_with_stand_ins(line), kept)) == width for line in with_mark)


def _with_stand_ins(text: str) -> str:
    return _ESCAPES.sub(lambda found: _STAND_INS.get(found[1], "\ufdd7"), text)


def _dialect(text: str, given: Mapping[str, Field], *, escaped: bool) -> tuple[_Dialect, int, int]:
    """How the table is written, which of its first lines is the header, and how much it names."""
    head = _first_lines(text)
    quote = "'" if _is_in_apostrophes(head) else '"'
    dialects = [_Dialect(one, quote, _has_blanks(head, one), escaped) for one in _DELIMITERS]
    best = max(dialects, key=lambda one: (_best_header(head, one, given)[1], _evenly(head, one)))
    return best, *_best_header(head, best, given)


def _is_in_apostrophes(head: Sequence[str]) -> bool:
    """Whether the first line, which names the columns, has all of its cells in apostrophes."""
    first = next((line.strip() for line in head if line.strip()), "")
    return any(
        len(cells) > 1 and all(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in cells)
        for cells in ([cell.strip() for cell in first.split(delimiter)] for delimiter in _DELIMITERS)
    )


def _has_blanks(head: Sequence[str], delimiter: str) -> bool:
    """Whether a blank stands before each cell but the first of a line of names, and belongs to none."""
    first = next((line for line in head if line.strip()), "")
    behind = first.split(delimiter)[1:]
    return bool(behind) and all(cell.startswith(" ") for cell in behind)


def _first_lines(text: str) -> list[str]:
    stream = io.StringIO(text[: _HEADER_LINES * 100_000], newline="")
    return [stream.readline() for _ in range(_HEADER_LINES)]


def _cells(line: str, dialect: _Dialect) -> list[str]:
    try:
        return next(dialect.rows([line]), [])
    except csv.Error:  # a single cell longer than any export writes
        return []


def _best_header(head: Sequence[str], dialect: _Dialect, given: Mapping[str, Field]) -> tuple[int, int]:
    """Which of the first lines names the most columns that are known, and how many; needed ones count ten times."""
    best = (0, 0)
    for place, line in enumerate(head):
        cells = _cells(line, dialect)
        here = {name: field for name, field in given.items() if has_column(cells, name)}
        found = match_columns(cells, here)
        numbered = all(name.isdecimal() and name not in cells for name in here)
        if numbered and not match_columns(cells, {}):
            continue
        score = len(found) + 10 * (3 - len(missing_fields(found)))
        if len(cells) > 1 and score > best[1]:
            best = (place, score)
    return best


def _evenly(head: Sequence[str], dialect: _Dialect) -> int:
    """In how many cells the delimiter cuts each of the first lines, at least."""
    return min((len(_cells(line, dialect)) for line in head if line.strip()), default=0)


def _without_empty_ends(cells: list[str], width: int) -> list[str]:
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells


def _records(
    lines: list[str], start: int, dialect: _Dialect, width: int
) -> tuple[tuple[Row, ...], tuple[Skipped, ...]]:
    rows: list[Row] = []
    skipped: list[Skipped] = []
    while start < len(lines):
        reader = dialect.rows(islice(lines, start, None))
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
