"""The days of a slow chat: what came on each, and posts under the day on which they were posted. Pure."""

import itertools
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from sessions.core.plan.times import local
from sessions.reports.recap.model import Recap, RecapDay, RecapPost, RecapQuestion


def day_of(at: int, timezone: str) -> str:
    """The day of an instant (UTC milliseconds) in the timezone: `2026-12-08`."""
    return local(at, timezone).date().isoformat()


def days_of(
    posts: Iterable[tuple[str, str]],
    answers: Iterable[RecapPost],
    questions: Iterable[RecapQuestion],
    timezone: str,
    first_timers: Container[str],
) -> tuple[RecapDay, ...]:
    """The days on which something was posted or asked, in order.

    `posts` are the day and the person of each post, in order; `first_timers` came to this chat for the first time.
    """
    came: dict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    for day, person in posts:
        came[day].append(person)
        first.setdefault(person, day)
    asked = [(question.id, question.asked_at) for question in questions if question.asked_at is not None]
    on_day: dict[str, list[str]] = defaultdict(list)
    for question, at in sorted(asked, key=lambda one: one[1]):
        on_day[day_of(at, timezone)].append(question)
    answered = [post.day for post in answers]
    return tuple(
        RecapDay(
            day=day,
            asked=tuple(on_day[day]),
            people=len(set(came[day])),
            first_time=sum(person in first_timers and first[person] == day for person in set(came[day])),
            posts=len(came[day]),
            answers=answered.count(day),
        )
        for day in sorted({*came, *on_day})
    )


def by_day(recap: Recap, posts: Sequence[RecapPost]) -> list[tuple[str, list[RecapPost]]]:
    """The posts of a slow chat under their days, highlighted ones first; else all under no day."""
    if not recap.days:
        return [("", list(posts))]
    ordered = sorted(posts, key=lambda post: (post.day, not post.highlighted, post.at))
    return [(day, list(group)) for day, group in itertools.groupby(ordered, key=lambda post: post.day)]
