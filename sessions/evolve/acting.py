"""Noting actions, so that they can be undone: their subjects and what was there before."""

from sessions.events import Event
from sessions.state import Action, SessionState, Subject


def act(state: SessionState, event: Event, before: object, *subjects: Subject) -> None:
    """Put a moderator's action on the stacks of its subjects, its own subject first; the hub's own cannot be undone."""
    if event.by is None:
        return
    state.actions[event.seq] = Action(event, subjects, before)
    for subject in subjects:
        state.stacks.setdefault(subject, []).append(event.seq)
