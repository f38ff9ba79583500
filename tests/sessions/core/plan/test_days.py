"""Slow chats: on which day each question opens, over changes of summer time and leap days, and what cannot be."""

import datetime
import itertools
import zoneinfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core.plan import Plan
from sessions.core.plan.days import DAY, is_weekend, opening_days
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import schedule, schedule_text, share_text
from sessions.core.plan.times import local
from sessions.core.plan.writing import like_plan_text, new_plan_text, plan_text
from sessions.networks.registry import NETWORKS

HEAD = """\
title = "A slow week"
hashtags = ["navasotaisd"]
starts = 2026-12-07T07:00:00
timezone = "America/Chicago"
sources = ["mastodon:mastodon.social"]
pace = "days"
"""
HOSTS = '[[hosts]]\nname = "Ana"\nhandles = ["ana"]\n'
QUESTION = '[[questions]]\ntext = "What does the first station in your room look like?"\n'
NOW = datetime.datetime.fromisoformat("2026-11-24T22:30-06:00")
ZONES = st.sampled_from(
    (
        "America/Chicago",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "Africa/Casablanca",
    )
)
MORNINGS = st.datetimes(*map(datetime.datetime.fromisoformat, ("2001-01-01", "2090-01-01"))).map(
    lambda moment: moment.replace(hour=moment.hour % 12 + 6, second=0, microsecond=0)
)


def slow(more: str = "", questions: str = QUESTION * 5) -> Plan:
    return decode_plan(HEAD + more + HOSTS + questions, NETWORKS)


def walls(plan: Plan) -> list[str]:
    """When the questions open, and when the chat ends, by the clocks of the plan."""
    moments = [*(question.opens_at for question in plan.questions), plan.ends_at]
    return [f"{local(at, plan.timezone):%a %d %H:%M}" for at in moments]


def problems(more: str = "", questions: str = QUESTION * 2, head: str = HEAD) -> list[str]:
    with pytest.raises(PlanError) as wrong:
        decode_plan(head + more + questions, NETWORKS)
    return [str(problem) for problem in wrong.value.problems]


def test_a_question_a_day_at_the_time_of_the_start() -> None:
    plan = slow()
    assert walls(plan) == [
        "Mon 07 07:00",
        "Tue 08 07:00",
        "Wed 09 07:00",
        "Thu 10 07:00",
        "Fri 11 07:00",
        "Sat 12 07:00",
    ]
    assert (plan.minutes, plan.introductions, plan.close) == (5 * 1440, 0, 0)
    assert [question.minutes for question in plan.questions] == [1440] * 5
    assert walls(slow("days = 7\n", QUESTION * 3)) == ["Mon 07 07:00", "Wed 09 07:00", "Fri 11 07:00", "Mon 14 07:00"]


def test_weekends_are_left_out_only_if_the_plan_says_so() -> None:
    assert walls(slow(questions=QUESTION * 7))[5:] == ["Sat 12 07:00", "Sun 13 07:00", "Mon 14 07:00"]
    assert walls(slow("weekends = false\n", QUESTION * 7))[4:] == [
        "Fri 11 07:00", "Mon 14 07:00", "Tue 15 07:00", "Wed 16 07:00",
    ]  # fmt: skip


def test_questions_with_a_day_of_their_own_and_those_between_them() -> None:
    plan = slow(
        questions=QUESTION + QUESTION + "opens = 2026-12-09T16:00:00\n" + QUESTION + QUESTION + "opens = 2026-12-12\n"
    )
    assert walls(plan) == ["Mon 07 07:00", "Wed 09 16:00", "Thu 10 07:00", "Sat 12 07:00", "Sun 13 07:00"]


