"""What a plan's file says of the days of a slow chat."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sessions.core.plan import DAYS, HOUR
from sessions.core.plan.days import LONGEST, MOST_DAYS, Days, is_weekend, opening_days
from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import quoted
from sessions.core.plan.written_times import Wrong, wall_time

OPENS = "opens = 2026-12-08T07:00:00"


def pace_of(data: Mapping[str, Any], wrong: Wrong) -> str:
    """The plan's pace; what belongs to the other one is a mistake."""
    pace = data.get("pace", HOUR)
    if pace not in (HOUR, DAYS):
        wrong(("pace",), f'pace must be "{HOUR}" or "{DAYS}", got {quoted(pace)}')
    elif pace == DAYS:
        for key in ("minutes", "introductions", "close"):
            if key in data:
                wrong((key,), f'{key} is for a chat of an hour: with pace = "{DAYS}" write a line such as days = 5')
    else:
        for key in ("days", "weekends"):
            if key in data:
                wrong((key,), f'{key} is for a slow chat: write pace = "{DAYS}", too')
    return DAYS if pace == DAYS else HOUR


def days_of(
    data: Mapping[str, Any],
    questions: Sequence[tuple[Path, Mapping[str, Any]]],
    starts: datetime.datetime,
    wrong: Wrong,
) -> Days:
    """When the questions of a slow chat that starts then open; `questions` are their tables with their places."""
    given: list[datetime.datetime | None] = []
    known = True
    for path, table in questions:
        if "minutes" in table:
            wrong((*path, "minutes"), f"in a slow chat a question is open until the next one: write {OPENS}")
        here = (*path, "opens")
        own = wall_time(table["opens"], here, OPENS, wrong, at=starts.time()) if "opens" in table else None
        known = known and (own is not None or "opens" not in table)
        given.append(own)
    weekends = data.get("weekends", True)
    if not isinstance(weekends, bool):
        wrong(("weekends",), f"weekends must be true or false, got {quoted(weekends)}")
    elif not weekends and is_weekend(starts):
        wrong(("starts",), f"starts is a {starts:%A}, which weekends = false leaves out")
    count = data.get("days")
    if count is not None and (type(count) is not int or not 1 <= count <= MOST_DAYS):
        wrong(("days",), f"days must be a whole number from 1 to {MOST_DAYS}, got {quoted(count)}")
        count, known = None, False
    found = opening_days(starts, given, count, weekends=weekends is not False)
    for place, problem in found.wrong if known else ():
        wrong(("days",) if place is None else (*questions[place][0], "opens"), problem)
    if (found.ends - starts).days > LONGEST:
        wrong(("days",) if count else ("starts",), f"a slow chat takes {LONGEST // 7} weeks at most")
    return found


def refuse_openings(questions: Sequence[tuple[Path, Mapping[str, Any]]], wrong: Wrong) -> None:
    """In a chat of an hour no question has a day of its own."""
    for path, table in questions:
        if "opens" in table:
            wrong(
                (*path, "opens"), f'opens is for a slow chat: write pace = "{DAYS}" above the first line in [brackets]'
            )
