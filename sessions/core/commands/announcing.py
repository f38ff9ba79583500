"""Decisions about telling people elsewhere: to a team's channel, to a mailing list. Each is named for its command."""

from collections.abc import Callable
from typing import Any

from sessions.core import events as e
from sessions.core.clock.face import clock_time, zone_of
from sessions.core.commands.refusing import Bodies, Refused, need_question
from sessions.core.commands.vocabulary import BeginAnnouncing, FailAnnouncing, FinishAnnouncing
from sessions.core.later import later
from sessions.core.state import Announcement, SessionState

REMINDER, RECAP = "reminder", "recap"
"""What is told beside questions, as `announcing_begun` names it."""


def announcement_words(state: SessionState, subject: str, say: Callable[[str], str] = later) -> str:
    """What is told, behind whom: `of the chat`, `Q3`, `where the recap is`; a desk has its own language in `say`."""
    if subject == RECAP:
        return say(later("where the recap is"))
    question = state.questions.get(subject)
    return say(later("of the chat")) if question is None else question.name


def begin(state: SessionState, command: BeginAnnouncing, by: str, *_: Any) -> Bodies:
    if state.plan is None or command.to not in (state.plan.announce or ()):
        raise Refused(f"The plan names nobody called {command.to} to tell: see [announce] there.")
    _need_subject(state, command.subject)
    if command.key in state.announcements:
        raise Refused("This key is that of another. Send it anew.")
    for one in state.announcements.values():
        if (one.begun.to, one.begun.subject) == (command.to, command.subject):
            _need_no_twin(state, one, by)
    fields = {field: getattr(command, field) for field in ("key", "to", "subject", "text")}
    begun = (e.AnnouncingBegun, fields)
    return (begun, (e.AnnouncingDone, {"key": command.key})) if state.rehearsal else (begun,)


def _need_subject(state: SessionState, subject: str) -> None:
    if subject in (REMINDER, RECAP):
        return
    question = need_question(state, subject)
    if all(opening.question != subject for opening in state.openings):
        raise Refused(f"{question.name} has not been asked yet.")


def _need_no_twin(state: SessionState, one: Announcement, by: str) -> None:
    """Refuse what is on its way, or told already."""
    begun = one.begun
    who = "You" if begun.by == by else begun.by
    told = f"{begun.to} {announcement_words(state, begun.subject)} at {clock_time(begun.at, zone_of(state.plan))}"
    if one.unfinished:
        how = "Wait for it." if begun.by != by and _here(state, begun.by) else "Whether it is there must be seen first."
        raise Refused(f"{who} began to tell {told}. {how}")
    if one.done_at is not None:
        raise Refused(f"{who} told {told}.")


def finish(state: SessionState, command: FinishAnnouncing, by: str, *_: Any) -> Bodies:
    known = _need_announcement(state, command.key)
    if known.done_at is not None:
        return ()
    _need_hand(state, known, by)
    return ((e.AnnouncingDone, {"key": command.key}),)


def fail(state: SessionState, command: FailAnnouncing, by: str, *_: Any) -> Bodies:
    known = _need_announcement(state, command.key)
    if known.failed is not None:
        return ()
    if known.done_at is not None:
        raise Refused(f"{known.begun.to} has been told {announcement_words(state, known.begun.subject)}.")
    _need_hand(state, known, by)
    return ((e.AnnouncingFailed, {"key": command.key, "reason": command.reason}),)


def _need_announcement(state: SessionState, key: str) -> Announcement:
    known = state.announcements.get(key)
    if known is None:
        raise Refused("Nothing was begun to be told by this key.")
    return known


def _need_hand(state: SessionState, known: Announcement, by: str) -> None:
    """Only who began it knows what became of it, and once they have left whoever looks there."""
    begun = known.begun
    if begun.by != by and _here(state, begun.by):
        raise Refused(f"{begun.by} is telling {begun.to} {announcement_words(state, begun.subject)}. Wait for it.")


def _here(state: SessionState, who: str | None) -> bool:
    moderator = state.moderators.get(who or "")
    return moderator is not None and moderator.here
