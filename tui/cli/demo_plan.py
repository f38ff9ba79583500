"""The plan of `lunchroom demo`: a short rehearsal that begins now."""

import datetime
from importlib import resources


def demo_plan_text() -> str:
    """The plan as TOML, starting at the present minute in UTC."""
    now = datetime.datetime.now(datetime.UTC).replace(second=0, microsecond=0, tzinfo=None)
    text = resources.files("tui.cli").joinpath("demo.toml").read_text(encoding="utf-8")
    return text.replace("2026-01-01T00:00:00", now.isoformat())
