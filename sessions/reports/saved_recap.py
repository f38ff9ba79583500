"""The recap of a saved chat, with what its library knows: who is in none, and when the next chat is. It blocks."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sessions.core.evolve import fold
from sessions.core.plan import Plan
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.library.channel.months import channel_months, posts_of_chats
from sessions.library.library import Library
from sessions.library.plans import following_plan, system_timezone
from sessions.library.storage.reading import read_head, read_titled_events
from sessions.networks.registry import NETWORKS
from sessions.reports.digest import Span, joined_months
from sessions.reports.recap import Format, NextChat, build_recap, render
from sessions.reports.recap_people import recap_people

LONGEST = 62 * 86_400_000
"""Milliseconds before a month in which a chat may have begun that goes on in it: a slow one."""


class MadeRecap(NamedTuple):
    """The recap's `text`; `closed` is whether the chat was.

    `planned` is whether a plan of the next chat was found, or the form has no place for one. `not_public` is how
    many people are not in it because they write for those only who are signed in.
    """

    text: str
    closed: bool
    planned: bool
    not_public: int = 0

    @property
    def left_out_words(self) -> str:
        """Whom a moderator may want to let in, empty where there is nobody."""
        if not self.not_public:
            return ""
        who = "1 person shows" if self.not_public == 1 else f"{self.not_public} people show"
        return (
            f"Left out: {who} what they write to nobody who is not signed in. "
            "`lunchroom people set HANDLE --recap yes` takes in who agrees."
        )


def make_recap(
    library: Path,
    path: Path,
    session: str,
    form: Format,
    *,
    anonymous: bool = False,
    span: Callable[[SessionState], Span] | None = None,
) -> MadeRecap:
    """The recap of the session file at `path`, as `recap_of`. Raises `StorageError`.

    Of a month of a channel the digest of what `span` makes of its state, else of the whole month.
    """
    state = fold(read_titled_events(path))
    chosen = None if span is None else span(state)
    if chosen is not None and state.plan is not None and chosen.since < state.plan.starts_at:
        state = _with_month_before(state, library)
    return recap_of(state, library, session, form, anonymous, chosen)


def _in_chats(state: SessionState, library: Path) -> frozenset[str]:
    """The posts of a month of a channel that chats of its series have, too; none of a chat."""
    if not state.channel or state.plan is None:
        return frozenset()
    since = state.plan.starts_at - LONGEST
    return posts_of_chats(Library(library, make=False), state.plan.series, since=since, rehearsal=state.rehearsal)


def _with_month_before(state: SessionState, library: Path) -> SessionState:
    """A month of a channel with the one before it, where that is saved."""
    plan = state.plan
    months = [] if plan is None else channel_months(Library(library), plan.series, rehearsal=state.rehearsal)
    before = [one for one in months if plan is not None and one.plan.starts_at < plan.starts_at]
    return joined_months(fold(read_titled_events(before[-1].path)), state) if before else state


def recap_of(
    state: SessionState, library: Path, session: str, form: Format, anonymous: bool, span: Span | None = None
) -> MadeRecap:
    """The recap of the chat in this state, by what `library` and the present folder know. Raises `StorageError`."""
    following = None if state.plan is None else _following(state.plan, library)
    people = recap_people(library, state, session)
    made = build_recap(
        state,
        session,
        left_out=people.left_out,
        same=people.same,
        known=people.known,
        next_chat=following,
        anonymous=anonymous,
        sites=frozenset(site for network in NETWORKS.values() for site in network.sites),
        span=span,
        elsewhere=_in_chats(state, library),
    )
    planned = following is not None or form == "csv"  # a table has no place for the next chat
    return MadeRecap(
        render(made, form, (state.plan or Plan()).spoken), state.closed_at is not None, planned, len(people.not_public)
    )


def _following(plan: Plan, library: Path) -> NextChat | None:
    following = following_chat(plan, library)
    if following is None:
        return None
    return NextChat(starts_at=following.starts_at, timezone=following.timezone, title=following.title, planned=True)


def following_chat(plan: Plan, library: Path) -> Plan | None:
    """The plan of the next chat that is still to come, by a plan here or among the library's plans or by a chat that
    waits to begin; none where nobody has planned it."""
    now = round(time.time() * 1000)
    found = following_plan([Path.cwd(), library / "plans"], plan, now, default_timezone=system_timezone())
    coming = [] if found is None else [found.plan]
    coming += [
        one for one in _waiting(library) if one.series == plan.series and one.starts_at > max(now, plan.starts_at)
    ]
    return min(coming, key=lambda one: one.starts_at, default=None)


def _waiting(library: Path) -> list[Plan]:
    """The plans of the library's chats that are not over: somebody may have begun one before its time."""
    found = []
    for saved in Library(library, make=False).saved_chats():
        if saved.ended is None and not (saved.damaged or saved.rehearsal):
            with contextlib.suppress(StorageError):
                found.append(read_head(saved.path).opened.plan)
    return found
