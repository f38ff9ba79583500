"""Noting actions, so that they can be undone: their subjects and what was there before."""

from sessions.core.events import Event
from sessions.core.state import Action, SessionState, Subject


def note_action(state: SessionState, event: Event, before: object, *subjects: Subject, own: int = 1) -> None:
    """Put an action on the stacks of its subjects, its `own` first: what is done to one of those later goes before it.

    The hub's own cannot be undone, and so keep what lies under them from being undone.
    """
    state.actions[event.seq] = Action(event, subjects, before, own)
    for subject in subjects:
        state.stacks.setdefault(subject, []).append(event.seq)
