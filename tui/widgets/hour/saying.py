"""What is said of the hour at a moment: each phase has its word, so that its colour is never needed. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sessions.core import clock
from sessions.core.plan.turns import same_name
from sessions.core.state import SessionState
from sessions.publishing.offers import heads_up_waits
from sessions.words import _, pgettext
from tui.text.days import day_name, day_time, days_long
from tui.text.outside import clean_line
from tui.text.sources import ago
from tui.text.wording import clock_time, countdown_time, counted, length, zone_of

HourPhase = Literal[
    "", "before", "introductions", "left", "soon", "last_minute", "over", "held", "closing", "closing_over", "closed"
]
"""Where the hour is; empty before anything is known of it."""

ON_TIME = 30_000
"""Milliseconds off the plan that still count as on time."""

LONGEST = 100 * 60_000
"""Milliseconds from which on what is left is not counted in minutes and seconds."""

_WORDS: dict[clock.Phase, tuple[HourPhase, str]] = {
    "normal": ("left", pgettext("time", "left")),
    "warning": ("soon", _("left, soon over")),
    "danger": ("last_minute", _("LAST MINUTE")),
    "overtime": ("over", _("OVER")),
}


@dataclass(frozen=True)
class Asker:
    """Whose desk this is, and its keys.

    `key_of` gives the key of an action as a sentence names it. `posting` tells that a line above the status line offers
    something to post already. `to_greet` is how many wait to be greeted, None where the people are in sight beside the
    answers, `unfiled` how many answers are under no question; `at_people` that they have the room of the answers.
    """

    me: str = ""
    key_of: Callable[[str], str] = lambda _name: ""
    posting: bool = False
    to_greet: int | None = None
    unfiled: int = 0
    at_people: bool = False


@dataclass(frozen=True)
class Saying:
    """What is said.

    `place` is where the chat is (`Q2 of 6`), `time` what is left as minutes and seconds, or by how much it is `over`;
    `word` belongs to it. `standing` is how the hour stands against the plan, `ends` when it ends. `urgent` and `hints`
    are keys with what they do now, `to_greet` and `unfiled` numbers in words, `greeting_key` what helps there. `share`
    is the part of the time that is used, 0 to 1, None where nothing is counted.
    """

    phase: HourPhase = ""
    place: str = ""
    time: str = ""
    word: str = ""
    over: bool = False
    share: float | None = None
    standing: str = ""
    ends: str = ""
    urgent: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    to_greet: str = ""
    greeting_key: str = ""
    unfiled: str = ""

    @property
    def told(self) -> str:
        """The time with its word: `02:41 left`, `OVER by 0:24`, `OVER by 0:24, HELD`."""
        if self.over:
            told = _("OVER by {time}, HELD") if self.phase == "held" else _("OVER by {time}")
            return told.format(time=self.time)
        return f"{self.time} {self.word}".strip()


def saying(state: SessionState, now: int, asker: Asker) -> Saying:
    """What is said of the hour at this moment (UTC milliseconds) to this moderator."""
    counted = clock.countdown(state, now)
    zone = zone_of(state.plan)
    if state.channel and state.plan is not None and state.closed_at is None:
        return _for(_channel(state, now), state, asker)
    if counted is None:
        closed = state.closed_at
        return (
            Saying()
            if closed is None
            else Saying("closed", _("closed at {clock_time}").format(clock_time=clock_time(closed, zone)))
        )
    if clock.is_slow(state):
        said = _slow(state, now, counted)
    elif state.timer is None:
        said = _before_questions(state, now, counted)
    elif not counted.held and counted.left <= 0 and state.next_question() is None:
        said = _closing(state, now, counted.left + clock.close_length(state))
    else:
        said = _question(state, now, counted)
    return _for(said, state, asker)


def _before_questions(state: SessionState, now: int, counted: clock.Countdown) -> Saying:
    zone, begins = zone_of(state.plan), clock.anchor(state)
    first = _("first question at {clock_time}").format(clock_time=clock_time(begins + counted.total, zone))
    if now < begins:
        rest = begins - now
        at = _("begins at {clock_time}").format(clock_time=clock_time(begins, zone))
        if rest >= LONGEST:
            return Saying("before", _("before the start, in {ago}").format(ago=ago(rest)), standing=at, ends=first)
        return Saying("before", "", countdown_time(rest), _("until the start"), standing=at, ends=first)
    if counted.left > 0:
        time = countdown_time(counted.left)
        return Saying(
            "introductions",
            _("introductions"),
            time,
            pgettext("time", "left"),
            share=_used(counted.left, counted.total),
            standing=first,
        )
    over = length(counted.left)
    return Saying("introductions", _("introductions"), over, _("OVER"), True, 1.0, *_standing(state, now))


def _question(state: SessionState, now: int, counted: clock.Countdown) -> Saying:
    phase, word = _WORDS[counted.phase]
    over = counted.left < 0
    time = length(counted.left) if over else countdown_time(counted.left)
    if counted.phase == "overtime" and not over:
        word = _("OVER")
    if counted.held:
        phase, word = "held", _("OVER, HELD") if over else _("HELD")
    question = state.questions.get(state.open or "")
    place = "" if question is None else _("{name} of {order}").format(name=question.name, order=len(state.order))
    return Saying(phase, place, time, word, over, _used(counted.left, counted.total), *_standing(state, now))


def _slow(state: SessionState, now: int, counted: clock.Countdown) -> Saying:
    """A slow chat, which counts minutes and seconds in the last hour of a question alone.

    An hour more or less does not bring it out of time.
    """
    zone = zone_of(state.plan)
    open_, upcoming = (state.questions.get(key or "") for key in (state.open, state.next_question()))
    place = "" if open_ is None else _("{name} of {order}").format(name=open_.name, order=len(state.order))
    following = "" if upcoming is None else upcoming.name
    opens, due = clock.openings(state).get(state.next_question() or ""), clock.due_since(state, now)
    off = clock.over_under(state, now)
    standing = _behind(days_long(off), off) if abs(off) >= clock.SLOW_DANGER else ""
    if not standing and opens is not None and due is None:
        standing = _("{following} opens {day_time}").format(following=following, day_time=day_time(opens, zone, now))
    ends = _("ends {day_time}").format(day_time=day_time(clock.planned_end(state), zone, now))
    if due is not None:
        return Saying(
            "over",
            place,
            "",
            _("{following} was due {day_time}").format(following=following, day_time=day_time(due, zone, now)),
            False,
            1.0,
            standing,
            ends,
        )
    used = _used(counted.left, counted.total)
    if counted.held:
        return Saying("held", place, "", _("HELD"), False, used, standing, ends)
    if open_ is None and opens is None:
        return Saying(
            "before",
            "",
            "",
            _("{following} can be asked").format(following=following) if following else _("no question is planned"),
            ends=ends,
        )
    if open_ is None and opens is not None:
        rest, word = opens - now, _("until {following} opens").format(following=following)
        large = rest <= clock.SLOW_DANGER
        time, told = (countdown_time(rest), word) if large else ("", f"{days_long(rest)} {word}")
        return Saying("before", "", time, told, False, None, standing, ends)
    left = counted.left
    if left > clock.SLOW_DANGER:
        soon = counted.phase == "warning"
        told = (_("{time} left, soon over") if soon else _("{time} left")).format(time=days_long(left))
        return Saying("soon" if soon else "left", place, "", told, False, used, standing, ends)
    if left > 0:
        time = countdown_time(left)
        return Saying("last_minute", place, time, _("left, LAST HOUR"), False, used, standing, ends)
    if upcoming is None:
        return Saying("closing", _("closing"), "", _("all questions were asked"), False, 1.0)
    return Saying(
        "over", place, "", _("OVER by {days_long}").format(days_long=days_long(left)), False, 1.0, standing, ends
    )


def _channel(state: SessionState, now: int) -> Saying:
    """A channel, which has no clock: how much there is of its month, and until when it goes."""
    zone, last = zone_of(state.plan), clock.planned_end(state) - 1
    posts = _("{posts} from {people}").format(
        posts=counted(len(state.posts), "{n} post", "{n} posts"),
        people=counted(len(state.present()), "{n} person", "{n} people"),
    )
    new = counted(state.newcomers(), "{n} new person", "{n} new people")
    ends = (
        _("until {day_name}").format(day_name=day_name(last, zone))
        if now <= last
        else _("was until {day_name}").format(day_name=day_name(last, zone))
    )
    return Saying("", _("between the chats"), "", posts, standing=new, ends=ends)


def _closing(state: SessionState, now: int, left: int) -> Saying:
    """The minutes for thanks and the next date, which begin when the last question's time is over."""
    whole = clock.close_length(state)
    if left > 0:
        used = _used(left, whole)
        return Saying(
            "closing", _("closing"), countdown_time(left), pgettext("time", "left"), False, used, *_standing(state, now)
        )
    return Saying("closing_over", _("closing"), length(left), _("OVER"), True, 1.0, *_standing(state, now))


