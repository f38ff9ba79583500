"""What was posted between chats, cut into the months of a channel. Pure."""

from collections.abc import Iterable, Sequence

from sessions.core.channel.months import CHANNEL, Month, channel_plan, month_of
from sessions.core.plan import Plan, default_series
from sessions.core.posts import Post
from sessions.importing.detecting import Detected


def in_months(
    posts: Sequence[Post], hashtags: tuple[str, ...], series: str, zone: str, now: int
) -> tuple[tuple[Detected, ...], tuple[Post, ...]]:
    """The months of a channel in these posts, and the posts of months that are not over at this moment (UTC
    milliseconds): those the channel reads itself."""
    months: dict[Month, list[Post]] = {}
    for post in posts:
        months.setdefault(month_of(post.posted_at, zone), []).append(post)
    plan = Plan(hashtags=hashtags, series=series or default_series("", hashtags), timezone=zone)
    over = {month: found for month, found in months.items() if month.ends_at <= now}
    chats = tuple(
        Detected(channel_plan(plan, month), tuple(found), asks={}, kind=CHANNEL)
        for month, found in sorted(over.items(), key=lambda one: one[0].first)
    )
    return chats, tuple(_but(posts, over.values()))


def _but(posts: Sequence[Post], taken: Iterable[Sequence[Post]]) -> list[Post]:
    known = {post.id for found in taken for post in found}
    return [post for post in posts if post.id not in known]
