"""How fast wrong codes of invites may come, of one computer and of all."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.server.inviting.invites import WRONG_AT_ONCE, WRONG_EVERY, WRONG_OF_ALL, WrongCodes


class Watch:
    """Monotonic seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_computer_has_five_tries_and_one_more_every_ten_seconds() -> None:
    watch = Watch()
    wrong = WrongCodes(watch)
    for _ in range(WRONG_AT_ONCE):
        assert wrong.wait("eve") == 0
        assert wrong.came("eve") == 0
    assert wrong.wait("eve") == WRONG_EVERY
    assert wrong.wait("ben") == 0
    watch.now += WRONG_EVERY
    assert wrong.wait("eve") == 0
    wrong.came("eve")
    assert wrong.wait("eve") > 0
    assert wrong.count == WRONG_AT_ONCE + 1


def test_a_thousand_new_keys_are_slowed_together() -> None:
    wrong = WrongCodes(Watch())
    answered = [wrong.came(f"key {number}") for number in range(1000)]
    assert sum(wait == 0 for wait in answered) == WRONG_OF_ALL
    assert answered[-1] > answered[WRONG_OF_ALL] > 0
    assert wrong.wait("somebody who was invited") == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=80))
def test_no_computer_gets_more_tries_than_its_pace_allows(tries: list[tuple[str, float]]) -> None:
    watch = Watch()
    wrong = WrongCodes(watch)
    begun, had = watch.now, dict.fromkeys("abc", 0)
    for key, pause in tries:
        watch.now += pause
        if wrong.wait(key) == 0:
            wrong.came(key)
            had[key] += 1
    most = WRONG_AT_ONCE + (watch.now - begun) / WRONG_EVERY
    assert max(had.values()) <= most + 1e-6


def test_keys_without_end_cost_no_memory_without_end() -> None:
    wrong = WrongCodes(Watch())
    for number in range(5000):
        wrong.came(f"key {number}")
    assert len(wrong._full_at) <= 1000
