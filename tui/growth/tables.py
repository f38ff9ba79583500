"""Growth as tables of plain text, for the command line and the screen; and what must be said beside the numbers."""

from collections.abc import Callable, Container, Sequence

from rich.cells import cell_len, set_cell_size

from sessions.core.cleaning import clean_name
from sessions.reports.growth import Groups, Growth, SessionGrowth
from sessions.reports.series_growth import SeriesGrowth
from sessions.words import _, ngettext, pgettext

_UNSEEN = pgettext("people", "unseen")
_DATE, _PEOPLE, _NEW, _AGAIN, _LATER = (
    _("date"),
    pgettext("column", "people"),
    pgettext("people", "new"),
    _("again"),
    _("later"),
)
_PER_QUESTION, _GREETED, _WAIT = _("per Q"), pgettext("people", "greeted"), pgettext("column", "wait")
_LEGEND = {
    _NEW: _("their first chat"), _AGAIN: _("seen in an earlier one"), _LATER: _("of the new, back"),
    _PER_QUESTION: _("answers per question"), _GREETED: _("of the newcomers"),
    _WAIT: _("median minutes from first post to greeting"), _UNSEEN: _("neither greeted, answered nor starred"),
}  # fmt: skip
_LEGEND_CELLS = 79
_WIDEST_COHORT = 12


def tables(growth: Growth, width: int | None) -> str:
    """All numbers under their heading, cut to `width` cells.

    None is for a file or another program: nothing is cut, and who was never noticed is not in it, as in no export.
    """
    return f"{heading(growth)}\n\n{numbers(growth, width)}"


def numbers(growth: Growth, width: int | None) -> str:
    """The tables alone; titles and the columns of later chats are cut as in `tables`."""
    parts = [_sessions(growth.sessions, width)]
    if len(growth.sessions) > 1:
        parts.append(_cohorts(growth.sessions, width))
    if any(one.tasks for one in growth.sessions):
        parts.append(_tasks(growth.sessions, width))
    parts += [_groups(_("By school"), growth.schools), _groups(_("By level"), growth.levels)]
    if growth.channel:
        parts.append(_channel(growth))
        parts.append(_groups(_("Active between the chats, by school"), growth.channel_schools))
        parts.append(_groups(_("Active between the chats, by level"), growth.channel_levels))
    return "\n\n".join(parts)


def notes(found: SeriesGrowth) -> list[str]:
    """What whoever reads the numbers must know, in sentences: files passed by, people.json, a chat that goes on."""
    said = [_("{name} is damaged and not counted.").format(name=path.name) for path in found.damaged]
    if found.people_problem:
        said.append(
            _("Joined accounts and schools are not taken into account. {people_problem}").format(
                people_problem=found.people_problem
            )
        )
    if found.growth.sessions and not found.growth.sessions[-1].closed:
        said.append(_("The latest chat is not closed: its numbers are of what is saved so far."))
    return said


def heading(growth: Growth) -> str:
    """Two lines: how many chats of which series, and how many people. There must be a chat."""
    dates = [one.date for one in growth.sessions]
    count = ngettext("{n} chat", "{n} chats", len(dates)).format(n=len(dates))
    when = _("{first} to {last}").format(first=dates[0], last=dates[-1]) if len(dates) > 1 else dates[0]
    people = _("{people} people in all, {first_timers} for the first time").format(
        people=growth.people, first_timers=growth.first_timers
    )
    return _("{series}: {count}, {when}\n{people}, {came_back} of these came back").format(
        series=clean_name(growth.series), count=count, when=when, people=people, came_back=growth.came_back
    )


_Cells = dict[str, Callable[[SessionGrowth], str]]

_COLUMNS: _Cells = {
    _DATE: lambda one: one.date,
    _PEOPLE: lambda one: str(one.people),
    _NEW: lambda one: str(one.first_timers),
    _AGAIN: lambda one: str(one.returning),
    _LATER: lambda one: _or_dash(one.came_back),
    _PER_QUESTION: lambda one: _or_dash(one.answers_per_question),
    _GREETED: lambda one: (
        _("{greeted} of {newcomers}").format(greeted=one.greeted, newcomers=one.newcomers) if one.newcomers else "-"
    ),
    _WAIT: lambda one: "-" if one.median_wait is None else clock_time(one.median_wait),
    _UNSEEN: lambda one: str(one.never_noticed),
}


