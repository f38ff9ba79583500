"""The fold: one event more, in place. No clock, no I/O, no randomness; unknown ids are passed over, so that an
observer's stream, which has gaps, folds too."""

from collections.abc import Callable, Iterable
from typing import Any

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent, type_name
from sessions.core.evolve import people, posting, posts, queue, session
from sessions.core.evolve.posts import blanked
from sessions.core.state import SessionState

__all__ = ["blanked", "evolve", "fold"]


def fold(events: Iterable[AnyEvent], state: SessionState | None = None) -> SessionState:
    """The state after these events, from the start or from behind `state`, which is changed in place."""
    state = SessionState() if state is None else state
    for event in events:
        evolve(state, event)
    return state


def evolve(state: SessionState, event: AnyEvent) -> None:
    """Take one event in. Events come in the order of their seqs; an event at or before `state.seq` is passed over.

    Should a handler fail, the state is half changed and of no more use; what is raised names the event.
    """
    if event.seq <= state.seq:
        return
    state.seq = event.seq
    state.at = event.at
    if isinstance(event, UnknownEvent):
        return
    if event.by is not None and not isinstance(event, (e.ModeratorJoined, e.ModeratorLeft)):
        state.acts.append(event)
    if event.command is not None:
        state.commands[event.command] = event.seq
    try:
        _HANDLERS[type(event)](state, event)
    except Exception as defect:
        defect.add_note(f"The event was {event.seq}, {type_name(event)}, by {event.by or 'the hub'}.")
        raise


def _undone(state: SessionState, event: e.Undone) -> None:
    action = state.actions.pop(event.undoes, None)
    if action is None:
        return
    state.undone[event.undoes] = event.seq
    for subject in action.subjects:
        stack = state.stacks[subject]
        stack.remove(event.undoes)
        if not stack:
            del state.stacks[subject]
    _RESTORERS[type(action.event)](state, action.event, action.before)


_HANDLERS: dict[type[Any], Callable[[SessionState, Any], None]] = {
    e.SessionOpened: session.session_opened,
    e.ModeratorJoined: session.moderator_joined,
    e.ModeratorLeft: session.moderator_left,
    e.RoleTaken: session.role_taken,
    e.RoleReleased: session.role_released,
    e.QuestionAsked: queue.question_asked,
    e.TimerHeld: queue.timer_held,
    e.TimerResumed: queue.timer_resumed,
    e.TimeAdded: queue.time_added,
    e.QuestionAdded: queue.question_added,
    e.QuestionEdited: queue.question_edited,
    e.QuestionMoved: queue.question_moved,
    e.QuestionSkipped: queue.question_skipped,
    e.QuestionRestored: queue.question_restored,
    e.PostSeen: posts.post_seen,
    e.PostEdited: posts.recounted(posts.edit),
    e.PostRemoved: posts.post_removed,
    e.PostFiled: posts.recounted(posts.file),
    e.PostHighlighted: posts.recounted(posts.star),
    e.PostUnhighlighted: posts.recounted(posts.star),
    e.PersonHighlighted: people.marks("starred", on=True),
    e.PersonUnhighlighted: people.marks("starred", on=False),
    e.PersonGreeted: people.marks("greeted", on=True),
    e.PersonTagged: people.person_tagged,
    e.PostHidden: posts.recounted(posts.hide),
    e.PostShown: posts.recounted(posts.hide),
    e.PostRedacted: posts.recounted(posts.redact),
    e.PersonMuted: people.person_muted,
    e.PersonUnmuted: people.person_muted,
    e.NoteAdded: session.note_added,
    e.Undone: _undone,
    e.SourceChanged: session.source_changed,
    e.SpendingAllowed: session.spending_allowed,
    e.PostingBegun: posting.posting_begun,
    e.PostingDone: posting.posting_done,
    e.PostingFailed: posting.posting_failed,
    e.SessionClosed: session.session_closed,
}

_RESTORERS: dict[type[Any], Callable[[SessionState, Any, Any], None]] = {
    e.RoleTaken: session.restore_role,
    e.RoleReleased: session.restore_role,
    e.QuestionAsked: queue.unask,
    e.TimerHeld: queue.restore_timer,
    e.TimerResumed: queue.restore_timer,
    e.TimeAdded: queue.restore_timer,
    e.QuestionAdded: queue.unadd_question,
    e.QuestionEdited: queue.unedit_question,
    e.QuestionMoved: queue.unmove_question,
    e.QuestionSkipped: queue.unskip,
    e.QuestionRestored: queue.unrestore,
    e.PostSeen: posts.unadd_post,
    e.PostFiled: posts.restore_layer("decision"),
    e.PostHighlighted: posts.restore_star,
    e.PostUnhighlighted: posts.restore_star,
    e.PersonHighlighted: people.restore_person("starred"),
    e.PersonUnhighlighted: people.restore_person("starred"),
    e.PersonGreeted: people.restore_person("greeted"),
    e.PersonTagged: people.untag,
    e.PostHidden: posts.restore_layer("hidden"),
    e.PostShown: posts.restore_layer("hidden"),
    e.PersonMuted: people.mute,
    e.PersonUnmuted: people.mute,
    e.NoteAdded: session.unnote,
    e.SpendingAllowed: session.restore_ceiling,
}
