"""Who has answered a question, and who of those present has not. Pure."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sessions.core.state import Person, SessionState
from sessions.words import _
from tui.text.outside import cell_len
from tui.text.wording import counted

FEWEST = 36
"""Cells from which on there are names; fewer have their number."""

MOST_NAMED = 24
"""Names that are tried in a title; more never fit."""


class Standing(NamedTuple):
    """How many answers a question has from how many people, how many are missing, and the names of the first of them.

    Nobody counts who is a host, and nobody as missing who is muted or left out.
    """

    name: str
    answers: int
    people: int
    missing: int
    called: tuple[str, ...] = ()


def is_missing(person: Person) -> bool:
    """Whether somebody counts as missing who has not answered: they posted, are no host, nobody muted them, and
    people.json does not leave them out."""
    return person.posts > 0 and not person.host and person.muted is None and not person.left_out


def missing_people(state: SessionState, question: str) -> list[Person]:
    """Those who posted in this chat and have not answered the question, aside from hosts, who is muted and who is left
    out."""
    answered = state.answered.get(question, {})
    return [person for person in state.people.values() if is_missing(person) and person.author.id not in answered]


@lru_cache(16)
def standing_words(standing: Standing, room: int, *, named: bool) -> str:
    """`Q2 · 33 from 23 · not yet: Ilse, Ravi, +8` in at most `room` cells, without `Q2` where that stands elsewhere.

    As many names as fit, and the number of the others; in a narrow pane only the number of all.
    """
    begin = _("{value}{answers:,} from {people:,}").format(
        value="" if named else f"{standing.name} ", answers=standing.answers, people=standing.people
    )
    if not standing.missing:
        whole = [_("{begin} · all have answered").format(begin=begin)] if standing.people else []
        return next((words for words in whole if cell_len(words) <= room), begin)
    names = _fitting(standing, room - cell_len(_("{begin} · not yet: ").format(begin=begin)))
    if room < FEWEST or not names:
        alone = counted(standing.missing, "{n} not yet", "{n} not yet")
        shorter = (f"{begin} · {alone}", *(() if named else (f"{standing.name}: {alone}",)))
        return next((words for words in shorter if cell_len(words) <= room), alone)
    return _("{begin} · not yet: {names}").format(begin=begin, names=names)


def _fitting(standing: Standing, room: int) -> str:
    """The first of the names that fit, and how many more there are; empty where not one fits."""
    shown, left = "", standing.missing
    for name in _short(standing.called):
        more = f"{shown}, {name}" if shown else name
        left -= 1
        if cell_len(more) + (len(f", +{left:,}") if left else 0) > room:
            return f"{shown}, +{left + 1:,}" if shown else ""
        shown = more
    return f"{shown}, +{left:,}" if left else shown


def _short(names: Sequence[str]) -> list[str]:
    """The first word of each name, where that tells them apart."""
    first = [name.partition(" ")[0] for name in names]
    times = Counter(first)
    return [short if short and times[short] == 1 else name for short, name in zip(first, names, strict=True)]
