"""The desk at four sizes in three themes, kept as text: what stands in each cell, and in which colours of each theme.

One file a size says as much as three pictures, and a change of words or of a colour is a change of a few lines in it.
"""

import string
from pathlib import Path

from rich.cells import cell_len
from rich.style import Style
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.strip import Strip

from tests.tui.colours.lively import lively
from tests.tui.desks import DeskInHand
from tests.tui.posting_desk import Clock

SIZES = [(80, 24), (100, 30), (160, 48), (200, 60)]

THREE = ("lunchroom", "lunchroom-light", "nord")
"""Ours, and one of Textual's."""

SIGNS = string.ascii_letters + string.digits + "+*=<>^~!?#%&@$"


class Text(SingleFileSnapshotExtension):
    """A text to read."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def told(char: str, style: Style | None) -> str:
    """How a character looks: its colours, and what else is drawn of it; of a blank the background alone."""
    if style is None:
        return ""
    attributes = [name for name in ("bold", "italic", "underline", "strike", "reverse") if getattr(style, name)]
    both = (style.color, style.bgcolor)
    colour, behind = (one.triplet.hex if one is not None and one.triplet else "-" for one in both)
    if char == " " and not {"underline", "strike", "reverse"} & {*attributes}:
        return f"- on {behind}"
    return " ".join([f"{colour} on {behind}", *attributes])


def cells(strip: Strip) -> list[str]:
    """How each cell of a line looks."""
    return [told(char, style) for text, style, _ in strip for char in text for _ in range(cell_len(char))]


async def picture(desk: DeskInHand) -> str:
    """The words, a sign for each cell below them, and what the signs mean in each theme."""
    drawn: list[list[list[str]]] = []
    for theme in THREE:
        desk.app.theme = theme
        await desk.complete()
        strips = desk.app.screen._compositor.render_strips(desk.app.size)
        drawn.append([cells(strip) for strip in strips])
    signs: dict[tuple[str, ...], str] = {}
    rows = [
        "".join(signs.setdefault(looks, SIGNS[len(signs)]) for looks in zip(*row, strict=True))
        for row in zip(*drawn, strict=True)
    ]
    meaning = [f"{sign}  {'  |  '.join(looks)}" for looks, sign in signs.items()]
    return "\n".join([*desk.lines(), "", *rows, "", "   " + "  |  ".join(THREE), *meaning, ""])


async def test_the_desk_looks_as_it_did_in_three_themes(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    kept = snapshot.use_extension(Text)
    async with lively(tmp_path, SIZES[0], Clock(9)) as (_live, ana, _feed, _ben):
        await ana.sees("Post Q2?")
        for width, height in SIZES:
            await ana.pilot.resize_terminal(width, height)
            await ana.until(lambda width=width: ana.screen.panes.status.region.right == width)
            assert await picture(ana) == kept(name=f"{width}x{height}")
