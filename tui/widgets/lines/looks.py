"""What a terminal is told of how text looks, and how little it takes to tell it of another look."""

from functools import lru_cache
from typing import NamedTuple

_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where no letter is: lines under, through and over it, and reversed colours."""


class Look(NamedTuple):
    """What a terminal is told of a piece of text, as parameters of `ESC [ ... m`; empty colours are its own."""

    attributes: frozenset[str] = frozenset()
    colour: str = ""
    background: str = ""


PLAIN = Look()


@lru_cache(4096)
def on_blanks(before: Look, look: Look) -> Look:
    """The look that a terminal needs after `before` for blanks of this look: what they do not show stays as it was."""
    if (look.attributes | before.attributes) & _SEEN_ON_BLANKS:
        return look
    if not look.background:
        return PLAIN
    return before if before.background == look.background else before._replace(background=look.background)


def shown_by_blanks(parameters: str) -> str:
    """What of the parameters of a look shows on blanks."""
    look = look_told_by(parameters)
    return parameters if look.attributes & _SEEN_ON_BLANKS else look.background


@lru_cache(4096)
def change(before: Look, after: Look) -> str:
    """What to tell a terminal between the two."""
    if before == after:
        return ""
    if after == PLAIN or before.attributes - after.attributes:
        parameters = ["0", *sorted(after.attributes), after.colour, after.background]
    else:
        parameters = sorted(after.attributes - before.attributes)
        if after.colour != before.colour:
            parameters.append(after.colour or "39")
        if after.background != before.background:
            parameters.append(after.background or "49")
    return f"\x1b[{';'.join(filter(None, parameters))}m"


@lru_cache(4096)
def look_told_by(parameters: str) -> Look:
    """The parameters of one escape code, told apart."""
    attributes, colour, background = set(), "", ""
    rest = [part for part in parameters.split(";") if part]
    while rest:
        first = rest.pop(0)
        if first in ("38", "48"):
            count = 2 if rest[0] == "5" else 4
            value, rest = ";".join([first, *rest[:count]]), rest[count:]
        else:
            value = first
        number = int(first)
        if 30 <= number <= 39 or 90 <= number <= 97:
            colour = "" if value == "39" else value
        elif 40 <= number <= 49 or 100 <= number <= 107:
            background = "" if value == "49" else value
        else:
            attributes.add(value)
    return Look(frozenset(attributes), colour, background)
