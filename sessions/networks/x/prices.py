"""What X costs: reading and posting are paid for there, elsewhere nothing is. Pure.

Prices in thousandths of a dollar, for a self-serve account that pays as it goes, from
docs.x.com/x-api/getting-started/pricing and its changelog of 2026. A resource is billed once a day; failed requests are
free.
"""

import statistics
from collections.abc import Sequence

import msgspec

from sessions.core.state import SessionState
from sessions.networks.counting import has_link

READ_POST, READ_USER = 5, 10
"""For each post and each account that an answer holds, also those it only refers to."""

POST, POST_WITH_LINK = 15, 200
"""For a post, and for one with a link; nothing that a desk posts there answers who mentioned the account."""

ASK_FROM = 0.8
"""The share of what reading may cost from which the driver is asked whether to go on."""

READING_ENDS = 15 * 60_000
"""Milliseconds after the planned end at which reading that is paid for ends."""

HOUR_POSTS, HOUR_PEOPLE = (258, 784), (31, 120)
"""The median and the most of an hour, as 59 recorded hours of education chats have it."""


class Spending(msgspec.Struct, frozen=True):
    """What reading has cost and may cost, in thousandths of a dollar."""

    spent: int
    ceiling: int

    @property
    def asks(self) -> bool:
        """Whether the driver is to be asked to go on or not."""
        return self.spent >= self.ceiling * ASK_FROM

    @property
    def left(self) -> int:
        """What may be spent before the driver is asked; never negative."""
        return max(round(self.ceiling * ASK_FROM) - self.spent, 0)

    @property
    def words(self) -> str:
        """`$1.25 of $5.00`, in whole cents."""
        return f"{_in_cents(self.spent)} of {dollars(self.ceiling)}"


class Estimate(msgspec.Struct, frozen=True):
    """What reading a chat on X is likely to cost and what at the most, as `chats` earlier ones (0: others') tell."""

    likely: int
    most: int
    chats: int

    @property
    def words(self) -> str:
        """A sentence for a moderator, in whole cents."""
        by = f"by {self.chats} earlier {'chat' if self.chats == 1 else 'chats'}" if self.chats else "by chats of others"
        return f"Reading X costs about {_in_cents(self.likely)}, at most {_in_cents(self.most)} ({by})."


def spending(state: SessionState, source: str) -> Spending:
    """How a source stands to what it may cost."""
    known = state.sources.get(source)
    return Spending(0 if known is None else known.spent or 0, round(state.ceiling(source) * 1000))


def dollars(thousandths: int) -> str:
    """An amount as `$1.25`, and as `$0.015` where cents are too coarse."""
    return f"${thousandths / 1000:.3f}" if thousandths % 10 else f"${thousandths / 1000:.2f}"


def _in_cents(thousandths: int) -> str:
    return dollars((thousandths + 5) // 10 * 10)


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
        return Estimate(likely, most, 0)
    costs = [_cost(posts * minutes / length, people * minutes / length) for posts, people, length in known]
    return Estimate(round(statistics.median(costs)), max(costs), len(costs))


def _cost(posts: float, people: float) -> int:
    return round(posts * READ_POST + people * READ_USER)