def test_what_cannot_be_is_told_with_its_line() -> None:
    assert problems("minutes = 60\ndays = 1\n") == [
        'line 7: minutes is for a chat of an hour: with pace = "days" write a line such as days = 5',
        "line 8: 2 questions need as many days, got 1",
    ]
    assert problems("days = 0\nweekends = 1\n") == [
        "line 7: days must be a whole number from 1 to 60, got 0",
        "line 8: weekends must be true or false, got 1",
    ]
    own = [
        QUESTION + f"opens = {at}\n" for at in ("2026-12-06", "2026-12-09", "2026-12-08T07:00:00", "2026-12-30", "7")
    ]
    assert problems("days = 9\n", "".join(own[:4])) == [
        "line 10: opens must not be before the chat starts, 2026-12-07T07:00:00",
        "line 16: opens must be later than that of the question before it, 2026-12-09T07:00:00",
        "line 19: opens must be before the chat ends, 2026-12-16T07:00:00",
    ]
    assert problems("", own[4]) == [
        "line 9: opens must be a date and a time such as opens = 2026-12-08T07:00:00, got 7"
    ]
    assert problems("", QUESTION + "minutes = 8\n") == [
        "line 9: in a slow chat a question is open until the next one: write opens = 2026-12-08T07:00:00"
    ]
    sunday = HEAD.replace("12-07", "12-06")
    assert problems("weekends = false\n", head=sunday) == [
        "line 3: starts is a Sunday, which weekends = false leaves out"
    ]
    hour = HEAD.replace('pace = "days"\n', "")
    assert problems("days = 5\n", own[1], head=hour) == [
        'line 6: days is for a slow chat: write pace = "days", too',
        'line 9: opens is for a slow chat: write pace = "days" above the first line in [brackets]',
    ]
    assert problems('pace = "weeks"\n', head=hour) == ['line 6: pace must be "hour" or "days", got "weeks"']


@given(MORNINGS, ZONES, st.integers(1, 12), st.integers(1, 8), st.booleans())
@example(datetime.datetime.fromisoformat("2026-03-05T07:00"), "America/Chicago", 6, 6, True)
@example(datetime.datetime.fromisoformat("2028-02-27T07:00"), "Europe/Berlin", 4, 4, True)
def test_a_day_is_one_of_the_calendar(
    starts: datetime.datetime, zone: str, days: int, questions: int, weekends: bool
) -> None:
    if questions > days or (not weekends and is_weekend(starts)):
        return
    told = HEAD.replace("2026-12-07T07:00:00", starts.isoformat()).replace("America/Chicago", zone)
    text = told + f"days = {days}\nweekends = {str(weekends).lower()}\n" + HOSTS + QUESTION * questions
    plan = decode_plan(text, NETWORKS)
    opens = [datetime.datetime.fromtimestamp(q.opens_at / 1000, zoneinfo.ZoneInfo(zone)) for q in plan.questions]
    assert {moment.time() for moment in opens} == {starts.time()}
    assert len({moment.date() for moment in opens}) == questions
    assert weekends or not any(map(is_weekend, opens))
    rows = schedule(plan, NETWORKS).rows
    assert [row.ends_at for row in rows[:-1]] == [row.starts_at for row in rows[1:]]
    assert (rows[0].starts_at, rows[-1].ends_at) == (plan.starts_at, plan.ends_at)
    assert decode_plan(plan_text(plan, NETWORKS), NETWORKS) == plan
    moved = decode_plan(like_plan_text(text, NETWORKS, now=NOW), NETWORKS)
    weeks = moved.starts - plan.starts
    assert not weeks % (7 * DAY)
    assert moved.starts_at >= plan.ends_at
    later = [local(q.opens_at, zone).replace(tzinfo=None) for q in moved.questions]
    assert later == [moment.replace(tzinfo=None) + weeks for moment in opens]


@given(
    MORNINGS, st.lists(st.none() | st.integers(0, 30_000), max_size=8), st.none() | st.integers(1, 60), st.booleans()
)
def test_openings_rise_or_it_is_told(
    starts: datetime.datetime, given_at: list[int | None], days: int | None, weekends: bool
) -> None:
    own = [None if at is None else starts + datetime.timedelta(minutes=at) for at in given_at]
    found = opening_days(starts, own, days, weekends=weekends)
    assert len(found.opens) == len(own)
    if not found.wrong:
        assert all(earlier < later for earlier, later in itertools.pairwise([*found.opens, found.ends]))
    assert (found.ends - starts) % DAY == datetime.timedelta()


