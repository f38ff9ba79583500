"""What a pane draws again, and what of it goes to the terminal."""

from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from sessions.core.commands import Greet, Highlight
from sessions.core.posts import Filed
from tests.sessions.core.building import Chat
from tests.tui.pane_apps import MINUTE, PaneApp, a_chat
from tests.tui.screen_text import screen_lines, widget_lines
from tests.tui.widgets.answer_pane_desk import a_long_chat
from tests.waiting import until
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.lines.line import Piece
from tui.widgets.lines.pane_frame import PaneFrame, ShownLine
from tui.widgets.questions.question_queue import QuestionQueue
from tui.widgets.roster import Roster

Span = tuple[int, int, int]
"""A line of the screen, and from which cell to which it was written."""


class PaintedApp(PaneApp):
    """One pane, and the parts of the screen that were written."""

    def __init__(self, pane: Widget) -> None:
        super().__init__(pane)
        self.spans: list[Span] = []
        self.whole = 0

    def _display(self, screen: Screen[object], renderable: object) -> None:
        if isinstance(renderable, ChopsUpdate):
            self.spans += renderable.spans
        elif renderable is not None:
            self.whole += 1
        super()._display(screen, renderable)  # type: ignore[arg-type]

    def forget(self) -> None:
        """Count from here on."""
        self.spans, self.whole = [], 0

    async def lines_written(self) -> list[int]:
        """The lines that were written, each as often as it was; returns once some were."""
        await until(lambda: self.spans or self.whole)
        assert not self.whole
        return [line for line, _, _ in self.spans]


def differing(before: list[str], after: list[str]) -> list[int]:
    return [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]


async def test_only_the_title_is_written_when_it_alone_changes() -> None:
    pane = PaneFrame()
    app = PaintedApp(pane)
    async with app.run_test(size=(40, 12)) as pilot:
        pane.show_lines([ShownLine()] * 10)
        pane.show_title("Answers · 1")
        await pilot.pause()
        app.forget()
        pane.show_title("Answers · 2")
        await pilot.pause()
        assert screen_lines(app)[0] == "╭─ Answers · 2 ────────────────────────╮"
        assert await app.lines_written() == [0]
        app.forget()
        pane.show_title("Answers · 2")
        await pilot.pause()
        pane.show_lines([ShownLine(), ShownLine((Piece("one", "title"),))])
        assert await app.lines_written() == [2]


async def test_a_post_below_what_is_read_writes_the_title_and_the_count_alone() -> None:
    chat, pane = a_long_chat(), AnswerPane()
    app = PaintedApp(pane)
    async with app.run_test(size=(60, 14)) as pilot:
        pane.show(chat.state, None)
        await pilot.pause()
        pane.move(-20)
        await pilot.pause()
        app.forget()
        chat.post("A1 one more", handle="late")
        pane.show(chat.state, ())
        await pilot.pause()
        assert await app.lines_written() == [0, 13]


async def test_a_post_that_looks_different_is_all_that_is_written() -> None:
    chat, pane = a_chat(), AnswerPane()
    app = PaintedApp(pane)
    async with app.run_test(size=(60, 30)) as pilot:
        pane.show(chat.state, None)
        await pilot.pause()
        before = screen_lines(app)
        app.forget()
        post = next(reversed(chat.state.posts))
        chat.do(Highlight, "Ben", post=post)
        pane.show(chat.state, (post,))
        await pilot.pause()
        changed = differing(before, screen_lines(app))
        assert len(changed) == 1
        assert await app.lines_written() == changed


async def test_a_pane_that_follows_writes_each_line_at_most_once_for_a_batch() -> None:
    chat, pane = a_long_chat(), AnswerPane()
    app = PaintedApp(pane)
    async with app.run_test(size=(60, 14)) as pilot:
        pane.show(chat.state, None)
        await pilot.pause()
        before = screen_lines(app)
        app.forget()
        chat.post("A1 one more", handle="late")
        pane.show(chat.state, ())
        await pilot.pause()
        assert sorted(await app.lines_written()) == differing(before, screen_lines(app))


