"""Tasks to look a hashtag up, in words for a desk: how many did one, who and how. Names in it are from outside."""

from sessions.core.plan import Lookup
from sessions.core.state import SessionState
from sessions.core.tasks.standing import closed, could_do, done_by, participants, standing
from sessions.core.tasks.words import standing_words
from sessions.words import _
from tui.text.days import short_day_time
from tui.text.outside import clean_line
from tui.text.wording import zone_of


def did_it(state: SessionState, lookup: Lookup) -> int:
    """How many did the task."""
    return sum(1 for __ in done_by(state, lookup))


def task_words(state: SessionState, lookup: Lookup, now: int) -> str:
    """How the task stands at this moment (UTC milliseconds): `5 of 18 did it · until Wed 8:00 PM`, `closed Wed ...`."""
    words = _("{did_it:,} of {participants:,} did it").format(
        did_it=did_it(state, lookup), participants=participants(state)
    )
    if not lookup.until_at:
        return words
    at = short_day_time(lookup.until_at, zone_of(state.plan), now)
    told = _("{words} · closed {at}") if closed(lookup, now) else _("{words} · until {at}")
    return told.format(words=words, at=at)


def people_of(state: SessionState, lookup: Lookup) -> list[str]:
    """The ids of all who could do the task, as they are counted: those who did it first, then those who came too late,
    then the others."""
    able = [one for one, person in state.people.items() if could_do(person)]
    stands = {one: standing(state, lookup, one) for one in able}
    return sorted(able, key=lambda one: (not stands[one].done, stands[one].late is None and stands[one].mark is None))


def who_and_how(state: SessionState, lookup: Lookup, person: str) -> tuple[str, str]:
    """Their name, and how they stand: `Kim Lee`, `done: carries #PBL and #navasotaisd`."""
    how = standing_words(lookup, standing(state, lookup, person))
    return clean_line(state.people[person].author.shown), clean_line(how)
