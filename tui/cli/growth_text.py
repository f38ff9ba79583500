"""Growth as tables of plain text, for a terminal or a file."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size

from sessions.cleaning import clean_name
from sessions.growth import Groups, Growth, SessionGrowth

_LEGEND = (
    "new: their first chat · again: seen in an earlier one · later: of the new, back\n"
    "per Q: answers per question · greeted: of the newcomers · wait: median minutes\n"
    "from first post to greeting · unseen: neither greeted, answered nor starred"
)
_WIDEST_COHORT = 12


def tables(growth: Growth, width: int | None) -> str:
    """All numbers; titles and the columns of later chats are cut to `width` cells, unless that is None."""
    parts = [_heading(growth), _sessions(growth.sessions, width)]
    if len(growth.sessions) > 1:
        parts.append(_cohorts(growth.sessions, width))
    parts += [_groups("school", growth.schools), _groups("level", growth.levels)]
    return "\n\n".join(parts)


def _heading(growth: Growth) -> str:
    dates = [one.date for one in growth.sessions]
    count = f"{len(dates)} chats" if len(dates) != 1 else "1 chat"
    when = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else dates[0]
    people = f"{growth.people} people in all, {growth.first_timers} for the first time"
    return f"{clean_name(growth.series)}: {count}, {when}\n{people}, {growth.came_back} of these came back"


_Cells = dict[str, Callable[[SessionGrowth], str]]

_COLUMNS: _Cells = {
    "date": lambda one: one.date,
    "people": lambda one: str(one.people),
    "new": lambda one: str(one.first_timers),
    "again": lambda one: str(one.returning),
    "later": lambda one: _or_dash(one.came_back),
    "per Q": lambda one: _or_dash(one.answers_per_question),
    "greeted": lambda one: f"{one.greeted} of {one.newcomers}" if one.newcomers else "-",
    "wait": lambda one: "-" if one.median_wait is None else clock_time(one.median_wait),
    "unseen": lambda one: str(one.never_noticed),
}


def _sessions(sessions: Sequence[SessionGrowth], width: int | None) -> str:
    rows = [[*_COLUMNS], *([cell(one) for cell in _COLUMNS.values()] for one in sessions)]
    lines = _aligned(rows)
    titles = ["title", *(clean_name(one.title) for one in sessions)]
    room = None if width is None else max(0, width - len(lines[0]) - 2)
    told = [f"{line}  {_cut(title, room)}".rstrip() for line, title in zip(lines, titles, strict=True)]
    return "\n".join([*told, _LEGEND])


def _cohorts(sessions: Sequence[SessionGrowth], width: int | None) -> str:
    """The chats but the latest, of whose people nobody can have come back yet."""
    room = _WIDEST_COHORT if width is None else max(1, min(_WIDEST_COHORT, (width - 22) // 5))
    steps = min(room, len(sessions) - 1)
    rows = [["date", "new", "any", *(f"+{step}" for step in range(1, steps + 1))]]
    for one in sessions[:-1]:
        later = [str(came) for came in one.later[:steps]]
        rows.append([one.date, str(one.first_timers), _or_dash(one.came_back), *later, *[""] * (steps - len(later))])
    lines = [line.rstrip() for line in _aligned(rows)]
    return "\n".join(["Of those who were new, how many were in any later chat, the next (+1), and so on:", *lines])


def _groups(what: str, groups: Groups) -> str:
    rows = [(one.name, one.people) for one in groups.groups]
    rows += [("others (groups under 5, merged)", groups.others)] if groups.others is not None else []
    rows += [("not known", groups.not_known)] if groups.not_known is not None else []
    longest = max((cell_len(name) for name, _ in rows), default=0)
    lines = [f"  {_cut(name, longest):<{longest - cell_len(name) + len(name)}}  {people:>5}" for name, people in rows]
    if groups.hardly_reached:
        lines.append(f"  few or none yet: {', '.join(groups.hardly_reached)}")
    return "\n".join([f"By {what}:", *(lines or ["  nobody"])])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows with their columns set right, the first one left."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    return [
        "  ".join([row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], others, strict=True))])
        for row in rows
    ]


def _cut(text: str, room: int | None) -> str:
    """The text in at most `room` cells."""
    if room is None or cell_len(text) <= room:
        return text
    return f"{set_cell_size(text, room - 1).rstrip()}…" if room > 0 else ""


def _or_dash(number: float | None) -> str:
    return "-" if number is None else str(number)


def clock_time(seconds: float) -> str:
    """Minutes and seconds, such as `2:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
