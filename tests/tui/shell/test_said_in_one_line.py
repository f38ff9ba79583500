"""What is said in the line for it is read whole in the narrowest usual window, where nothing shows the rest of it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from rich.cells import cell_len

from tests.paths import ROOT

ROOM = 78
"""Cells of the status line in a window of 80 columns."""

HELD = "Enter"
"""Stands for what is filled in: most often a key."""

_HOLE = re.compile(r"\{[^}]*\}")

SAYS = frozenset({"say", "report", "_say"})


def said(path: Path) -> Iterator[str]:
    """The sentences that this module says, one of its own constants or written where they are said."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: words
        for node in module.body
        if isinstance(node, ast.Assign)
        for words in _sentences(node.value, {})
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SAYS:
            sign = "! " if any(keyword.arg == "warn" for keyword in call.keywords) else ""
            for argument in call.args:
                yield from (f"{sign}{words}" for words in _sentences(argument, constants))


def _sentences(node: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    match node:
        case ast.Constant(str(words)):
            yield words
        case ast.JoinedStr(parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else HELD for part in parts)
        case ast.Call(ast.Name("_" | "N_"), [words, *_rest]):  # looked up in a catalogue
            yield from _sentences(words, constants)
        case ast.Call(ast.Attribute(words, "format")):
            yield from (_HOLE.sub(HELD, one) for one in _sentences(words, constants))
        case ast.Name(name) if name in constants:
            yield constants[name]
        case ast.IfExp(_, one, other):
            yield from _sentences(one, constants)
            yield from _sentences(other, constants)


def test_what_is_said_in_one_line_is_read_whole_in_80_columns() -> None:
    screens = [path for path in (ROOT / "tui").rglob("*.py") if not {"cli", "plain"} & {*path.parts}]
    sentences = [words for path in screens for words in said(path)]
    assert len(sentences) > 100, len(sentences)
    assert [words for words in sentences if cell_len(words) > ROOM] == []
