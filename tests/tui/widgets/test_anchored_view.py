"""The geometry of the answer pane: what arrives moves nothing, what the reader does leaves no gap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.answers.anchored_view import AnchoredView, Measure

HEIGHTS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)).map(lambda lines: Measure(*lines)), max_size=30)


def view_of(measures: list[Measure], height: int) -> AnchoredView:
    view = AnchoredView(measures.__getitem__)
    view.arrived(len(measures), len(measures) - 1)
    view.resize(height)
    return view


def steps(view: AnchoredView, acts: list[tuple[str, int]]) -> None:
    for act, number in acts:
        getattr(view, act)(number)


ACTS = st.lists(
    st.tuples(st.sampled_from(["move", "scroll", "page"]), st.sampled_from([-3, -1, 1, 3]))
    | st.tuples(st.just("point"), st.integers(0, 29)),
    max_size=12,
)


@given(HEIGHTS, HEIGHTS, st.integers(1, 12), ACTS)
def test_arrivals_move_nothing_unless_the_pane_follows(
    measures: list[Measure], more: list[Measure], height: int, acts: list[tuple[str, int]]
) -> None:
    view = view_of(measures, height)
    steps(view, acts)
    if view.following:
        return
    before = {spot.row: spot.top for spot in view.placed()}
    measures += more
    view.arrived(len(measures), view.cursor)
    after = {spot.row: spot.top for spot in view.placed()}
    assert {row: after[row] for row in before} == before


@given(HEIGHTS, HEIGHTS, st.integers(1, 12))
def test_a_pane_that_follows_shows_the_end_of_the_newest(
    measures: list[Measure], more: list[Measure], height: int
) -> None:
    view = view_of(measures, height)
    measures += more
    view.arrived(len(measures), 0)
    if measures:
        last = view.placed()[-1]
        assert last.row == view.cursor == len(measures) - 1
        total = sum(measure.lines for measure in measures)
        assert last.top + measures[-1].lines == min(height, total)


@given(HEIGHTS, st.integers(1, 12), ACTS)
def test_the_reader_always_sees_the_cursor_and_no_gap(
    measures: list[Measure], height: int, acts: list[tuple[str, int]]
) -> None:
    view = view_of(measures, height)
    steps(view, acts)
    placed = view.placed()
    assert all(later.top == one.top + measures[one.row].lines for one, later in pairwise(placed))
    if measures:
        assert view.cursor in [spot.row for spot in placed]
        assert placed[0].top <= 0
        total = sum(measure.lines for measure in measures)
        assert placed[-1].top + measures[placed[-1].row].lines >= min(height, total)


@given(HEIGHTS, st.integers(1, 12))
def test_every_row_can_be_reached_from_the_end_and_back(measures: list[Measure], height: int) -> None:
    view = view_of(measures, height)
    lines = sum(measure.lines for measure in measures) + 1
    for _ in range(lines):
        view.move(-1)
    assert view.cursor == 0
    for _ in range(lines + 1):
        view.move(1)
    assert view.following
    assert view.cursor == max(0, len(measures) - 1)


def test_a_row_taller_than_the_pane_is_read_line_by_line() -> None:
    view = view_of([Measure(0, 2), Measure(0, 10), Measure(0, 2)], 4)
    view.point(1)
    seen = []
    while view.cursor == 1:
        seen.append(view.line)
        view.move(1)
    assert seen[-1] == -6
    assert seen == sorted(seen, reverse=True)


@given(st.integers(2, 200_000), st.integers(1, 40))
def test_only_rows_in_sight_are_measured(rows: int, height: int) -> None:
    measured: set[int] = set()

    def measure(row: int) -> Measure:
        measured.add(row)
        return Measure(0, 2)

    view = AnchoredView(measure)
    view.arrived(rows, 0)
    view.resize(height)
    view.move(-1)
    view.page(-1)
    assert len(measured) <= 3 * height + 4
