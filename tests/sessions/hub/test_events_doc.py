"""The table in docs/develop/events.md is that of the code."""

import re
from typing import Any, NamedTuple, get_args

import msgspec
import pytest

from sessions.core.commands import Command
from sessions.core.commands.vocabulary import CommandBase
from sessions.core.events import EVENT_TYPES, EventBase
from tests.paths import ROOT

DOC = ROOT / "docs" / "develop" / "events.md"
LINES = [line for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
WITHOUT_EVENT = ("several",)
"""Commands with lines of their own."""

TABLE = [line for line in LINES if not line.startswith(tuple(f"| `{command}`" for command in WITHOUT_EVENT))]
COMMANDS = {str(kind.__struct_config__.tag): kind for kind in get_args(Command)}


class Row(NamedTuple):
    """A line of the table."""

    event: str
    carries: str
    command: str
    asked_with: str
    who: str


def row_in(line: str) -> Row:
    """The line's cells."""
    event, carries, asked, who = (cell.strip() for cell in line.strip("|").split("|"))
    command, _, keys = asked.partition(" ")
    return Row(event.strip("`"), carries, command.strip("`"), keys.strip("{}"), who)


ROWS = [row_in(line) for line in TABLE]


def keys_of(kind: Any, base: Any) -> dict[str, bool]:
    """The keys of a struct beyond those of its base, and whether each may be absent."""
    common = {field.name for field in msgspec.structs.fields(base)}
    fields = msgspec.structs.fields(kind)
    return {field.encode_name: not field.required for field in fields if field.name not in common}


def keys_in(words: str) -> dict[str, bool]:
    """The keys that a cell names; those in italics may be absent."""
    bare = re.sub(r"\(.*?\)", "", words)
    return {key.strip().strip("*"): key.strip().startswith("*") for key in bare.split(",") if key.strip()}


def test_every_event_has_its_row_in_the_order_of_the_code() -> None:
    assert [row.event for row in ROWS] == list(EVENT_TYPES)


@pytest.mark.parametrize("row", ROWS, ids=[row.event for row in ROWS])
def test_the_row_names_the_keys_of_the_event_and_of_its_command(row: Row) -> None:
    assert keys_in(row.carries) == keys_of(EVENT_TYPES[row.event], EventBase)
    if row.command:
        assert keys_in(row.asked_with) == keys_of(COMMANDS[row.command], CommandBase)
    assert bool(row.command) == bool(row.who)


def test_every_command_is_in_the_table() -> None:
    assert {*(row.command for row in ROWS if row.command), *WITHOUT_EVENT} == set(COMMANDS)
    assert len(TABLE) + len(WITHOUT_EVENT) == len(LINES)
