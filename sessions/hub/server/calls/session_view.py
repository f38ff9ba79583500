"""How the durable state of a session becomes what `GET /v1/session` says. Pure."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import UNSET, UnsetType

from sessions.core.state import Moderator, SessionState
from sessions.hub.protocol.session_view import Counts, ModeratorView, QuestionView, SessionView, SourceView


def session_view(
    state: SessionState,
    *,
    id: str,
    now: int,
    sources: Sequence[str],
    present: Callable[[Moderator], bool],
    onlookers: Sequence[str],
    next_tries: Mapping[str, int],
) -> SessionView:
    """The view of a durable state.

    `sources` are the names of those that run, `present` tells who of the state is there. `onlookers` are those who look
    on now; in the state are such of older files only. `next_tries` tells of sources that failed when they try again.
    """
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
        moderators=(
            *(ModeratorView(one.name, one.scope, present(one)) for one in state.moderators.values()),
            *(ModeratorView(name, "observer", True) for name in onlookers if not _looked_on(state, name)),
        ),
        counts=Counts(
            posts=len(state.posts) - sum(layer.removed for layer in state.layers.values()),
            answers=state.answers,
            people=len(state.present()),
            newcomers=state.newcomers(),
            to_greet=len(state.to_greet()),
        ),
        sources=tuple(_source(state, name, next_tries.get(name, UNSET)) for name in sources),
    )


def _looked_on(state: SessionState, name: str) -> bool:
    known = state.moderators.get(name)
    return known is not None and known.scope == "observer"


def _question(state: SessionState, question: str) -> QuestionView:
    asked = state.questions[question]
    return QuestionView(asked.id, asked.label, asked.text, asked.minutes, state.question_state(question))


def _source(state: SessionState, name: str, next_try: int | UnsetType) -> SourceView:
    known = state.sources.get(name)
    last_post = state.last_posts.get(name.partition(":")[0])
    if known is None:
        return SourceView(name, "starting", last_post, next_try=next_try)
    spent = UNSET if known.spent is None else known.spent
    return SourceView(name, known.status, last_post, spent, known.details or UNSET, next_try)
