"""Which posted question is offered to be taken as asked: the same with the file read at once as event by event."""

from collections.abc import Callable

import pytest

from sessions.core import commands as c
from sessions.core.evolve import fold
from sessions.core.posts import Filed
from sessions.hub.client.updates import Beat, Events
from sessions.hub.protocol.seats import Seat
from tests.sessions.core.building import Chat
from tui.desk.model.desk import DeskModel


def posted(chat: Chat, question: str = "q1") -> None:
    chat.post("Q: What about it?", handle="ana", kind="question", filed=Filed(question, "label"))


def asked(chat: Chat) -> None:
    chat.do(c.Ask, question="q1", seen=chat.state.open)


def asked_next(chat: Chat) -> None:
    chat.do(c.Ask, question="q2", seen=chat.state.open)


def undone(chat: Chat) -> None:
    chat.do(c.Undo, seq=next(reversed(chat.state.actions)))


def skipped(chat: Chat) -> None:
    chat.do(c.SkipQuestion, question="q1")


def restored(chat: Chat) -> None:
    chat.do(c.RestoreQuestion, question="q1")


def reworded(chat: Chat) -> None:
    chat.do(c.EditQuestion, question="q1", text="What else?")


def posted_next(chat: Chat) -> None:
    posted(chat, "q2")


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ([posted], "q1"),
        ([posted, reworded], "q1"),
        ([posted, asked], None),
        ([posted, asked, undone], None),
        ([asked, posted, undone], None),
        ([asked, undone, posted], "q1"),
        ([posted, skipped, restored], None),
        ([posted, skipped, undone], None),
        ([posted, posted_next, asked], "q2"),
        ([posted_next, posted, asked, undone], None),
        ([posted, posted_next, asked_next], None),
        ([posted, asked, posted_next, undone], "q2"),
        ([posted, skipped, restored, posted_next, asked_next, posted], "q1"),
        ([skipped, restored, undone, posted], None),
    ],
    ids=lambda value: "-".join(step.__name__ for step in value) if isinstance(value, list) else str(value),
)
def test_a_head_start_offers_what_was_offered_event_by_event(
    steps: list[Callable[[Chat], None]], offered: str | None
) -> None:
    chat = Chat()
    for step in steps:
        step(chat)
    beat = Beat(now=0, seq=chat.state.seq, trouble=None, received=0.0)
    for folded in (None, fold(chat.events)):
        model = DeskModel(Seat("Ana", "moderator", "token"))
        model.take(beat)
        model.take(Events(tuple(chat.events), folded))
        assert (model.offer and model.offer.question) == offered
