"""A line above the status line for what waits for an answer: an offered question, a note of the other moderator."""

from textual.content import Content
from textual.widgets import Static

from sessions.state import Note
from tui.outside import clean_line, outside
from tui.screens.dialog import MUTED


class Notice(Static):
    """Shown until it is dismissed; an offer goes before a note."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False
        self._offer = ""
        self._refused = ""
        self._notes: list[Note] = []

    def show_offer(self, words: str) -> None:
        """Show the words of an offer, unless just these were dismissed."""
        if words != self._refused and words != self._offer:
            self._offer = words
            self._redraw()

    def drop_offer(self) -> None:
        """Show no offer."""
        if self._offer:
            self._offer = ""
            self._redraw()

    def show_note(self, note: Note) -> None:
        """Show a note behind those that are still unread."""
        self._notes.append(note)
        self._redraw()

    @property
    def offers(self) -> bool:
        """Whether an offer is on the screen."""
        return bool(self._offer)

    def dismiss_one(self) -> bool:
        """Take away what is shown; whether anything was."""
        if self._offer:
            self._refused, self._offer = self._offer, ""
        elif self._notes:
            self._notes.pop(0)
        else:
            return False
        self._redraw()
        return True

    def _redraw(self) -> None:
        self.set_class(bool(self._offer), "-offer")
        self.display = bool(self._offer or self._notes)
        if self._offer:
            self.update(outside(clean_line(self._offer)))
        elif self._notes:
            note = self._notes[0]
            more = f"  (+{len(self._notes) - 1})" if len(self._notes) > 1 else ""
            words = Content.assemble(
                ("✉ ", "bold"), outside(clean_line(note.by), "bold"), ": ", outside(clean_line(note.text)),
                (f"{more}  Esc: read, m answers", MUTED),
            )  # fmt: skip
            self.update(words)
