"""Growth as JSON and as CSV tables for a spreadsheet; docs/use/growth.md has the columns."""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Literal, get_args

import msgspec

from sessions.reports.csv_cells import guarded
from sessions.reports.growth.model import Groups, Growth

TableName = Literal["sessions", "cohorts", "questions", "schools", "levels", "channel", "tasks"]
TABLES: tuple[TableName, ...] = get_args(TableName)

Cell = str | int | float | None
Table = tuple[tuple[str, ...], Iterable[tuple[Cell, ...]]]


_NEVER_EXPORTED = "never_noticed"
"""Whom nobody noticed is for the hosts' eyes: screens show it, no file has it."""


def to_json(growth: Growth) -> str:
    """The fields of `Growth` but for who was never noticed, as an indented JSON object with a line end behind it."""
    document = msgspec.to_builtins(growth)
    for session in document["sessions"]:
        del session[_NEVER_EXPORTED]
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def to_csv(growth: Growth, name: TableName = "sessions") -> str:
    """One of the tables, with a head line; a cell is empty where there is nothing to tell. Lines end in `\\n`.

    No cell is a formula to a spreadsheet.
    """
    columns, rows = _TABLES[name](growth)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return file.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else str(cell)


_SESSION_COLUMNS = (
    "id", "date", "title", "people", "first_timers", "returning", "came_back", "questions", "answers",
    "answers_per_question", "newcomers", "greeted", "greeted_share", "median_wait", "days",
    "between",
)  # fmt: skip


def _sessions(growth: Growth) -> Table:
    return _SESSION_COLUMNS, (
        tuple(len(one.questions) if name == "questions" else getattr(one, name) for name in _SESSION_COLUMNS)
        for one in growth.sessions
    )


def _cohorts(growth: Growth) -> Table:
    dates = [one.date for one in growth.sessions]
    return ("id", "date", "first_timers", "chats_later", "later_date", "came"), (
        (one.id, one.date, one.first_timers, steps, dates[place + steps], came)
        for place, one in enumerate(growth.sessions)
        for steps, came in enumerate(one.later, 1)
    )


def _questions(growth: Growth) -> Table:
    return ("id", "date", "question", "label", "answers"), (
        (one.id, one.date, question.id, question.label, question.answers)
        for one in growth.sessions
        for question in one.questions
    )


def _channel(growth: Growth) -> Table:
    return ("month", "posts", "people", "first_seen"), (
        (one.month, one.posts, one.people, one.first_seen) for one in growth.channel
    )


def _tasks(growth: Growth) -> Table:
    return ("id", "date", "tag", "people", "did_it"), (
        (one.id, one.date, task.tag, one.people, task.people) for one in growth.sessions for task in one.tasks
    )


def _groups(name: str, groups: Groups) -> Table:
    rows: list[tuple[Cell, ...]] = [("group", one.name, one.people) for one in groups.groups]
    rows += [("others", None, groups.others)] if groups.others is not None else []
    rows += [("not known", None, groups.not_known)] if groups.not_known is not None else []
    rows += [("hardly reached", one, None) for one in groups.hardly_reached]
    return ("kind", name, "people"), rows


_TABLES: dict[TableName, Callable[[Growth], Table]] = {
    "sessions": _sessions,
    "cohorts": _cohorts,
    "questions": _questions,
    "schools": lambda growth: _groups("school", growth.schools),
    "levels": lambda growth: _groups("level", growth.levels),
    "channel": _channel,
    "tasks": _tasks,
}
