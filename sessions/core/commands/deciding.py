"""What comes of a command: `decide(state, command)` is pure."""

from collections.abc import Callable, Container
from typing import Any

from sessions.core import events as e
from sessions.core.commands import announcing, people_and_posts, posting, queue, several, sharing
from sessions.core.commands import vocabulary as c
from sessions.core.commands.refusing import Bodies, Refusal, Refused, need_driver
from sessions.core.events import Event
from sessions.core.posts import Judgement, Post
from sessions.core.state import SessionState

OF_AN_HOUR = (
    c.Ask, c.Hold, c.Resume, c.AddTime, c.AddQuestion, c.EditQuestion, c.MoveQuestion, c.SkipQuestion,
    c.RestoreQuestion, c.GiveTurn, c.ShareMinutes,
)  # fmt: skip
"""What has no sense between the hours."""


def undoable(state: SessionState, seq: int) -> bool:
    """Whether the action is a moderator's that still has effect; what is public already has it for good."""
    action = state.actions.get(seq)
    return action is not None and action.event.by is not None and not posting.is_out(state, action.event)


def why_not_undoable(state: SessionState, seq: int) -> str:
    """Why an action that went to a network cannot be taken back, and how it is removed there; empty for any other."""
    try:
        posting.refuse_undo(state, seq)
    except Refused as refused:
        return refused.refusal.refusal
    return ""


def latest_own(state: SessionState, moderator: str) -> int | None:
    """The seq of the moderator's latest action that still has effect and can be undone: what `u` takes back."""
    return next(
        (event.seq for event in reversed(state.acts) if event.by == moderator and undoable(state, event.seq)), None
    )


def decide(
    state: SessionState,
    command: c.Command,
    *,
    by: str,
    at: int,
    judge: Callable[[Post], Judgement],
    networks: Container[str],
) -> tuple[Event, ...] | Refusal:
    """The events that the command causes, in order and with their seqs; none where it changes nothing.

    `by` is the moderator, `at` the hub's clock (UTC milliseconds), `judge` decides about a post added by hand,
    `networks` are those that can be posted to.
    The caller answers repeated command ids before it asks here.
    """
    try:
        _allow(state, command, by)
        bodies = DECIDERS[type(command)](state, command, by, at, judge, networks)
    except Refused as refused:
        return refused.refusal
    return tuple(
        kind(seq=state.seq + place, at=at, by=by, command=command.id, **fields)
        for place, (kind, fields) in enumerate(bodies, start=1)
    )


def _allow(state: SessionState, command: c.Command, by: str) -> None:
    if state.closed_at is not None:
        raise Refused("This chat is closed.")
    if state.channel and isinstance(command, OF_AN_HOUR):
        raise Refused("A channel has no questions and no clock.")
    if command.asked_by == "driver":
        need_driver(state, by)


def _note(_state: SessionState, command: c.Note, *_: Any) -> Bodies:
    return ((e.NoteAdded, {"text": command.text}),)


def _undo(state: SessionState, command: c.Undo, by: str, *_: Any) -> Bodies:
    if command.seq in state.undone:
        return ()
    if not undoable(state, command.seq):
        posting.refuse_undo(state, command.seq)
        raise Refused("That cannot be undone.")
    whole = done_as_one(state, command.seq)
    for seq in whole:
        _need_undoable(state, seq, by, whole)
    return tuple((e.Undone, {"undoes": seq}) for seq in whole)


def _need_undoable(state: SessionState, seq: int, by: str, whole: Container[int]) -> None:
    if state.actions[seq].event.undone_by == "driver":
        need_driver(state, by)
    later = later_action(state, seq)
    if later is not None and later.seq not in whole:
        what = e.type_name(later).replace("_", " ")
        if later.by is None:
            raise Refused(f"A host's post changed it since ({what}, number {later.seq}). That cannot be undone.")
        raise Refused(f"{later.by} did something later to it ({what}, number {later.seq}). Undo that first.")


def done_as_one(state: SessionState, seq: int) -> list[int]:
    """The seqs of all that was done by the same command as the action `seq` and still has effect, the latest first."""
    command = state.actions[seq].event.command
    if command is None:
        return [seq]
    return [one.seq for one in reversed(state.acts) if one.command == command and undoable(state, one.seq)]


def later_action(state: SessionState, seq: int) -> Event | None:
    """The latest effective action on an own subject of the action `seq`, when it is a later one."""
    action = state.actions[seq]
    latest = max(state.stacks[subject][-1] for subject in action.subjects[: action.own])
    return None if latest == seq else state.actions[latest].event


def _close(state: SessionState, _command: c.Close, *_: Any) -> Bodies:
    if state.channel:
        raise Refused("A month of the channel ends by itself. Leave the desk; what comes meanwhile is read later.")
    return ((e.SessionClosed, {}),)


DECIDERS: dict[type[Any], Callable[..., Bodies]] = {
    c.TakeRole: queue.take_role,
    c.ReleaseRole: queue.release_role,
    c.Ask: queue.ask,
    c.Hold: queue.hold,
    c.Resume: queue.resume,
    c.AddTime: queue.add_time,
    c.AddQuestion: queue.add_question,
    c.EditQuestion: queue.edit_question,
    c.MoveQuestion: queue.move_question,
    c.SkipQuestion: queue.skip_question,
    c.RestoreQuestion: queue.restore_question,
    c.GiveTurn: queue.give_turn,
    c.ShareMinutes: sharing.share_minutes,
    c.AddPost: people_and_posts.add_post,
    c.File: people_and_posts.file,
    c.Highlight: people_and_posts.star,
    c.Unhighlight: people_and_posts.star,
    c.Greet: people_and_posts.greet,
    c.Tag: people_and_posts.tag,
    c.MarkTask: people_and_posts.mark_task,
    c.MarkCredit: people_and_posts.mark_credit,
    c.JoinAccounts: people_and_posts.join_accounts,
    c.Hide: people_and_posts.hide,
    c.Show: people_and_posts.hide,
    c.Redact: people_and_posts.redact,
    c.Mute: people_and_posts.mute,
    c.Unmute: people_and_posts.mute,
    c.MuteWord: people_and_posts.mute_word,
    c.UnmuteWord: people_and_posts.mute_word,
    c.Note: _note,
    c.AllowSpending: posting.allow_spending,
    c.BeginPosting: posting.begin,
    c.FinishPosting: posting.finish,
    c.FailPosting: posting.fail,
    c.ReserveSpending: posting.reserve_spending,
    c.BeginAnnouncing: announcing.begin,
    c.FinishAnnouncing: announcing.finish,
    c.FailAnnouncing: announcing.fail,
    c.LookUp: posting.look_up,
    c.Share: posting.share,
    c.Several: several.several,
    c.Undo: _undo,
    c.Close: _close,
}
