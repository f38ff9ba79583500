"""The pictures of the manual: one rehearsal, and what the desk shows in each part of the hour."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from textual.widgets import Input

from sessions.core.commands import Close
from tests.pictures.rehearsal import a_rehearsal

SIZE = (100, 30)
"""Cells of a window as it comes on many computers, made a little larger."""

PLAN = {
    r"starts = \S+": "starts = 2026-12-08T19:00:00",
    r"timezone = .+": 'timezone = "America/Chicago"',
    r'(?m)^# (\[\[hosts\]\])\n# (name = "Ana").*': r"\1\n\2",
}
"""What is the same whenever and wherever the picture is taken."""


async def manual(folder: Path) -> dict[str, str]:
    """The pictures as SVG by the names of their files; `folder` is for the rehearsal's own files."""
    pictures = {"before.svg": checked(folder)}
    async with a_rehearsal(folder, SIZE) as (rehearsal, desk):
        await rehearsal.pass_by(20)
        await rehearsal.press("n", "enter")
        await rehearsal.pass_by(24)
        await rehearsal.press("end")
        pictures["asking.svg"] = await desk.picture()
        await rehearsal.press("n", "enter")
        await rehearsal.pass_by(12)
        await rehearsal.press("tab")
        pictures["greeting.svg"] = await desk.picture()
        await rehearsal.press("p")
        pictures["hello.svg"] = await desk.picture()
        await rehearsal.press("escape", "shift+tab", "n", "enter")
        await rehearsal.pass_by(20)
        desk.screen.send(Close(id="the-end"))
        await desk.knows(lambda model: model.state.closed_at is not None)
        await rehearsal.press("R")
        desk.app.screen.query_one(Input).value = "stations.md"  # else the folder of whoever takes it
        pictures["after.svg"] = await desk.picture()
        await rehearsal.press("escape")
    return pictures


def checked(folder: Path) -> str:
    """A picture of the terminal in which somebody looks at a new plan."""
    lunchroom, plan = [sys.executable, "-m", "tui"], folder / "stations.toml"
    subprocess.run([*lunchroom, "new", str(plan)], check=True, capture_output=True)
    text = plan.read_text("utf-8")
    for pattern, words in PLAN.items():
        text = re.sub(pattern, words, text, count=1)
    plan.write_text(text, "utf-8")
    env = {**os.environ, "COLUMNS": str(SIZE[0])}
    argv = [*lunchroom, "check", str(plan)]
    said = subprocess.run(argv, check=True, capture_output=True, encoding="utf-8", env=env).stdout
    console = Console(record=True, width=SIZE[0], file=io.StringIO(), force_terminal=True)
    console.print(f"$ lunchroom check {plan.name}\n", highlight=False)
    console.print(said, markup=False, highlight=False)
    return console.export_svg(title="Lunchroom", theme=MONOKAI)