def _sessions(sessions: Sequence[SessionGrowth], width: int | None) -> str:
    columns = {name: cell for name, cell in _COLUMNS.items() if width is not None or name != _UNSEEN}
    rows = [[*columns], *([cell(one) for cell in columns.values()] for one in sessions)]
    lines = _aligned(rows)
    titles = [_("title"), *(clean_name(one.title) for one in sessions)]
    room = None if width is None else max(0, width - len(lines[0]) - 2)
    told = [f"{line}  {_cut(title, room)}".rstrip() for line, title in zip(lines, titles, strict=True)]
    return "\n".join([*told, *_legend(columns, width or _LEGEND_CELLS)])


def _legend(columns: Container[str], width: int) -> list[str]:
    """What the headings of these columns mean, in lines of at most `width` cells where a word allows it."""
    lines = [""]
    for words in (f"{name}: {meaning}" for name, meaning in _LEGEND.items() if name in columns):
        longer = f"{lines[-1]} · {words}" if lines[-1] else words
        lines[-1:] = [longer] if len(longer) <= min(width, _LEGEND_CELLS) or not lines[-1] else [lines[-1], words]
    return lines


def _cohorts(sessions: Sequence[SessionGrowth], width: int | None) -> str:
    """The chats but the latest, of whose people nobody can have come back yet."""
    room = _WIDEST_COHORT if width is None else max(1, min(_WIDEST_COHORT, (width - 22) // 5))
    steps = min(room, len(sessions) - 1)
    rows = [[_DATE, _NEW, pgettext("chat", "any"), *(f"+{step}" for step in range(1, steps + 1))]]
    for one in sessions[:-1]:
        later = [str(came) for came in one.later[:steps]]
        rows.append([one.date, str(one.first_timers), _or_dash(one.came_back), *later, *[""] * (steps - len(later))])
    lines = [line.rstrip() for line in _aligned(rows)]
    return "\n".join([_("Of the new ones, how many came again: to any later chat, the next (+1), ..."), *lines])


def _tasks(sessions: Sequence[SessionGrowth], width: int | None) -> str:
    """The tasks of each chat that set some, with how many of its people did them."""
    did = [(one, task) for one in sessions for task in one.tasks]
    rows = [[_DATE, _("did it"), _PEOPLE], *([one.date, str(task.people), str(one.people)] for one, task in did)]
    lines = _aligned(rows)
    room = None if width is None else max(0, width - len(lines[0]) - 2)
    tags = [_("task"), *(f"#{clean_name(task.tag)}" for __, task in did)]
    told = [f"{line}  {_cut(tag, room)}".rstrip() for line, tag in zip(lines, tags, strict=True)]
    return "\n".join([_("Tasks to look something up and share it:"), *told])


def _groups(what: str, groups: Groups) -> str:
    rows = [(one.name, one.people) for one in groups.groups]
    rows += [(_("others (groups under 5, merged)"), groups.others)] if groups.others is not None else []
    rows += [(_("not known"), groups.not_known)] if groups.not_known is not None else []
    longest = max((cell_len(name) for name, __ in rows), default=0)
    lines = [f"  {_cut(name, longest):<{longest - cell_len(name) + len(name)}}  {people:>5}" for name, people in rows]
    if groups.hardly_reached:
        lines.append(_("  few or none yet: {hardly_reached}").format(hardly_reached=", ".join(groups.hardly_reached)))
    return "\n".join([f"{what}:", *(lines or [_("  nobody")])])


def _channel(growth: Growth) -> str:
    """The months of the channel, and how many were active in it between each chat and the one before."""
    rows = [[_("month"), _("posts"), _PEOPLE, _("first seen")]]
    rows += [[one.month, f"{one.posts:,}", f"{one.people:,}", f"{one.first_seen:,}"] for one in growth.channel]
    told = [f"  {one.date}  {one.between:>5,}" for one in growth.sessions if one.between is not None]
    between = [_("Active in the channel before the chat of:"), *told] if told else []
    head = _("Between the chats: {channel_people:,} people in the channel").format(channel_people=growth.channel_people)
    return "\n".join([head, *_aligned(rows), *between])


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
