"""Typing never acts, whatever the keys and their rhythm; single keys always do."""

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.model.key_guard import KeyGuard
from tui.widgets.pace import BURST

gaps = st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=30)


def acted(gaps: list[float]) -> list[bool]:
    """Whether each key acted, for keys with these gaps before them; a key is settled `BURST` after it came."""
    guard = KeyGuard()
    now, did = 10.0, []
    for place, gap in enumerate(gaps):
        now += gap
        guard.press("n", now)
        alone_until_next = place + 1 == len(gaps) or gaps[place + 1] >= BURST
        held = guard.held
        did.append(held is not None and alone_until_next and guard.settle(held))
    return did


@given(gaps)
def test_a_key_acts_only_if_no_other_came_near_it(gaps: list[float]) -> None:
    times = [10.0 + sum(gaps[: place + 1]) for place in range(len(gaps))]
    for place, did in enumerate(acted(gaps)):
        before = place and times[place] - times[place - 1]
        after = times[place + 1] - times[place] if place + 1 < len(times) else 1
        if did:
            assert place == 0 or before > BURST - 1e-9
            assert after > BURST - 1e-9


@given(st.lists(st.floats(min_value=BURST + 0.001, max_value=5), max_size=20))
def test_slow_keys_all_act(gaps: list[float]) -> None:
    assert all(acted(gaps)) if gaps else True


@given(st.lists(st.floats(min_value=0, max_value=BURST - 0.001), min_size=2, max_size=20))
def test_fast_keys_never_act(gaps: list[float]) -> None:
    assert not any(acted(gaps))


def test_a_paste_makes_the_next_key_typing() -> None:
    guard = KeyGuard()
    guard.press("n", 1.0)
    guard.typed(1.05)
    assert guard.held is None
    assert guard.typing(1.1)
    assert guard.press("n", 1.1) == "typing"


def test_enter_after_a_single_key_is_no_typing() -> None:
    guard = KeyGuard()
    guard.press("n", 1.0)
    assert not guard.typing(1.05)
    guard.press("o", 1.1)
    assert guard.typing(1.2)
    assert not guard.typing(1.3)