def _used(left: int, total: int) -> float:
    """The part of the time that is used, 0 to 1: with the seconds that are told, so that the bar goes on as they do."""
    return 1.0 if total <= 0 else min(1.0, max(0.0, 1 + -left // 1000 * 1000 / total))


def _standing(state: SessionState, now: int) -> tuple[str, str]:
    """How the hour stands against the plan, and when it ends."""
    off = clock.over_under(state, now)
    words = _("on time") if abs(off) < ON_TIME else _behind(length(off), off)
    return words, _("ends {clock_time}").format(
        clock_time=clock_time(clock.expected_end(state, now), zone_of(state.plan))
    )


def _for(said: Saying, state: SessionState, asker: Asker) -> Saying:
    """The same with the keys that help this moderator now."""
    if asker.me and state.roles["driver"] == asker.me:
        urgent, hints = _asking(said, state, asker)
    else:
        urgent, hints = _taking_over(said, state, asker)
    greets = asker.me and state.roles["greeter"] == asker.me and asker.to_greet
    key = asker.key_of("greet" if asker.at_people else "next_pane") if greets else ""
    number = "" if asker.to_greet is None else _("{to_greet:,} to greet").format(to_greet=asker.to_greet)
    return Saying(
        said.phase, said.place, said.time, said.word, said.over, said.share, said.standing, said.ends,
        urgent, hints, number, key, _("{unfiled:,} unfiled").format(unfiled=asker.unfiled) if asker.unfiled else "",
    )  # fmt: skip


def _asking(said: Saying, state: SessionState, asker: Asker) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the one who asks can do: what is urgent, and what else."""
    key_of = asker.key_of
    if said.phase == "held":
        return (_("{hold_key} goes on").format(hold_key=key_of("hold")),), ()
    if said.phase in ("closing", "closing_over"):
        key = key_of("close")
        ends = (
            _("{key} ends the chat").format(key=key)
            if key
            else _("{command_palette_key} End the chat").format(command_palette_key=key_of("command_palette"))
        )
        return ((ends,), ()) if said.over else ((), (ends,))
    upcoming = state.next_question()
    if said.phase in ("", "before", "closed") or upcoming is None:
        return (), ()
    turn = clean_line(state.questions[upcoming].turn)
    asks = _("{next_key} next{value}").format(
        next_key=key_of("next"), value=f" ({turn})" if turn and not same_name(turn, asker.me) else ""
    )
    if said.phase == "last_minute" and heads_up_waits(state) and not asker.posting:
        return (asks,), (_("{script_key} heads-up").format(script_key=key_of("script")),)
    return ((asks,), ()) if said.over or said.phase in ("last_minute", "over") else ((), (asks,))


def _taking_over(said: Saying, state: SessionState, asker: Asker) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What whoever does not ask can do whose turn the next question is: what is urgent, and what else."""
    upcoming = state.next_question()
    turn = state.questions[upcoming].turn if upcoming is not None else ""
    if not turn or not asker.me or not same_name(turn, asker.me) or said.phase in ("", "closed"):
        return (), ()
    takes = (_("your turn: {take_driver_key} takes over").format(take_driver_key=asker.key_of("take_driver")),)
    return (takes, ()) if said.over or said.phase in ("soon", "last_minute", "over") else ((), takes)


def _behind(amount: str, off: int) -> str:
    return (_("{amount} behind") if off > 0 else _("{amount} ahead")).format(amount=amount)
