"""Frames of a screen as one SVG that shows them one after the other, without a script: a README shows it moving.

A line that stays as it is through several frames is written once.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

CELL, LINE, FONT = 8.43, 17, 14
"""Width and height of a cell and size of its letters, in pixels."""

LETTERS = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace"


class Frame(NamedTuple):
    """What the screen shows for so many seconds, and what is said about it below."""

    lines: Sequence[Strip]
    seconds: float
    words: str


def moving(frames: Sequence[Frame], *, back: str, fore: str) -> str:
    """The SVG; `back` is the colour of the screen where nothing stands, `fore` that of the words below it."""
    width, height = frames[0].lines[0].cell_length, len(frames[0].lines)
    looks: dict[str, str] = {}
    begins = [sum(frame.seconds for frame in frames[:place]) for place in range(len(frames) + 1)]
    drawn: dict[str, list[int]] = {}
    for number, frame in enumerate(frames):
        for y, line in enumerate(frame.lines):
            for piece in _pieces(line, y, looks, back):
                drawn.setdefault(piece, []).append(number)
        drawn.setdefault(_words(frame.words, height, fore), []).append(number)
    together: dict[tuple[int, ...], list[str]] = {}
    for piece, shown in drawn.items():
        together.setdefault(tuple(shown), []).append(piece)
    groups = [_group(shown, pieces, begins) for shown, pieces in together.items()]
    styles = "".join(f".{name}{{{look}}}" for look, name in looks.items())
    across, down = width * CELL + 20, (height + 2) * LINE + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:g} {down:g}">\n'
        f"<title>A rehearsal at the desk: asking, answers, greeting, filing, a replay</title>\n"
        f"<style>text{{font:{FONT}px {LETTERS};white-space:pre}}{styles}</style>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{back}"/><g transform="translate(10 8)">\n'
        + "\n".join(groups)
        + "\n</g></svg>\n"
    )


def _group(shown: Sequence[int], pieces: Sequence[str], begins: Sequence[float]) -> str:
    """What is there in the same frames; `begins` are the seconds at which each frame begins, and the end."""
    whole, changes = begins[-1], _changes(shown, len(begins) - 1)
    if not changes:
        return f"<g>{''.join(pieces)}</g>"
    times = ";".join(f"{begins[number] / whole:.4g}" for number, _ in changes)
    values = ";".join("inline" if there else "none" for _, there in changes)
    return (
        f'<g display="none"><animate attributeName="display" calcMode="discrete" dur="{whole:g}s" '
        f'repeatCount="indefinite" keyTimes="{times}" values="{values}"/>{"".join(pieces)}</g>'
    )


def _changes(shown: Sequence[int], count: int) -> list[tuple[int, bool]]:
    """At which frames it comes and goes; nothing where it is always there."""
    there = [number in set(shown) for number in range(count)]
    if all(there):
        return []
    return [(n, there[n]) for n in range(count) if n == 0 or there[n] != there[n - 1]]


def _pieces(line: Strip, y: int, looks: dict[str, str], back: str) -> Iterator[str]:
    """The line, divided where panes have their borders: one may change while the other does not."""
    x = 0
    piece: list[str] = []
    for text, style, _ in _divided(line):
        cells = cell_len(text)
        fore, behind, more = _look(style)
        if behind not in ("", back):
            place = f'x="{x * CELL:.5g}" y="{y * LINE}" width="{cells * CELL + 0.3:.5g}" height="{LINE + 0.3:g}"'
            piece.append(f'<rect {place} fill="{behind}"/>')
        if text.strip():
            name = looks.setdefault(f"fill:{fore}{more}", f"l{len(looks)}")
            at = x + cell_len(text[: len(text) - len(text.lstrip())])
            length = "" if text.isascii() else f' textLength="{cell_len(text.strip()) * CELL:.5g}"'
            place = f'x="{at * CELL:.5g}" y="{y * LINE + 13}"{length}'
            piece.append(f'<text class="{name}" {place}>{escape(text.strip())}</text>')
        x += cells
        if text.endswith("│"):
            yield "".join(piece)
            piece = []
    if piece:
        yield "".join(piece)


def _divided(line: Strip) -> Iterator[Segment]:
    for text, style, _ in line.simplify():
        for part in re.findall("[^│]+|│", text):
            yield Segment(part, style)


def _words(words: str, y: int, fore: str) -> str:
    return f'<text x="4" y="{(y + 1) * LINE + 4}" style="font-weight:bold" fill="{fore}">{escape(words)}</text>'


def _look(style: Style | None) -> tuple[str, str, str]:
    if style is None:
        return "#dce2e8", "", ""
    fore = style.color.get_truecolor().hex if style.color else "#dce2e8"
    back = style.bgcolor.get_truecolor().hex if style.bgcolor else ""
    if style.reverse:
        fore, back = back or "#12171d", fore
    more = ";font-weight:bold" if style.bold else ""
    more += ";font-style:italic" if style.italic else ""
    more += ";text-decoration:underline" if style.underline else ""
    return fore, back, more
