"""What a moderator is offered to post now: a pure function of (state, now).

Lengths are milliseconds, `now` is the hub's clock in UTC milliseconds.
"""

from collections.abc import Container, Iterable
from typing import Literal

import msgspec

from sessions.core import clock
from sessions.core.events import Purpose
from sessions.core.plan import ScriptKey
from sessions.core.state import SessionState
from sessions.publishing.texts import HEADS_UP
from sessions.words import _

AGAIN_AFTER = 180_000
"""A question is offered once more this long after it went out: who comes late scrolls no further back."""

HEADS_UP_BEFORE = 45_000
"""The heads-up is offered this long before the next question is planned, or at half of a short one."""

WELCOME_BEFORE = 300_000
"""The welcome is offered this long before the hour begins."""

SLOW_AGAIN_AFTER, SLOW_HEADS_UP_BEFORE, SLOW_WELCOME_BEFORE = 36_000_000, clock.SLOW_DANGER, 43_200_000
"""The same in a slow chat: 10 hours, so that a morning's question comes again in the evening; an hour; half a day."""


REMINDER_BEFORE, SLOW_REMINDER_BEFORE = 3_600_000, 86_400_000
"""How long before its start people elsewhere are reminded of a chat: an hour; a slow one a day."""


class Offer(msgspec.Struct, frozen=True):
    """Something to post now, with `ask` a question to ask, with `take_over` to take over asking, or with `announce`
    something to tell people elsewhere.

    `key` is what a desk remembers when it is dismissed, `subject` as in `posting_begun`.
    """

    purpose: Purpose | Literal["ask", "take_over", "announce"]
    subject: str
    words: str

    @property
    def key(self) -> str:
        """The same for the same offer: a question is not offered once more for being asked once more."""
        return f"{self.purpose} {self.subject}"


def offers(state: SessionState, now: int, dismissed: Container[str] = frozenset()) -> tuple[Offer, ...]:
    """What to offer, the most urgent first, in a rehearsal too; nothing after the end, and in a
    channel."""
    if state.closed_at is not None or state.plan is None or state.channel:
        return ()
    found = [_due(state, now), _heads_up(state, now), _thanks(state, now), _again(state, now), _welcome(state, now)]
    return tuple(offer for offer in found if offer is not None and offer.key not in dismissed)


def to_announce(
    state: SessionState, now: int, names: Iterable[str], dismissed: Container[str] = frozenset()
) -> tuple[Offer, ...]:
    """What to tell people elsewhere now, at those of the addresses with these `names` where nobody began to tell it:
    that the chat comes, the question that was asked, at the end where the recap is. Nothing in a channel."""
    if state.closed_at is not None or state.plan is None or state.channel:
        return ()
    from sessions.core.commands import announcement_words  # with it come all commands, which no first frame needs

    subject = _announced_now(state, now)
    begun = {one.begun.to for one in state.announcements.values() if one.begun.subject == subject}
    to = [name for name in names if name not in begun]
    if subject is None or not to:
        return ()
    offer = Offer(
        "announce",
        subject,
        _("Tell {names} {what}?").format(names=_(" and ").join(to), what=announcement_words(state, subject, _)),
    )
    return () if offer.key in dismissed else (offer,)


def _announced_now(state: SessionState, now: int) -> str | None:
    """The subject that it is the time to tell."""
    from sessions.core.commands import RECAP, REMINDER

    if not state.openings:
        soon = now >= clock.anchor(state) - _paced(state, REMINDER_BEFORE, SLOW_REMINDER_BEFORE)
        return REMINDER if soon else None
    over = state.timer is not None and state.next_question() is None and clock.left(state.timer, now) <= 0
    return RECAP if over else state.open


def _due(state: SessionState, now: int) -> Offer | None:
    """The question of the day in a slow chat."""
    question = state.next_question()
    if question is None or clock.due_since(state, now) is None:
        return None
    return Offer("ask", question, _("{name} is due. Ask it?").format(name=state.questions[question].name))


