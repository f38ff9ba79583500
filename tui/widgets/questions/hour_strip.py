"""The hour on one line: `7:00 ──Q1━━━Q2━━│···Q3····Q4···Q5··· 8:00`. Pure.

Left of the mark it is as it really went, right of it as it goes on if everything takes as long as it should.
"""

from typing import NamedTuple

from sessions.core.clock import anchor, asking_times, expected_end
from sessions.core.state import SessionState
from tui.text.days import short_day_time
from tui.text.outside import cell_len, clean_line
from tui.text.wording import clock_time, zone_of
from tui.widgets.lines.line import Line, Piece

LEAST_TRACK = 16
"""Cells between the times below which there is no strip: labels would say nothing of when they are."""

ASIDE = 1
"""Cells by which a label may stand later than its time, so that one less is left out."""

NOW = "│"


class _Label(NamedTuple):
    """A question's label on the track: its first cell, its words and how it looks."""

    cell: int
    words: str
    role: str

    @property
    def end(self) -> int:
        """The cell behind it."""
        return self.cell + cell_len(self.words)


def hour_strip(state: SessionState, now: int, width: int) -> Line:
    """The hour at this moment (UTC milliseconds) in exactly `width` cells; nothing where there is no room or no plan.

    A label to come that would touch the one before moves a cell on. One that still has no room is left out, that of
    the open question last of all. Once the chat is closed the strip ends where it did, and has no mark.
    """
    if state.plan is None:
        return ()
    live = state.closed_at is None
    first, last = anchor(state), max(expected_end(state, now), now if live else 0)
    if state.openings:
        first = min(first, state.openings[0].at)
    zone = zone_of(state.plan)
    slow = state.plan.slow
    begins, ends = (short_day_time(at, zone, now) if slow else clock_time(at, zone) for at in (first, last))
    track = width - len(begins) - len(ends) - 2
    if track < LEAST_TRACK or last <= first:
        return ()
    scale = _Scale(first, last, track)
    went = _went(state, scale)
    mark = track
    if live:
        mark = max([scale.cell(now), *(label.end for label in went)])
    comes = _comes(state, now, scale, mark) if live else []
    begun = scale.cell(state.openings[0].at) if state.openings else mark
    pieces = [Piece(f"{begins} ", "count"), *_track(track, [*went, *comes], begun, mark), Piece(f" {ends}", "count")]
    return tuple(piece for piece in pieces if piece.text)


class _Scale(NamedTuple):
    """From when to when (UTC milliseconds) the track goes, and its cells."""

    first: int
    last: int
    cells: int

    def cell(self, moment: int) -> int:
        """The cell of a moment, the nearest where it lies outside."""
        place = (moment - self.first) * (self.cells - 1) // (self.last - self.first)
        return min(max(0, place), self.cells - 1)


def _went(state: SessionState, scale: _Scale) -> list[_Label]:
    """The questions that were asked, as far as they have room: the latest first of all, a cell left for the mark."""
    shown: list[_Label] = []
    for opening in reversed(state.openings):
        if opening.question not in state.questions:
            continue
        role = "closed" if shown or state.question_state(opening.question) != "asked" else "asked"
        words = _words(state, opening.question)
        latest = scale.cells - 1 if not shown else shown[-1].cell - 1
        cell = scale.cell(opening.at)
        if not shown:
            cell = max(0, min(cell, latest - cell_len(words)))
        if cell + cell_len(words) <= latest:
            shown.append(_Label(cell, words, role))
    return shown[::-1]


def _comes(state: SessionState, now: int, scale: _Scale, mark: int) -> list[_Label]:
    """The questions that wait, behind the mark, as far as they have room; the next one at once behind it if need be."""
    shown: list[_Label] = []
    free = mark + 1
    for question, at in asking_times(state, now).items():
        words = _words(state, question)
        place = scale.cell(at)
        cell = max(place, free)
        near = not shown or cell - place <= ASIDE
        if near and cell <= scale.cells - cell_len(words):
            shown.append(_Label(cell, words, "waiting"))
            free = shown[-1].end + 1
    return shown


def _words(state: SessionState, question: str) -> str:
    return clean_line(state.questions[question].name)


def _track(cells: int, labels: list[_Label], begun: int, mark: int) -> list[Piece]:
    """The track with the labels on it; the questions began at the cell `begun`, the future is behind `mark`."""
    pieces: list[Piece] = []
    at = 0
    for label in [*labels, _Label(cells, "", "")]:
        runs = (("─", "count", begun), ("━", "track", mark), (NOW, "now", mark + 1), ("·", "count", cells))
        for sign, role, end in runs:
            upto = min(end, label.cell)
            if upto > at:
                pieces.append(Piece(sign * (upto - at), role))
                at = upto
        pieces.append(Piece(label.words, label.role))
        at = max(at, label.end)
    return pieces
