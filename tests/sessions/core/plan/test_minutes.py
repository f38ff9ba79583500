"""How an hour is shared out where the plan does not say it."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.plan import SHORTEST_SHARE, default_close, default_introductions, share_minutes, slug
from sessions.core.plan.reading import decode_plan
from sessions.core.plan.schedule import schedule
from sessions.core.plan.writing import new_plan_text
from sessions.networks.registry import NETWORKS
from tests.paths import ROOT


@pytest.mark.parametrize(
    ("minutes", "introductions", "close"),
    [(60, 8, 2), (30, 4, 2), (45, 6, 2), (90, 12, 3), (120, 16, 4), (20, 2.5, 2), (10, 1.5, 1), (5, 0.5, 0.5)],
)
def test_introductions_and_thanks_grow_with_the_chat(minutes: float, introductions: float, close: float) -> None:
    assert (default_introductions(minutes), default_close(minutes)) == (introductions, close)


def test_the_earlier_questions_get_the_odd_half_minutes() -> None:
    assert share_minutes(50, 6) == [8.5, 8.5, 8.5, 8.5, 8, 8]
    assert share_minutes(50.25, 4) == [12.5, 12.5, 12.5, 12.75]
    assert share_minutes(50, 0) == []


@given(st.integers(0, 1440 * 4).map(lambda quarters: quarters / 4), st.integers(1, 100))
def test_the_shares_sum_exactly_to_what_there_is(rest: float, count: int) -> None:
    shares = share_minutes(rest, count)
    assert len(shares) == count
    if rest >= count * SHORTEST_SHARE:
        assert sum(shares) == rest
        assert max(shares) - min(shares) < 1
        assert all((share * 2).is_integer() for share in shares[:-1])
    else:
        assert shares == [SHORTEST_SHARE] * count


@given(st.floats(-2000, 1440), st.integers(1, 100))
def test_every_question_gets_some_time(rest: float, count: int) -> None:
    shares = share_minutes(rest, count)
    assert min(shares) >= SHORTEST_SHARE / 2
    assert rest < count * SHORTEST_SHARE or abs(sum(shares) - rest) < 1e-6


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Navasota ISD: 2026!", "navasota-isd-2026"), ("ÉCOLE_chat", "école-chat"), ("../..", "chat"), ("", "chat")],
)
def test_a_slug_is_one_plain_word(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_the_table_in_the_documentation_is_true() -> None:
    page = (ROOT / "docs" / "use" / "plan.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([0-9]+) \| ([0-9.]+) \| ([0-9.]+) \| ([0-9]+)", page, re.MULTILINE)
    assert len(rows) == 6
    for minutes, introductions, close, count in rows:
        text = new_plan_text(
            NETWORKS, now=datetime.datetime.fromisoformat("2026-11-24T12:00Z"), timezone="UTC", minutes=int(minutes)
        )
        plan = decode_plan(text, NETWORKS)
        assert (plan.introductions, plan.close, len(plan.questions)) == (float(introductions), float(close), int(count))


def test_the_plans_in_the_documentation_work() -> None:
    page = (ROOT / "docs" / "use" / "plan.md").read_text(encoding="utf-8")
    plans = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    plans[2] = f'title = "A week"\ntimezone = "Etc/UTC"\n{plans[2]}'  # only what is another in a slow chat
    short, whole, days = (decode_plan(text, NETWORKS) for text in plans)
    assert short.series == "stations-that-work"
    assert schedule(whole, NETWORKS).warnings == ()
    assert days.slow