def asking_waits(state: SessionState, now: int, absent: Container[str] = ()) -> Offer | None:
    """In a slow chat, for whoever is here: to take over asking where a question is due and its asker is away.

    `absent` are moderators who have not left but are not heard of.
    """
    due = _due(state, now)
    driver = state.roles["driver"]
    asker = None if driver is None else state.moderators.get(driver)
    if due is None or (asker is not None and asker.here and driver not in absent):
        return None
    nobody = _("{name} is due, and nobody asks. Take over asking?")
    told = nobody if driver is None else _("{name} is due, and {driver} is away. Take over asking?")
    return Offer("take_over", due.subject, told.format(name=state.questions[due.subject].name, driver=driver))


def _again(state: SessionState, now: int) -> Offer | None:
    question, timer = state.open, state.timer
    if question is None or timer is None or clock.left(timer, now) <= _heads_up_before(state):
        return None
    opened, before = state.openings[-1].at, _paced(state, HEADS_UP_BEFORE, SLOW_HEADS_UP_BEFORE)
    out = [
        posting
        for posting in state.postings.values()
        if posting.begun.subject == question and posting.begun.at >= opened - before and posting.failed is None
    ]
    first = min((posting.done_at for posting in out if posting.done_at is not None), default=None)
    if (
        first is None
        or now - first < _paced(state, AGAIN_AFTER, SLOW_AGAIN_AFTER)
        or any(posting.begun.purpose == "again" for posting in out)
    ):
        return None
    return Offer("again", question, _("Post {name} again?").format(name=state.questions[question].name))


def _heads_up(state: SessionState, now: int) -> Offer | None:
    timer = state.timer
    if timer is None or timer.held is not None or state.next_question() is None:
        return None
    if clock.left(timer, now) > _heads_up_before(state) or clock.due_since(state, now) is not None:
        return None
    return _heads_up_line(state)


def heads_up_waits(state: SessionState) -> bool:
    """Whether the plan has a heads-up before the next question that nobody has posted yet."""
    return state.open is not None and state.next_question() is not None and _heads_up_line(state) is not None


def _heads_up_line(state: SessionState) -> Offer | None:
    return _line(state, HEADS_UP, f"{HEADS_UP}:{state.open}", _("Post the heads-up?"))


def _thanks(state: SessionState, now: int) -> Offer | None:
    timer = state.timer
    if timer is None or state.next_question() is not None or clock.left(timer, now) > 0:
        return None
    lines: tuple[tuple[ScriptKey, str], ...] = (
        ("thanks", _("Post the thanks?")),
        ("next_time", _("Ask about next time?")),
    )
    return next((offer for key, words in lines if (offer := _line(state, key, key, words)) is not None), None)


def _welcome(state: SessionState, now: int) -> Offer | None:
    if state.timer is not None or now < clock.anchor(state) - _paced(state, WELCOME_BEFORE, SLOW_WELCOME_BEFORE):
        return None
    lines: tuple[tuple[ScriptKey, str], ...] = (
        ("welcome", _("Post the welcome?")),
        ("saved", _("Tell them that the chat is saved?")),
        ("introduce", _("Ask them to introduce themselves?")),
    )
    return next((offer for key, words in lines if (offer := _line(state, key, key, words)) is not None), None)


def _line(state: SessionState, key: ScriptKey, subject: str, words: str) -> Offer | None:
    """The offer of a line that the plan has and that nobody has posted yet."""
    begun = any(one.begun.subject == subject and one.failed is None for one in state.postings.values())
    if begun or state.plan is None or key not in state.plan.script:
        return None
    return Offer("script", subject, words)


def _heads_up_before(state: SessionState) -> int:
    timer = state.timer
    before = _paced(state, HEADS_UP_BEFORE, SLOW_HEADS_UP_BEFORE)
    return 0 if timer is None else min(before, clock.total(timer) // 2)


def _paced(state: SessionState, hour: int, slow: int) -> int:
    return slow if clock.is_slow(state) else hour
