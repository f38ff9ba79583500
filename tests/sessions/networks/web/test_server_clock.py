"""A server's clock by its answers: whatever a cache, a slow line or a hand on the clock does, it is told in time."""

import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.web.server_clock import ALIKE, DAY, WRONG, ServerClock, dated

NOW = 1_800_000_000_000


def date(at: float) -> str:
    return email.utils.formatdate(at / 1000, usegmt=True)


class Computer:
    """A computer whose clock on the wall is so far ahead of a right one, and one clock that nobody sets."""

    def __init__(self, ahead: int = 0) -> None:
        self.true = float(NOW)
        self.ahead = ahead
        self.ticks = 5_000.0
        self.clock = ServerClock(lambda: round(self.true) + self.ahead, lambda: self.ticks)

    def passes(self, seconds: float) -> None:
        self.true += seconds * 1000
        self.ticks += seconds

    def sleeps(self, seconds: float) -> None:
        """The lid is closed: what nobody sets stands still."""
        self.true += seconds * 1000

    def hears(self, *, late: float = 0.0, kept: float = 0.0, **headers: str) -> None:
        """An answer arrives that was so many seconds on its way, or in a cache that says nothing of it."""
        self.passes(late)
        self.clock.heard({"date": date(self.true - (late + kept) * 1000), **headers})


def test_until_an_answer_comes_both_clocks_are_one() -> None:
    clock = Computer(180_000).clock
    assert (clock.heard_of, clock.ahead, clock.wrong) == (False, 0, False)
    assert clock.there() == clock.ours(clock.there()) == clock.theirs(clock()) == clock()


@given(st.integers(-DAY + 30_000, DAY - 30_000), st.lists(st.floats(0, 20), min_size=1, max_size=30))
def test_it_is_known_to_the_second_and_never_early(ahead: int, delays: list[float]) -> None:
    computer = Computer(ahead)
    for late in delays:
        computer.hears(late=late)
    best = min(delays[-20:])
    assert -ALIKE <= computer.clock.ahead - ahead <= ALIKE + best * 1000 + 1000


@given(st.integers(-DAY // 2, DAY // 2), st.integers(0, 2 * NOW))
def test_there_and_back_is_the_same_moment(ahead: int, at: int) -> None:
    computer = Computer(ahead)
    computer.hears()
    assert computer.clock.ours(computer.clock.theirs(at)) == at
    assert computer.clock.wrong is (abs(computer.clock.ahead) >= WRONG)


def test_what_a_cache_kept_does_not_set_it_back() -> None:
    computer = Computer()
    computer.hears()
    computer.passes(12)
    computer.hears(kept=90)
    assert computer.clock.ahead == 0


def test_the_age_that_a_cache_tells_counts() -> None:
    assert dated({"date": date(NOW - 90_000), "age": "90"}) == NOW
    computer = Computer()
    computer.hears(kept=90, age="90")
    assert computer.clock.ahead == 0


@pytest.mark.parametrize(("before", "after"), [(1_200_000, 0), (-1_200_000, 0), (0, 180_000), (0, -180_000)])
def test_a_clock_that_is_set_is_noticed_with_the_next_answer(before: int, after: int) -> None:
    computer = Computer(before)
    for _ in range(5):
        computer.hears()
        computer.passes(12)
    computer.ahead = after
    computer.hears()
    assert abs(computer.clock.ahead - after) <= 1000


def test_a_laptop_that_slept_is_not_wrong_afterwards() -> None:
    computer = Computer()
    computer.hears()
    computer.sleeps(3600)
    computer.hears()
    assert computer.clock.ahead == 0


def test_small_differences_change_nothing() -> None:
    computer = Computer(180_000)
    computer.hears(late=0.9)
    before = computer.clock.ahead
    for late in (0.0, 0.3, 1.5):
        computer.hears(late=late)
    assert computer.clock.ahead == before


@pytest.mark.parametrize(
    "headers",
    [{}, {"date": ""}, {"date": "today"}, {"date": "Fri, 99 Foo 2026 00:00:00 GMT"}, {"date": "9" * 400}, {"age": "5"}],
)
def test_an_answer_that_is_not_dated_says_nothing(headers: dict[str, str]) -> None:
    clock = Computer(180_000).clock
    clock.heard(headers)
    assert (clock.heard_of, clock.ahead) == (False, 0)


@pytest.mark.parametrize("age", ["", "-5", "many", "5.5", "99999999999", "²"])
def test_an_age_that_is_none_is_passed_over(age: str) -> None:
    assert dated({"date": date(NOW), "age": age}) == NOW


def test_a_wrong_date_is_no_wrong_clock() -> None:
    clock = Computer().clock
    clock.heard({"date": "Thu, 01 Jan 1970 00:00:00 GMT"})
    assert clock.ahead == 0
