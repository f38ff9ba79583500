"""Decisions about roles, the timer and the queue, each named for its command (`sessions.core.commands.vocabulary`)."""

from typing import Any, cast

import msgspec
from msgspec import UNSET

from sessions.core import clock
from sessions.core import events as e
from sessions.core.commands.refusing import ROLE_WORDS, TAKES_OVER, Bodies, Refused, name_of, need_question
from sessions.core.commands.vocabulary import (
    AddQuestion,
    AddTime,
    Ask,
    EditQuestion,
    GiveTurn,
    Hold,
    MoveQuestion,
    ReleaseRole,
    RestoreQuestion,
    Resume,
    SkipQuestion,
    TakeRole,
)
from sessions.core.plan import Question, label_number, letter_of_questions
from sessions.core.plan.turns import same_name
from sessions.core.state import SessionState


def take_role(state: SessionState, command: TakeRole, by: str, *_: Any) -> Bodies:
    if state.roles[command.role] == by:
        return ()
    return ((e.RoleTaken, {"role": command.role, "moderator": by}),)


def release_role(state: SessionState, command: ReleaseRole, by: str, *_: Any) -> Bodies:
    holder = state.roles[command.role]
    if holder is None:
        return ()
    if holder != by:
        raise Refused(f"{holder} {ROLE_WORDS[command.role]}.", TAKES_OVER[command.role])
    return ((e.RoleReleased, {"role": command.role, "moderator": by}),)


def ask(state: SessionState, command: Ask, _by: str, at: int, *_: Any) -> Bodies:
    question = need_question(state, command.question)
    if command.seen != state.open:
        now = None if state.open is None else name_of(state, state.open)
        now_open = f"{now} is open by now" if now else "No question is open any more"
        raise Refused(f"{now_open}. Look first.", "next")
    if command.question == state.open:
        return ()
    if command.question in state.skipped:
        raise Refused(f"{question.name} is skipped.", "skip")
    return ((e.QuestionAsked, {"question": question.id, "seconds": clock.asked_for(state, question.id, at)}),)


def _need_open(state: SessionState) -> None:
    if state.timer is None:
        raise Refused("No question is open yet.", "next")


def hold(state: SessionState, _command: Hold, *_: Any) -> Bodies:
    _need_open(state)
    return () if cast(Any, state.timer).held is not None else ((e.TimerHeld, {}),)


def resume(state: SessionState, _command: Resume, *_: Any) -> Bodies:
    _need_open(state)
    return () if cast(Any, state.timer).held is None else ((e.TimerResumed, {}),)


def add_time(state: SessionState, command: AddTime, *_: Any) -> Bodies:
    _need_open(state)
    return ((e.TimeAdded, {"seconds": command.seconds}),) if command.seconds else ()


def _free_label(state: SessionState) -> str:
    numbers = [label_number(question.label) for question in state.questions.values() if question.label.isdecimal()]
    return str(max(numbers, default=0) + 1)


def _need_free_label(state: SessionState, label: str, question: str | None = None) -> None:
    holder = state.question_with_label(label)
    if holder is not None and holder != question:
        raise Refused(f"There is already a {state.questions[holder].name}. Give another label.")


def add_question(state: SessionState, command: AddQuestion, *_: Any) -> Bodies:
    label = command.label or _free_label(state)
    _need_free_label(state, label)
    last = state.order[-1] if state.order else None
    after = last if command.after is UNSET else command.after
    if after is not None:
        need_question(state, after)
    minutes = command.minutes or (state.questions[last].minutes if last else 8.0)
    letter = UNSET if state.plan is None else letter_of_questions(state.plan.spoken)
    number = state.question_serial + 1
    question = Question(f"q{number}", label, command.text, minutes, command.notes, letter=letter)
    return ((e.QuestionAdded, {"question": question, "after": after}),)


def edit_question(state: SessionState, command: EditQuestion, *_: Any) -> Bodies:
    old = need_question(state, command.question)
    given = {"label": command.label, "text": command.text, "minutes": command.minutes, "notes": command.notes}
    changed = {name: value for name, value in given.items() if value is not UNSET and value != getattr(old, name)}
    if not changed:
        return ()
    new = msgspec.structs.replace(old, **changed)
    _need_free_label(state, new.label, old.id)
    fields = {"label": new.label, "text": new.text, "minutes": new.minutes, "notes": new.notes}
    return ((e.QuestionEdited, {"question": old.id, **fields}),)


def move_question(state: SessionState, command: MoveQuestion, *_: Any) -> Bodies:
    question = need_question(state, command.question)
    if command.after is not None:
        need_question(state, command.after)
    if command.after == command.question:
        raise Refused(f"{question.name} cannot stand behind itself.")
    place = state.order.index(command.question)
    before = state.order[place - 1] if place else None
    if before == command.after:
        return ()
    return ((e.QuestionMoved, {"question": command.question, "after": command.after}),)


def skip_question(state: SessionState, command: SkipQuestion, *_: Any) -> Bodies:
    question = need_question(state, command.question)
    now = state.question_state(command.question)
    if now == "skipped":
        return ()
    if now == "asked":
        raise Refused(f"{question.name} is open.", "next")
    if now == "closed":
        raise Refused(f"{question.name} was asked already.")
    return ((e.QuestionSkipped, {"question": command.question}),)


def restore_question(state: SessionState, command: RestoreQuestion, *_: Any) -> Bodies:
    need_question(state, command.question)
    return ((e.QuestionRestored, {"question": command.question}),) if command.question in state.skipped else ()


def give_turn(state: SessionState, command: GiveTurn, *_: Any) -> Bodies:
    question = need_question(state, command.question)
    moderator = None if command.moderator is None else _spelt(state, command.moderator)
    if (moderator or "") == question.turn:
        return ()
    if state.question_state(question.id) in ("asked", "closed"):
        raise Refused(f"{question.name} was asked already.")
    return ((e.TurnGiven, {"question": question.id, "moderator": moderator}),)


def _spelt(state: SessionState, name: str) -> str:
    """The name as a moderator or a host of the plan has it; refuses one that nobody has."""
    moderators = [one.name for one in state.moderators.values() if one.scope == "moderator"]
    hosts = [] if state.plan is None else [host.name for host in state.plan.hosts]
    found = next((one for one in (*moderators, *hosts) if same_name(one, name)), None)
    if found is None:
        raise Refused(f"No moderator is called {name}.")
    return found
