"""Paragraphs to read, of which some lead somewhere: a bar marks the one that Enter opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from tui.text.outside import clean, outside
from tui.text.wrapping import wrap


class Paragraph(NamedTuple):
    """`lead` stands in another colour before the words; `target` is what the paragraph leads to, None for nothing.

    Lead and words may be from outside.
    """

    words: str
    style: str = ""
    lead: str = ""
    lead_style: str = ""
    target: str | None = None


class Paragraphs(Widget):
    """As high as its paragraphs are; to be put into what scrolls."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Paragraphs { width: 1fr; height: auto; }
    """

    @dataclass
    class Opened(Message):
        """Somebody wants to go where a paragraph leads."""

        target: str

    def __init__(self) -> None:
        super().__init__()
        self._paragraphs: Sequence[Paragraph] = ()
        self._at: int | None = None
        self._lines: list[tuple[Content, int]] = []
        self._width = 0

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show these; the bar stays with what its paragraph leads to."""
        if paragraphs == self._paragraphs:
            return
        target = None if self._at is None else self._paragraphs[self._at].target
        self._paragraphs = paragraphs
        places = [place for place, one in enumerate(paragraphs) if one.target is not None and one.target == target]
        self._at = places[0] if places else None
        self._width = 0
        self.refresh(layout=True)

    @property
    def chosen(self) -> str | None:
        """What the paragraph with the bar leads to, None where there is no bar."""
        return None if self._at is None else self._paragraphs[self._at].target

    def step(self, way: int) -> bool:
        """Move the bar to the next paragraph that leads somewhere (1) or the one before (-1); False if there is none.

        Up from the first one the bar goes.
        """
        leading = [place for place, one in enumerate(self._paragraphs) if one.target is not None]
        if self._at is None:
            found = leading[0] if leading and way > 0 else None
        else:
            place = leading.index(self._at) + way
            found = leading[place] if 0 <= place < len(leading) else None
            if found is None and way > 0:
                return False
        if found == self._at:
            return False
        self._at = found
        self._width = 0
        self.refresh()
        return found is not None

    def region_of_chosen(self) -> Region:
        """The lines of the paragraph with the bar."""
        lines = [y for y, (_, place) in enumerate(self._laid_out(self.size.width)) if place == self._at]
        return Region(0, lines[0], max(1, self.size.width), len(lines)) if lines else Region()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as Textual asks
        return max(1, len(self._laid_out(width)))

    def render(self) -> RenderResult:
        return Content("\n").join(line for line, _ in self._laid_out(self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Go where the paragraph leads."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._lines):
            return
        target = self._paragraphs[self._lines[offset.y][1]].target
        if target is not None:
            self.post_message(self.Opened(target))

    def _laid_out(self, width: int) -> list[tuple[Content, int]]:
        """The lines in so many cells, each with the place of its paragraph."""
        if width != self._width:
            self._width = width
            self._lines = [
                (line, place)
                for place, one in enumerate(self._paragraphs)
                for line in self._lines_of(one, place, width)
            ]
        return self._lines

    def _lines_of(self, one: Paragraph, place: int, width: int) -> list[Content]:
        """The paragraph in lines; the lead has its own colour where it ends on the first of them."""
        text = clean(one.lead + one.words)
        lead = len(clean(one.lead))
        bar: tuple[str, str] = ("▌", "bold $primary") if place == self._at else (" ", "")
        lines = []
        for start, end in wrap(text, max(1, width - 2)):
            split = min(max(lead, start), end)
            lines.append(Content.assemble(bar, outside(text[start:split], one.lead_style),
                                          outside(text[split:end], one.style)))  # fmt: skip
        return lines or [Content("")]
