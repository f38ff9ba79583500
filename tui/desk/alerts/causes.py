"""What there is to alert of at a moment. Pure; names in it may be from outside."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from sessions.core import clock
from sessions.core.state import SessionState
from sessions.words import _
from tui.shell.alert_config import AlertName, Alerts
from tui.text.outside import clean_line
from tui.text.sources import short_name

MINUTE = 60_000

FINISHED = "finished"
"""The status of a source from which nothing more is to come."""


class Cause(NamedTuple):
    """Something that holds now, of which there is one alert: `what` tells it from all others of this name.

    `about` is what it is about: where the same goes on under another `what`, as when more time is taken from a question
    that is over, that is nothing new. `words` are a sentence.
    """

    name: AlertName
    about: str
    what: str
    words: str


def clock_causes(state: SessionState, now: int) -> Iterator[Cause]:
    """The last minute of the open question or of the introductions, and that their time is over."""
    counted = clock.countdown(state, now)
    if counted is None or counted.held or (now < clock.anchor(state) and state.timer is None):
        return
    if clock.is_slow(state):
        yield from _slow_causes(state, now, counted)
        return
    question = state.questions.get(state.open or "")
    if state.timer is None:
        about, called, over = (
            "introductions",
            _("the introductions"),
            _("The introductions are over: time for a question."),
        )
    elif question is None or not state.openings:
        return
    else:
        about, called = f"{state.openings[-1].at} {question.id}", clean_line(question.name)
        over = _("{called} is over its time.").format(called=called)
    what = f"{about} {counted.total}"
    if counted.phase == "danger":
        yield Cause("last_minute", about, what, _("The last minute of {called}.").format(called=called))
    elif counted.phase == "overtime":
        yield Cause("over", about, what, over)


def _slow_causes(state: SessionState, now: int, counted: clock.Countdown) -> Iterator[Cause]:
    """In a slow chat the last hour of the open question, and that the next one is due."""
    open_, upcoming = (state.questions.get(key or "") for key in (state.open, state.next_question()))
    if upcoming is not None and clock.due_since(state, now) is not None:
        yield Cause(
            "over",
            f"due {upcoming.id}",
            "due",
            _("{name} is due.").format(name=clean_line(upcoming.name)),
        )
    elif counted.phase == "danger" and open_ is not None and state.openings:
        called = clean_line(open_.name)
        yield Cause(
            "last_minute",
            f"{state.openings[-1].at} {open_.id}",
            "last hour",
            _("The last hour of {called}.").format(called=called),
        )


def people_causes(state: SessionState, now: int, minutes: int, done: Container[str] = ()) -> Iterator[Cause]:
    """Newcomers who have waited so many minutes to be greeted, the longest waiting first; those in `done` are passed
    over, so that many who wait on cost next to nothing."""
    if state.closed_at is not None:
        return
    since = now - minutes * MINUTE
    waiting = [
        person
        for known, person in state.people.items()
        if person.newcomer and person.first_at <= since and known not in done and state.wants_greeting(person)
    ]
    for person in sorted(waiting, key=lambda one: one.first_at):
        known, name = person.author.id, clean_line(person.author.shown)
        yield Cause(
            "newcomer_waits",
            known,
            known,
            _("{name} has waited {minutes} min for a hello.").format(name=name, minutes=minutes),
        )


def network_causes(state: SessionState, now: int, minutes: int) -> Iterator[Cause]:
    """Networks from which no post came for so many minutes of the hour; what goes on for days has its nights."""
    if state.closed_at is not None or state.plan is None or clock.lasts_days(state):
        return
    for source, known in state.sources.items():
        network = source.partition(":")[0]
        last = max(state.last_posts.get(network, 0), clock.anchor(state), state.opened_at)
        if now - last >= minutes * MINUTE and known.status != FINISHED:
            words = _("Nothing from {short_name} for {minutes} min.").format(
                short_name=short_name(state, source), minutes=minutes
            )
            yield Cause("network_silent", network, f"{network} {last}", words)


def post_causes(state: SessionState, posts: Iterable[str]) -> Iterator[Cause]:
    """Those of these posts that are folded because of a muted word."""
    for post in posts:
        if state.muted_word(post) is not None:
            yield Cause("muted_words", post, post, _("A post with a muted word came; it is folded."))


def causes(
    state: SessionState, now: int, wanted: Alerts, posts: Iterable[str] = (), people_done: Container[str] = ()
) -> list[Cause]:
    """All of those that somebody wants to be alerted of.

    `posts` are those that came since one looked before, `people_done` those of whom there was an alert already.
    """
    found = [cause for cause in clock_causes(state, now) if cause.name in wanted]
    if "newcomer_waits" in wanted:
        found += people_causes(state, now, wanted["newcomer_waits"].minutes, people_done)
    if "network_silent" in wanted:
        found += network_causes(state, now, wanted["network_silent"].minutes)
    if "muted_words" in wanted:
        found += post_causes(state, posts)
    return found
