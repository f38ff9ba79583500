"""The days of a channel's month where an hour has its questions: as a list, and on one line."""

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from sessions.core.channel.months import Month, day_begins, month_of_plan
from sessions.core.state import SessionState
from sessions.core.zones import local_time, zone_or_utc
from tui.text.day_names import short_weekday, weekday
from tui.text.wording import counted
from tui.widgets.lines.line import Line, Piece
from tui.widgets.lines.line_list import ListRow
from tui.widgets.questions.one_line import Labelled, OneLine, labels_line

LONGEST_BAR = 24
"""Cells of the bar that shows how much was posted on a day."""

_BESIDE = 8
"""Cells that a day's name, its number and what stands between them leave to no bar."""


class DayCounts:
    """How many posts each day of a channel's month has; a batch costs what came, not what is there."""

    def __init__(self) -> None:
        self._state: SessionState | None = None
        self._seen = 0
        self._starts: list[int] = []
        self._days: list[datetime.date] = []
        self._counts: list[int] = []

    def follow(self, state: SessionState) -> None:
        """Count what came since the last time."""
        if state is not self._state or len(state.posts) < self._seen:
            self._begin(state)
        for seen in islice(reversed(state.posts.values()), len(state.posts) - self._seen):
            self._counts[self._place(seen.post.posted_at)] += 1
        self._seen = len(state.posts)

    def _begin(self, state: SessionState) -> None:
        month = Month(datetime.date(1970, 1, 1), "UTC") if state.plan is None else month_of_plan(state.plan)
        self._state, self._seen, self._days = state, 0, month.days
        self._starts = [day_begins(day, month.timezone) for day in month.days]
        self._counts = [0] * len(month.days)

    def _place(self, at: int) -> int:
        """The day of a moment; what came from before the month, which the one before lacked, is of the first day."""
        return max(0, bisect_right(self._starts, at) - 1)

    def days(self, now: int) -> Sequence[tuple[datetime.date, int]]:
        """The days that have begun at this moment (UTC milliseconds) or have posts, with how many."""
        begun = self._place(now) + 1
        last = max((place + 1 for place, posts in enumerate(self._counts) if posts), default=0)
        return list(zip(self._days, self._counts, strict=True))[: max(begun, last)]

    def day_of(self, at: int) -> str:
        """The key of the day in whose count a moment is (UTC milliseconds)."""
        return self._days[self._place(at)].isoformat() if self._days else ""

    @property
    def total(self) -> int:
        """All posts."""
        return self._seen


def today_in(state: SessionState, now: int) -> str | None:
    """The key of the day that it is, None where the month is over or has not begun."""
    if state.plan is None or state.closed_at is not None:
        return None
    day = local_time(now, zone_or_utc(state.plan.timezone)).date()
    return day.isoformat() if day in month_of_plan(state.plan).days else None


def day_lines(counts: DayCounts, state: SessionState, now: int, width: int) -> list[ListRow]:
    """A line for each day that has begun, with how much was posted on it: `▶ Thu 3  ████▌ 34`."""
    days, today = counts.days(now), today_in(state, now)
    most = max((posts for _, posts in days), default=0)
    right_cells = len(f"{most:,}")
    room = min(LONGEST_BAR, width - _BESIDE - right_cells - 2)
    rows = []
    for day, posts in days:
        key = day.isoformat()
        role = "asked" if key == today else "waiting" if posts else "closed"
        lead = f"{'▶' if key == today else ' '} {short_weekday(day)} {day.day:>2} "
        pieces: Line = (Piece(lead, role),)
        if posts and room > 0:
            pieces = (*pieces, Piece("▇" * max(1, round(room * posts / most)), "track"))
        rows.append(ListRow(key, pieces, (Piece(f"{posts:,}" if posts else "", "count"),)))
    return rows


def days_in_one_line(
    counts: DayCounts, state: SessionState, now: int, cursor: str | None, width: int, *, focused: bool
) -> OneLine:
    """The days in `width` cells, with the words of this day, or of the one under the cursor if `focused`."""
    today, days = today_in(state, now), counts.days(now)
    keys = [day.isoformat() for day, _ in days]
    told = cursor if focused or today is None else today
    if told not in keys:
        told = keys[-1] if keys else None
    items = [
        Labelled(
            key,
            f"{'▶' if key == today else ''}{day.day}",
            f"{weekday(day)}, {counted(posts, '{n} post', '{n} posts')}",
            "asked" if key == today else "waiting" if posts else "closed",
        )
        for key, (day, posts) in zip(keys, days, strict=True)
    ]
    return labels_line(items, told, cursor, width, focused=focused)
