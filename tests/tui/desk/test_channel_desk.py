"""A channel at the desk: its days in place of questions, no clock, and no keys that only an hour has."""

import datetime
from pathlib import Path

from sessions.core.channel.months import month_of
from sessions.core.plan import instant
from sessions.hub.process.channel import begin_month
from sessions.hub.server.clock import HubClock
from sessions.library.library import Library
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import desk_on

ZONE = "America/Chicago"


def at(day: int, hour: int = 9) -> int:
    """A time in December 2026 in Chicago, in UTC milliseconds."""
    return instant(datetime.datetime(2026, 12, day, hour), ZONE)  # noqa: DTZ001 - a wall time


def a_month(folder: Path) -> Path:
    """The file of the channel in December 2026."""
    plan = a_plan(sources=("mastodon:mastodon.social",))
    return begin_month(Library(folder), plan, month_of(at(1), ZONE), now=lambda: at(1)).path


async def test_days_lead_to_their_posts_and_hours_have_no_place(tmp_path: Path) -> None:
    feed, path = Feed(), a_month(tmp_path)
    clock = HubClock(wall=lambda: at(9, 20), monotonic=lambda: 0)
    async with live_hub(tmp_path, path=path, clock=clock, sources=[feed]) as live, desk_on(live) as ana:
        for day in (1, 1, 2, 7, 9, 9, 9):
            feed.post(f"found on day {day}", posted_at=at(day))
        await ana.sees("7 posts from 1 person")
        await ana.sees("until Thursday, December 31")
        await ana.sees("Days · 7 posts")
        await ana.sees("▶ Wed  9")
        await ana.sees("Monday, December 7")
        assert not any("Thu 10" in line for line in ana.lines()), "days that have not begun are not shown"
        assert not any("introduction" in line for line in ana.lines()), "without questions all is talk"
        await ana.press("enter")
        await ana.sees("Esc Close")
        assert not any("question" in line for line in ana.lines())
        await ana.press("escape", "P")
        await ana.sees("Wed 9:00 found on day 9")
        assert not any("answer" in line for line in ana.lines())
        await ana.press("escape", "m")
        await ana.sees("Can you greet who is new today?")
        await ana.press("escape", "f")
        await ana.sees("By newcomers")
        assert not any("Guesses" in line or "No question yet" in line for line in ana.lines())
        await ana.press("escape", "l")
        await ana.sees("Nothing yet.")
        assert not any("takes back" in line for line in ana.lines())
        await ana.press("escape", "question_mark")
        await ana.sees("Words that fold a post")
        assert not any("File under Q" in line for line in ana.lines())
        await ana.press("escape", "n")
        await ana.sees("A channel has no questions")
        await ana.press("shift+tab", "up", "up", "enter")
        await ana.until(lambda: ana.screen.panes.answers.has_focus)
        post = ana.screen.panes.answers.cursor
        assert ana.model.state.posts[post or ""].post.text == "found on day 7"
        await ana.press("shift+tab", "up", "enter")
        await ana.sees("Nothing was posted on that day.")
        assert "Ask next" not in "\n".join(ana.lines())


async def test_nobody_ends_a_month_by_hand(tmp_path: Path) -> None:
    async with live_hub(tmp_path, path=a_month(tmp_path)) as live:
        ana = await live.join("Ana")
        for command, fields in {
            "close": {}, "add_question": {"text": "Why?"}, "ask": {"question": "q1", "seen": None}, "hold": {},
        }.items():  # fmt: skip
            answer = await ana.do(command, **fields)
            assert answer.status_code == 409, answer.text


async def test_the_hub_ends_a_month_that_is_over(tmp_path: Path) -> None:
    now = [at(31, 23)]
    clock = HubClock(wall=lambda: now[0], monotonic=lambda: 0)
    async with live_hub(tmp_path, path=a_month(tmp_path), clock=clock) as live, desk_on(live) as ana:
        await ana.sees("until Thursday, December 31")
        now[0] += 70 * 60_000
        await live.session.look_around()
        assert not live.session.closed.is_set(), "what comes late is still read"
        now[0] += 10 * 60_000
        await live.session.look_around()
        assert live.session.closed.is_set()
        await ana.sees("This month is over")
