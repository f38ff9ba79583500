"""The questions of the plan, and where the chat is in them; in a channel the days of its month."""

from functools import partial
from typing import ClassVar

from textual.message import Message
from textual.reactive import reactive

from sessions.core.state import SessionState
from sessions.words import _
from tui.text.wording import counted
from tui.widgets.lines.line import Piece
from tui.widgets.lines.line_list import LineList, ListedRows
from tui.widgets.lines.pane_frame import EMPTY, ShownLine
from tui.widgets.questions.day_rows import DayCounts, day_lines, days_in_one_line, today_in
from tui.widgets.questions.hour_strip import hour_strip
from tui.widgets.questions.one_line import OneLine, one_line
from tui.widgets.questions.queue_rows import STRIP, queue_lines


class QuestionQueue(LineList):
    """All questions with their state, text and number of answers or time; on one line where `compact`.

    The open one, its speaker notes and the next one are told whole where there are lines for it, then the hour is shown
    at the foot, then the others are told whole. Until somebody moves the cursor it goes along with the open question;
    after that it stays with its own. In a channel the days are here, with this one in the open question's place.
    """

    ROLES_OF = "question-queue"

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"question-queue--{role}"
        for role in (
            "cursor", "cursor-focused", "bar", "bar-focused", "text",
            "asked", "closed", "skipped", "waiting", "count", "posted", "time", "notes", "heading",
            "track", "now",
            "beside", "handled", "handled-sign", "hint",
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
        & > .question-queue--beside { color: $text-accent; text-style: italic; }
        & > .question-queue--handled { text-style: bold; }
        & > .question-queue--handled-sign { background: $accent; color: $background; text-style: bold; }
        & > .question-queue--time { color: $text-muted; }
        & > .question-queue--notes { color: $text-accent; text-style: italic; }
        & > .question-queue--hint { color: $text-muted; text-style: italic; }
        & > .question-queue--heading { color: $text-muted; }
        & > .question-queue--track { color: $text-primary; }
        & > .question-queue--now { color: $text-warning; text-style: bold; }
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
        self._now = 0
        self._by_hand = False
        self._strip: ShownLine | None = None
        self._days = DayCounts()

    def show(self, state: SessionState, now: int) -> None:
        """Show the queue as it is at this moment (UTC milliseconds)."""
        self._session = state
        self._now = now
        if state.channel:
            self._days.follow(state)
            self.show_title(_("Days · {posts}").format(posts=counted(self._days.total, "{n} post", "{n} posts")))
        else:
            self.show_title(_("Questions {order}").format(order=len(state.order)))
        self._show_rows()

    def day_of(self, post: str) -> str:
        """The key of the day of a channel on which the post was posted."""
        return self._days.day_of(self._session.posts[post].post.posted_at)

    @property
    def steady(self) -> bool:
        """Once somebody chose a question it stays where it is while others become longer or shorter."""
        return self._by_hand

    def fit(self) -> None:
        """Set the questions in lines of the new width, before the list finds its place among them."""
        self._take_rows()
        super().fit()

    def _show_rows(self) -> None:
        self._take_rows()
        self.lay_out()

    def _take_rows(self) -> None:
        width, height = self.content_size
        state, now = self._session, self._now
        if state.channel:
            self._strip = None
            rows = day_lines(self._days, state, now, width - 1)
            self.show_rows(ListedRows(rows), None if self._by_hand else today_in(state, now) or rows[-1].key)
            return
        strip = hour_strip(state, now, width - 1)
        found = queue_lines(state, now, width - 1, 0 if self.compact else height, strip=bool(strip))
        self._strip = ShownLine((Piece(" ", "text"), *strip)) if found.strip else None
        self.take_rows(ListedRows(found.rows), None if self._by_hand else state.open)

    def moved_by_hand(self) -> None:
        self._by_hand = True

    def clicked(self, x: int, y: int) -> bool:
        if not self.compact:
            return super().clicked(x, y)
        for start, end, question in self._one_line().spots:
            if start <= x < end:
                self.moved_by_hand()
                return self.go_to(question)
        return False

    @property
    def room(self) -> int:
        """The lines that the strip of the hour leaves."""
        return self.content_size.height - (STRIP if self._strip else 0)

    def lay_out(self) -> None:
        """Set the questions in sight in lines, or all of them in the one line there is."""
        if self.compact:
            self.show_lines([ShownLine(self._one_line().line)])
        elif self._strip is None:
            super().lay_out()
        else:
            lines = self.lines_in_sight()
            self.show_lines([*lines, *[EMPTY] * (self.content_size.height - 1 - len(lines)), self._strip])

    def watch_compact(self) -> None:
        self._show_rows()
        self.refresh(layout=True)

    def watch_has_focus(self, has_focus: bool) -> None:
        """On the one line it is the focus that tells which question's words are shown."""
        self.lay_out()
        super().watch_has_focus(has_focus)

    def _one_line(self) -> OneLine:
        if self._session.channel:
            width = self.content_size.width
            return days_in_one_line(self._days, self._session, self._now, self.cursor, width, focused=self.has_focus)
        return one_line(self._session, self.cursor, self.content_size.width, focused=self.has_focus)
