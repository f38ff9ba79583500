"""A real recorded hour as a session: through the judge and the fold, as the hub does it."""

import functools
from collections.abc import Iterable

from msgspec.structs import replace

from sessions.core.events import SCHEMA, Event, PostHighlighted, PostSeen, QuestionAsked, SessionClosed, SessionOpened
from sessions.core.evolve import fold
from sessions.core.filing import Judge, asked_question
from sessions.core.plan import Plan
from sessions.core.state import SessionState
from sessions.reports.recap import NextChat
from tests.gold import HOSTS, a_plan, asked_questions, recorded_posts

RECORDED = "lthechat-on"


@functools.cache
def recorded_events(name: str = RECORDED) -> tuple[Event, ...]:
    """The events of the hour; a third of its people is new, the ten answers with the longest texts are highlighted."""
    posts = recorded_posts(name)
    start = posts[0].posted_at
    plan = replace(a_plan(asked_questions(name), HOSTS, start), title="Exploring creativity", hashtags=("LTHEchat",))
    state = SessionState()
    events: list[Event] = []

    def hear(event_type: type, at: int, **fields: object) -> None:
        event = event_type(seq=state.seq + 1, at=max(at, state.at), by=fields.pop("by", None), command=None, **fields)
        events.append(event)
        fold([event], state)

    hear(SessionOpened, start, plan=plan, schema=SCHEMA, rehearsal=False)
    judge = Judge(state, newcomer=lambda author: sum(author.id.encode()) % 3 == 0)
    for post in posts:
        judged = judge.judge(post)
        seen = replace(post, repost_of=post.repost_of or judged.repost_of)
        hear(
            PostSeen, post.posted_at, post=seen, kind=judged.kind, filed=judged.filed, newcomer=judged.newcomer,
            says_new=judged.says_new, addressed=judged.addressed,
        )  # fmt: skip
        question = asked_question(state, post, judged)
        if question is not None:
            hear(QuestionAsked, post.posted_at, question=question, seconds=540)
    answers = [post for post in state.posts if state.kind(post) == "answer"]
    for answer in sorted(answers, key=lambda one: len(state.text(one)))[-10:]:
        hear(PostHighlighted, state.at, post=answer, by="Ana")
    hear(SessionClosed, state.at + 60_000)
    return tuple(events)


def recorded_state(more: Iterable[Event] = ()) -> SessionState:
    """The state at the end of the hour, and behind it whatever events are added."""
    return fold([*recorded_events(), *more])


def week_on(plan: Plan) -> NextChat:
    """A next chat, a week after one of this plan."""
    return NextChat(starts_at=plan.starts_at + 7 * 86_400_000, timezone=plan.timezone, title="", planned=True)
