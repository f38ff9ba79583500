"""The digest of a channel: of a month, of a week, of days over the end of a month."""

import csv
import datetime
import io
import json
from typing import Any

import pytest

from sessions.core.channel.months import CHANNEL, Month, channel_plan
from sessions.core.events import SCHEMA, Event, PostHighlighted, PostSeen, SessionOpened
from sessions.core.evolve import evolve
from sessions.core.plan import instant
from sessions.core.posts import Author, Kind, Post
from sessions.core.state import SessionState
from sessions.reports.digest import Span, days_span, joined_months, week_span, whole_month
from sessions.reports.recap import FORMATS, build_recap, render
from tests.sessions.core.building import a_plan

ZONE = "America/Chicago"


def at(month: int, day: int, hour: int = 12) -> int:
    """A time in 2026 in Chicago, in UTC milliseconds."""
    return instant(datetime.datetime(2026, month, day, hour), ZONE)  # noqa: DTZ001 - a wall time


class Channel:
    """A month of a channel to which people post."""

    def __init__(self, month: int) -> None:
        self.state = SessionState()
        plan = channel_plan(a_plan(), Month(datetime.date(2026, month, 1), ZONE))
        self.hear(SessionOpened, plan=plan, schema=SCHEMA, rehearsal=False, kind=CHANNEL)

    def hear(self, kind: Any, /, at: int = 0, **fields: Any) -> None:
        """An event of the hub."""
        event: Event = kind(seq=self.state.seq + 1, at=at, by=fields.pop("by", None), command=None, **fields)
        evolve(self.state, event)

    def post(
        self, who: str, when: int, text: str, *, newcomer: bool = False, kind: Kind = "aside", **fields: Any
    ) -> str:
        """Somebody posts; the id."""
        post = Post(
            f"bluesky:{self.state.seq}-{when}", Author(f"bluesky:{who}", who, who.title()), text, when, **fields
        )
        self.hear(PostSeen, when, post=post, kind=kind, filed=None, newcomer=newcomer)
        return post.id

    def star(self, post: str) -> None:
        """A moderator stars it."""
        self.hear(PostHighlighted, by="Ana", post=post)


def december() -> Channel:
    """A month with finds, an answered post, shares and stars."""
    channel = Channel(12)
    first = channel.post("maria", at(12, 1), "Rubrics: https://example.org/rubrics #navasotaisd", newcomer=True)
    channel.post("tom", at(12, 2), "Where are they from?", reply_to=first)
    channel.post("lee", at(12, 2, 13), "Thanks!", reply_to=first)
    channel.post("lee", at(12, 2, 14), "Again", reply_to=first)
    channel.post("maria", at(12, 2, 15), "From us", reply_to=first)
    starred = channel.post("newt", at(12, 9), "See https://example.org/labs", newcomer=True)
    channel.star(starred)
    channel.post("tom", at(12, 9, 13), "RT", kind="repost", repost_of=first)
    channel.post("tom", at(12, 10), "No link here")
    return channel


def test_a_month_tells_finds_the_most_answered_who_is_new_links_and_thanks() -> None:
    recap = build_recap(december().state, "abc234")
    assert (recap.kind, recap.starts_at, recap.until) == ("channel", at(12, 1, 0), at(12, 31, 0) + 86_400_000)
    assert [post.said for post in recap.with_links] == [
        "See https://example.org/labs",
        "Rubrics: https://example.org/rubrics",
    ], "what is starred comes first"
    assert [(post.name, post.replies) for post in recap.most_answered] == [("Maria", 2)], "nobody answers themselves"
    assert [person.name for person in recap.people if person.first_time] == ["Maria", "Newt"]
    assert [link.url for link in recap.links] == ["https://example.org/rubrics", "https://example.org/labs"]
    assert [(day.day, day.posts) for day in recap.days] == [
        ("2026-12-01", 1), ("2026-12-02", 4), ("2026-12-09", 2), ("2026-12-10", 1),
    ]  # fmt: skip
    assert recap.talk == recap.more_answers == ()
    assert recap.numbers.posts == 8


def test_a_week_has_only_its_own_days_and_who_was_new_in_it() -> None:
    recap = build_recap(december().state, "abc234", span=week_span(datetime.date(2026, 12, 12), ZONE))
    assert [post.name for post in recap.with_links] == ["Newt"]
    assert [person.name for person in recap.people if person.first_time] == ["Newt"]
    assert {person.name for person in recap.people} == {"Newt", "Tom"}
    assert "Sunday, December 6, 2026, to Saturday, December 12, 2026" in render(recap, "markdown")


def test_a_week_over_the_end_of_a_month_has_both() -> None:
    november, following = Channel(11), december()
    november.post("gus", at(11, 29), "https://example.org/end", newcomer=True)
    november.post("maria", at(11, 2), "early", newcomer=True)
    whole = joined_months(november.state, following.state)
    recap = build_recap(whole, "abc234", span=days_span(datetime.date(2026, 11, 28), datetime.date(2026, 12, 2), ZONE))
    assert [post.name for post in recap.with_links] == ["Gus", "Maria"]
    assert [person.name for person in recap.people if person.first_time] == ["Gus"], "Maria was new on November 2"
    assert "Saturday, November 28, 2026, to Wednesday, December 2, 2026" in render(recap, "html")
    assert following.state.people["bluesky:maria"].posts == 2, "the month itself stays what it was"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_it(form: Any) -> None:
    told = render(build_recap(december().state, "abc234"), form)
    assert "Rubrics" in told
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(told)))
        assert [(row["name"], row["replies"]) for row in rows] == [("Newt", "0"), ("Maria", "2")]
    elif form == "json":
        assert json.loads(told)["kind"] == "channel"
    else:
        for words in ("December 31, 2026", "What people found", "Most answered", "answered by 2 people", "Thank you"):
            assert words in told
        assert "answers" not in told


def test_the_day_of_a_change_of_the_clocks_is_whole() -> None:
    november = Channel(11)
    november.post("gus", at(11, 1, 0), "https://example.org/first")
    november.post("gus", at(11, 1, 23), "https://example.org/last")
    november.post("gus", at(11, 2, 0), "https://example.org/next")
    day = datetime.date(2026, 11, 1)
    span = days_span(day, day, ZONE)
    assert span.until - span.since == 25 * 3_600_000
    assert build_recap(november.state, "abc234", span=span).numbers.posts == 2
    assert whole_month(november.state) == Span(at(11, 1, 0), at(12, 1, 0))


def test_who_is_left_out_is_in_no_digest() -> None:
    recap = build_recap(december().state, "abc234", left_out={"bluesky:maria"})
    assert "Maria" not in render(recap, "json")
    assert recap.most_answered == ()
