"""The lines of the queue: which questions are told whole, and what stands beside them. Pure."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from sessions.core.clock import asking_times, is_slow
from sessions.core.state import QuestionState, SessionState
from sessions.core.tasks.standing import closed, done_by, participants
from sessions.words import _
from tui.text.days import short_day_time
from tui.text.outside import cell_len, clean, clean_line, cut
from tui.text.postings import posted_mark
from tui.text.wording import clock_time, zone_of
from tui.text.wrapping import wrap
from tui.widgets.lines.line import Line, Piece, line_len
from tui.widgets.lines.line_list import ListRow

SIGNS: dict[QuestionState, str] = {"closed": "✓", "asked": "▶", "skipped": "–", "waiting": " "}

NOTES = "✎ "
"""What the speaker notes of the open question begin with."""

LEAST_RIGHT = 3
"""Cells that are kept for what stands right of a question, so that nothing is wrapped anew when a number grows."""

WIDEST_LABEL = 8
"""Cells of sign and label beside which a question's lines are set in; behind a longer label they go on under it."""

STRIP = 2
"""Lines of the strip of the hour, an empty one above it."""

LONGEST_TURN = 10
"""Cells that the name of who is to ask a question gets beside it."""

REMEMBERED = 512
"""Texts whose lines are remembered: they are asked for with every post that arrives."""


@dataclass(frozen=True)
class _Item:
    """A question as it stands in the queue: what is left of its text, the text, and what is right of its last line."""

    key: str
    role: QuestionState
    lead: str
    text: str
    right: Line

    def lines(self, width: int, most: int) -> tuple[str, ...]:
        """Its text in at most so many lines."""
        return set_lines(self.text, width - cell_len(self.lead), max(LEAST_RIGHT, line_len(self.right)) + 1, most)

    def rows(self, width: int, most: int, *, timed: bool) -> list[ListRow]:
        """Its lines, of which the first has the key; `timed` unless the line above it tells the time."""
        hang = " " * cell_len(self.lead)
        lines = [
            Piece(f"{hang if n else self.lead}{line}", self.role) for n, line in enumerate(self.lines(width, most))
        ]
        right = tuple(piece for piece in self.right if timed or piece.role != "time")
        last = len(lines) - 1
        first = ListRow(self.key, (lines[0],), () if last else right)
        more = [ListRow(None, (line,), right if n == last else (), of=self.key) for n, line in enumerate(lines[1:], 1)]
        return [first, *more]


class QueueLines(NamedTuple):
    """The lines of the queue, and whether there is room for the strip of the hour and a line above it."""

    rows: list[ListRow]
    strip: bool


