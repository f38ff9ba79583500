"""The session itself: moderators, roles, muted words, notes, sources, its end. A handler is named for its event."""

from sessions.core import events as e
from sessions.core.evolve.actions import note_action
from sessions.core.plan.muted import word_key
from sessions.core.state import Moderator, Note, SessionState, SourceState


def session_opened(state: SessionState, event: e.SessionOpened) -> None:
    state.set_plan(event.plan)
    state.rehearsal = event.rehearsal
    state.first = event.first
    state.session_kind = event.kind
    state.opened_at = event.at
    for question in event.plan.questions:
        state.questions[question.id] = question
        state.order.append(question.id)
    state.question_serial = len(state.order)


def moderator_joined(state: SessionState, event: e.ModeratorJoined) -> None:
    state.moderators[event.name] = Moderator(event.name, event.scope, here=True)


def moderator_left(state: SessionState, event: e.ModeratorLeft) -> None:
    state.moderators[event.name] = Moderator(event.name, event.scope, here=False)


def role_taken(state: SessionState, event: e.RoleTaken) -> None:
    note_action(state, event, state.roles[event.role], ("role", event.role))
    state.roles[event.role] = event.moderator


def role_released(state: SessionState, event: e.RoleReleased) -> None:
    note_action(state, event, state.roles[event.role], ("role", event.role))
    state.roles[event.role] = None


def restore_role(state: SessionState, event: e.RoleTaken | e.RoleReleased, before: str | None) -> None:
    state.roles[event.role] = before


def session_closed(state: SessionState, event: e.SessionClosed) -> None:
    state.closed_at = event.at


def hub_taken_over(state: SessionState, event: e.HubTakenOver) -> None:
    state.takeovers.append(event)


def note_added(state: SessionState, event: e.NoteAdded) -> None:
    note_action(state, event, None, ("note", str(event.seq)))
    state.notes[event.seq] = Note(event.by or "", event.at, event.text)


def unnote(state: SessionState, event: e.NoteAdded, _before: None) -> None:
    del state.notes[event.seq]


def word_muted(state: SessionState, event: e.WordMuted | e.WordUnmuted) -> None:
    key = word_key(event.word)
    note_action(state, event, state.muted.get(key), ("word", key))
    _set_word(state, key, event.word if isinstance(event, e.WordMuted) else None)


def restore_word(state: SessionState, event: e.WordMuted | e.WordUnmuted, before: str | None) -> None:
    _set_word(state, word_key(event.word), before)


def _set_word(state: SessionState, key: str, word: str | None) -> None:
    others = {one: muted for one, muted in state.muted.items() if one != key}
    state.muted = dict(sorted((others | ({} if word is None else {key: word})).items()))


def source_changed(state: SessionState, event: e.SourceChanged) -> None:
    known = state.sources.get(event.source)
    details = event.details if event.details is not None or known is None else known.details
    called = event.called if event.called is not None or known is None else known.called
    state.sources[event.source] = SourceState(event.status, event.cursor, event.spent, details or (), called or "")


def spending_allowed(state: SessionState, event: e.SpendingAllowed) -> None:
    note_action(state, event, state.ceilings.get(event.source), ("source", event.source))
    state.ceilings[event.source] = event.ceiling


def restore_ceiling(state: SessionState, event: e.SpendingAllowed, before: float | None) -> None:
    if before is None:
        del state.ceilings[event.source]
    else:
        state.ceilings[event.source] = before
