"""A chat of days as a replay: fast, and without its nights."""

from sessions.core.commands import Ask
from sessions.core.events import SourceChanged
from sessions.replay import QUIET, Replay
from sessions.replay.playback import LONG_SPEEDS, SPEEDS, Playback
from tests.sessions.core.building import START, Chat
from tests.sessions.core.test_slow_clock import DAY, HOUR, a_slow_plan
from tests.tui.replays import replay_of


def a_week() -> Chat:
    """Three days with a question and two answers each; how the network fares changes in the night."""
    chat = Chat(a_slow_plan())
    for day in range(3):
        chat.at = START + day * DAY
        chat.do(Ask, question=f"q{day + 1}", seen=chat.state.open)
        for _ in range(2):
            chat.at += HOUR // 4
            chat.post(f"A{day + 1}: stations")
        chat.at += 8 * HOUR
        fields = {"status": f"waiting {day} s", "cursor": None, "spent": None, "details": None, "called": None}
        chat.hear(SourceChanged, source="bluesky", **fields)
    return chat


def test_a_chat_of_days_has_higher_speeds() -> None:
    assert Playback(length=DAY).speeds == SPEEDS
    assert Playback(length=DAY + 1).speeds == SPEEDS + LONG_SPEEDS
    playback = Playback(length=3 * DAY, speed=60.0).play(0.0)
    for speed in (*LONG_SPEEDS, LONG_SPEEDS[-1]):
        playback = playback.faster(0.0)
        assert playback.speed == speed
    assert playback.slower(0.0).speed == LONG_SPEEDS[1]


def test_a_quiet_stretch_is_told_from_one_with_posts() -> None:
    replay = Replay(a_week().events)
    assert replay.behind_quiet(0, 1000) is None
    assert replay.behind_quiet(HOUR // 2 + 1, 60_000) == DAY - 60_000
    assert replay.behind_quiet(DAY - QUIET, 1000) is None
    assert replay.behind_quiet(DAY - QUIET - 1, 1000) == DAY - 1000
    assert replay.behind_quiet(DAY - QUIET - 1, DAY) is None
    assert replay.behind_quiet(replay.length, 0) is None


async def test_nights_are_skipped_and_the_bar_tells_days() -> None:
    async with replay_of(a_week().events, speed=60.0) as desk:
        await desk.sees("day 1 of 4 · Mon 7:00 PM")
        await desk.play(29)
        assert len(desk.model.state.posts) == 1
        await desk.play(2)
        await desk.sees("Nothing happened for 23 h 28 min: skipped.")
        await desk.sees("day 2 of 4 · Tue 6:59 PM")
        assert desk.position == DAY - 60_000
        await desk.play(2)
        assert desk.model.state.open == "q2"
        await desk.press("greater_than_sign")
        await desk.sees("< 300x >")
        await desk.press("space", "t")
        await desk.sees("A day and a time, such as Tue 7:42 pm")
        await desk.press(*"wed", "enter")
        await desk.sees("It is Wednesday, December 3, 12:00 AM.")
        await desk.sees("day 3 of 4 · Wed 12:00 AM")
