"""What X costs: reading and posting are paid for there, elsewhere nothing is. Pure.

Prices in thousandths of a dollar, for a self-serve account that pays as it goes, from
docs.x.com/x-api/getting-started/pricing and its changelog of 2026. A resource is billed once a day; failed requests are
free.
"""

import statistics
from collections.abc import Sequence

from sessions.networks.spending import Estimate, dollars
from sessions.networks.x.counting import has_link

READ_POST, READ_USER = 5, 10
"""For each post and each account that an answer holds, also those it only refers to."""

POST, POST_WITH_LINK = 15, 200
"""For a post, and for one with a link; nothing that a desk posts there answers who mentioned the account."""

FOUND_PAGE = 10
"""Posts on a page that somebody looks up: as few as X allows."""

READING_ENDS = 15 * 60_000
"""Milliseconds after the planned end at which reading that is paid for ends."""

HOUR_POSTS, HOUR_PEOPLE = (258, 784), (31, 120)
"""The median and the most of an hour, as 59 recorded hours of education chats have it."""


def price(text: str) -> int:
    """What a post costs on X."""
    return POST_WITH_LINK if has_link(text) else POST


def price_words(text: str) -> str:
    """What is said of it beside the preview: `costs $0.20: it has a link`."""
    because = ": it has a link" if has_link(text) else ""
    return f"costs {dollars(price(text))}{because}"


def estimate(minutes: float, chats: Sequence[tuple[int, int, float]] = ()) -> Estimate:
    """What reading a chat of so many minutes costs; `chats` are (posts, people, minutes) of earlier ones."""
    known = [(posts, people, length) for posts, people, length in chats if posts > 0 and length > 0]
    if not known:
        share = minutes / 60
        likely, most = (
            _cost(posts * share, people * share) for posts, people in zip(HOUR_POSTS, HOUR_PEOPLE, strict=True)
        )
        return Estimate("X", likely, most, 0)
    costs = [_cost(posts * minutes / length, people * minutes / length) for posts, people, length in known]
    return Estimate("X", round(statistics.median(costs)), max(costs), len(costs))


def found_page(posts: int = FOUND_PAGE) -> int:
    """What a page of so many posts costs at most: each by somebody else, and each about another post."""
    return posts * (2 * READ_POST + READ_USER)


def _cost(posts: float, people: float) -> int:
    return round(posts * READ_POST + people * READ_USER)
