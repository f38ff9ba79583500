"""The queue and the timer. A handler is named for its event, of which `sessions.core.events` tells."""

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.events import Event
from sessions.core.evolve.actions import note_action
from sessions.core.plan import Question
from sessions.core.state import Opening, SessionState, Subject, Timer

_TIMER: Subject = ("timer", "")


def question_asked(state: SessionState, event: e.QuestionAsked) -> None:
    if event.question not in state.questions:
        return
    note_action(state, event, (state.open, state.timer), _TIMER, ("question", event.question))
    state.open = event.question
    state.timer = Timer(started=event.at, seconds=event.seconds)
    state.openings.append(Opening(event.at, event.question))


def unask(state: SessionState, event: e.QuestionAsked, before: tuple[str | None, Timer | None]) -> None:
    state.open, state.timer = before
    state.openings.remove(Opening(event.at, event.question))


def timer_held(state: SessionState, event: e.TimerHeld) -> None:
    if state.timer is not None and state.timer.held is None:
        note_action(state, event, state.timer, _TIMER)
        state.timer = replace(state.timer, held=event.at)


def timer_resumed(state: SessionState, event: e.TimerResumed) -> None:
    timer = state.timer
    if timer is not None and timer.held is not None:
        note_action(state, event, timer, _TIMER)
        state.timer = replace(timer, started=timer.started + event.at - timer.held, held=None)


def time_added(state: SessionState, event: e.TimeAdded) -> None:
    if state.timer is not None:
        note_action(state, event, state.timer, _TIMER)
        state.timer = replace(state.timer, added=state.timer.added + event.seconds)


def restore_timer(state: SessionState, _event: Event, before: Timer) -> None:
    state.timer = before


def _place(state: SessionState, question: str, after: str | None) -> None:
    if question in state.order:
        state.order.remove(question)
    place = state.order.index(after) + 1 if after in state.order else 0
    state.order.insert(place, question)


def question_added(state: SessionState, event: e.QuestionAdded) -> None:
    question = event.question
    note_action(state, event, None, ("question", question.id))
    state.questions[question.id] = question
    state.question_serial += 1
    _place(state, question.id, event.after)


def unadd_question(state: SessionState, event: e.QuestionAdded, _before: None) -> None:
    del state.questions[event.question.id]
    state.order.remove(event.question.id)
    state.tally.pop(event.question.id, None)


def question_edited(state: SessionState, event: e.QuestionEdited) -> None:
    old = state.questions.get(event.question)
    if old is not None:
        note_action(state, event, old, ("question", event.question))
        state.questions[event.question] = replace(
            old, label=event.label, text=event.text, minutes=event.minutes, notes=event.notes
        )


def unedit_question(state: SessionState, event: e.QuestionEdited, before: Question) -> None:
    state.questions[event.question] = before


def question_moved(state: SessionState, event: e.QuestionMoved) -> None:
    if event.question in state.questions:
        place = state.order.index(event.question)
        before = state.order[place - 1] if place else None
        note_action(state, event, before, ("question", event.question))
        _place(state, event.question, event.after)


def unmove_question(state: SessionState, event: e.QuestionMoved, before: str | None) -> None:
    _place(state, event.question, before)


def question_skipped(state: SessionState, event: e.QuestionSkipped) -> None:
    if event.question in state.questions:
        note_action(state, event, None, ("question", event.question))
        state.skipped.add(event.question)


def question_restored(state: SessionState, event: e.QuestionRestored) -> None:
    if event.question in state.questions:
        note_action(state, event, None, ("question", event.question))
        state.skipped.discard(event.question)


def turn_given(state: SessionState, event: e.TurnGiven) -> None:
    old = state.questions.get(event.question)
    if old is not None:
        note_action(state, event, old.turn, ("question", event.question))
        state.questions[event.question] = replace(old, turn=event.moderator or "")


def restore_turn(state: SessionState, event: e.TurnGiven, before: str) -> None:
    if event.question in state.questions:
        state.questions[event.question] = replace(state.questions[event.question], turn=before)


def minutes_shared(state: SessionState, event: e.MinutesShared) -> None:
    known = {question: minutes for question, minutes in event.minutes.items() if question in state.questions}
    if known:
        subjects: list[Subject] = [("question", question) for question in known]
        before = {question: state.questions[question].minutes for question in known}
        note_action(state, event, before, *subjects, own=len(subjects))
        _take_minutes(state, known)


def unshare(state: SessionState, _event: e.MinutesShared, before: dict[str, float]) -> None:
    _take_minutes(state, before)


def _take_minutes(state: SessionState, minutes: dict[str, float]) -> None:
    for question, length in minutes.items():
        if question in state.questions:
            state.questions[question] = replace(state.questions[question], minutes=length)


def unskip(state: SessionState, event: e.QuestionSkipped, _before: None) -> None:
    state.skipped.discard(event.question)


def unrestore(state: SessionState, event: e.QuestionRestored, _before: None) -> None:
    state.skipped.add(event.question)
