"""One line for what just happened, or is about to."""

from typing import Literal

from textual.content import Content

from tui.text.outside import outside_line
from tui.widgets.lines.given_size import GivenSize

Tone = Literal["plain", "good", "trouble"]


class StatusLine(GivenSize):
    """The last thing that happened, or, before all else, what is pending and how long it can still be taken back."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        &.-good { color: $text-success; }
        &.-trouble { color: $text-error; text-style: bold; }
        &.-pending { background: $warning-muted; color: $text-warning; text-style: bold; }
    }
    """

    ALLOW_SELECT = False

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._words = ""
        self._tone: Tone = "plain"
        self._pending: tuple[str, int] | None = None
        self._awaited = ""

    def say(self, words: str, tone: Tone = "plain") -> None:
        """Show what happened, until something else does."""
        self._words, self._tone = words, tone
        self._show()

    def show_waiting(self, words: str) -> None:
        """Show what is waited for while nothing else is said, until it is told empty words."""
        if words != self._awaited:
            self._awaited = words
            self._show()

    def pend(self, words: str, left: int) -> None:
        """Show what is about to happen ("Asking Q4 ... u takes it back") and in how many milliseconds."""
        self._pending = (words, left)
        self._show()

    def settle(self) -> None:
        """Nothing is pending any more; what was said before shows again."""
        self._pending = None
        self._show()

    def _show(self) -> None:
        for tone in ("good", "trouble"):
            self.set_class(self._pending is None and self._tone == tone, f"-{tone}")
        self.set_class(self._pending is not None, "-pending")
        self.refresh(layout=False)

    def render(self) -> Content:
        """The line in the width there is; trouble is marked by a sign too."""
        width = self.content_size.width
        if self._pending is not None:
            words, left = self._pending
            return outside_line(f"{max(0, -(-left // 1000))} s · {words}", width)
        words = self._words or self._awaited
        return outside_line(f"! {words}" if self._words and self._tone == "trouble" else words, width)
