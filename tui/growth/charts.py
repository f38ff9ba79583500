"""Growth as charts of text, for a terminal.

They are drawn with full blocks and one shade only: every terminal's font has those, and no colour is needed to read
them. plotext works on one figure of its own, so that charts are to be drawn by one thread at a time.
"""

from collections.abc import Sequence
from typing import Any

from sessions.core.plan.labels import question_name
from sessions.reports.growth import Growth, SessionGrowth
from sessions.words import _

NARROWEST = 40
"""Cells below which no chart is drawn."""

_WIDEST = 100
_WIDEST_BAR = 12
_MARGIN = 6
"""Cells for the frame and the widest number of people beside it."""
NEW, AGAIN = "█", "░"
"""What the bars are made of: people who are new, and everything else in one piece; people who came again."""


def drawable(encoding: str | None) -> bool:
    """Whether a terminal of this encoding can show the characters that charts are made of."""
    try:
        f"{NEW}{AGAIN}┌┤".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def charts(growth: Growth, width: int) -> str:
    """The charts, `width` cells wide at most, with escape codes for the colours.

    Of a long series the latest chats for which there is room; of a single chat how its questions were answered, of
    more than there is room for the first ones.
    """
    width = min(width, _WIDEST)
    if len(growth.sessions) == 1:
        return _answers(growth.sessions[0], width)
    shown = growth.sessions[-((width - _MARGIN) // 4) :]
    cut = "" if len(shown) == len(growth.sessions) else _(" (the last {shown} chats)").format(shown=len(shown))
    dates = [one.date[5:] for one in shown]
    people = [[one.first_timers for one in shown], [one.returning for one in shown]]
    per_question = [one.answers_per_question or 0 for one in shown]
    drawn = [
        _chart(
            _("People: {new} new, {again} again{cut}").format(new=NEW, again=AGAIN, cut=cut), dates, people, width, 12
        ),
        _chart(_("Answers per question{cut}").format(cut=cut), dates, [per_question], width, 8),
    ]
    if any(one.newcomers for one in shown):
        shares = [100 * (one.greeted_share or 0) for one in shown]
        drawn.append(_chart(_("Newcomers greeted, of 100{cut}").format(cut=cut), dates, [shares], width, 8, top=100))
    return "\n\n".join(drawn)


def _answers(one: SessionGrowth, width: int) -> str:
    shown = one.questions[: (width - _MARGIN) // 2]
    cut = "" if len(shown) == len(one.questions) else _(" (the first {shown})").format(shown=len(shown))
    labels = [question_name(question.label) for question in shown]
    heights = [question.answers for question in shown]
    return _chart(_("Answers to each question{cut}").format(cut=cut), labels, [heights], width, 12) if labels else ""


def _chart(
    title: str, labels: list[str], heights: list[list[Any]], width: int, height: int, *, top: float | None = None
) -> str:
    """Bars of one or two parts on each other, beginning at zero; as many labels as there is room for."""
    import plotext

    count = len(labels)
    top = max(1, max(map(sum, zip(*heights, strict=True))) if top is None else top)
    marks = sorted({0, int(top / 2), int(top)})
    frame = len(str(marks[-1])) + 2
    slot = min((width - frame - 1) // count, _WIDEST_BAR)  # whole cells, so that all bars and gaps are alike
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plotsize(frame + slot * count + 1, height)  # the limits lie on the first and the last cell
    plotext.theme("clear")
    colors, markers = ["green", "blue"][: len(heights)], [NEW, AGAIN][: len(heights)]
    plotext.stacked_bar([*range(count)], heights, width=0.5, color=colors, marker=markers)
    plotext.ylim(0, top)
    plotext.yticks(marks, [str(mark) for mark in marks])
    plotext.xlim(-0.5, count - 0.5)
    places = _labelled(labels, slot)
    plotext.xticks(places, [labels[place] for place in places])
    return "\n".join([title, *(line.rstrip() for line in str(plotext.build()).splitlines())])


def _labelled(labels: Sequence[str], room: int) -> list[int]:
    """The places that get their label where each has `room` cells; the latest does."""
    step = -(-(max(map(len, labels)) + 1) // room)
    return [*range(len(labels) - 1, -1, -step)][::-1]
