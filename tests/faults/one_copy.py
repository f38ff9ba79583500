"""Whether the answers to several desks are those of one copy that did one thing after the other (linearizability).

The order of the saved events is the witness: each answer must follow from it at one moment between question and answer.
What one copy would answer is told by rules of its own for who holds the roles, which question is open, and undoing; it
knows nothing of how the hub decides.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.events import AnyEvent, encode_event
from tests.faults.desk import Asked

NOTHING, DONE, REFUSED = "changes nothing", "done", "refused"

TIMED = (e.QuestionAsked, e.TimerHeld, e.TimerResumed, e.TimeAdded)
REGISTERS = (c.Ask, c.TakeRole, c.ReleaseRole, c.Undo)
"""The commands whose histories are looked at."""


class OneCopy:
    """The registers after some events: roles, the open question, and what lies upon what."""

    def __init__(self) -> None:
        self.roles: dict[str, str | None] = {"driver": None, "greeter": None}
        self.open: str | None = None
        self.questions: set[str] = set()
        self.upon: dict[tuple[str, str], list[AnyEvent]] = {}
        """By subject, the actions that have effect, the latest last."""
        self.undone: set[int] = set()
        self.impossible: list[str] = []
        """Events that one copy would not have, in words."""
        self._subject: dict[int, tuple[str, str]] = {}

    def take(self, event: AnyEvent) -> None:
        """One event more."""
        if isinstance(event, e.SessionOpened):
            self.questions = {question.id for question in event.plan.questions}
        elif isinstance(event, e.Undone):
            self.undone.add(event.undoes)
            stack = self.upon.get(self._subject.get(event.undoes, ("", "")), [])
            if not stack or stack.pop().seq != event.undoes:
                self.impossible.append(f"event {event.seq} takes {event.undoes} back, upon which something lies")
        else:
            subject = _subject(event)
            if subject is not None:
                self.upon.setdefault(subject, []).append(event)
                self._subject[event.seq] = subject
        self._settle()

    def _settle(self) -> None:
        """Each register holds what the latest action upon it that has effect says."""
        for role in self.roles:
            latest = self.upon.get(("role", role), [])[-1:]
            self.roles[role] = latest[0].moderator if latest and isinstance(latest[0], e.RoleTaken) else None
        asked = [event for event in self.upon.get(("timer", ""), []) if isinstance(event, e.QuestionAsked)]
        self.open = asked[-1].question if asked else None

    def answer(self, command: c.Command, by: str) -> str:
        """What becomes of a command now."""
        if isinstance(command, c.TakeRole):
            return NOTHING if self.roles[command.role] == by else DONE
        if isinstance(command, c.ReleaseRole):
            holder = self.roles[command.role]
            return NOTHING if holder is None else DONE if holder == by else REFUSED
        if isinstance(command, c.Ask):
            if self.roles["driver"] != by or command.seen != self.open or command.question not in self.questions:
                return REFUSED
            return NOTHING if command.question == self.open else DONE
        assert isinstance(command, c.Undo)
        if command.seq in self.undone:
            return NOTHING
        subject = self._subject.get(command.seq)
        if subject is None:
            return REFUSED
        latest = self.upon[subject][-1] if self.upon[subject] else None
        if latest is None or latest.seq != command.seq or isinstance(latest, e.UnknownEvent) or latest.by is None:
            return REFUSED
        return REFUSED if isinstance(latest, TIMED) and self.roles["driver"] != by else DONE


def _subject(event: AnyEvent) -> tuple[str, str] | None:
    if isinstance(event, e.RoleTaken | e.RoleReleased):
        return ("role", event.role)
    if isinstance(event, TIMED):
        return ("timer", "")
    if isinstance(event, e.NoteAdded):
        return ("note", str(event.seq))
    if isinstance(event, e.PersonGreeted):
        return ("person", event.person)
    if isinstance(event, e.PostHighlighted | e.PostHidden | e.PostFiled):
        return ("post", event.post)
    if isinstance(event, e.PostSeen) and event.by is not None:
        return ("post", event.post.id)
    return None


def objections(events: Sequence[AnyEvent], asked: Sequence[Asked], *, open_ended: bool = False) -> list[str]:
    """What was answered and would not have been by one copy, in words.

    `open_ended` where what was answered with `unsaved` may have been done all the same: because requests arrived twice,
    or because a hub was killed before it could take back what its disk had refused to make durable.
    """
    effects: dict[str, list[int]] = {}
    done: set[bytes] = set()
    states, found = _answers_at(events, asked)
    for event in events:
        if not isinstance(event, e.UnknownEvent) and event.command is not None:
            effects.setdefault(event.command, []).append(event.seq)
            what = encode_event(replace(event, seq=0, at=0))
            if what in done:
                found.append(f"{what.decode()} was done twice")
            done.add(what)
    for one in asked:
        seqs = effects.get(one.command.id, [])
        if seqs and seqs != list(range(seqs[0], seqs[-1] + 1)):
            found.append(f"{_named(one)} was done more than once: {seqs}")
        if (one.outcome == "refused" and seqs) or (one.outcome == "unsaved" and seqs and not open_ended):
            found.append(f"{_named(one)} was {one.outcome}, and done: {seqs}")
        if one.outcome == "accepted" and one.seq > len(events):
            found.append(f"{_named(one)} was acknowledged as {one.seq}, and only {len(events)} events are left")
        if one.outcome == "accepted" and seqs and seqs[-1] != one.seq:
            found.append(f"{_named(one)} was acknowledged as {one.seq}, and is {seqs}")
        low, high = _moments(one, asked, effects, len(events))
        if one.outcome == "accepted" and seqs and not low < seqs[0] <= seqs[-1] <= high:
            found.append(f"{_named(one)} is {seqs}, and had to be behind {low} and not behind {high}")
        if one.outcome == "accepted" and not seqs and not low <= one.seq <= high:
            found.append(f"{_named(one)} was acknowledged as {one.seq}, and had to be from {low} to {high}")
        if isinstance(one.command, REGISTERS) and one.outcome != "unsaved":
            wrong = _wrong(one, seqs, low, high, states[one.command.id])
            if wrong:
                found.append(wrong)
    return found


def _answers_at(events: Sequence[AnyEvent], asked: Sequence[Asked]) -> tuple[dict[str, list[str]], list[str]]:
    """What one copy would have answered to each command after none, one, two ... events; which events it would not
    have."""
    registers = [one for one in asked if isinstance(one.command, REGISTERS)]
    answers: dict[str, list[str]] = {one.command.id: [] for one in registers}
    copy = OneCopy()
    for event in (None, *events):
        if event is not None:
            copy.take(event)
        for one in registers:
            answers[one.command.id].append(copy.answer(one.command, one.desk))
    return answers, copy.impossible


def _moments(one: Asked, asked: Sequence[Asked], effects: dict[str, list[int]], last: int) -> tuple[int, int]:
    """Behind which event at the earliest, and which at the latest, it took effect: what was answered before it was
    asked lies before it, and what was asked behind its answer lies behind it."""
    low, high = one.shown, last
    for other in asked:
        if other.answered is not None and other.answered < one.invoked and other.outcome == "accepted":
            low = max(low, other.seq)
        seqs = effects.get(other.command.id)
        if one.answered is not None and other.invoked > one.answered and seqs:
            high = min(high, seqs[0] - 1)
    return low, high


def _wrong(one: Asked, seqs: list[int], low: int, high: int, answers: list[str]) -> str:
    if seqs:
        before = answers[seqs[0] - 1]
        return "" if before == DONE else f"{_named(one)} was done as {seqs}, where one copy says: {before}"
    if one.outcome == "unknown":
        return ""
    wanted = REFUSED if one.outcome == "refused" else NOTHING
    if wanted in answers[low : high + 1] and (one.outcome == "refused" or answers[one.seq] == NOTHING):
        return ""
    told = f" ({one.words})" if one.words else ""
    said = sorted(set(answers[low : high + 1]))
    return f"{_named(one)} was {one.outcome}{told}, where one copy says: {said} behind {low} to {high}"


def _named(one: Asked) -> str:
    return f"{one.command} of {one.desk}"