async def test_a_line_that_comes_to_another_place_is_not_drawn_again() -> None:
    class CountedPane(AnswerPane):
        drawn = 0

        def _framed(self, line: ShownLine) -> list[Segment]:
            self.drawn += 1
            return super()._framed(line)

    chat, pane = a_long_chat(), CountedPane()
    async with PaneApp(pane).run_test(size=(60, 14)) as pilot:
        pane.show(chat.state, None)
        await pilot.pause()
        pane.drawn = 0
        chat.post("A1 one more", handle="late")
        pane.show(chat.state, ())
        await pilot.pause()
        assert pane.new_below == 0
        assert 0 < pane.drawn <= 2 + 5  # the new post, and the one that the cursor left


async def test_a_greeting_writes_the_lines_of_the_roster_that_it_changes() -> None:
    chat = Chat()
    for count in range(3):
        chat.at += MINUTE
        chat.post("hello", handle=f"new{count}", newcomer=True)
    roster = Roster()
    app = PaintedApp(roster)
    async with app.run_test(size=(36, 12)) as pilot:
        roster.show(chat.state, chat.at)
        await pilot.pause()
        before = screen_lines(app)
        app.forget()
        chat.do(Greet, "Ben", person="mastodon:@new0")
        roster.show(chat.state, chat.at)
        await pilot.pause()
        assert sorted(await app.lines_written()) == differing(before, screen_lines(app))
        app.forget()
        roster.show(chat.state, chat.at)
        await pilot.pause()
        roster.show_title("Nothing but the title")
        assert await app.lines_written() == [0]


async def test_an_answer_writes_the_line_of_the_queue_with_its_number() -> None:
    chat, queue = a_chat(), QuestionQueue()
    app = PaintedApp(queue)
    async with app.run_test(size=(30, 24)) as pilot:
        queue.show(chat.state, chat.at)
        await pilot.pause()
        before = screen_lines(app)
        app.forget()
        chat.post("A3 by the window", handle="larry", filed=Filed("q3", "label"))
        queue.show(chat.state, chat.at)
        await pilot.pause()
        (line,) = await app.lines_written()
        assert differing(before, screen_lines(app)) == [line]
        app.forget()
        queue.show(chat.state, chat.at + 100)
        await pilot.pause()
        queue.show_title("Nothing but the title")
        assert await app.lines_written() == [0]


async def test_the_focus_changes_the_look_and_matches_no_rules_anew() -> None:
    class StyledQueue(QuestionQueue):
        styled = 0

        def notify_style_update(self) -> None:
            self.styled += 1
            super().notify_style_update()

    chat, queue = a_chat(), StyledQueue()
    async with PaneApp(queue).run_test(size=(36, 10)) as pilot:
        queue.show(chat.state, chat.at)
        await pilot.pause()
        queue.styled = 0
        focused = [list(strip) for strip in queue.render_lines(Region(0, 0, 36, 10))]
        queue.screen.set_focus(None)
        await pilot.pause()
        blurred = [list(strip) for strip in queue.render_lines(Region(0, 0, 36, 10))]
        assert all(one != other for one, other in zip(focused, blurred, strict=True))
        assert queue.styled == 0
        assert widget_lines(queue)[2].startswith("▌▶ Q3")


async def test_a_pane_that_was_hidden_shows_what_came_meanwhile() -> None:
    chat, roster = a_chat(), Roster()
    async with PaneApp(roster).run_test(size=(36, 24)) as pilot:
        roster.show(chat.state, chat.at)
        await pilot.pause()
        roster.display = False
        await pilot.pause()
        chat.post("hello", handle="late", newcomer=True)
        roster.show(chat.state, chat.at)
        await pilot.pause()
        roster.display = True
        await until(lambda: any("Late @late" in line for line in widget_lines(roster)))


async def test_another_theme_is_another_look_and_the_same_words() -> None:
    chat, pane = a_chat(), AnswerPane()
    async with PaneApp(pane).run_test(size=(60, 14)) as pilot:
        pane.show(chat.state, None)
        await pilot.pause()
        words = screen_lines(pilot.app)
        dark = [list(strip) for strip in pane.render_lines(Region(0, 0, 60, 14))]
        pilot.app.theme = "textual-light"
        await until(lambda: not any(list(strip) in dark for strip in pane.render_lines(Region(0, 0, 60, 14))))
        assert screen_lines(pilot.app) == words
