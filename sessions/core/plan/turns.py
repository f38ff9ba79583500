"""Whose turn a question is: the plan's `turns`, and names as it spells them. Pure."""

import difflib
from collections.abc import Sequence

from sessions.core.plan import Host, Plan
from sessions.core.plan.words import quoted

ALTERNATE = "alternate"
"""What a plan writes whose hosts ask one after the other."""


def same_name(one: str, other: str) -> bool:
    """Whether two names are one moderator's, in whatever case they are written."""
    return one.casefold() == other.casefold()


def as_spelt(name: str, hosts: Sequence[Host]) -> tuple[str, str]:
    """The name as the plan spells it, and why it can be nobody's turn (else empty).

    A plan that names no hosts takes any name.
    """
    found = next((host.name for host in hosts if same_name(host.name, name)), name)
    if not name or not hosts or any(host.name == found for host in hosts):
        return found, ""
    names = [host.name for host in hosts]
    near = difflib.get_close_matches(name.casefold(), [one.casefold() for one in names], n=1)
    meant = next((one for one in names if near and same_name(one, near[0])), "")
    hint = f"did you mean {meant}?" if meant else f"the hosts are {', '.join(names)}"
    return name, f"{quoted(name)} is no host of this plan: {hint}"


def in_turn(names: Sequence[str], count: int) -> list[str]:
    """Whose turn each of `count` questions is where these take turns; nobody's without any."""
    return [names[number % len(names)] if names else "" for number in range(count)]


def taking_turns(plan: Plan) -> tuple[str, ...]:
    """Those who take turns, if that tells whose turn each question is and is shorter; the fewest names that do."""
    turns = [question.turn for question in plan.questions]
    for count in range(1, (len(turns) + 1) // 2 + 1):
        if all(turns[:count]) and in_turn(turns[:count], len(turns)) == turns:
            return tuple(turns[:count])
    return ()
