"""A chat of an archive told as the events of a session, each post judged in the order of time."""

from collections.abc import Callable

from sessions.core import events as e
from sessions.core.events import Event
from sessions.core.evolve import evolve
from sessions.core.filing import Judge
from sessions.core.posts import Author, seen_fields
from sessions.core.state import SessionState
from sessions.importing.detecting import Detected


def events_of(chat: Detected, *, newcomer: Callable[[Author], bool], first: bool) -> tuple[list[Event], SessionState]:
    """The events of the chat and the state after them. Each event's `at` is the time of the post that it is about.

    `newcomer` and `first` are as `Judge` and `session_opened` want them. Pure.
    """
    state = SessionState()
    judge = Judge(state, newcomer=newcomer)
    events: list[Event] = []

    def add(event: Event) -> None:
        evolve(state, event)
        events.append(event)

    start = chat.posts[0].posted_at
    add(
        e.SessionOpened(
            seq=1,
            at=start,
            by=None,
            command=None,
            plan=chat.plan,
            schema=e.SCHEMA,
            rehearsal=False,
            first=first,
            kind=chat.kind,
        )
    )

    def ask(question: str, at: int) -> None:
        seconds = state.questions[question].seconds
        add(e.QuestionAsked(seq=state.seq + 1, at=at, by=None, command=None, question=question, seconds=seconds))

    for post in chat.posts:
        if post.id in chat.asked_before:
            ask(chat.asked_before[post.id], post.posted_at)
        fields = seen_fields(post, judge.judge(post))
        add(e.PostSeen(seq=state.seq + 1, at=post.posted_at, by=None, command=None, **fields))
        if post.id in chat.asks:
            ask(chat.asks[post.id], post.posted_at)
    add(e.SessionClosed(seq=state.seq + 1, at=max(chat.plan.ends_at, state.at), by=None, command=None))
    return events, state
