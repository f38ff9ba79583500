"""How far a desk is that joined late or came back: what the hub has is more than what it was told yet.

In a slow chat and in a channel also what is new since its moderator last did something in it or left: told once, when
they come back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from sessions.core.clock import lasts_days
from sessions.core.events import AnyEvent, ModeratorLeft, UnknownEvent
from sessions.core.state import SessionState
from sessions.words import _, ngettext
from tui.text.days import day_time
from tui.text.outside import clean_line
from tui.text.wording import counted, zone_of

TOLD_FOR = 60_000
"""Milliseconds after coming back in which it is told anew as more is read: what was posted while no hub ran."""

LAG = 200
"""Events that a desk may lack without being behind: as many as come in one piece while everything is told at once."""


@dataclass
class CatchUp:
    """Counts by heartbeats, each of which names the hub's last seq. Observers never get some of the events, so a desk
    that hears nothing but a heartbeat has all that is for it."""

    _to: int | None = None
    _heard: bool = True

    def begin(self) -> None:
        """The hub answers: what comes next may be much."""
        self._to, self._heard = None, True

    def heard(self) -> None:
        """Events came."""
        self._heard = True

    def beat(self, hub_has: int, here: int) -> None:
        """A heartbeat came, here is the last seq of this desk."""
        self._to = hub_has if self._heard and hub_has - here > LAG else None
        self._heard = False

    def behind(self, here: int) -> bool:
        """Whether much has not come yet."""
        return self._to is not None and here < self._to

    def words(self, here: int) -> str:
        """How far this desk is; empty where it has all."""
        return _("catching up: {here:,} of {to:,}").format(here=here, to=self._to) if self.behind(here) else ""


class LastLook(msgspec.Struct, frozen=True):
    """Until which event they knew the chat, and when that was (UTC milliseconds)."""

    seq: int
    at: int


def last_look(events: Iterable[AnyEvent], me: str) -> LastLook | None:
    """When this moderator last acted or left, of events from the latest on; None where they never did.

    Who left counts as gone since what happened before: a hub that was off notes it when it is back, days later.
    """
    left: int | None = None
    for event in events:
        if isinstance(event, UnknownEvent):
            continue
        if left is not None and not isinstance(event, ModeratorLeft):
            return LastLook(left, event.at)
        if event.by == me:
            return LastLook(event.seq, event.at)
        if isinstance(event, ModeratorLeft) and event.name == me and left is None:
            left = event.seq
    return None


class SinceLooked:
    """Tells what is new, until it is told and no more is read of what was missed."""

    def __init__(self) -> None:
        self.look: LastLook | None = None
        self._until: int | None = None
        self._told = ""

    def back(self, state: SessionState, events: Iterable[AnyEvent], me: str, now: int) -> None:
        """This moderator is back, and the desk knows all that the hub does."""
        if self._until is None:
            self._until = now + TOLD_FOR
            self.look = last_look(events, me) if lasts_days(state) else None

    def words(self, state: SessionState, now: int) -> str:
        """What is to be told now; empty where nothing is that was not told."""
        if self.look is None or self._until is None or now > self._until or state.closed_at is not None:
            return ""
        told = since_words(state, self.look, now)
        if told == self._told:
            return ""
        self._told = told
        return told


def since_words(state: SessionState, look: LastLook, now: int) -> str:
    """`Since Tuesday 7:10: 34 posts, 12 answer Q2, 3 new people.`; empty without any post."""
    posts: list[str] = []
    for post, seen in reversed(state.posts.items()):
        if seen.seq <= look.seq:
            break
        posts.append(post)
    if not posts:
        return ""
    parts = [counted(len(posts), "{n} post", "{n} posts")]
    filed = [one.question for post in posts if (one := state.filed(post)) is not None]
    for question in state.order:
        if answers := filed.count(question):
            name = clean_line(state.questions[question].name)
            parts.append(
                ngettext("{n} answers {name}", "{n} answer {name}", answers).format(n=f"{answers:,}", name=name)
            )
    people = {state.posts[post].post.author.id for post in posts}
    new = sum(key in state.people and state.people[key].first_at > look.at for key in people)
    parts += [counted(new, "{n} new person", "{n} new people")] if new else []
    return _("Since {day_time}: {parts}.").format(
        day_time=day_time(look.at, zone_of(state.plan), now), parts=", ".join(parts)
    )
