"""What growth needs to know of a month of a channel: who posted when, besides the chats. Pure."""

import datetime
from collections.abc import Container, Sequence
from typing import Self

import msgspec

from sessions.core.channel.months import Month, day_begins, month_of_plan
from sessions.core.plan import Plan
from sessions.core.state import SessionState


class ChannelPosts(msgspec.Struct, frozen=True):
    """The posts of a month: when each was posted (UTC milliseconds), by which account, and its id. `new` are the
    accounts that were first seen in it. Hosts and whoever is muted are not among them."""

    month: Month
    posts: tuple[tuple[int, str, str], ...]
    new: frozenset[str]

    @classmethod
    def of(cls, state: SessionState) -> Self | None:
        """Those of a month in this state; none of a rehearsal."""
        if state.rehearsal:
            return None
        people = {who: one for who, one in state.people.items() if not one.host and one.muted is None}
        posts = [
            (seen.post.posted_at, seen.post.author.id, post)
            for post, seen in state.posts.items()
            if seen.post.author.id in people and not state.folded(post) and seen.kind != "spam"
        ]
        month = month_of_plan(state.plan if state.plan is not None else Plan())
        new = frozenset(who for who, one in people.items() if one.newcomer and one.posts and not one.carried)
        return cls(month, tuple(sorted(posts)), new)

    def within(self, since: datetime.date | None, until: datetime.date | None) -> "ChannelPosts":
        """What of it is between two days, both included."""
        zone = self.month.timezone
        first = day_begins(since, zone) if since is not None else 0
        last = day_begins(until + datetime.timedelta(days=1), zone) if until is not None else None
        return self._only([one for one in self.posts if first <= one[0] and (last is None or one[0] < last)])

    def besides(self, chats: Container[str]) -> "ChannelPosts":
        """What of it is in none of the chats, which have these posts: what a chat has counts there alone."""
        return self._only([one for one in self.posts if one[2] not in chats])

    def _only(self, posts: Sequence[tuple[int, str, str]]) -> "ChannelPosts":
        return ChannelPosts(self.month, tuple(posts), self.new & {who for _, who, _ in posts})

    def between(self, since: int, until: int) -> set[str]:
        """The accounts that posted from a moment on and before another one (UTC milliseconds)."""
        return {who for at, who, _ in self.posts if since <= at < until}
