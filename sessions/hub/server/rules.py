"""What the hub itself makes of deliveries and of the passing of time: pure decisions, as events without a moderator."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from sessions.core import clock
from sessions.core import events as e
from sessions.core.channel.months import LATE
from sessions.core.events import Event, Scope
from sessions.core.evolve import blanked, evolve
from sessions.core.filing import Judge, asked_question
from sessions.core.plan import Host, Plan
from sessions.core.posts import Author, Post, seen_fields, worded
from sessions.core.state import SessionState
from sessions.hub.server.noted import Noted
from sessions.networks.source import Delivery, EditedPost, Item, NewPost, RemovedPost

GONE = 120_000
"""Milliseconds without a stream after which somebody counts as having left."""

ABANDONED = 30 * 60_000
"""Milliseconds after the planned end for which nobody must have been there before the hub closes the session."""


class NewEvents:
    """Events of the hub itself: each is folded into the state at once, so that the next decision sees it."""

    def __init__(self, state: SessionState, at: int) -> None:
        self.events: list[Event] = []
        self._state = state
        self.at = at

    def add(self, kind: type[Any], /, **fields: Any) -> None:
        """One event more."""
        event: Event = kind(seq=self._state.seq + 1, at=self.at, by=None, command=None, **fields)
        evolve(self._state, event)
        self.events.append(event)


def opening(
    plan: Plan, hosts: Sequence[Host], *, rehearsal: bool, first: bool, at: int, kind: str = "chat"
) -> e.SessionOpened:
    """The first event of a session; `hosts` are those whom its sources know, `first` and `kind` are as in the event."""
    known = {host.name.casefold(): host for host in plan.hosts}
    for host in hosts:
        planned = known.get(host.name.casefold(), Host(host.name))
        more = tuple(handle for handle in host.handles if handle not in planned.handles)
        known[host.name.casefold()] = Host(planned.name, (*planned.handles, *more))
    plan = msgspec.structs.replace(plan, hosts=tuple(known.values()))
    return e.SessionOpened(
        seq=1, at=at, by=None, command=None, plan=plan, schema=e.SCHEMA, rehearsal=rehearsal, first=first, kind=kind
    )


Notes = Callable[[Author], Noted | None]
"""Tells what people.json says of somebody."""


def _nothing(_author: Author) -> None:
    return None


def delivered(
    state: SessionState, judge: Judge, item: Item, *, at: int, follow: bool, noted: Notes = _nothing
) -> list[Event]:
    """What it changes that a source brings this; `state` has it folded in afterwards.

    A post that the session has is passed over, so is an edit that changes nothing. With `follow` a question that a host
    posts for the first time is taken as asked, as if the driver had pressed Next. What is `noted` of somebody is told
    with their first post, so that desks know it whose computers do not.
    """
    new = NewEvents(state, at)
    if isinstance(item, NewPost):
        came = item.post.author.id not in state.people
        _new_post(new, state, judge, item.post, follow=follow)
        known = noted(item.post.author) if came and item.post.author.id in state.people else None
        if known is not None:
            new.add(e.PersonTagged, person=item.post.author.id, **msgspec.structs.asdict(known))
    elif isinstance(item, EditedPost):
        _edited_post(new, state, judge, item)
    else:
        _removed_post(new, state, item)
    return new.events


def fared(state: SessionState, source: str, delivery: Delivery, *, at: int) -> list[Event]:
    """What it changes how the source fares, and from where it goes on; `state` has it folded in afterwards."""
    new = NewEvents(state, at)
    known = state.sources.get(source)
    cursor = delivery.cursor if delivery.cursor is not None or known is None else known.cursor
    spent = delivery.spent if delivery.spent is not None or known is None else known.spent
    details = None if delivery.details == (known.details if known is not None else ()) else delivery.details
    called = None if delivery.called == (known.called if known is not None else "") else delivery.called
    if (
        known is None
        or (known.status, known.cursor, known.spent) != (delivery.status, cursor, spent)
        or (details, called) != (None, None)
    ):
        fields = {"status": delivery.status, "cursor": cursor, "spent": spent, "details": details, "called": called}
        new.add(e.SourceChanged, source=source, **fields)
    return new.events


def _new_post(new: NewEvents, state: SessionState, judge: Judge, post: Post, *, follow: bool) -> None:
    if post.id in state.posts:
        return
    judgement = judge.judge(post)
    fields = seen_fields(post, judgement)
    original = state.layers.get(fields["post"].repost_of or "")
    if original is not None and original.redacted:  # a copy of a blanked text must not bring it back
        bare = blanked(e.PostSeen(seq=0, at=0, by=None, command=None, **fields))
        assert isinstance(bare, e.PostSeen)
        new.add(e.PostSeen, **{**fields, "post": bare.post})
        new.add(e.PostRedacted, post=post.id)
        return
    asked = asked_question(state, post, judgement) if follow else None
    new.add(e.PostSeen, **fields)
    if asked is not None and asked in state.questions:
        if asked in state.skipped:
            new.add(e.QuestionRestored, question=asked)
        new.add(e.QuestionAsked, question=asked, seconds=clock.asked_for(state, asked, new.at))


def _edited_post(new: NewEvents, state: SessionState, judge: Judge, item: EditedPost) -> None:
    seen = state.posts.get(item.id)
    if seen is None and item.post is not None:
        _new_post(new, state, judge, item.post, follow=False)
        return
    layer = state.layers.get(item.id)
    if seen is None or (layer is not None and (layer.removed or layer.redacted)):
        return
    warning = state.warning(item.id) if item.post is None else item.post.warning
    text = worded(item.text)
    if (state.text(item.id), state.warning(item.id)) == (text, warning):
        return
    again = judge.rejudge(seen, text)
    new.add(e.PostEdited, post=item.id, text=text, kind=again.kind, filed=again.filed, warning=warning)


def _removed_post(new: NewEvents, state: SessionState, item: RemovedPost) -> None:
    layer = state.layers.get(item.id)
    if item.id in state.posts and (layer is None or not layer.removed):
        new.add(e.PostRemoved, post=item.id)


def arrived(state: SessionState, name: str, scope: Scope, *, at: int) -> list[Event]:
    """What it changes that somebody sits down, or comes back; the first moderator of all gets both roles."""
    new = NewEvents(state, at)
    known = state.moderators.get(name)
    if known is None or not known.here or known.scope != scope:
        first = scope == "moderator" and not any(one.scope == "moderator" for one in state.moderators.values())
        new.add(e.ModeratorJoined, name=name, scope=scope)
        if first:
            for role in ("driver", "greeter"):
                new.add(e.RoleTaken, role=role, moderator=name)
    return new.events


def left(state: SessionState, names: Sequence[str], *, at: int) -> list[Event]:
    """What it changes that these people have been away for longer than a dropped connection explains."""
    new = NewEvents(state, at)
    for name in names:
        known = state.moderators.get(name)
        if known is not None and known.here:
            new.add(e.ModeratorLeft, name=name, scope=known.scope)
    return new.events


def month_over(state: SessionState, now: int) -> bool:
    """Whether this is a month of a channel that is over, and what came late has come; hub clock `now`."""
    return state.channel and state.closed_at is None and now >= clock.planned_end(state) + LATE


def abandoned(state: SessionState, now: int, empty_for: int) -> bool:
    """Whether the hour is long over and nobody is there: `empty_for` milliseconds without anybody, hub clock `now`."""
    after_end = now - clock.planned_end(state)
    return state.closed_at is None and min(after_end, empty_for) >= ABANDONED
