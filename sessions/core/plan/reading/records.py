"""What a plan's file says of keeping the chat as a record; mistakes in a moderator's words."""

from collections.abc import Callable, Mapping
from typing import Any

from sessions.core.plan import MOST_YEARS
from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import quoted

Wrong = Callable[[Path, str], None]
"""Takes note of a mistake at a place of the file."""


def records_kept(data: Mapping[str, Any], rule: str, wrong: Wrong) -> dict[str, Any]:
    """What the plan keeps of it: the years, and the `rule` that it names; nothing where it says nothing."""
    kept: dict[str, Any] = {"records": rule} if rule else {}
    years = data.get("keep_years", 0)
    if type(years) is not int or not 0 <= years <= MOST_YEARS:
        allowed = f"a whole number from 0 (always) to {MOST_YEARS}"
        wrong(("keep_years",), f"keep_years must be {allowed}, got {quoted(years)}")
    elif years:
        kept["keep_years"] = years
    return kept
