"""The digest of a channel: which posts it is of, and which of them others answered. Pure."""

import datetime
from collections import Counter
from collections.abc import Callable, Container, Iterable

import msgspec

from sessions.core.channel.months import day_begins, month_of_plan
from sessions.core.plan import Plan
from sessions.core.posts import Post
from sessions.core.state import SessionState

MOST_ANSWERED = 10
"""Posts that are told as the most answered ones."""

_ONE, _WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


class Span(msgspec.Struct, frozen=True):
    """From when up to but not with when, in UTC milliseconds."""

    since: int
    until: int

    def holds(self, at: int) -> bool:
        """Whether a moment is in it."""
        return self.since <= at < self.until


def whole_month(state: SessionState) -> Span:
    """All of the month of a channel."""
    plan = state.plan if state.plan is not None else Plan()
    month = month_of_plan(plan)
    return Span(month.begins_at, month.ends_at)


def days_span(first: datetime.date, last: datetime.date, timezone: str) -> Span:
    """From a day to another one, both of them whole."""
    return Span(day_begins(first, timezone), day_begins(last + _ONE, timezone))


def week_span(last: datetime.date, timezone: str) -> Span:
    """The seven days that end with this one."""
    return days_span(last - _WEEK + _ONE, last, timezone)


def replies(person: Callable[[str], str], posts: Iterable[Post], known: Container[str]) -> Counter[str]:
    """How many others answered each post that is `known`; `person` gives who goes by an account."""
    authors: dict[str, str] = {}
    found: set[tuple[str, str]] = set()
    for post in posts:
        authors[post.id] = who = person(post.author.id)
        if post.reply_to is not None and post.reply_to in known:
            found.add((post.reply_to, who))
    return Counter(original for original, who in found if authors.get(original) != who)


def joined_months(before: SessionState, month: SessionState) -> SessionState:
    """A month of a channel with what was posted in the one before it, for a week over its end."""
    whole = month.copy()
    whole.posts = before.posts | month.posts
    whole.layers = before.layers | month.layers
    for who, person in before.people.items():
        known = whole.people.get(who)
        if known is None:
            whole.people[who] = person
        elif person.posts:
            known.posts += person.posts
            known.newcomer = known.newcomer or person.newcomer
            known.first_at = min(known.first_at, person.first_at)
    return whole
