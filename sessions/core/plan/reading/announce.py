"""What a plan's file says of who is told of the chat elsewhere; mistakes in a moderator's words."""

from collections.abc import Callable, Mapping
from typing import Any

from sessions.core.plan import ADDRESS_NAME
from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import quoted

MOST = 10
"""Addresses that a plan names."""

Wrong = Callable[[Path, str], None]
"""Takes note of a mistake at a place of the file."""

_EXAMPLE = 'to = ["staff"]'


def announced_to(data: Mapping[str, Any], wrong: Wrong) -> dict[str, Any]:
    """The names of the addresses, which stand in config.toml since they are secret; nothing where there are none."""
    table = data.get("announce", {})
    if not isinstance(table, dict):
        wrong(("announce",), f"write [announce] on a line of its own above {_EXAMPLE}, got {quoted(table)}")
        return {}
    for key in table:
        if key != "to":
            wrong(("announce", key), f"{quoted(key)} is not known: here can stand {_EXAMPLE}")
    names = table.get("to", [])
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        wrong(("announce", "to"), f"to must be a list of names such as {_EXAMPLE}, got {quoted(names)}")
        return {}
    for place, name in enumerate(names):
        if "://" in name or "@" in name:
            wrong(("announce", "to", place), "an address is secret: write it into config.toml, and its name here")
        elif not ADDRESS_NAME.fullmatch(name):
            wrong(("announce", "to", place), f"{quoted(name)} is no name: write a word such as {_EXAMPLE}")
    if len(names) > MOST:
        wrong(("announce", "to"), f"to must have no more than {MOST} names, got {len(names)}")
    return {"announce": tuple(dict.fromkeys(names))} if names else {}
