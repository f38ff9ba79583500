"""The sentences that a module says, as a catalogue has them. Pure."""

import ast
from collections.abc import Iterator

SAYING = {"_": (0,), "later": (0,), "ngettext": (0, 1), "pgettext": (1,), "counted": (1, 2)}
"""What says sentences, and which of its arguments they are."""

SAYING_ITSELF = {"Action": (3, 4, 5, 6), "ActionTable": (0,), "Word": (1, 2, 5), "Row": (2,)}
"""Tables that say their own words: they are written in English, and looked up when they are said."""

SAYING_BY_NAME = {"Option": ("help",), "Argument": ("help",), "Typer": ("help", "epilog")}
"""Help of commands, by the names of the arguments in which it stands; looked up when a command is put together."""

_HELP = "Example: lunchroom "
"""A docstring in which this stands is the help of a command."""

Saying = tuple[str | tuple[str, str], str | None]
"""A sentence, or its forms for one and for many, and its context."""


def said(source: str) -> Iterator[Saying]:
    """The sentences of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node, last_name(node.func))
            asked = SAYING_BY_NAME.get(last_name(node.func), ())
            yield from ((text, None) for one in node.keywords if one.arg in asked and (text := constant(one.value)))
        elif isinstance(node, ast.FunctionDef):
            help = ast.get_docstring(node) or ""
            if _HELP in help:
                yield help, None


def _of_call(call: ast.Call, name: str) -> Iterator[Saying]:
    if name in SAYING_ITSELF:
        for argument in (argument for place, argument in enumerate(call.args) if place in SAYING_ITSELF[name]):
            parts = argument.elts if isinstance(argument, ast.Tuple) else [argument]
            yield from ((text, None) for text in map(constant, parts) if text)
    elif name in SAYING:
        texts = [constant(call.args[place]) for place in SAYING[name] if place < len(call.args)]
        if len(texts) == len(SAYING[name]) and all(texts):
            context = constant(call.args[0]) if name == "pgettext" else None
            yield (texts[0] if len(texts) == 1 else (texts[0], texts[1])), context


def constant(node: ast.expr) -> str:
    """The text of a constant, empty where it is none."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def last_name(function: ast.expr) -> str:
    """What is called, without that of which it is a part."""
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
