"""The playback clock goes by the time that it is told and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.replay.playback import SKIP, SPEEDS, Playback

HOUR = Playback(length=3_600_000)


def test_it_stands_until_it_plays_and_stands_again_when_paused() -> None:
    assert HOUR.position(99.0) == 0
    playing = HOUR.play(100.0)
    assert (playing.position(100.0), playing.position(101.5)) == (0, 1_500)
    paused = playing.toggle(102.0)
    assert (paused.position(102.0), paused.position(500.0)) == (2_000, 2_000)
    assert paused.toggle(500.0).position(501.0) == 3_000


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_second_is_as_many_seconds_of_the_chat_as_the_speed_says(speed: float) -> None:
    playing = Playback(length=3_600_000, speed=speed).play(0.0)
    assert playing.position(10.0) == 10_000 * speed


def test_speed_goes_up_and_down_the_steps_and_the_position_does_not_jump() -> None:
    playback = HOUR.play(0.0)
    speeds = []
    for second in range(1, 9):
        before = playback.position(second)
        playback = playback.faster(second)
        assert playback.position(second) == before
        speeds.append(playback.speed)
    assert speeds == [2, 4, 10, 20, 30, 60, 60, 60]
    slow = playback
    for _ in SPEEDS:
        slow = slow.slower(9.0)
    assert (slow.speed, slow.slower(9.0).speed) == (0.5, 0.5)


def test_ten_seconds_back_and_forward_stop_at_both_ends() -> None:
    playback = HOUR.to(15_000, 0.0)
    assert playback.by(-SKIP, 0.0).at == 5_000
    assert playback.by(-2 * SKIP, 0.0).at == 0
    assert playback.by(SKIP, 0.0).at == 25_000
    assert playback.to(3_599_000, 0.0).by(SKIP, 0.0).at == 3_600_000
    assert not playback.playing


def test_a_jump_while_it_plays_plays_on_from_there() -> None:
    playing = HOUR.play(0.0).to(600_000, 5.0)
    assert playing.position(6.0) == 601_000


def test_it_stops_at_the_end_and_play_begins_again_there() -> None:
    playing = HOUR.to(3_599_000, 0.0).play(0.0)
    assert playing.running(0.9)
    assert not playing.running(1.0)
    assert playing.position(60.0) == 3_600_000
    again = playing.toggle(60.0)
    assert again.running(60.0)
    assert again.position(61.0) == 1_000


def test_whoever_goes_back_from_the_end_while_it_played_sees_it_play_on() -> None:
    at_end = HOUR.to(3_600_000, 0.0).to(3_590_000, 0.0).play(0.0)
    back = at_end.by(-SKIP, 99.0)
    assert back.running(99.0)
    assert back.position(100.0) == 3_591_000


def test_previous_allows_for_what_passes_while_one_presses_it_again() -> None:
    assert HOUR.slack == 0
    playing = HOUR.play(0.0)
    assert (playing.slack, playing.faster(0.0).slack) == (2_000, 4_000)


def test_a_session_of_one_moment_has_no_time_to_play() -> None:
    playing = Playback(length=0).play(0.0)
    assert not playing.running(1.0)
    assert playing.position(1.0) == 0


@given(st.lists(st.tuples(st.sampled_from(["toggle", "faster", "slower", "by", "to"]), st.integers(-9_999, 9_999_999))))
def test_the_position_never_leaves_the_session_and_only_jumps_go_back(presses: list[tuple[str, int]]) -> None:
    playback, now, position = HOUR, 0.0, 0
    for press, amount in presses:
        now += abs(amount) % 600 / 10
        assert position <= playback.position(now) <= HOUR.length
        playback = getattr(playback, press)(*([amount, now] if press in ("by", "to") else [now]))
        position = playback.position(now)
        assert 0 <= position <= HOUR.length
