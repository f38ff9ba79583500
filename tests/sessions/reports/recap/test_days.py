"""The recap of a slow chat: by question and by day, in every format, with the days of the chat's own clocks."""

import csv
import datetime
import io
import json

import pytest
from lxml.html import document_fromstring
from msgspec.structs import replace

from sessions.core.commands import Ask, Highlight
from sessions.core.plan.days import on_days, opening_days
from sessions.core.posts import Filed
from sessions.reports.recap import Recap, build_recap, render
from tests.sessions.core.building import Chat, a_plan

HOUR = 3_600_000


def a_week_of_autumn() -> Chat:
    """Saturday to Monday; on Sunday the clocks go back, so that it has 25 hours."""
    starts = datetime.datetime.fromisoformat("2026-10-31T07:00:00")
    begun = datetime.datetime.fromisoformat("2026-10-31T07:00:00-05:00")
    plan = replace(a_plan(3), starts=starts, starts_at=round(begun.timestamp() * 1000), sources=("bluesky",))
    plan = on_days(plan, opening_days(starts, [None] * 3))
    chat = Chat(plan, at=plan.starts_at - HOUR)
    chat.post("Looking forward to it", handle="maria", kind="aside", filed=None)
    for question in plan.questions[:2]:
        chat.at = question.opens_at
        chat.do(Ask, question=question.id, seen=chat.state.open)
        chat.at += HOUR
        chat.post(f"A{question.label}: *early*", handle="maria", filed=Filed(question.id, "label"))
        chat.at += 2 * HOUR
        star = chat.post(f"A{question.label}: good", handle="jo", newcomer=True, filed=Filed(question.id, "label"))
        chat.do(Highlight, post=star)
    chat.at = plan.questions[1].opens_at + 17 * HOUR + HOUR // 2
    chat.post("A1: late", handle="jo", filed=Filed("q1", "label"))
    return chat


@pytest.fixture(scope="module")
def recap() -> Recap:
    return build_recap(a_week_of_autumn().state, "k3f9qa")


def test_each_day_tells_what_was_asked_and_what_came(recap: Recap) -> None:
    assert recap.pace == "days"
    told = [(day.day, day.asked, day.people, day.first_time, day.posts, day.answers) for day in recap.days]
    assert told == [
        ("2026-10-31", ("q1",), 2, 1, 3, 2),
        ("2026-11-01", ("q2",), 2, 0, 2, 2),
        ("2026-11-02", (), 1, 0, 1, 1),
    ]
    assert [post.day for post in recap.questions[0].answers] == ["2026-10-31", "2026-10-31", "2026-11-02"]
    assert recap.activity.minutes == 60
    assert sum(recap.activity.posts) == 6


def test_markdown_has_the_days_and_answers_under_theirs(recap: Recap) -> None:
    text = render(recap, "markdown")
    when = "Saturday, October 31, 2026, 7:00 AM, to Tuesday, November 3, 2026, 7:00 AM CST"
    assert text.splitlines()[2].startswith(f"\\#navasotaisd · {when}")
    days = text[text.index("## The days") : text.index("## New in")]
    assert (
        days
        == """\
## The days

- **Saturday, October 31**: Q1 asked · 3 posts from 2 people, 1 of them for the first time, 2 answers
- **Sunday, November 1**: Q2 asked · 2 posts from 2 people, 2 answers
- **Monday, November 2**: 1 post from 1 person, 1 answer

## Questions and answers

### Q1: What about station 1?

*asked Saturday, October 31, 7:00 AM · 3 answers from 2 people*

#### Saturday, October 31

- 10:00 AM ★ **Jo** (@jo): good
- 8:00 AM **Maria** (@maria): \\*early\\*

#### Monday, November 2

- 12:30 AM **Jo** (@jo): late

### Q2: What about station 2?

*asked Sunday, November 1, 7:00 AM · 2 answers from 2 people*

#### Sunday, November 1

- 10:00 AM ★ **Jo** (@jo): good
- 8:00 AM **Maria** (@maria): \\*early\\*

"""
    )


def test_html_has_them_as_headings_and_a_chart_of_days(recap: Recap) -> None:
    page = document_fromstring(render(recap, "html"))
    headings = [(tag.tag, " ".join(tag.text_content().split())) for tag in page.iter("h3", "h4")]
    assert headings[:3] == [
        ("h3", "Q1 What about station 1?"),
        ("h4", "Saturday, October 31"),
        ("h4", "Monday, November 2"),
    ]
    (days,) = page.find_class("days")
    assert [tag.text_content() for tag in days.iter("dt")][1:] == ["Sunday, November 1", "Monday, November 2"]
    (busy,) = page.find_class("busy")
    assert busy.find("title").text_content() == "Posts per hour"
    assert "6 posts in 44 hours; most of them, 1, at Sat, Oct 31, 6:00 AM." in busy.find("desc").text_content()
    assert [tick.text_content() for tick in busy.find_class("tick")] == ["Sun 1"]
    assert "The days in numbers" in page.text_content()


def test_the_table_has_them_as_a_column_and_json_as_keys(recap: Recap) -> None:
    rows = list(csv.DictReader(io.StringIO(render(recap, "csv"), newline="")))
    assert [(row["question"], row["day"], row["time"]) for row in rows][2:4] == [
        ("1", "2026-11-02", "2026-11-02T00:30:00-06:00"),
        ("2", "2026-11-01", "2026-11-01T10:00:00-06:00"),
    ]
    found = json.loads(render(recap, "json"))
    assert (found["days"][1]["day"], found["days"][1]["asked"]) == ("2026-11-01", ["q2"])


def test_a_chat_over_new_year_tells_the_years_and_one_of_weeks_has_wider_columns() -> None:
    starts = datetime.datetime.fromisoformat("2026-12-28T07:00:00")
    plan = replace(a_plan(14), starts=starts, starts_at=round(starts.timestamp() * 1000), timezone="UTC")
    plan = replace(on_days(plan, opening_days(starts, [None] * 14)), sources=("bluesky",))
    chat = Chat(plan, at=plan.starts_at)
    for question in plan.questions:
        chat.at = question.opens_at
        chat.do(Ask, question=question.id, seen=chat.state.open)
        chat.post(f"A{question.label}: yes", filed=Filed(question.id, "label"))
    recap = build_recap(chat.state, "k3f9qa", anonymous=True)
    assert recap.activity.minutes == 180
    assert len(recap.days) == 14
    text = render(recap, "markdown")
    assert "#### Thursday, December 31, 2026\n" in text
    assert "#### Friday, January 1, 2027\n" in text
    assert "Posts per 3 hours" in render(recap, "html")


def test_a_slow_chat_in_which_nobody_labelled_anything_is_told_by_days_too() -> None:
    chat = a_week_of_autumn()
    quiet = Chat(chat.state.plan, at=chat.state.plan.starts_at if chat.state.plan else 0)
    quiet.post("Good morning", kind="aside", filed=None)
    quiet.at += 26 * HOUR
    quiet.post("Good morning again", kind="aside", filed=None)
    text = render(build_recap(quiet.state, "k3f9qa"), "markdown")
    assert "## What was said\n\n### Saturday, October 31\n\n- 7:00 AM **" in text
    assert "\n\n### Sunday, November 1\n\n- 8:00 AM **" in text
