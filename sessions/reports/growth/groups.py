"""People by school or level, so that no group under five can be read off, nor worked out from what is shown."""

from collections import Counter
from collections.abc import Iterable

from sessions.core.cleaning import clean_name
from sessions.reports.growth.model import Group, Groups

FEWEST = 5
"""People that a group must have to get a number of its own."""


def grouped(came: Iterable[str], known: Iterable[str] = ()) -> Groups:
    """The groups of those who came, one name a person, empty where it is not known.

    `known` has the names, one a person, of everybody in people.json. Names are one in whatever case and spacing.

    Groups under five are merged. All people together are known, so that a single merged group could be had by
    subtraction, and so could several that are as large as they may be: then the people whose group is not known, and
    after them the next smallest groups, are merged with them. Where a school of five or more is among the merged ones,
    or nothing is left to merge with, none is named as hardly reached: that would tell about the others.
    """
    came, known = [clean_name(name) for name in came], [clean_name(name) for name in known]
    names = _spellings([*came, *known])
    counts = Counter(name.casefold() for name in came)
    shown = sorted(counts, key=lambda key: (key != "", counts[key], key))
    merged = [key for key in shown if counts[key] < FEWEST]
    shown = [key for key in shown if counts[key] >= FEWEST]
    told = True
    if merged and not _hidden([counts[key] for key in merged]):
        told = False
        while shown and not told:
            merged.append(shown.pop(0))
            told = _mixed([counts[key] for key in merged])
        told = told and all(counts[key] < FEWEST for key in merged if key)
    directory = Counter(name.casefold() for name in known)
    few = [key for key, people in directory.items() if key and people >= FEWEST and counts[key] < FEWEST]
    return Groups(
        groups=tuple(
            Group(names[key], counts[key]) for key in sorted(shown, key=lambda key: (-counts[key], key)) if key
        ),
        not_known=counts[""] if "" in shown else None,
        others=sum(counts[key] for key in merged) or None,
        hardly_reached=tuple(sorted(names[key] for key in few)) if told else (),
    )


def _hidden(sizes: list[int]) -> bool:
    """Whether the sum of these groups, each under five, tells the size of none."""
    return len(sizes) > 1 and FEWEST <= sum(sizes) < (FEWEST - 1) * len(sizes)


def _mixed(sizes: list[int]) -> bool:
    """Whether a group under five among these is one of any size from one to four to whoever knows the sum."""
    return len(sizes) > 1 and sum(sizes) >= 2 * FEWEST


def _spellings(names: Iterable[str]) -> dict[str, str]:
    """The most frequent spelling of each name."""
    spelled: dict[str, Counter[str]] = {}
    for name in names:
        spelled.setdefault(name.casefold(), Counter())[name] += 1
    return {key: max(sorted(counts), key=lambda one: counts[one]) for key, counts in spelled.items()}
