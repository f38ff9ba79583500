"""Which layout holds, and how many cells each pane has by it."""

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.layout.arrangement import Arrangement
from tui.desk.layout.presets import (
    LEAST_ANSWERS,
    LEAST_PEOPLE,
    LEAST_QUESTIONS,
    PRESETS,
    Shares,
    Widths,
    shared_widths,
    usual_widths,
)
from tui.desk.panes import NARROW


def fits(widths: Widths, window: int) -> bool:
    questions, people = widths
    return questions >= LEAST_QUESTIONS and people >= LEAST_PEOPLE and window - questions - people >= LEAST_ANSWERS


def test_a_wide_window_has_whole_questions_for_who_asks_and_wide_people_for_who_greets() -> None:
    assert usual_widths("asks", 160) == (58, 40)
    assert usual_widths("greets", 160) == (40, 58)
    assert usual_widths("even", 160) == (53, 53)
    assert usual_widths("asks", 100) == (28, 30)
    assert usual_widths("asks", 400) == (90, 56)


def test_the_role_has_its_layout_until_one_is_chosen_by_hand_and_behind_the_last_one_again() -> None:
    arrangement = Arrangement()
    arrangement.follow(asks=False, greets=True)
    assert arrangement.preset == "greets"
    arrangement.follow(asks=True, greets=True)
    assert arrangement.preset == "asks"
    seen = []
    for _ in range(4):
        arrangement.choose_next()
        arrangement.follow(asks=False, greets=True)
        seen.append((arrangement.preset, arrangement.chosen))
    assert seen == [("greets", "greets"), ("even", "even"), ("greets", None), ("even", "even")]


WINDOWS_SIDE_BY_SIDE = st.integers(NARROW, 400)
SHARES = st.builds(Shares, *[st.floats(0, 1, exclude_min=True, exclude_max=True)] * 2)


@given(WINDOWS_SIDE_BY_SIDE, SHARES)
def test_no_pane_gets_under_its_least_width(window: int, shares: Shares) -> None:
    assert fits(shared_widths(shares, window), window)
    assert all(fits(usual_widths(preset, window), window) for preset in PRESETS)


@given(WINDOWS_SIDE_BY_SIDE, st.lists(st.tuples(st.booleans(), st.integers(-50, 500)), min_size=1, max_size=5))
def test_what_is_set_by_hand_holds_leaves_the_other_pane_alone_and_is_kept(
    window: int, changes: list[tuple[bool, int]]
) -> None:
    arrangement = Arrangement()
    for of_questions, cells in changes:
        before = arrangement.widths(window)
        (arrangement.set_questions if of_questions else arrangement.set_people)(cells, window)
        after = arrangement.widths(window)
        assert fits(after, window)
        assert after.people == before.people if of_questions else after.questions == before.questions
        mine, least = (after.questions, LEAST_QUESTIONS) if of_questions else (after.people, LEAST_PEOPLE)
        other = after.people if of_questions else after.questions
        assert mine == min(max(cells, least), window - LEAST_ANSWERS - other)
    again = Arrangement()
    again.restore(arrangement.kept())
    assert again.widths(window) == arrangement.widths(window)
    assert arrangement.forget_widths()
    assert not arrangement.forget_widths()
    assert arrangement.widths(window) == usual_widths("asks", window)


@given(
    st.dictionaries(
        st.sampled_from(["preset", "shares", "new"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["asks", "odd"]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["asks", "odd"]), inner),
            max_leaves=6,
        ),
    )
)
def test_whatever_is_in_the_file_the_panes_fit(kept: dict[str, object]) -> None:
    arrangement = Arrangement()
    arrangement.restore(kept)
    assert fits(arrangement.widths(120), 120)
