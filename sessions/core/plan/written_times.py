"""Wall times as a plan's file writes them."""

import contextlib
import datetime
from collections.abc import Callable
from typing import Any

from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import quoted

Wrong = Callable[[Path, str], None]
"""Takes note of a mistake at a place of the file."""


def wall_time(
    value: Any, path: Path, example: str, wrong: Wrong, *, at: datetime.time | None = None
) -> datetime.datetime | None:
    """A date and time without an offset; with `at` a date alone is that time of the day. None where it is a mistake."""
    key = path[-1]
    if isinstance(value, str):
        with contextlib.suppress(ValueError):  # told below, with what was written
            value = datetime.datetime.fromisoformat(value.strip()) if ":" in value else value
    if at is not None and isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, at)
    if not isinstance(value, datetime.datetime):
        wrong(path, f"{key} must be a date and a time such as {example}, got {quoted(value)}")
    elif value.tzinfo is not None:
        wrong(path, f"{key} is local time in the timezone: leave out what is behind the seconds")
    elif not 2000 <= value.year < 2100:
        wrong(path, f"{key} must be a date between 2000 and 2099, got {quoted(value)}")
    else:
        return value.replace(microsecond=0)
    return None
