"""What an event decides, so that two who decided otherwise are told apart, and the command that decides the same."""

from collections.abc import Callable, Hashable
from typing import Any

from msgspec import UNSET

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands import Command
from sessions.core.events import Event
from sessions.core.plan.muted import word_key
from sessions.core.state import SessionState, task_key

TIMER: Hashable = ("timer",)
"""Which question is open, its countdown, and what that leaves for the others."""

_DECIDES: dict[type[Any], Callable[[Any], Hashable]] = {
    e.RoleTaken: lambda ev: ("role", ev.role),
    e.RoleReleased: lambda ev: ("role", ev.role),
    e.QuestionAsked: lambda _ev: TIMER,
    e.TimerHeld: lambda _ev: TIMER,
    e.TimerResumed: lambda _ev: TIMER,
    e.TimeAdded: lambda _ev: TIMER,
    e.MinutesShared: lambda _ev: TIMER,
    e.QuestionEdited: lambda ev: ("words", ev.question),
    e.TurnGiven: lambda ev: ("turn", ev.question),
    e.QuestionMoved: lambda ev: ("place", ev.question),
    e.QuestionSkipped: lambda ev: ("skipped", ev.question),
    e.QuestionRestored: lambda ev: ("skipped", ev.question),
    e.PostFiled: lambda ev: ("filing", ev.post),
    e.PostHighlighted: lambda ev: ("star of a post", ev.post),
    e.PostUnhighlighted: lambda ev: ("star of a post", ev.post),
    e.PersonHighlighted: lambda ev: ("star of a person", ev.person),
    e.PersonUnhighlighted: lambda ev: ("star of a person", ev.person),
    e.PersonGreeted: lambda ev: ("greeting", ev.person),
    e.PersonTagged: lambda ev: ("tags", ev.person),
    e.TaskMarked: lambda ev: ("task", task_key(ev.tag, ev.person)),
    e.CreditAsked: lambda ev: ("credit", ev.person),
    e.AccountsJoined: lambda _ev: "accounts",
    e.PostHidden: lambda ev: ("hidden", ev.post),
    e.PostShown: lambda ev: ("hidden", ev.post),
    e.PersonMuted: lambda ev: ("muted", ev.person),
    e.PersonUnmuted: lambda ev: ("muted", ev.person),
    e.WordMuted: lambda ev: ("word", word_key(ev.word)),
    e.WordUnmuted: lambda ev: ("word", word_key(ev.word)),
}


def decides(event: object) -> Hashable | None:
    """What the event decides, of which the latest decision holds; None where it stands for itself, as a note does."""
    row = _DECIDES.get(type(event))
    return row(event) if row is not None else None


Asking = Callable[[Any, str, SessionState], Command]

_COMMANDS: dict[type[Any], Asking] = {
    e.RoleTaken: lambda ev, id_, _s: c.TakeRole(id=id_, role=ev.role),
    e.RoleReleased: lambda ev, id_, _s: c.ReleaseRole(id=id_, role=ev.role),
    e.QuestionAsked: lambda ev, id_, s: c.Ask(id=id_, question=ev.question, seen=s.open),
    e.TimerHeld: lambda _ev, id_, _s: c.Hold(id=id_),
    e.TimerResumed: lambda _ev, id_, _s: c.Resume(id=id_),
    e.TimeAdded: lambda ev, id_, _s: c.AddTime(id=id_, seconds=ev.seconds),
    e.QuestionEdited: lambda ev, id_, s: c.EditQuestion(
        id=id_,
        question=ev.question,
        label=ev.label if s.question_with_label(ev.label) in (None, ev.question) else UNSET,
        text=ev.text,
        minutes=ev.minutes,
        notes=ev.notes,
    ),
    e.QuestionMoved: lambda ev, id_, _s: c.MoveQuestion(id=id_, question=ev.question, after=ev.after),
    e.QuestionSkipped: lambda ev, id_, _s: c.SkipQuestion(id=id_, question=ev.question),
    e.QuestionRestored: lambda ev, id_, _s: c.RestoreQuestion(id=id_, question=ev.question),
    e.TurnGiven: lambda ev, id_, _s: c.GiveTurn(id=id_, question=ev.question, moderator=ev.moderator),
    e.MinutesShared: lambda _ev, id_, _s: c.ShareMinutes(id=id_),
    e.PostFiled: lambda ev, id_, _s: c.File(id=id_, post=ev.post, question=ev.question),
    e.PostHighlighted: lambda ev, id_, _s: c.Highlight(id=id_, post=ev.post),
    e.PostUnhighlighted: lambda ev, id_, _s: c.Unhighlight(id=id_, post=ev.post),
    e.PersonHighlighted: lambda ev, id_, _s: c.Highlight(id=id_, person=ev.person),
    e.PersonUnhighlighted: lambda ev, id_, _s: c.Unhighlight(id=id_, person=ev.person),
    e.PersonGreeted: lambda ev, id_, _s: c.Greet(id=id_, person=ev.person),
    e.PersonTagged: lambda ev, id_, _s: c.Tag(
        id=id_, person=ev.person, school=ev.school, level=ev.level, groups=ev.groups
    ),
    e.TaskMarked: lambda ev, id_, _s: c.MarkTask(id=id_, person=ev.person, tag=ev.tag, done=ev.done),
    e.CreditAsked: lambda ev, id_, _s: c.MarkCredit(id=id_, person=ev.person, asked=ev.asked),
    e.AccountsJoined: lambda ev, id_, s: c.JoinAccounts(
        id=id_, accounts=tuple(pair for pair in ev.accounts if pair[0] in s.people)
    ),
    e.PostHidden: lambda ev, id_, _s: c.Hide(id=id_, post=ev.post),
    e.PostShown: lambda ev, id_, _s: c.Show(id=id_, post=ev.post),
    e.PersonMuted: lambda ev, id_, _s: c.Mute(id=id_, person=ev.person),
    e.PersonUnmuted: lambda ev, id_, _s: c.Unmute(id=id_, person=ev.person),
    e.WordMuted: lambda ev, id_, _s: c.MuteWord(id=id_, word=ev.word),
    e.WordUnmuted: lambda ev, id_, _s: c.UnmuteWord(id=id_, word=ev.word),
    e.PostRedacted: lambda ev, id_, _s: c.Redact(id=id_, post=ev.post),
    e.NoteAdded: lambda ev, id_, _s: c.Note(id=id_, text=ev.text),
    e.QuestionAdded: lambda ev, id_, s: c.AddQuestion(
        id=id_,
        text=ev.question.text,
        label=ev.question.label if s.question_with_label(ev.question.label) is None else None,
        minutes=ev.question.minutes,
        notes=ev.question.notes,
        after=ev.after if ev.after is None or ev.after in s.questions else UNSET,
    ),
}


def asked_for(state: SessionState, event: Event) -> Command | None:
    """The command that causes in this state what the event did in its own; None where no command does.

    A label that another question has here is left to be chosen anew.
    """
    row = _COMMANDS.get(type(event))
    return row(event, event.command or "", state) if row is not None else None
