"""When the panes are drawn, on a clock that the test moves."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.desks import ManualPace
from tui.desk.drawing import BEHIND, BESIDE, FRAME, STALE, WORKING, Drawing


class RestingPace(ManualPace):
    """A manual clock on which drawings rest as they do on a real one."""

    def rest(self, seconds: float) -> float:
        return seconds


@dataclass
class Drawn:
    """What was drawn, and when."""

    pace: RestingPace = field(default_factory=RestingPace)
    answers: list[tuple[float, frozenset[str] | None]] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    follows: bool = True
    behind: bool = False

    def __post_init__(self) -> None:
        self.drawing = Drawing(
            lambda posts: self.answers.append((self.pace.at, posts)),
            lambda: self.beside.append(self.pace.at),
            lambda: self.follows,
            self.pace,
            lambda: self.behind,
        )

    def arrive(self, *posts: str, at_once: bool = False) -> None:
        self.drawing.changed(frozenset(posts), at_once=at_once)


def test_the_first_is_drawn_at_once_and_what_follows_with_the_next_frame() -> None:
    drawn = Drawn()
    drawn.arrive("a")
    drawn.arrive("b")
    drawn.arrive("c")
    assert [posts for _, posts in drawn.answers] == [{"a"}]
    assert not drawn.drawing.done
    drawn.pace.advance(FRAME)
    assert [posts for _, posts in drawn.answers] == [{"a"}, {"b", "c"}]


def test_what_stands_beside_is_drawn_four_times_a_second() -> None:
    drawn = Drawn()
    for number in range(100):
        drawn.arrive(str(number))
        drawn.pace.advance(0.01)
    assert 4 <= len(drawn.beside) <= 5
    assert 40 <= len(drawn.answers) <= 51


def test_answers_that_are_not_followed_are_drawn_ten_times_a_second() -> None:
    drawn = Drawn(follows=False)
    for number in range(100):
        drawn.arrive(str(number))
        drawn.pace.advance(0.01)
    assert 9 <= len(drawn.answers) <= 11


def test_while_keys_are_pressed_nothing_beside_is_out_of_date_for_long() -> None:
    drawn = Drawn()
    drawn.arrive("a")
    drawn.pace.advance(0.11)
    drawn.arrive("b")
    drawn.drawing.pressed()
    assert len(drawn.beside) == 2, "what waited for longer than that is drawn at the key"
    drawn.arrive("c")
    drawn.pace.advance(STALE)
    assert len(drawn.beside) == 3
    drawn.pace.advance(WORKING)
    drawn.arrive("d")
    drawn.arrive("e")
    drawn.pace.advance(STALE + 0.01)
    assert len(drawn.beside) == 4, "a second behind the key there is time again"
    drawn.pace.advance(BESIDE)
    assert len(drawn.beside) == 5


def test_what_somebody_did_is_drawn_at_once_and_once() -> None:
    drawn = Drawn()
    drawn.arrive("a")
    drawn.arrive("b")
    drawn.arrive("c", at_once=True)
    assert [posts for _, posts in drawn.answers] == [{"a"}, {"b", "c"}]
    assert len(drawn.beside) == 2
    assert drawn.drawing.done
    drawn.pace.advance(BESIDE)
    assert len(drawn.answers) == 2


def test_that_everything_is_another_is_not_forgotten_over_a_post() -> None:
    drawn = Drawn()
    drawn.arrive("a")
    drawn.drawing.changed(None, at_once=False)
    drawn.arrive("b")
    drawn.pace.advance(FRAME)
    assert [posts for _, posts in drawn.answers] == [{"a"}, None]


def test_nothing_is_drawn_once_it_was_stopped() -> None:
    drawn = Drawn()
    drawn.arrive("a")
    drawn.arrive("b")
    drawn.drawing.stop()
    drawn.pace.advance(1)
    assert len(drawn.answers) == len(drawn.beside) == 1


@given(st.lists(st.tuples(st.floats(0, 0.3), st.booleans()), max_size=60), st.booleans())
def test_every_post_is_drawn_within_a_frame_and_all_else_within_a_quarter_of_a_second(
    arrivals: list[tuple[float, bool]], follows: bool
) -> None:
    drawn = Drawn(follows=follows)
    came: dict[str, float] = {}
    for number, (pause, at_once) in enumerate(arrivals):
        for _ in range(30):  # the clock passes in small steps, as timers are called when they are due
            drawn.pace.advance(pause / 30)
        came[str(number)] = drawn.pace.at
        drawn.arrive(str(number), at_once=at_once)
    for _ in range(60):
        drawn.pace.advance(0.01)
    assert drawn.drawing.done
    for post, at in came.items():
        shown = next(when for when, posts in drawn.answers if posts is None or post in posts)
        assert shown - at <= (FRAME if follows else STALE) + 0.02
        assert min(when for when in drawn.beside if when >= at) - at <= BESIDE + 0.02


def test_a_desk_that_is_told_of_what_was_before_draws_seldom_and_the_last_of_it_at_once() -> None:
    drawn = Drawn(behind=True)
    drawn.arrive("a")
    drawn.arrive("b")
    drawn.pace.advance(BEHIND / 2)
    drawn.arrive("c")
    assert [posts for _, posts in drawn.answers] == [{"a"}]
    drawn.pace.advance(BEHIND / 2)
    assert [posts for _, posts in drawn.answers] == [{"a"}, {"b", "c"}]
    drawn.pace.advance(BEHIND / 2)
    drawn.arrive("d")
    drawn.behind = False
    drawn.arrive("e")
    assert [posts for _, posts in drawn.answers][2:] == [{"d", "e"}]
    assert drawn.drawing.done
