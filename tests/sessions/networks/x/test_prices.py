"""What X costs, in words for the preview, for `check` and for the driver."""

import pytest

from sessions.core import commands as c
from sessions.core.events import SourceChanged
from sessions.networks.spending import Spending, dollars, spending
from sessions.networks.x.prices import estimate, price, price_words
from tests.sessions.core.building import Chat


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Q3: Why? #educhat", "costs $0.015"),
        ("Q3: Why? https://a.example", "costs $0.20: it has a link"),
        ("Q3: Why? school.org", "costs $0.20: it has a link"),
        ("@tk Welcome!", "costs $0.015"),
    ],
)
def test_a_link_makes_a_post_thirteen_times_dearer(text: str, words: str) -> None:
    assert price_words(text) == words


def test_amounts_are_written_in_cents_where_these_do() -> None:
    assert [dollars(amount) for amount in (0, 5, 10, 200, 1290, 5000)] == [
        "$0.00", "$0.005", "$0.01", "$0.20", "$1.29", "$5.00",
    ]  # fmt: skip
    assert price("https://a.example") == 200


def test_a_first_chat_is_estimated_by_the_recorded_hours_of_others() -> None:
    hour = estimate(60)
    assert (hour.likely, hour.most, hour.chats) == (258 * 5 + 31 * 10, 784 * 5 + 120 * 10, 0)
    assert estimate(30).likely == hour.likely / 2
    assert hour.words == "Reading X costs about $1.60, at most $5.12 (by chats of others)."
    assert estimate(20).words == "Reading X costs about $0.53, at most $1.71 (by chats of others)."


def test_later_ones_are_estimated_by_the_chats_of_their_series() -> None:
    found = estimate(30, [(100, 20, 60.0), (300, 40, 60.0), (200, 30, 30.0), (0, 0, 60.0)])
    assert (found.likely, found.most, found.chats) == (950, 1300, 3)
    assert found.words == "Reading X costs about $0.95, at most $1.30 (by 3 earlier chats)."


def test_the_driver_is_asked_from_eighty_percent_of_what_reading_may_cost() -> None:
    chat = Chat()
    found = []
    for spent in (0, 3999, 4000, 4999, 5000):
        chat.hear(SourceChanged, source="x", status="ok", cursor=None, spent=spent)
        found.append(spending(chat.state, "x").asks)
    assert found == [False, False, True, True, True]
    assert spending(chat.state, "x").words == "$5.00 of $5.00"
    chat.do(c.AllowSpending, source="x", ceiling=10)
    assert not spending(chat.state, "x").asks
    assert spending(chat.state, "bluesky").spent == 0
    assert [Spending(spent, 5000).left for spent in (0, 3995, 4000, 4005)] == [4000, 5, 0, 0]
    assert [Spending(spent, 5000).words for spent in (4, 4005)] == ["$0.00 of $5.00", "$4.01 of $5.00"]
