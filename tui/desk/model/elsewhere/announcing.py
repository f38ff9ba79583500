"""What people elsewhere can be told, and how that stands with each address, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sessions.core.commands import RECAP, REMINDER
from sessions.core.plan import Plan
from sessions.core.state import Announcement, SessionState
from sessions.networks.registry import NETWORKS
from sessions.publishing.announcing import State, question_text, recap_text, reminder_text, told_as
from sessions.words import _
from tui.text.days import moment_told
from tui.text.outside import clean_line

NO_ADDRESS = _("no address: write it below [announce] of config.toml")

Noted = Mapping[tuple[str, str], State]
"""What the library of this computer knows to be told, by what it is called there and the name of the address."""


@dataclass(frozen=True)
class Announceable:
    """Something to tell: what it is called in a list, its subject as in `announcing_begun`, and the words."""

    name: str
    subject: str
    text: str


@dataclass(frozen=True)
class Address:
    """Who is told, by the name that the plan has, and how this announcement stands there.

    `may` is whether it can be told, `wanted` whether it is to be unless the moderator says otherwise.
    """

    name: str
    standing: str = ""
    may: bool = True
    wanted: bool = True


def announceables(state: SessionState) -> list[Announceable]:
    """What can be told now: questions that were asked, the latest first, that there is a chat, where its recap is."""
    plan = state.plan or Plan()
    asked = dict.fromkeys(opening.question for opening in reversed(state.openings))
    questions = [state.questions[one] for one in asked if one in state.questions]
    found = [Announceable(one.name, one.id, question_text(plan, one)) for one in questions]
    reminder = Announceable(_("Reminder"), REMINDER, reminder_text(plan, NETWORKS))
    return [*found, reminder, Announceable(_("Recap"), RECAP, recap_text(plan, ""))]


def addresses(state: SessionState, subject: str, mine: Mapping[str, str], noted: Noted, me: str) -> list[Address]:
    """The addresses of the plan; `mine` are those that this computer knows, each with why it cannot be used, if so."""
    names = (state.plan.announce or ()) if state.plan is not None else ()
    return [_address(state, subject, name, mine, noted, me) for name in names]


def _address(state: SessionState, subject: str, name: str, mine: Mapping[str, str], noted: Noted, me: str) -> Address:
    same = of(state, subject, name)
    if same is not None and same.failed is None:
        return Address(name, how_told(state, same, me), may=False, wanted=False)
    if state.rehearsal:
        return Address(name)
    if name not in mine or mine[name]:
        return Address(name, mine.get(name, NO_ADDRESS), may=False, wanted=False)
    known = noted.get((told_as(state, subject), name))
    if known == "done":
        return Address(name, _("told before, by `lunchroom announce`"), may=False, wanted=False)
    if same is not None:
        return Address(name, how_told(state, same, me), wanted=False)
    return Address(name, _("may be there: look there first"), wanted=False) if known == "begun" else Address(name)


def of(state: SessionState, subject: str, name: str) -> Announcement | None:
    """The latest telling of this at that address."""
    found = [one for one in state.announcements.values() if (one.begun.subject, one.begun.to) == (subject, name)]
    return found[-1] if found else None


def how_told(state: SessionState, one: Announcement, me: str) -> str:
    """What became of it: `told 7:21 by Ana`, `being told by you`, `not told by Ana: it was refused`."""
    who = _("you") if one.begun.by == me else clean_line(one.begun.by or _("somebody"))
    if one.done_at is not None:
        told = _("rehearsed {at} by {who}") if state.rehearsal else _("told {at} by {who}")
        return told.format(at=moment_told(state, one.begun.at), who=who)
    if one.failed is not None:
        return _("not told by {who}: {failed}").format(who=who, failed=clean_line(one.failed))
    return _("being told by {who}").format(who=who)


def stuck(state: SessionState, subject: str, me: str, working: Sequence[str]) -> Announcement | None:
    """One of this that was begun and of which nobody who is here knows what became; `working` are keys of this desk."""
    for one in state.announcements.values():
        by = state.moderators.get(one.begun.by or "")
        gone = one.begun.by == me or by is None or not by.here
        if one.begun.subject == subject and one.unfinished and gone and one.begun.key not in working:
            return one
    return None


def hindrance(subject: str, text: str, chosen: Sequence[str]) -> str:
    """Why this cannot be told, in a sentence; empty where it can."""
    if not text.strip():
        return _("There is nothing to tell.")
    if subject == RECAP and "https://" not in text and "http://" not in text:
        return _("Write where the recap is: its address, such as https://blog.example.org/chat.")
    return "" if chosen else _("Choose at least one address.")
