"""What all deciders share: refusing, and knowing what a command names."""

from collections.abc import Callable
from typing import Any, Literal, Self

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import Event
from sessions.core.plan import Question
from sessions.core.state import SessionState

Body = tuple[Callable[..., Event], dict[str, Any]]
"""An event's class and what it carries beside seq, at, by and command."""

Bodies = tuple[Body, ...]

ROLE_WORDS = {"driver": "asks the questions", "greeter": "greets"}

DeskAction = Literal["take_driver", "take_greeter", "next", "skip", "copy", "repost"]
"""The actions of a desk that help after a refusal, by their names there; which key each has only the desk knows."""

TAKES_OVER: dict[str, DeskAction] = {"driver": "take_driver", "greeter": "take_greeter"}
"""The action with which a moderator takes each role over."""


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why nothing came of what a moderator asked for, in words for them, and the action that helps, if one does.

    `action` is one of `DeskAction`, or what a later hub has. Its JSON is the body of the hub's answer.
    """

    refusal: str
    action: str | None = None


class Refused(LunchroomError):
    """What was asked for has no effect; the text says why, to the moderator, and `refusal` has it all."""

    def __init__(self, words: str, action: DeskAction | None = None) -> None:
        super().__init__(words)
        self.refusal = Refusal(words, action)

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        """The same, of what was decided."""
        refused = cls(refusal.refusal)
        refused.refusal = refusal
        return refused


def need_driver(state: SessionState, by: str) -> None:
    """Refuse whoever does not ask the questions."""
    holder = state.roles["driver"]
    if holder != by:
        who = "Nobody" if holder is None else holder
        raise Refused(f"{who} asks the questions.", "take_driver")


def name_of(state: SessionState, question: str) -> str:
    """`Q3`, as it is written."""
    return state.questions[question].name


def need_question(state: SessionState, question: str) -> Question:
    """The question; refuses an unknown one."""
    found = state.questions.get(question)
    if found is None:
        raise Refused("There is no such question in this chat.")
    return found


def need_post(state: SessionState, post: str) -> None:
    """Refuse an unknown or removed post."""
    layer = state.layers.get(post)
    if post not in state.posts:
        raise Refused("There is no such post in this chat.")
    if layer is not None and layer.removed:
        raise Refused("That post was removed.")


def need_person(state: SessionState, person: str) -> None:
    """Refuse an unknown person."""
    if person not in state.people:
        raise Refused("There is no such person in this chat.")
