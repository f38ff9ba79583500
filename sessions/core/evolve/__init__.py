"""The fold: one event more, in place. Nobody else writes to a state.

Unknown ids are passed over, so that an observer's stream, which has gaps, folds too. It may use the plan, the events
and the state, not what decides upon them.

* here: the table with a row for each event, and undoing
* `queue`, `posts`, `tags`, `credit`, `people`, `posting`, `session`: the handlers and restorers by what they are about
* `actions`: notes what can be undone
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sessions.core import events as e
from sessions.core.events import AnyEvent, UnknownEvent, type_name
from sessions.core.evolve import people, posting, posts, queue, session, tags
from sessions.core.evolve.posts import blanked
from sessions.core.state import SessionState

__all__ = ["ROWS", "Row", "blanked", "evolve", "fold"]


class Row(NamedTuple):
    """How the state takes an event in, and how it is without it again; None for what is never undone.

    A handler of the latter kind notes no action; any other is given to its restorer with what it noted as `before`.
    """

    handle: Callable[[SessionState, Any], None]
    restore: Callable[[SessionState, Any, Any], None] | None


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
    if type(event) is UnknownEvent:  # `isinstance` asks msgspec's metaclass, once for each event of a long chat
        return
    if event.by is not None and not isinstance(event, (e.ModeratorJoined, e.ModeratorLeft)):
        state.acts.append(event)
    if event.command is not None:
        state.commands[event.command] = event.seq
    try:
        ROWS[type(event)].handle(state, event)
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
    restore = ROWS[type(action.event)].restore
    if restore is None:
        raise TypeError(f"{type_name(action.event)} was noted as an action, and cannot be undone")
    restore(state, action.event, action.before)


ROWS: dict[type[Any], Row] = {
    e.SessionOpened: Row(session.session_opened, None),
    e.ModeratorJoined: Row(session.moderator_joined, None),
    e.ModeratorLeft: Row(session.moderator_left, None),
    e.RoleTaken: Row(session.role_taken, session.restore_role),
    e.RoleReleased: Row(session.role_released, session.restore_role),
    e.QuestionAsked: Row(queue.question_asked, queue.unask),
    e.TimerHeld: Row(queue.timer_held, queue.restore_timer),
    e.TimerResumed: Row(queue.timer_resumed, queue.restore_timer),
    e.TimeAdded: Row(queue.time_added, queue.restore_timer),
    e.QuestionAdded: Row(queue.question_added, queue.unadd_question),
    e.QuestionEdited: Row(queue.question_edited, queue.unedit_question),
    e.QuestionMoved: Row(queue.question_moved, queue.unmove_question),
    e.QuestionSkipped: Row(queue.question_skipped, queue.unskip),
    e.QuestionRestored: Row(queue.question_restored, queue.unrestore),
    e.TurnGiven: Row(queue.turn_given, queue.restore_turn),
    e.MinutesShared: Row(queue.minutes_shared, queue.unshare),
    e.PostSeen: Row(posts.post_seen, posts.unadd_post),
    e.PostEdited: Row(posts.retagged(posts.edit), None),
    e.PostRemoved: Row(posts.post_removed, None),
    e.PostFiled: Row(posts.recounted(posts.file), posts.restore_layer("decision")),
    e.PostHighlighted: Row(posts.recounted(posts.star), posts.restore_star),
    e.PostUnhighlighted: Row(posts.recounted(posts.star), posts.restore_star),
    e.PersonHighlighted: Row(people.marks("starred", on=True), people.restore_person("starred")),
    e.PersonUnhighlighted: Row(people.marks("starred", on=False), people.restore_person("starred")),
    e.PersonGreeted: Row(people.marks("greeted", on=True), people.restore_person("greeted")),
    e.PersonTagged: Row(people.person_tagged, people.untag),
    e.TaskMarked: Row(tags.task_marked, tags.unmark_task),
    e.CreditAsked: Row(people.credit_asked, people.restore_credit),
    e.AccountsJoined: Row(people.accounts_joined, people.part_accounts),
    e.PostHidden: Row(posts.recounted(posts.hide), posts.restore_sight),
    e.PostShown: Row(posts.recounted(posts.show), posts.restore_sight),
    e.PostRedacted: Row(posts.retagged(posts.redact), None),
    e.PersonMuted: Row(people.person_muted, people.mute),
    e.PersonUnmuted: Row(people.person_muted, people.mute),
    e.WordMuted: Row(session.word_muted, session.restore_word),
    e.WordUnmuted: Row(session.word_muted, session.restore_word),
    e.NoteAdded: Row(session.note_added, session.unnote),
    e.Undone: Row(_undone, None),
    e.SourceChanged: Row(session.source_changed, None),
    e.PeopleCarried: Row(people.people_carried, None),
    e.SpendingAllowed: Row(session.spending_allowed, session.restore_ceiling),
    e.PostingBegun: Row(posting.posting_begun, None),
    e.PostingDone: Row(posting.posting_done, None),
    e.PostingFailed: Row(posting.posting_failed, None),
    e.SpendingReserved: Row(posting.spending_reserved, None),
    e.AnnouncingBegun: Row(posting.announcing_begun, None),
    e.AnnouncingDone: Row(posting.announcing_done, None),
    e.AnnouncingFailed: Row(posting.announcing_failed, None),
    e.LookedUp: Row(posting.looked_up, None),
    e.PostShared: Row(posting.post_shared, posting.unshare_post),
    e.HubTakenOver: Row(session.hub_taken_over, None),
    e.SessionClosed: Row(session.session_closed, None),
}
"""One row for each event; undoing looks for the row of what is undone."""
