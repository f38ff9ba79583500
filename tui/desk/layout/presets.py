"""The layouts of the desk, and how many cells each of its panes has in a window. Pure."""

from typing import Literal, NamedTuple, get_args

Preset = Literal["asks", "greets", "even"]
"""Wide questions, wide people, or all three panes alike."""

PRESETS: tuple[Preset, ...] = get_args(Preset)

WIDE = 150
"""Cells of a window from which there is room for whole questions and names beside the answers."""

LEAST_QUESTIONS, LEAST_ANSWERS, LEAST_PEOPLE = 20, 30, 22
"""Cells that a pane has at least; in all fewer than the narrowest window in which they stand side by side."""


class Shares(NamedTuple):
    """The parts of a window that two of its panes have, from 0 to 1; the answers have the rest."""

    questions: float
    people: float


class Widths(NamedTuple):
    """The cells of the same panes."""

    questions: int
    people: int


class _Usual(NamedTuple):
    """A preset as it comes: in a wide window, in one that is not, and the most cells that a pane gets by it."""

    wide: Shares
    usual: Shares
    most: Widths


_USUAL: dict[Preset, _Usual] = {
    "asks": _Usual(Shares(0.36, 0.25), Shares(0.28, 0.3), Widths(90, 56)),
    "greets": _Usual(Shares(0.25, 0.36), Shares(0.24, 0.36), Widths(56, 90)),
    "even": _Usual(Shares(1 / 3, 1 / 3), Shares(1 / 3, 1 / 3), Widths(200, 200)),
}


def usual_widths(preset: Preset, window: int) -> Widths:
    """The cells that the panes have by this preset in a window of so many."""
    found = _USUAL[preset]
    shares = found.wide if window >= WIDE else found.usual
    questions, people = shared_widths(shares, window)
    return fitting(Widths(min(questions, found.most.questions), min(people, found.most.people)), window)


def shared_widths(shares: Shares, window: int) -> Widths:
    """The cells that the panes have by these shares."""
    return fitting(Widths(round(shares.questions * window), round(shares.people * window)), window)


def fitting(wanted: Widths, window: int) -> Widths:
    """The widths nearest to these with which no pane, the answers neither, has less than it has at least."""
    questions = max(LEAST_QUESTIONS, min(wanted.questions, window - LEAST_ANSWERS - LEAST_PEOPLE))
    people = max(LEAST_PEOPLE, min(wanted.people, window - LEAST_ANSWERS - questions))
    return Widths(questions, people)
