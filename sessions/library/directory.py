"""A district's list of its teachers (CSV: handle, name, school, level) for people.json. Pure.

Columns are matched by usual names, in any order; what the table does not have stays as it is. Nothing is deleted.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.identity import UNNAMED_NETWORKS
from sessions.core.people import Account, PersonRecord, Register, ambiguous
from sessions.core.plan import clean_line
from sessions.core.plan.networks import PlanNetwork
from sessions.core.plan.words import meant, quoted

Column = Literal["handle", "name", "school", "level", "groups"]

_HANDLE = ("handle", "username", "user", "account", "screenname", "nick")

NAMES: Final[Mapping[Column, tuple[str, ...]]] = {
    "handle": _HANDLE,
    "name": ("name", "fullname", "displayname", "teacher", "teachername", "person", "participant"),
    "school": ("school", "schoolname", "campus", "building", "site", "location"),
    "level": ("level", "gradelevel", "grade", "grades", "schoollevel", "division"),
    "groups": ("groups", "group", "role", "roles", "team", "subject", "department"),
}
"""By which heads, in small letters and without other signs, a column is known; one of handles also by its network."""

LONGEST: Final = 200
"""Characters that a cell keeps."""

_ADDRESS = re.compile(
    r"(?i)(?:https?://)?(?:www\.)?(?:(?P<host>[\w.-]+\.\w+)/)(?:profile/)?(?P<at>@?)(?P<handle>[\w.-]+)/?"
)


class DirectoryNetwork(PlanNetwork, Protocol):
    """A network whose people a list may name."""

    @property
    def heads(self) -> tuple[str, ...]:
        """What a column of its handles may be called, alone or before `handle` and the like."""
        ...

    @property
    def sites(self) -> tuple[str, ...]:
        """The web hosts at which people have their pages."""
        ...

    @property
    def many_servers(self) -> bool:
        """Whether people's pages are on many servers, as `https://SERVER/@name`."""
        ...


DirectoryNetworks = Mapping[str, DirectoryNetwork]
"""The networks that there are, by their names."""


class DirectoryError(LunchroomError):
    """The file is no such list; one line that says what to do next."""


class Row(msgspec.Struct, frozen=True):
    """One line of the list. `handle` is `network:handle` or bare, in lower case; empty fields say nothing.

    `problem` is set, in words, where that can be nobody's handle.
    """

    line: int
    handle: str
    name: str = ""
    school: str = ""
    level: str = ""
    groups: tuple[str, ...] = ()
    problem: str = ""

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


def read_directory(text: str, networks: DirectoryNetworks) -> Directory:
    """The list in the text of a CSV file (comma, semicolon or tab); `networks` are those of which it may name people.

    Raises `DirectoryError`.
    """
    table = csv.reader(re.split(r"\r\n?|\n", text), delimiter=_delimiter(text))
    try:
        lines = [(table.line_num, line) for line in table if any(line)]
    except csv.Error as error:
        raise DirectoryError(f"Line {table.line_num} is no line of a table ({error}). Save the list as CSV.") from error
    for place, (_, head) in enumerate(lines[:3]):  # exports put a title above the head
        columns = _columns(head, networks)
        if "handle" in columns:
            return _rows(head, lines[place + 1 :], columns, networks)
    heads = ", ".join(clean_line(head)[:LONGEST] for head in (lines[0][1] if lines else ()))
    raise DirectoryError(f"No column is called handle, username or the like; the first line has: {heads or 'nothing'}.")


def preview(directory: Directory, register: Register) -> list[Change]:
    """What `apply` would change, row by row; rows that change nothing are left out."""
    copy = Register(msgspec.convert(msgspec.to_builtins(register.people), list[PersonRecord]))
    return apply(directory, copy)


def apply(directory: Directory, register: Register) -> list[Change]:
    """Write the list into the register; gives what that changed, and rows that were passed by."""
    names = _Names(register)
    return [change for row in directory.rows if (change := _applied(row, register, names)) is not None]