def queue_lines(state: SessionState, now: int, width: int, height: int, *, strip: bool = True) -> QueueLines:
    """The queue at this moment (UTC milliseconds) in lines of `width` cells, of which `height` are in sight.

    Each question has a line; where these are more, they are scrolled, and half of what is in sight is for whole ones.
    What is left goes first to the open one and its speaker notes, then to the next one and the line above it that says
    when it is asked, then to the `strip` of the hour if there is one, to the others that wait, to the closed ones, and
    to the plan's tasks.
    """
    times = asking_times(state, now)
    zone = zone_of(state.plan)
    told = partial(_told, state, now, zone)
    items = {key: _item(state, key, times, told) for key in state.order}
    live = state.closed_at is None
    opened = items.get(state.open or "") if live else None
    upcoming = items.get(state.next_question() or "") if live else None
    share = _Shares(items, width, height // 2 if len(items) > height else height - len(items))
    notes: tuple[str, ...] = ()
    if opened is not None:
        share.widen(opened)
        notes = _notes(state.questions[opened.key].notes, width - cell_len(opened.lead), share.left)
        share.take(len(notes))
    headed = False
    if upcoming is not None:
        share.widen(upcoming)
        headed = share.take(1)
    strip = strip and len(items) <= height and share.take(STRIP)
    for role in ("waiting", "closed"):
        for item in items.values():
            if item.role == role:
                share.widen(item)
    tasks = task_rows(state, now)
    tasks = tasks if tasks and len(items) <= height and share.take(len(tasks)) else []
    rows: list[ListRow] = []
    for item in items.values():
        under = headed and item is upcoming
        if under:
            rows.append(_heading(told(times[item.key]) if item.key in times else "", state.questions[item.key].turn))
        rows += item.rows(width, share.given[item.key], timed=not under)
        if item is opened:
            hang = " " * cell_len(item.lead)
            rows += [ListRow(None, (Piece(f"{hang}{line}", "notes"),), of=item.key) for line in notes]
    return QueueLines([*rows, *tasks], strip)


def task_rows(state: SessionState, now: int) -> list[ListRow]:
    """The tasks under a heading: which hashtag is looked up, until when, and how many did it."""
    tasks = state.plan.lookups if state.plan is not None else ()
    rows = [ListRow(None, (Piece(_("tasks"), "heading"),))] if tasks else []
    for task in tasks:
        done = Piece(
            _("{done_by:,} of {participants:,}").format(
                done_by=sum(1 for __ in done_by(state, task)), participants=participants(state)
            ),
            "count",
        )
        at = short_day_time(task.until_at, zone_of(state.plan), now) if task.until_at else ""
        until = Piece((_("closed {at}  ") if closed(task, now) else _("until {at}  ")).format(at=at), "time")
        right = (until, done) if at else (done,)
        rows.append(ListRow(None, (Piece(f"  #{clean_line(task.tag)}", "waiting"),), right, (done,)))
    return rows


@lru_cache(REMEMBERED)
def set_lines(text: str, width: int, reserve: int, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines of `width` cells, the last of which leaves `reserve` cells free.

    There is always a line, and what has no room in the last one is cut off with `…`.
    """
    last_width = max(1, width - reserve)
    spans = wrap(text, width) or [(0, 0)]
    start, stop = spans[-1]
    if cell_len(text[start:stop]) > last_width and len(spans) < most:
        narrow = wrap(text[start:stop], last_width)
        whole = all(text[start + end : start + end + 1] in ("", " ") for __, end in narrow)
        # no word is broken to make room beside it: what stands right has a line of its own then
        spans[-1:] = [(start + first, start + end) for first, end in narrow] if whole else [(start, stop), (stop, stop)]
    if len(spans) > most:
        spans = [*spans[: most - 1], (spans[most - 1][0], len(text))]
    lines = [text[start:stop] for start, stop in spans]
    lines[-1] = cut(" ".join(lines[-1].split()), last_width)
    return tuple(lines)


def _notes(notes: str, width: int, most: int) -> tuple[str, ...]:
    """The speaker notes in at most `most` lines, none where there is no room for any."""
    text = clean(notes).strip()
    if not text or most < 1:
        return ()
    lines = set_lines(text, max(1, width - len(NOTES)), 0, most)
    return tuple(f"{' ' * len(NOTES) if place else NOTES}{line}" for place, line in enumerate(lines))


def _told(state: SessionState, now: int, zone: datetime.tzinfo, at: int) -> str:
    """When a question is asked; in a slow chat on which day, and that it is due."""
    if not is_slow(state):
        return clock_time(at, zone)
    return _("due") if at <= now else short_day_time(at, zone, now)


def _heading(at: str, turn: str) -> ListRow:
    """The line above the next question: when it is asked and whose turn it is, if that is known."""
    time = _("next, {at}").format(at=at) if at else _("next")
    return ListRow(None, (Piece(" · ".join(filter(None, (time, clean_line(turn)))), "heading"),))


class _Shares:
    """Gives out the lines that are left when each question has one."""

    def __init__(self, items: Mapping[str, _Item], width: int, left: int) -> None:
        self._width = width
        self.left = left
        self.given = dict.fromkeys(items, 1)

    def widen(self, item: _Item) -> None:
        """Give a question as many lines as it needs and there are."""
        before = self.given[item.key]
        self.given[item.key] = len(item.lines(self._width, before + self.left))
        self.left -= self.given[item.key] - before

    def take(self, lines: int) -> bool:
        """Take lines for something else where there are so many; whether there were."""
        enough = lines <= self.left
        self.left -= lines if enough else 0
        return enough


def _item(state: SessionState, key: str, times: Mapping[str, int], told: Callable[[int], str]) -> _Item:
    question = state.questions[key]
    role = state.question_state(key)
    label, text = question.name, clean_line(question.text)
    lead = f"{SIGNS[role]} {clean_line(label)} "
    if cell_len(lead) > WIDEST_LABEL:
        lead, text = lead[:2], f"{lead[2:]}{text}"
    answers = state.tally.get(key, 0)
    right: tuple[Piece, ...] = ()
    if answers or role in ("asked", "closed"):
        right = (Piece(f"{answers:,}", "count"),)
    elif key in times:
        alone = question.turn and key != state.next_question()  # the line above the next one tells whose turn it is
        turn = f"{cut(clean_line(question.turn), LONGEST_TURN)} " if alone else ""
        right = (Piece(f"{turn}{told(times[key])}", "time"),)
    posted = posted_mark(state, key)
    if posted:
        right = (Piece(f"{posted} " if right else posted, "posted"), *right)
    return _Item(key, role, lead, text, right)
