"""Sentences in the code that are said in English whatever the language: those that no `_`, `ngettext` or the like has.

What is no sentence is told by where it stands: a docstring, a log line, a style, a name of a widget, a key of a table.
For what is left there is a comment `# words: ` with the reason, on the line on which the text begins or ends.
"""

import ast
import re
from collections.abc import Iterator

from tests.words.sayings import SAYING, SAYING_BY_NAME, SAYING_ITSELF, last_name

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_MARK = re.compile(r"# words: \S+")
_VALUE = "\0"
_HOLE = re.compile(r"\{[a-z_]+\}")

_NOT_SAID = {
    "compile", "fullmatch", "match", "search", "sub", "split", "partition", "rpartition", "removeprefix",
    "removesuffix", "startswith", "endswith", "strftime", "strptime", "query", "query_one", "query_exactly_one",
    "add_class", "remove_class", "has_class", "set_class", "toggle_class", "debug", "info", "warning", "exception",
    "critical", "getLogger", "getattr", "setattr", "hasattr", "replace", "TypeVar", "NewType", "parse",
    "ValueError", "TypeError", "KeyError", "AssertionError", "RuntimeError", "NotImplementedError", "LookupError",
    "IndexError", "AttributeError", "import_module", "Style", "assemble_style", "stylize", "from_text", "Path",
    "joinpath", "group", "get_component_styles", "get_component_rich_style", "post_init", "run_action", "encode",
    "get", "pop", "setdefault", "fromhex", "find", "index", "count", "_style", "worker", "named_worker", "normalize",
}  # fmt: skip
"""Calls whose texts nobody reads, by their last name."""

_ROLES = {
    "Binding": (0, 1),
    "Choice": (0,),
    "FilterChoice": (1,),
    "Cause": (0, 1, 2),
    "Told": (0,),
    "pgettext": (0,),
    "Piece": (1,),
    "ShownLine": (1,),
    "ListRow": (0,),
    "Labelled": (0, 3),
    "Saying": (0,),
    "Word": (0,),
    "Way": (0, 2),
}
"""Arguments that are a style or a key, of calls whose others are read."""

_NAMES = {
    "Lunchroom", "Mastodon", "Bluesky", "Hyper", "Enter", "Esc", "Tab", "Space", "Backspace", "Windows", "Linux",
    "macOS", "JSON", "HTML", "TOML", "POST", "HEAD", "DELETE", "HTTP", "Markdown",
}  # fmt: skip
"""Called the same in each language."""

_NOT_SAID_AS = {
    "key_display",
    "id",
    "classes",
    "name",
    "style",
    "key",
    "action",
    "group",
    "encoding",
    "errors",
    "mode",
    "css_path",
    "metavar",
}
"""Keyword arguments of which the same holds."""

_NAMES_NOT_SAID = re.compile(
    r"(CSS|STYLES?|COMPONENT_CLASSES|SELECTORS?|PATTERN|_RE|WITHOUT(_FORM)?"
    r"|__slots__|__all__|__match_args__)$"
)

_NO_SENTENCE = re.compile(
    r"""^(?:
        [.#][\w-]+(?:[\s,>].*)?                       # what selects widgets
        |(?:not\s|on\s)?(?:bold|dim|italic|reverse|underline|strike|blink)\b[\w\s$#%-]*  # styles
        |(?:on\s)?[$][\w\s$%-]+
        |x\s(?:not\s)?(?:bold|strike|italic|dim)          # a style behind a colour
        |Bearer\sx                                    # what a request carries
        |[\w-]+://\S*
        |[\w.]+\(.*\)                                 # a call of an action
        |(?:-[\w-]+\s?)+                              # names of styles in the sheets
    )$""",
    re.VERBOSE | re.DOTALL,
)


def bypassing(source: str) -> Iterator[ast.expr]:
    """The sentences of a module that bypass the catalogues, in their order."""
    tree = ast.parse(source)
    lines = source.splitlines()
    seen = _Finder()
    seen.visit(tree)
    for node in sorted(seen.found, key=lambda node: (node.lineno, node.col_offset)):
        if not any(_MARK.search(lines[number - 1]) for number in (node.lineno, node.end_lineno or node.lineno)):
            yield node


def template(node: ast.expr) -> str | None:
    """The text of a constant or of an f-string, its values as a character that no text has; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else _VALUE for part in node.values)
    return None


def is_sentence(text: str) -> bool:
    """Whether a person reads it: two words, a word beside a value, or one that is written as a heading is."""
    text = _HOLE.sub(_VALUE, text)
    if text.strip() in _NAMES or _NO_SENTENCE.match(text.strip().replace(_VALUE, "x")):
        return False
    chunks = text.replace(_VALUE, f" {_VALUE} ").split()
    words = [chunk for chunk in chunks if _WORD.fullmatch(chunk.strip("().,:;!?·\"“”…'"))]
    if len(words) >= 2 and " " in text.strip():
        return True
    if _VALUE in text:
        return bool(words) and " " in text
    return bool(re.fullmatch(r"[A-Z][a-z]{2,}[.:…]?|[A-Z]{4,}", text.strip()))


class _Finder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[ast.expr] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        self._look(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        if not self._look(node):
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    self.visit(part.value)

    def _look(self, node: ast.expr) -> bool:
        text = template(node)
        if text is None or not is_sentence(text):
            return False
        self.found.append(node)
        return True

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring, or one of a constant
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        name = last_name(node.func)
        said = (SAYING | SAYING_ITSELF).get(name, ())
        unread = range(len(node.args)) if name in _NOT_SAID else _ROLES.get(name, ())
        for place, argument in enumerate(node.args):
            if place not in unread and not (place in said and _constant(argument, name)):
                self.visit(argument)
        for keyword in node.keywords:
            by_name = keyword.arg in SAYING_BY_NAME.get(name, ()) and isinstance(keyword.value, ast.Constant)
            if keyword.arg not in _NOT_SAID_AS and not by_name:
                self.visit(keyword.value)
        if isinstance(node.func, ast.Attribute):
            self.visit(node.func.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(to, ast.Name) and _NAMES_NOT_SAID.search(to.id) for to in node.targets):
            self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:  # an annotation in quotes is no sentence
        if node.value is not None and not (
            isinstance(node.target, ast.Name) and _NAMES_NOT_SAID.search(node.target.id)
        ):
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None: ...

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        for statement in node.body:
            self.visit(statement)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Dict(self, node: ast.Dict) -> None:  # its keys are looked up, not read
        for value in node.values:
            self.visit(value)

    def visit_Compare(self, node: ast.Compare) -> None:
        for side in (node.left, *node.comparators):
            if template(side) is None and not isinstance(side, (ast.Tuple, ast.Set, ast.List)):
                self.visit(side)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)

    def visit_Assert(self, node: ast.Assert) -> None: ...

    def visit_match_case(self, node: ast.match_case) -> None:
        for statement in node.body:
            self.visit(statement)


def _constant(argument: ast.expr, name: str) -> bool:
    """Whether a catalogue can have what is said: no f-string can be looked up."""
    return isinstance(argument, ast.Constant) or (name in SAYING_ITSELF and isinstance(argument, ast.Tuple))