class _Names:
    """Everybody of a register by their names: a list of 100,000 teachers asks for as many."""

    def __init__(self, register: Register) -> None:
        self._people: dict[str, list[PersonRecord]] = {}
        for person in register:
            self.add(person)

    def add(self, person: PersonRecord) -> None:
        for name in person.names():
            self._people.setdefault(name, []).append(person)

    def found(self, wanted: str) -> list[PersonRecord]:
        """All who go by the name, in the register's order."""
        return self._people.get(wanted, [])


def _applied(row: Row, register: Register, names: "_Names") -> Change | None:
    if row.problem:
        return Change(row, known=False, before={}, after={}, problem=row.problem)
    known = names.found(row.handle)
    if len(known) > 1:
        return Change(row, known=True, before={}, after={}, problem=str(ambiguous(row.handle, known)))
    if not known:
        person = PersonRecord(accounts=[Account("", (row.handle,), row.name)])
        person.write(row.fields)
        person.settle()
        if not row.fields:
            return None
        register.people.append(person)
        names.add(person)
        return Change(row, known=False, before={}, after=row.fields)
    before = {field: getattr(known[0], field) for field in row.fields}
    if not known[0].write(row.fields):
        return None
    differing = {field: value for field, value in row.fields.items() if before[field] != value}
    return Change(row, known=True, before={field: before[field] for field in differing}, after=differing)


def _rows(
    head: Sequence[str],
    lines: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[Column, int],
    networks: DirectoryNetworks,
) -> Directory:
    rows: list[Row] = []
    skipped: list[int] = []
    for number, line in lines:
        cells = {column: _cell(line, place) for column, place in columns.items()}
        handle, problem = _handle(cells["handle"], networks)
        if not handle:
            skipped.append(number)
            continue
        groups = tuple(filter(None, (part.strip() for part in re.split(r"[;,|/]", cells.get("groups", "")))))
        name, school, level = cells.get("name", ""), cells.get("school", ""), cells.get("level", "")
        rows.append(Row(number, handle, name, school, level, groups, problem))
    ignored = tuple(name for place, name in enumerate(head) if name.strip() and place not in columns.values())
    return Directory(tuple(rows), {column: head[place] for column, place in columns.items()}, ignored, tuple(skipped))


def _columns(head: Sequence[str], networks: DirectoryNetworks) -> dict[Column, int]:
    of_networks = [head for network in networks.values() for head in network.heads]
    named = (*_HANDLE, *of_networks, *(head + name for head in of_networks for name in (*_HANDLE, "name")))
    plain = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in head]
    found: dict[Column, int] = {}
    for column, names in {**NAMES, "handle": named}.items():
        places = [plain.index(name) for name in names if name in plain]
        if places:
            found[column] = places[0]
    return found


def _cell(line: Sequence[str], place: int) -> str:
    text = clean_line(line[place])[:LONGEST] if place < len(line) else ""
    return "" if text.casefold() in ("na", "n/a", "none", "-") else text


def _handle(cell: str, networks: DirectoryNetworks) -> tuple[str, str]:
    """The handle in a cell (`@ana`, `ana@mastodon.social`, `bluesky:ana.example.org` or a profile's address), and why
    it can be nobody's.
    """
    address = _ADDRESS.fullmatch(cell)
    if address:
        return _of_page(cell, address["host"].casefold().removeprefix("www."), address, networks)
    handle = "".join(cell.split()).lstrip("@").casefold()
    network, colon, _ = handle.partition(":")
    if colon and network not in networks and network not in UNNAMED_NETWORKS:
        return handle, f"{quoted(cell)} names a network that is not known: {meant(network, networks)}"
    return handle, ""


def _of_page(cell: str, host: str, address: re.Match[str], networks: DirectoryNetworks) -> tuple[str, str]:
    """As `_handle`, of somebody's page: at the site of a network, or as `@name` at one of many servers."""
    handle = address["handle"].casefold()
    for name, network in networks.items():
        if host in network.sites:
            return f"{name}:{handle}", ""
    for name, network in networks.items():
        if network.many_servers and address["at"]:
            return f"{name}:{handle}@{host}", ""
    return handle, f"{quoted(cell)} is no page of somebody on a network that is known ({', '.join(networks)})"


def _delimiter(text: str) -> str:
    start = "\n".join([line for line in text.splitlines() if line.strip()][:3])
    return max(",;\t", key=start.count)
