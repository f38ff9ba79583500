"""The questions of the plan, and where the chat is in them."""

from functools import partial
from typing import ClassVar

from textual.message import Message
from textual.reactive import reactive

from sessions.core.plan.labels import question_name
from sessions.core.state import QuestionState, SessionState
from tui.text.outside import cell_len, clean_line, cut
from tui.text.postings import posted_mark
from tui.widgets.lines.line import Piece
from tui.widgets.lines.line_list import LineList, ListedRows, ListRow
from tui.widgets.lines.pane_frame import ShownLine

_SIGNS: dict[QuestionState, str] = {"closed": "✓", "asked": "▶", "skipped": "–", "waiting": " "}

LEAST_TEXT = 10
"""Cells below which the compact queue shows no question text."""


class QuestionQueue(LineList):
    """All questions with their state, text and number of answers; on one line where `compact`.

    Until somebody moves the cursor it goes along with the open question; after that it stays with its own.
    """

    ROLES_OF = "question-queue"

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"question-queue--{role}"
        for role in (
            "cursor", "cursor-focused", "bar", "bar-focused", "text",
            "asked", "closed", "skipped", "waiting", "count", "posted",
        )
    }  # fmt: skip

    DEFAULT_CSS = """
    QuestionQueue {
        width: 1fr;
        height: 1fr;
        & > .question-queue--cursor { background: $foreground 6%; }
        & > .question-queue--cursor-focused { background: $primary 22%; }
        & > .question-queue--bar { color: $text-muted; }
        & > .question-queue--bar-focused { color: $primary; text-style: bold; }
        & > .question-queue--asked { color: $text-primary; text-style: bold; }
        & > .question-queue--closed { color: $text-muted; }
        & > .question-queue--skipped { color: $text-disabled; text-style: strike; }
        & > .question-queue--count { color: $text-muted; }
        & > .question-queue--posted { color: $text-success; }
        &.-compact {
            height: 1;
            border: none;
            padding: 0 1;
            & > .question-queue--cursor-focused { text-style: bold reverse; }
        }
    }
    """

    compact: reactive[bool] = reactive(False, toggle_class="-compact")
    """One line instead of a list: `✓1 ✓2 ▶3 What does yo… 4 5 6`."""

    class Opened(Message):
        """Somebody wants to see all of a question, by its id (Enter, double click)."""

        def __init__(self, queue: "QuestionQueue", question: str) -> None:
            super().__init__()
            self.queue = queue
            self.question = question

        @property
        def control(self) -> "QuestionQueue":
            return self.queue

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(partial(self.Opened, self), name=name, id=id, classes=classes)
        self._session = SessionState()
        self._by_hand = False

    def show(self, state: SessionState) -> None:
        """Show the queue as it is now."""
        self._session = state
        rows = ListedRows([self._row(question) for question in state.order])
        self.show_rows(rows, None if self._by_hand else state.open)
        self.show_title(f"Questions {len(state.order)}")

    def moved_by_hand(self) -> None:
        self._by_hand = True

    def clicked(self, x: int, y: int) -> bool:
        if not self.compact:
            return super().clicked(x, y)
        for start, end, question in self._compact_line(self.content_size.width)[1]:
            if start <= x < end:
                self.moved_by_hand()
                return self.go_to(question)
        return False

    def lay_out(self) -> None:
        """Set the questions in sight in lines, or all of them in the one line there is."""
        if self.compact:
            self.show_lines([ShownLine(tuple(self._compact_line(self.content_size.width)[0]))])
        else:
            super().lay_out()

    def watch_compact(self) -> None:
        self.lay_out()
        self.refresh(layout=True)

    def watch_has_focus(self, has_focus: bool) -> None:
        """On the one line it is the focus that tells which question's words are shown."""
        self.lay_out()
        super().watch_has_focus(has_focus)

    def _row(self, question_id: str) -> ListRow:
        question = self._session.questions[question_id]
        state = self._session.question_state(question_id)
        left = Piece(f"{_SIGNS[state]} {question_name(question.label)} {clean_line(question.text)}", state)
        answers = self._session.tally.get(question_id, 0)
        right = (Piece(f"{answers:,}", "count"),) if answers or state in ("asked", "closed") else ()
        posted = posted_mark(self._session, question_id)
        if posted:
            right = (Piece(f"{posted} " if right else posted, "posted"), *right)
        return ListRow(question_id, (left,), right)

    def _compact_line(self, width: int) -> tuple[list[Piece], list[tuple[int, int, str]]]:
        """The pieces of the one line, and from where to where each question stands.

        Where not all labels fit, those round the open question (or the cursor, with the focus) are shown.
        """
        order = self._session.order
        told = self.cursor if self.has_focus else self._session.open or self.cursor
        if not order or told not in order:
            return [], []
        labels = [self._label(question) for question in order]
        place = order.index(told)
        text = clean_line(self._session.questions[told].text)
        sizes = [cell_len(label) + 1 for label in labels]
        first, last = 0, len(order)
        if sum(sizes) - 1 > width:
            wanted = min(width // 2, cell_len(text) + 1)
            first, last = _window(sizes, place, width - (wanted if wanted > LEAST_TEXT else 0))
        pieces: list[Piece] = [Piece("… ", "count")] if first else []
        spots = []
        used = sum(cell_len(piece.text) for piece in pieces)
        labels_len = sum(cell_len(labels[n]) + 1 for n in range(first, last))
        room = width - used - labels_len - (1 if last < len(order) else 0) - 1
        for number in range(first, last):
            question = order[number]
            role = self._session.question_state(question)
            label = labels[number]
            if number == place and room >= LEAST_TEXT:
                label = f"{label} {cut(text, room)}"
            pieces.append(Piece(label, f"cursor {role}" if question == self.cursor and self.has_focus else role))
            spots.append((used, used + cell_len(label), question))
            pieces.append(Piece(" ", "text"))
            used += cell_len(label) + 1
        if last < len(order):
            pieces.append(Piece("…", "count"))
        return pieces, spots

    def _label(self, question: str) -> str:
        sign = _SIGNS[self._session.question_state(question)].strip()
        return f"{sign}{clean_line(self._session.questions[question].label)}{posted_mark(self._session, question)}"


def _window(sizes: list[int], place: int, room: int) -> tuple[int, int]:
    """The range of items round `place` whose sizes fit into `room`, with `… ` before and `…` behind them."""
    first, last, used = place, place + 1, sizes[place] + 3
    while True:
        after = last < len(sizes) and used + sizes[last] <= room
        if after:
            used += sizes[last]
            last += 1
        before = first > 0 and used + sizes[first - 1] <= room
        if before:
            first -= 1
            used += sizes[first]
        if not after and not before:
            return first, last
