"""Words beside a time or a name: no line of them begins below that."""

from itertools import zip_longest

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from tui.text.cells import cell_len
from tui.text.wrapping import wrap

NOTHING = Content("")


class Hanging(Visual):
    """`head` has the first `indent` cells, `body` all others, each on as many lines as it needs.

    A head with a word that is too long for its cells stands whole above the body, as no name is to be broken.
    `between` is what stands between them where both are read in one line.
    """

    def __init__(self, head: Content, body: Content, indent: int, between: str = " ") -> None:
        self._head = head
        self._body = body
        self._indent = indent
        self._between = between
        self._drawn = (0, NOTHING)

    @property
    def plain(self) -> str:
        """All of it in one line, without colours."""
        return f"{self._head.plain.strip()}{self._between}{self._body.plain}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hanging) and (self._head, self._body) == (other._head, other._body)

    def __hash__(self) -> int:
        return hash((self._head, self._body))

    def in_lines(self, width: int) -> Content:
        """It in lines of so many cells."""
        if self._drawn[0] != width:
            heads, bodies = [self._head], _lines(self._body, width - self._indent)
            if any(cell_len(word) >= self._indent for word in self._head.plain.split()):
                heads = _lines(self._head, width)
                bodies = [NOTHING] * len(heads) + bodies
            elif self._head.cell_length >= self._indent:
                heads = _lines(self._head, self._indent - 1)
            rows = zip_longest(heads, bodies, fillvalue=NOTHING)
            lines = [Content.assemble(head, " " * (self._indent - head.cell_length), body) for head, body in rows]
            self._drawn = (width, Content("\n").join(lines))
        return self._drawn[1]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """As Textual asks."""
        return self.in_lines(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - as Textual asks
        """As Textual asks: on one line."""
        return self._indent + self._body.cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As Textual asks."""
        return self.in_lines(width).get_height(rules, width)


def _lines(words: Content, width: int) -> list[Content]:
    return [words[start:end] for start, end in wrap(words.plain, max(1, width))]
