"""What `GET /v1/session` says: the session in one small object, for scripts and for those who just joined."""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from sessions.core.events import Scope
from sessions.core.state import QuestionState, SessionState, Timer


class QuestionView(msgspec.Struct, frozen=True):
    """A question without its speaker notes; `minutes` is how long it is meant to stay open."""

    id: str
    label: str
    text: str
    minutes: float
    state: QuestionState


class ModeratorView(msgspec.Struct, frozen=True):
    """Somebody at a desk; `present` is known from their streams and requests."""

    name: str
    scope: Scope
    present: bool


class Counts(msgspec.Struct, frozen=True):
    """How many there are; removed posts are not counted, hidden ones are no answers."""

    posts: int
    answers: int
    people: int
    newcomers: int
    to_greet: int


class SourceView(msgspec.Struct, frozen=True):
    """A source's health in words, and when its network last brought a post (the hub's UTC milliseconds).

    `spent` is what reading it has cost so far in thousandths of a dollar, absent where it costs nothing.
    """

    name: str
    status: str
    last_post: int | None
    spent: int | UnsetType = UNSET


class SavedView(msgspec.Struct, frozen=True):
    """A chat of the hub's library; `started` and `ended` are UTC milliseconds."""

    id: str
    date: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    started: int
    ended: int | None
    rehearsal: bool
    events: int


class SessionView(msgspec.Struct, frozen=True):
    """The whole; `now` is the hub's clock in UTC milliseconds, `open` a question's id."""

    id: str
    title: str
    hashtags: tuple[str, ...]
    series: str
    rehearsal: bool
    now: int
    seq: int
    closed: bool
    open: str | None
    questions: tuple[QuestionView, ...]
    timer: Timer | None
    roles: dict[Literal["driver", "greeter"], str | None]
    moderators: tuple[ModeratorView, ...]
    counts: Counts
    sources: tuple[SourceView, ...]


def session_view(
    state: SessionState,
    *,
    id: str,
    now: int,
    sources: Sequence[str],
    present: Callable[[str], bool],
) -> SessionView:
    """The view of a durable state. `sources` are the names of those that run, `present` tells who is there."""
    plan = state.plan
    closed = state.closed_at is not None
    return SessionView(
        id=id,
        title=plan.title if plan else "",
        hashtags=plan.hashtags if plan else (),
        series=plan.series if plan else "",
        rehearsal=state.rehearsal,
        now=now,
        seq=state.seq,
        closed=closed,
        open=None if closed else state.open,
        questions=tuple(_question(state, question) for question in state.order),
        timer=None if closed else state.timer,
        roles={"driver": state.roles["driver"], "greeter": state.roles["greeter"]},
        moderators=tuple(ModeratorView(one.name, one.scope, present(one.name)) for one in state.moderators.values()),
        counts=Counts(
            posts=len(state.posts) - sum(layer.removed for layer in state.layers.values()),
            answers=state.answers,
            people=len(state.present()),
            newcomers=state.newcomers(),
            to_greet=len(state.to_greet()),
        ),
        sources=tuple(_source(state, name) for name in sources),
    )


def _question(state: SessionState, question: str) -> QuestionView:
    asked = state.questions[question]
    return QuestionView(asked.id, asked.label, asked.text, asked.minutes, state.question_state(question))


def _source(state: SessionState, name: str) -> SourceView:
    known = state.sources.get(name)
    last_post = state.last_posts.get(name.partition(":")[0])
    if known is None:
        return SourceView(name, "starting", last_post)
    return SourceView(name, known.status, last_post, UNSET if known.spent is None else known.spent)
