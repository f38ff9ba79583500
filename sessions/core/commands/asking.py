"""What all deciders share: refusing, and knowing what a command names."""

from collections.abc import Callable
from typing import Any

from sessions.core.errors import LunchroomError
from sessions.core.events import Event
from sessions.core.plan import Question
from sessions.core.state import SessionState

Body = tuple[Callable[..., Event], dict[str, Any]]
"""An event's class and what it carries beside seq, at, by and command."""

Bodies = tuple[Body, ...]

ROLE_WORDS = {"driver": "asks the questions", "greeter": "greets"}
ROLE_KEYS = {"driver": "d", "greeter": "t"}


class Refused(LunchroomError):
    """The command has no effect; the text says why, to the moderator."""


def need_driver(state: SessionState, by: str) -> None:
    """Refuse whoever does not ask the questions."""
    holder = state.roles["driver"]
    if holder != by:
        who = "Nobody" if holder is None else holder
        raise Refused(f"{who} asks the questions. Press d to take over.")


def question_name(state: SessionState, question: str) -> str:
    """`Q3`, as it is written."""
    return f"Q{state.questions[question].label}"


def known_question(state: SessionState, question: str) -> Question:
    """The question; refuses an unknown one."""
    found = state.questions.get(question)
    if found is None:
        raise Refused("There is no such question in this chat.")
    return found


def known_post(state: SessionState, post: str) -> None:
    """Refuse an unknown or removed post."""
    layer = state.layers.get(post)
    if post not in state.posts:
        raise Refused("There is no such post in this chat.")
    if layer is not None and layer.removed:
        raise Refused("That post was removed.")


def known_person(state: SessionState, person: str) -> None:
    """Refuse an unknown person."""
    if person not in state.people:
        raise Refused("There is no such person in this chat.")
