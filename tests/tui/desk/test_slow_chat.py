"""A slow chat at the desk: a question is asked when it is due, and who comes back after days sees what is new."""

from pathlib import Path

from sessions.core.plan import Plan
from sessions.hub.server.clock import HubClock
from tests.sessions.core.building import START
from tests.sessions.core.test_slow_clock import DAY, HOUR, a_slow_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import desk_on


def at(moment: int) -> HubClock:
    """The hub's clock stands at this moment."""
    return HubClock(wall=lambda: moment, monotonic=lambda: 0)


def a_week() -> Plan:
    return a_slow_plan()


async def test_days_on_screen_and_what_is_new_after_a_night(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, plan=a_week(), clock=at(START + HOUR), sources=[feed]) as live, desk_on(live) as ana:
        await ana.sees("Q1 was due today 7:00 PM")
        await ana.sees("Q1 is due. Ask it? Press n")
        await ana.sees("next, due")
        await ana.sees("Tue 7:00 PM")
        await ana.press("n")
        ana.pace.advance(3)
        await ana.sees("Q1 of 5")
        await ana.sees("Q2 opens Tuesday 7:00 PM")
        assert live.session.durable.timer is not None
        assert live.session.durable.timer.seconds == 23 * 3600
        feed.post("A1: an early one", posted_at=START + HOUR)
        await ana.sees("Monday, December 1")
        path = live.file.path
    feed = Feed()
    async with live_hub(tmp_path, path=path, clock=at(START + DAY + 13 * HOUR), sources=[feed]) as live:
        assert live.session.durable.plan == a_week()
        for hour, who in ((9, "mlopez"), (20, "newby"), (30, "newby")):
            feed.post(f"A1: after {hour} hours", who, posted_at=START + hour * HOUR)
        async with desk_on(live) as ana:
            await ana.sees("Since Monday 8:00 PM: 3 posts, 3 answer Q1, 1 new person.")
            await ana.sees("new since Monday, December 1, 8:00 PM")
            await ana.sees("Tuesday, December 2")
            await ana.sees("    4:00 Mlopez")
            await ana.sees(" 3:00 PM Newby")
            await ana.sees("13 h behind")
            feed.post("A1: one more", "newby", posted_at=START + 31 * HOUR)
            await ana.sees("4 posts, 4 answer Q1")
            text = [post.post.text for post in live.session.durable.posts.values()]
            assert text == ["A1: an early one", *(f"A1: after {n} hours" for n in (9, 20, 30)), "A1: one more"]
        async with desk_on(live, "Ben") as ben:
            await ben.sees("Q2 was due")
            assert not ben.model.observes
            assert "Since" not in "\n".join(ben.lines())
