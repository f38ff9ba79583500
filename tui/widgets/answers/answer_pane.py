"""The stream of posts, as the moderators read it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from sessions.core.state import SessionState
from sessions.words import _
from tui.text.outside import cell_len
from tui.widgets.answers.anchored_view import AnchoredView
from tui.widgets.answers.answer_frame import AnswerFrame
from tui.widgets.answers.attendance import Attendance
from tui.widgets.answers.chosen_posts import ChosenPosts
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.post_layout import PostLayout
from tui.widgets.answers.post_rows import PostRows
from tui.widgets.answers.query import filter_by
from tui.widgets.answers.searching import PaneSearch
from tui.widgets.answers.standing import Standing, standing_words
from tui.widgets.lines.pane_frame import LEAST_TITLED

WHEEL = 3
"""Lines that one step of the mouse wheel scrolls."""


class AnswerPane(AnswerFrame, can_focus=True):
    """Posts from the oldest to the newest, drawn from the post under the cursor outwards.

    The line under the cursor never moves while posts arrive or change. Only a pane that follows (as it does at first,
    after `go_to_newest`, and after a move down from the newest post) goes along with the newest post, and its cursor
    with it; otherwise what arrived is counted at the foot. Nothing is known of posts out of sight, so that nothing
    slows down as they grow in number.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", _("Up"), show=False, id="pane_up"),
        Binding("down", "move(1)", _("Down"), show=False, id="pane_down"),
        Binding("shift+up", "choose(-1)", _("Mark and go up"), show=False, id="pane_mark_up"),
        Binding("shift+down", "choose(1)", _("Mark and go down"), show=False, id="pane_mark_down"),
        Binding("pageup", "page(-1)", _("Page up"), show=False, id="pane_page_up"),
        Binding("pagedown", "page(1)", _("Page down"), show=False, id="pane_page_down"),
        Binding("home", "first", _("First"), show=False, id="pane_first"),
        Binding("end,G", "newest", _("Newest"), show=False, id="newest"),
        Binding("enter", "open", _("Open"), show=False, id="pane_open"),
    ]

    class Opened(Message):
        """Somebody wants to see all of a post, by its id (Enter, double click)."""

        def __init__(self, pane: "AnswerPane", post: str) -> None:
            super().__init__()
            self.pane = pane
            self.post = post

        @property
        def control(self) -> "AnswerPane":
            return self.pane

    class TitleClicked(Message):
        """Somebody wants to see all who are missing."""

    @dataclass
    class Found(Message):
        """How many posts were found so far; `whole` where all were looked through."""

        count: int
        whole: bool

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._session = SessionState()
        self._posts = PostRows()
        self._set = PostLayout(self._session, self._posts)
        self._view = AnchoredView(self._set.measure)
        self._cursor: str | None = None
        self._seen = 0
        self._attendance = Attendance()
        self._standing: Standing | None = None
        self._search = PaneSearch(self._set, self._from_cursor, self.go_to, self.set_timer, self._tell_found)
        self._handled: Collection[str] = ()
        self._chosen = ChosenPosts()

    # What others see and ask for

    @property
    def cursor(self) -> str | None:
        """The id of the post under the cursor, or None in an empty pane."""
        return self._cursor

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the posts that are marked, at most as many as `most_chosen`."""
        return self._chosen.ids

    @property
    def most_chosen(self) -> int:
        """How many posts may be marked; none (0) until it is said how many."""
        return self._chosen.most

    @most_chosen.setter
    def most_chosen(self, most: int) -> None:
        self._chosen.most = most

    def toggle_chosen(self, post: str) -> None:
        """Mark the post, or take its mark away."""
        self._chosen.toggle(post)
        self._relayout()

    def clear_chosen(self) -> bool:
        """Take all marks away; whether there were any."""
        had = self._chosen.clear()
        if had:
            self._relayout()
        return had

    @property
    def following(self) -> bool:
        """Whether the pane goes along with the newest post."""
        return self._view.following

    @property
    def empty(self) -> bool:
        """Whether no post is shown."""
        return not len(self._posts)

    @property
    def shown_filter(self) -> PaneFilter:
        """Which posts the pane shows."""
        return self._posts.filter

    def show(self, state: SessionState, changed: Collection[str] | None) -> None:
        """Take in a batch: `changed` are the ids of posts that arrived or whose look may have changed, None is all.

        Arrivals are found without being named.
        """
        if changed is None or state is not self._session:
            self._session = state
            self._rebuild()
            changed = None
        elif self._posts.update(changed):
            changed = None
        self._settle_rows(changed)

    def show_handled(self, posts: Collection[str]) -> None:
        """Mark these posts, and no others, as what somebody else just did something with."""
        if posts or self._handled:
            self._handled = posts
            self._relayout()

    def show_filter(self, shown: PaneFilter) -> None:
        """Show other posts; the cursor stays at its post, or goes to the nearest that is shown."""
        self._posts.rebuild(self._session, shown)
        self._search.forget()
        self._seen = self._last_seq()
        self._settle_rows()
        if not self._view.following:
            self._view.settle()
        self.count_missing()
        self._relayout()

    def filter_problem(self, text: str) -> str:
        """What of a text to filter by is not understood, in one line; empty where all is."""
        made = filter_by(text, self._session) if text.strip() else ""
        return made if isinstance(made, str) else ""

    def show_found(self, text: str) -> str:
        """Show only what this text finds; what of it was not understood, and then nothing changes."""
        made = filter_by(text, self._session)
        if isinstance(made, str):
            return made
        self.show_filter(made)
        return ""

    def count_missing(self, changed: Collection[str] | None = ()) -> None:
        """Tell in the title who of those present has not answered.

        `changed` are the ids of those to whom something happened since the last time, None is everybody.
        """
        self._standing = self._attendance.standing(self._session, self.question, changed)
        self._show_title()

    @property
    def question(self) -> str | None:
        """The question of which the title tells: the one whose posts are shown, else the open one."""
        shown, state = self._posts.filter, self._session
        if shown.choice == "question":
            return shown.question
        return state.open if state.closed_at is None else None

    def find(self, text: str) -> int:
        """Mark the words of `text` wherever they stand, go to the nearest match, and tell how many there are so far.

        Names and handles match too, and terms (`is:guess`, see `query`) choose among the posts. What takes long goes on
        in between, as long as `finding`; `Found` tells of it.
        """
        found = self._search.begin(text, self._cursor)
        self._relayout()
        return found

    @property
    def finding(self) -> bool:
        """Whether not all posts have been looked through yet."""
        return self._search.goes_on

    @property
    def find_problem(self) -> str:
        """What of the text to find was not understood, in one line; empty where all was."""
        return self._search.problem

    def next_match(self) -> bool:
        """Go to the next newer post that matches, from the last to the first; False if none does."""
        return self._search.step(1)

    def previous_match(self) -> bool:
        """Go to the next older post that matches, from the first to the last; False if none does."""
        return self._search.step(-1)

    def clear_find(self) -> bool:
        """Unmark all matches; the cursor stays. Whether anything was searched."""
        searched = self._search.end()
        self._relayout()
        return searched

    def move(self, rows: int) -> None:
        """Move the cursor by so many posts (positive: newer), in a post taller than the pane by lines."""
        self._view.move(rows)
        self._moved()

    def go_to(self, post: str) -> bool:
        """Put the cursor on the post, or on the original of a repost; False if the pane does not show it."""
        if post not in self._session.posts:
            return False
        place = self._posts.place(post)
        if place is None:
            original = self._posts.original(post)
            place = None if original is None else self._posts.place(original)
        if place is None:
            return False
        self._view.point(place)
        self._moved()
        return True

    def beside(self, post: str, way: int) -> str | None:
        """The post shown behind this one (1) or before it (-1); None where there is none. It need not be shown."""
        ids, near = self._posts.ids, self._posts.near(post)
        shown = self._posts.place(post) is not None
        place = near + way if shown or way < 0 else near
        return ids[place] if 0 <= place < len(ids) else None

    def go_to_newest(self) -> None:
        """Go to the newest post and follow what comes."""
        self._view.follow()
        self._moved()

    def look_away(self, why: str, at: float, moment: int) -> None:
        """Nobody looks here from `at` (seconds) on; `moment` is now in UTC milliseconds."""
        self._set.last_read.looks_away(why, at, self._last_seq() if self.following else self._seen, moment)

    def look_again(self, why: str, at: float) -> None:
        """Somebody looks here again: a line says what came meanwhile, until they go to the newest post.

        The row under the cursor stays where it is, be the chat shorter than the pane; a pane that follows still does.
        """
        if self._set.last_read.looks_again(why, at, self._last_seq()):
            self._set.forget()
            self._relayout()

    def draw_line_at(self, seq: int, moment: int) -> None:
        """A line says what came behind this event, since this moment (UTC milliseconds), as after looking away."""
        self._set.last_read.line = (seq, moment)
        self._set.forget()
        self._relayout()

    def fold_warned(self) -> bool:
        """Fold all that was unfolded behind its content warning again; whether anything was."""
        if not self._set.fold():
            return False
        self._search.forget()
        self._view.settle()
        self._relayout()
        return True

    # Keys and mouse

    def action_move(self, rows: int) -> None:
        self.move(rows)

    def action_choose(self, way: int) -> None:
        before = self._cursor
        self._view.move(way)
        self._moved()
        if self.most_chosen and before is not None and self._cursor is not None:
            self._chosen.stepped(before, self._cursor)
            self._relayout()

    def action_page(self, pages: int) -> None:
        self._view.page(pages)
        self._moved()

    def action_first(self) -> None:
        self._view.point(0)
        self._moved()

    def action_newest(self) -> None:
        self.go_to_newest()

    def action_open(self) -> None:
        if self._cursor is not None and not self._unfold(self._cursor):
            self.post_message(self.Opened(self, self._cursor))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if self.notice_at(event.offset):
            event.stop()
            self.go_to_newest()
            return
        if offset is None:
            if event.y == 0 and self._standing is not None:
                event.stop()
                self.post_message(self.TitleClicked())
            return
        event.stop()
        row = next((spot.row for spot in reversed(self._view.placed()) if spot.top <= offset.y), None)
        if row is None or not self.drawn_at(offset.y):
            return
        before, pointed = self._view.cursor, row == self._view.cursor
        self._view.point(row)
        self._moved()
        if self.most_chosen and (event.shift or event.ctrl):
            self._choose_by_mouse(before, row, whole=event.shift)
            return
        if event.chain == 2 or (pointed and self._cursor is not None and self._set.warned(self._cursor)):
            self.action_open()

    def _choose_by_mouse(self, before: int, row: int, *, whole: bool) -> None:
        """Mark the row, or all from the one where the cursor was, as the hand holds ctrl or shift."""
        ids = self._posts.ids
        if whole:
            self._chosen.add(ids[min(before, row) : max(before, row) + 1])
        else:
            self._chosen.toggle(ids[row])
        self._relayout()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._view.scroll(-WHEEL)
        self._moved()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._view.scroll(WHEEL)
        self._moved()

    def on_resize(self) -> None:
        self._set.resize(self.content_size.width - 1)
        self._view.resize(self.content_size.height)
        self._relayout()

    # Rows and their lines

    def _unfold(self, post: str) -> bool:
        """Show what stands behind the content warning of the post under the cursor; False where nothing does.

        Its first line stays where it is, unless the text would be out of sight.
        """
        if not self._set.warned(post):
            return False
        self._set.unfold(post)
        self._search.forget()
        self._view.point(self._view.cursor)
        self._relayout()
        return True

    def _rebuild(self) -> None:
        if self._set.session is not self._session:
            self._set.last_read.forget()
        self._set.session = self._session
        self._posts.rebuild(self._session, keep=self._cursor)
        self._seen = min(self._seen, self._last_seq())

    def _settle_rows(self, changed: Collection[str] | None = None) -> None:
        """The rows changed: find the cursor's again, or the one nearest to where it was.

        Only those `changed` may look different, None is all.
        """
        self._set.forget(changed)
        self._chosen.keep(lambda post: self._posts.place(post) is not None)
        cursor = len(self._posts) if self._cursor is None else self._posts.near(self._cursor)
        self._view.arrived(len(self._posts), cursor)
        self._let_go()
        self._relayout()

    def _moved(self) -> None:
        """The reader moved."""
        self._search.stay()
        if self._view.following and self._set.last_read.forget():
            self._set.forget()
            self._view.follow()
        if self._let_go():
            self._view.settle()
        self._relayout()

    def _let_go(self) -> bool:
        """Keep the row under the cursor, and no longer one that was kept only for the cursor; whether that one went."""
        place = self._view.cursor
        now = self._posts.ids[place] if self._posts.ids else None
        if not self._posts.keep(now):
            return False
        self._set.forget()
        self._view.arrived(len(self._posts), 0 if now is None else self._posts.near(now))
        return True

    def _relayout(self) -> None:
        """Set what is in sight in lines, and tell what became of the cursor and of the count of new posts."""
        view, ids = self._view, self._posts.ids
        sight = self._set.in_sight(view, self._chosen, self._handled)
        self._cursor = ids[view.cursor] if ids else None
        if view.following:
            self._seen = self._last_seq()
        elif sight.last is not None:
            self._seen = max(self._seen, self._session.posts[sight.last].seq)
        below = len(ids) - self._posts.at_or_after(self._seen + 1)
        self.draw(sight.frame, below, sight.handled, sight.chosen)
        self._show_title()

    def _show_title(self) -> None:
        shown, standing = self._posts.filter, self._standing
        marks = f"{self._chosen.words} · " if self._chosen else ""
        words = f"{_('Posts') if self._session.channel else _('Answers')} · {marks}{shown.words(self._session)}"
        if standing is None:
            self.show_title(f"{words} · {len(self._posts):,}")
            return
        of_question = shown.choice == "question"
        words += " · " if of_question else f" · {len(self._posts):,} · "
        room = self.outer_size.width - LEAST_TITLED + 1 - cell_len(words)
        self.show_title(words + standing_words(standing, room, named=of_question))

    def _last_seq(self) -> int:
        last = next(reversed(self._session.posts.values()), None)
        return 0 if last is None else last.seq

    def _from_cursor(self) -> list[str]:
        """All rows from the cursor's to the oldest, then from the newest to the one behind the cursor."""
        ids, here = self._posts.ids, self._view.cursor
        return [*ids[here::-1], *ids[:here:-1]]

    def _tell_found(self, count: int, whole: bool) -> None:
        self.post_message(self.Found(count, whole))
