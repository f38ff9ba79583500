"""The hub's clock never goes back, whatever is done to the computer's."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.server.clock import HubClock

steps = st.lists(st.tuples(st.integers(0, 10_000), st.integers(-10_000_000, 10_000_000)), max_size=30)


class Hands:
    """Two clocks in milliseconds that a test moves."""

    def __init__(self) -> None:
        self.wall = 1_000_000_000
        self.ticks = 500

    def clock(self, last_at: int = 0) -> HubClock:
        return HubClock(lambda: self.wall, lambda: self.ticks, last_at)


@given(steps)
def test_it_never_decreases_and_never_falls_behind_real_time_or_the_wall(moves: list[tuple[int, int]]) -> None:
    hands = Hands()
    clock = hands.clock()
    before = clock.now_ms()
    for passed, set_by in moves:
        hands.ticks += passed
        hands.wall += passed + set_by
        now = clock.now_ms()
        assert now >= before + passed
        assert now == max(before + passed, hands.wall)
        before = now


def test_a_clock_set_back_is_absorbed_and_time_goes_on_at_its_pace() -> None:
    hands = Hands()
    clock = hands.clock()
    start = clock.now_ms()
    hands.wall -= 3_600_000
    for _ in range(5):
        hands.ticks += 1000
        hands.wall += 1000
        clock.now_ms()
    assert clock.now_ms() == start + 5000


def test_a_jump_forward_is_accepted() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall += 3_600_000
    assert clock.now_ms() == hands.wall


def test_after_a_restart_it_starts_at_the_last_stored_moment_at_least() -> None:
    hands = Hands()
    assert hands.clock(last_at=hands.wall + 5000).now_ms() == hands.wall + 5000
    assert hands.clock(last_at=hands.wall - 5000).now_ms() == hands.wall