def test_what_check_shows_and_warns_of() -> None:
    plan = slow(questions=QUESTION + QUESTION + "opens = 2026-12-12T16:00:00\n")
    found = schedule(plan, NETWORKS, now=NOW)
    assert found.warnings == ("Q1 is open for 5 days, until Saturday, December 12, 2026: is one missing?",)
    assert (
        schedule_text(plan, found, width=90)
        == """\
A slow week
Monday, December 7, 2026, 7:00 AM, to Sunday, December 13, 2026, 7:00 AM CST (America/Chicago) · #navasotaisd

 Mon, Dec 7, 7:00 AM     129 h  Q1  What does the first station in your room look like?
Sat, Dec 12, 4:00 PM      15 h  Q2  What does the first station in your room look like?
Sun, Dec 13, 7:00 AM            End

2 questions in 6 days · posts from mastodon:mastodon.social
hosts: Ana · series: navasotaisd
"""
    )
    shared = share_text(slow(), NETWORKS)
    assert "When: Monday, December 7, 2026, 7:00 AM, to Saturday, December 12, 2026, 7:00 AM CST" in shared
    assert "Q2 opens Tuesday 7:00 AM: What does the first station" in shared
    assert "Q9 opens Tuesday, December 15, 7:00 AM: What" in share_text(slow(questions=QUESTION * 9), NETWORKS)
    spring = decode_plan(HEAD.replace("12-07", "03-05") + HOSTS + QUESTION * 5, NETWORKS)
    assert schedule(spring, NETWORKS).warnings == (
        "The clocks change during the chat, from CST to CDT: each question opens at its time by the clocks of that "
        "day.",
    )
    assert [question.minutes for question in spring.questions] == [1440, 1440, 1380, 1440, 1440]


def test_an_opening_that_the_clocks_skip_or_show_twice_is_told() -> None:
    def warned(day: str, opens: str) -> tuple[Plan, tuple[str, ...]]:
        head = HEAD.replace("2026-12-07", day)
        plan = decode_plan(head + HOSTS + QUESTION + QUESTION + f"opens = {opens}\n", NETWORKS)
        return plan, schedule(plan, NETWORKS).warnings[1:]

    spring, told = warned("2026-03-07", "2026-03-08T02:30:00")
    assert told == (
        "2:30 AM does not exist on Sunday, March 8, 2026, when the clocks go forward: Q2 opens at 3:30 AM CDT.",
    )
    assert decode_plan(plan_text(spring, NETWORKS), NETWORKS) == spring
    assert warned("2026-10-31", "2026-11-01T01:30:00")[1] == (
        "1:30 AM is there twice on Sunday, November 1, 2026, when the clocks go back: Q2 opens at the first, "
        "1:30 AM CDT.",
    )
    assert warned("2026-03-07", "2026-03-08T03:30:00")[1] == warned("2026-10-31", "2026-11-01T02:00:00")[1] == ()
    night = HEAD.replace("2026-12-07T07:00", "2026-03-08T02:00") + HOSTS + QUESTION + "opens = 2026-03-08T09:00:00\n"
    assert "the chat starts at 3:00 AM CDT." in schedule(decode_plan(night, NETWORKS), NETWORKS).warnings[0]


def test_a_new_slow_plan_reads_back_and_begins_on_a_monday() -> None:
    text = new_plan_text(NETWORKS, now=NOW, timezone="America/Chicago", days=5)
    plan = decode_plan(text, NETWORKS)
    assert walls(plan)[::5] == ["Mon 30 07:00", "Sat 05 07:00"]
    assert plan_text(plan, NETWORKS) == text
    taken = text.replace("# opens", "opens").replace("# weekends", "weekends")
    assert decode_plan(taken, NETWORKS) == plan
    moved = decode_plan(like_plan_text(taken, NETWORKS, now=NOW), NETWORKS)
    assert walls(moved)[::5] == ["Mon 07 07:00", "Sat 12 07:00"]
