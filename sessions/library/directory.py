"""A district's list of its teachers (CSV: handle, name, school, level) for people.json. Pure.

Columns are matched by usual names, in any order; what the table does not have stays as it is. Nothing is deleted.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.people import Account, PeopleError, PersonRecord, Register
from sessions.core.plan import clean_line

Column = Literal["handle", "name", "school", "level", "groups"]

_HANDLE = ("handle", "username", "user", "account", "screenname", "nick")
_NETWORKS = ("twitter", "x", "mastodon", "bluesky")

NAMES: Final[Mapping[Column, tuple[str, ...]]] = {
    "handle": (*_HANDLE, *_NETWORKS, *(network + name for network in _NETWORKS for name in (*_HANDLE, "name"))),
    "name": ("name", "fullname", "displayname", "teacher", "teachername", "person", "participant"),
    "school": ("school", "schoolname", "campus", "building", "site", "location"),
    "level": ("level", "gradelevel", "grade", "grades", "schoollevel", "division"),
    "groups": ("groups", "group", "role", "roles", "team", "subject", "department"),
}
"""By which heads, in small letters and without other signs, a column is known."""

LONGEST: Final = 200
"""Characters that a cell keeps."""

_ADDRESS = re.compile(r"(?i)(?:https?://)?(?:www\.)?(?:(?P<host>[\w.-]+\.\w+)/)(?:profile/)?@?(?P<handle>[\w.-]+)/?")
_NETWORK_HOSTS = {"twitter.com": "x", "x.com": "x", "bsky.app": "bluesky"}


class DirectoryError(LunchroomError):
    """The file is no such list; one line that says what to do next."""


class Row(msgspec.Struct, frozen=True):
    """One line of the list. `handle` is `network:handle` or bare, in lower case; empty fields say nothing."""

    line: int
    handle: str
    name: str = ""
    school: str = ""
    level: str = ""
    groups: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, object]:
        """What the line says of the person."""
        said = {"name": self.name, "school": self.school, "level": self.level, "groups": self.groups}
        return {field: value for field, value in said.items() if value}


class Directory(msgspec.Struct, frozen=True):
    """The list as it was understood: which head gave which column, heads that were passed by, lines without handle."""

    rows: tuple[Row, ...]
    columns: Mapping[Column, str]
    ignored: tuple[str, ...]
    skipped: tuple[int, ...]


class Change(msgspec.Struct, frozen=True):
    """What a row would change of a person; `known` is false for somebody who was in no saved chat yet.

    `before` and `after` have the fields that differ. `problem` is set, in words, where the row is passed by.
    """

    row: Row
    known: bool
    before: Mapping[str, object]
    after: Mapping[str, object]
    problem: str = ""


def read_directory(text: str) -> Directory:
    """The list in the text of a CSV file (comma, semicolon or tab). Raises `DirectoryError`."""
    table = csv.reader(re.split(r"\r\n?|\n", text), delimiter=_delimiter(text))
    try:
        lines = [(table.line_num, line) for line in table if any(line)]
    except csv.Error as error:
        raise DirectoryError(f"Line {table.line_num} is no line of a table ({error}). Save the list as CSV.") from error
    for place, (_, head) in enumerate(lines[:3]):  # exports put a title above the head
        columns = _columns(head)
        if "handle" in columns:
            return _rows(head, lines[place + 1 :], columns)
    heads = ", ".join(clean_line(head)[:LONGEST] for head in (lines[0][1] if lines else ()))
    raise DirectoryError(f"No column is called handle, username or the like; the first line has: {heads or 'nothing'}.")


def preview(directory: Directory, register: Register) -> list[Change]:
    """What `apply` would change, row by row; rows that change nothing are left out."""
    copy = Register(msgspec.convert(msgspec.to_builtins(register.people), list[PersonRecord]))
    return apply(directory, copy)


def apply(directory: Directory, register: Register) -> list[Change]:
    """Write the list into the register; gives what that changed, and rows that were passed by."""
    return [change for row in directory.rows if (change := _applied(row, register)) is not None]


def _applied(row: Row, register: Register) -> Change | None:
    known = [person for person in register if person.goes_by(row.handle)]
    if len(known) > 1:
        try:
            register.find(row.handle)
        except PeopleError as error:
            return Change(row, known=True, before={}, after={}, problem=str(error))
    if not known:
        person = PersonRecord(accounts=[Account("", (row.handle,), row.name)])
        person.write(row.fields)
        person.settle()
        if not row.fields:
            return None
        register.people.append(person)
        return Change(row, known=False, before={}, after=row.fields)
    before = {field: getattr(known[0], field) for field in row.fields}
    if not known[0].write(row.fields):
        return None
    differing = {field: value for field, value in row.fields.items() if before[field] != value}
    return Change(row, known=True, before={field: before[field] for field in differing}, after=differing)


def _rows(head: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], columns: Mapping[Column, int]) -> Directory:
    rows: list[Row] = []
    skipped: list[int] = []
    for number, line in lines:
        cells = {column: _cell(line, place) for column, place in columns.items()}
        handle = _handle(cells["handle"])
        if not handle:
            skipped.append(number)
            continue
        groups = tuple(filter(None, (part.strip() for part in re.split(r"[;,|/]", cells.get("groups", "")))))
        name, school, level = cells.get("name", ""), cells.get("school", ""), cells.get("level", "")
        rows.append(Row(number, handle, name, school, level, groups))
    ignored = tuple(name for place, name in enumerate(head) if name.strip() and place not in columns.values())
    return Directory(tuple(rows), {column: head[place] for column, place in columns.items()}, ignored, tuple(skipped))


def _columns(head: Sequence[str]) -> dict[Column, int]:
    plain = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in head]
    found: dict[Column, int] = {}
    for column, names in NAMES.items():
        places = [plain.index(name) for name in names if name in plain]
        if places:
            found[column] = places[0]
    return found


def _cell(line: Sequence[str], place: int) -> str:
    text = clean_line(line[place])[:LONGEST] if place < len(line) else ""
    return "" if text.casefold() in ("na", "n/a", "none", "-") else text


def _handle(cell: str) -> str:
    """The handle in a cell: `@ana`, `ana@mastodon.social`, `bluesky:ana.example.org` or a profile's address."""
    address = _ADDRESS.fullmatch(cell)
    if address:
        host = address["host"].casefold().removeprefix("www.")
        network = _NETWORK_HOSTS.get(host)
        handle = address["handle"].casefold()
        return f"{network}:{handle}" if network else f"mastodon:{handle}@{host}"
    return "".join(cell.split()).lstrip("@").casefold()


def _delimiter(text: str) -> str:
    start = "\n".join([line for line in text.splitlines() if line.strip()][:3])
    return max(",;\t", key=start.count)
