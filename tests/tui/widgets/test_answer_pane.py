"""The answer pane under a moderator's hands: keys and the mouse go in, what stands on the screen comes out."""

import pytest
from textual.events import MouseEvent, MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from sessions.commands import File, Greet, Hide, Highlight, Mute, Undo
from sessions.events import PostEdited, PostRemoved, PostSeen, QuestionAsked
from sessions.posts import Author, Filed, Post
from tests.sessions.building import START, Chat
from tests.tui.pane_apps import HOSTILE, MINUTE, PaneApp, a_chat, resize
from tests.tui.screen_text import screen_lines, widget_lines
from tui.widgets.answer_pane import AnswerPane
from tui.widgets.pane_filter import PaneFilter

SIZE = (60, 14)


class Desk:
    """A pane on a screen, and the chat that it shows."""

    def __init__(self, chat: Chat, pilot: Pilot[None], pane: AnswerPane, app: PaneApp) -> None:
        self.chat, self.pilot, self.pane, self.app = chat, pilot, pane, app

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def wheel(self, turned: type[MouseEvent]) -> None:
        foot = self.pane.content_region
        at = {"x": 5, "y": 5, "screen_x": foot.x + 5, "screen_y": foot.y + 5}
        none = {"delta_x": 0, "delta_y": 0, "button": 0, "shift": False, "meta": False, "ctrl": False}
        self.pane.post_message(turned(self.pane, **at, **none))  # type: ignore[arg-type]
        await self.pilot.pause()

    async def shows(self, *changed: str) -> list[str]:
        self.pane.show(self.chat.state, changed)
        await self.pilot.pause()
        return widget_lines(self.pane)

    async def posts(self, number: int) -> list[str]:
        for count in range(number):
            self.chat.at += 1000
            self.chat.post(f"A1 more {count}", handle="late")
        return await self.shows()

    @property
    def lines(self) -> list[str]:
        return widget_lines(self.pane)

    def cursor_line(self) -> int:
        return next(number for number, line in enumerate(self.lines) if line.startswith("▌"))


def a_long_chat(posts: int = 40) -> Chat:
    chat = Chat()
    chat.hear(QuestionAsked, question="q1", seconds=480)
    for number in range(posts):
        chat.post(f"A1 number {number} " + "word " * (number % 9 * 4), handle=f"p{number}")
    return chat


def at_desk(chat: Chat, size: tuple[int, int] = SIZE) -> "OnDesk":
    return OnDesk(chat, size)


class OnDesk:
    """`async with at_desk(chat) as desk`: the pane is mounted, focused and shows the chat."""

    def __init__(self, chat: Chat, size: tuple[int, int]) -> None:
        self.chat = chat
        self.app = PaneApp(AnswerPane())
        self.running = self.app.run_test(size=size)

    async def __aenter__(self) -> Desk:
        pilot = await self.running.__aenter__()
        pane = self.app.query_one(AnswerPane)
        pane.show(self.chat.state, None)
        await pilot.pause()
        return Desk(self.chat, pilot, pane, self.app)

    async def __aexit__(self, *error: object) -> None:
        await self.running.__aexit__(*error)  # type: ignore[arg-type]


# What stands still


async def test_it_starts_at_the_newest_post_and_follows() -> None:
    async with at_desk(a_long_chat()) as desk:
        assert desk.pane.following
        assert desk.pane.cursor == "mastodon:40"
        lines = await desk.posts(3)
        assert lines[-1].endswith("A1 more 2")
        assert desk.pane.new_below == 0


async def test_the_line_under_the_cursor_stays_while_posts_arrive() -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("up", "up", "up")
        before, cursor = desk.lines, desk.pane.cursor
        after = await desk.posts(7)
        assert desk.pane.cursor == cursor
        assert after[:-1] == before[:-1]
        assert after[-1].endswith("↓ 7 new")
        assert desk.app.told(AnswerPane.NewBelow, "count") == [7]


async def test_the_line_under_the_cursor_stays_when_posts_elsewhere_change_their_height() -> None:
    chat = a_long_chat()
    async with at_desk(chat) as desk:
        await desk.press("up", "up", "up")
        line, cursor = desk.cursor_line(), desk.pane.cursor
        chat.hear(PostEdited, post="mastodon:35", text="long " * 60, kind="answer", filed=Filed("q1", "label"))
        chat.do(Hide, post="mastodon:36")
        chat.do(Hide, post="mastodon:39")
        chat.hear(PostEdited, post="mastodon:40", text="short", kind="answer", filed=None)
        chat.post("RT", handle="fan", kind="repost", filed=None, repost_of="mastodon:38")
        lines = await desk.shows("mastodon:35", "mastodon:36", "mastodon:39", "mastodon:40")
        assert (desk.pane.cursor, desk.cursor_line()) == (cursor, line)
        assert any("hidden by Ana" in shown for shown in lines)


async def test_a_post_chosen_at_the_tail_is_held_and_another_step_down_follows() -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("up", "down")
        assert desk.pane.cursor == "mastodon:40"
        await desk.posts(1)
        assert desk.pane.cursor == "mastodon:40"
        assert desk.pane.new_below == 1
        await desk.press("down", "down")
        assert desk.pane.following
        assert desk.pane.new_below == 0


@pytest.mark.parametrize("key", ["end", "G"])
async def test_one_key_goes_to_the_newest(key: str) -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("home")
        assert desk.pane.cursor == "mastodon:1"
        await desk.posts(2)
        await desk.press(key)
        assert desk.lines[-1].endswith("A1 more 1")
        assert desk.app.told(AnswerPane.NewBelow, "count")[-1] == 0


async def test_a_click_on_the_count_goes_to_the_newest() -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("home")
        await desk.posts(2)
        foot = desk.pane.content_region
        await desk.pilot.click(AnswerPane, offset=(foot.right - 3, foot.bottom - 1))
        assert desk.pane.following


async def test_what_leaves_the_filter_stays_until_the_cursor_goes_on() -> None:
    chat = a_long_chat(6)
    async with at_desk(chat) as desk:
        desk.pane.show_filter(PaneFilter("question", "q1"))
        await desk.press("up", "up")
        chat.do(File, "Ben", post="mastodon:4", question="q2")
        lines = await desk.shows("mastodon:4")
        assert desk.pane.cursor == "mastodon:4"
        assert any("P3 @p3" in line and line.endswith("Q2") for line in lines)
        await desk.press("down")
        assert desk.pane.cursor == "mastodon:5"
        assert not any("P3 @p3" in line for line in desk.lines)


async def test_an_undone_filing_brings_a_post_back_to_its_place() -> None:
    chat = a_long_chat(4)
    async with at_desk(chat, (60, 20)) as desk:
        desk.pane.show_filter(PaneFilter("question", "q1"))
        (filed,) = chat.do(File, post="mastodon:2", question="q2")
        assert not any("@p1 " in line for line in await desk.shows("mastodon:2"))
        chat.do(Undo, seq=filed.seq)
        names = [line.split()[1] for line in await desk.shows("mastodon:2") if "@p" in line]
        assert [name for name in names if name.startswith("P")] == ["P0", "P1", "P2"]


async def test_a_resized_pane_wraps_anew_and_keeps_the_cursor() -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("up", "up")
        await resize(desk.pilot, 30, 8)
        assert desk.pane.cursor == "mastodon:38"
        assert 0 <= desk.cursor_line() < 8
        assert all(len(line) <= 30 for line in screen_lines(desk.app))


async def test_a_post_taller_than_the_pane_can_be_read_to_its_end() -> None:
    chat = a_long_chat(3)
    chat.post(" ".join(f"word{number}" for number in range(90)))
    chat.post("the next")
    async with at_desk(chat, (40, 10)) as desk:
        await desk.press("home", "down", "down", "down")
        seen = desk.lines
        while desk.pane.cursor == "mastodon:4":
            await desk.press("down")
            seen += desk.lines
        assert all(any(f"word{number}" in line for line in seen) for number in range(90))


async def test_the_wheel_scrolls_and_the_cursor_stays_in_sight() -> None:
    async with at_desk(a_long_chat()) as desk:
        before = desk.lines
        await desk.wheel(MouseScrollUp)
        assert [line.lstrip("▌ ") for line in desk.lines[3:]] == [line.lstrip("▌ ") for line in before[:-3]]
        for _ in range(20):
            await desk.wheel(MouseScrollUp)
            assert desk.cursor_line() >= 0
        assert not desk.pane.following
        for _ in range(40):
            await desk.wheel(MouseScrollDown)
        assert desk.pane.following


# What a row says


async def test_a_whole_chat_as_it_looks() -> None:
    async with at_desk(a_chat(), (64, 40)) as desk:
        shown = "\n".join(desk.lines)
    for words in (
        "introduction NEW",
        "── Q3 What about station 3?",
        "×3 shares NEW",
        "Spambot · hidden by Ben",
        "chatter",
    ):
        assert words in shown
    lines = shown.splitlines()
    assert next(line for line in lines if "@priya" in line).endswith("maybe Q1")
    assert next(line for line in lines if "@larry" in line).endswith("Q2")
    assert next(line for line in lines if "@ben" in line).endswith("announcement host")
    assert any("@mlopez" in line and line.endswith("★") for line in lines)
    assert "Fan0" not in shown


async def test_in_the_first_chat_of_a_series_only_those_who_say_so_are_marked_new() -> None:
    async with at_desk(a_chat(first=True), (64, 40)) as desk:
        marked = {line.lstrip("▌").split()[1] for line in desk.lines if line.endswith("NEW")}
    assert marked == {"Tomk"}


async def test_edited_removed_and_muted_posts_say_so() -> None:
    chat = a_long_chat(3)
    chat.hear(PostEdited, post="mastodon:1", text="A1 better", kind="answer", filed=Filed("q1", "label"))
    chat.hear(PostRemoved, post="mastodon:2")
    chat.do(Mute, "Ben", person="mastodon:@p2")
    async with at_desk(chat) as desk:
        shown = "\n".join(desk.lines)
    assert "A1 better" in shown
    assert "edited" in shown
    assert "P1 · removed" in shown
    assert "P2 · muted by Ben" in shown
    assert "number 1" not in shown


async def test_a_repost_whose_original_is_not_here_is_a_row_until_it_comes() -> None:
    chat = Chat()
    chat.post("RT early", handle="fan", kind="repost", filed=None, repost_of="mastodon:2")
    async with at_desk(chat) as desk:
        assert any("Fan @fan" in line and line.endswith("share") for line in desk.lines)
        chat.post("early", handle="orig")
        chat.post("late", handle="other")
        await desk.press("end")
        lines = await desk.shows()
        assert not any("@fan" in line for line in lines)
        assert desk.pane.go_to("mastodon:1")
        assert desk.pane.cursor == "mastodon:2"


async def test_filters_show_what_waits_for_a_look() -> None:
    chat = a_chat()
    async with at_desk(chat, (64, 30)) as desk:
        counts = {}
        for chosen in ("all", "unfiled", "guesses", "starred", "newcomers"):
            desk.pane.show_filter(PaneFilter(chosen))
            await desk.pilot.pause()
            counts[chosen] = int(screen_lines(desk.app)[0].split("·")[2].split()[0])
        assert counts == {"all": 12, "unfiled": 3, "guesses": 2, "starred": 1, "newcomers": 4}
        chat.do(Highlight, person="mastodon:@larry")
        desk.pane.show_filter(PaneFilter("starred"))
        await desk.pilot.pause()
        assert any("@larry" in line for line in desk.lines)


async def test_outside_text_stays_text_in_every_part_of_a_row() -> None:
    chat = Chat()
    seen = {"kind": "answer", "filed": None, "newcomer": False}
    author = Author("mastodon:1", "[b]h[/b]", HOSTILE)
    chat.hear(PostSeen, post=Post("mastodon:9", author, HOSTILE, START), **seen)
    async with at_desk(chat, (120, 10)) as desk:
        shown = "\n".join(desk.lines)
        assert shown.count("[@click=app.exit]press me[/] [Q1] [/b] $text ␛[31mred␛[0m ␇ {x} evil") == 2
        assert "@[b]h[/b]" in shown
        await desk.pilot.click(AnswerPane, offset=(40, 2))
        assert desk.app.is_running


async def test_without_colours_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(a_chat(), (64, 40)) as desk:
        coloured = screen_lines(desk.app)
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_desk(a_chat(), (64, 40)) as desk:
        assert screen_lines(desk.app) == coloured
        styles = [segment.style for strip in desk.pane.render_lines(desk.pane.size.region) for segment in strip]
    colours = {colour for style in styles if style for colour in (style.color, style.bgcolor) if colour}
    assert colours
    assert all(len(set(colour.get_truecolor())) == 1 for colour in colours)


# Search


async def test_search_counts_marks_and_goes_round() -> None:
    async with at_desk(a_long_chat()) as desk:
        assert desk.pane.find("NUMBER 1") == 11
        assert desk.pane.cursor == "mastodon:20"
        assert desk.pane.previous_match()
        assert desk.pane.cursor == "mastodon:19"
        desk.pane.go_to("mastodon:2")
        assert desk.pane.previous_match()
        assert desk.pane.cursor == "mastodon:20"
        assert desk.pane.next_match()
        assert desk.pane.cursor == "mastodon:2"
        assert desk.pane.find("(") == 0
        desk.pane.clear_find()
        assert not desk.pane.next_match()


# Messages


async def test_enter_and_a_double_click_open_a_post() -> None:
    async with at_desk(a_long_chat(3)) as desk:
        await desk.press("up", "enter")
        assert desk.app.told(AnswerPane.Opened, "post") == ["mastodon:2"]
        await desk.pilot.click(AnswerPane, offset=(10, 2), times=2)
        assert desk.app.told(AnswerPane.Opened, "post")[1:] == ["mastodon:1"]
        assert desk.app.told(AnswerPane.Pointed, "post") == ["mastodon:3", "mastodon:2", "mastodon:1"]


async def test_an_empty_pane_takes_every_key() -> None:
    async with at_desk(Chat()) as desk:
        await desk.press("up", "down", "pageup", "pagedown", "home", "end", "enter")
        assert desk.pane.cursor is None
        assert desk.app.told(AnswerPane.Opened, "post") == []


async def test_a_state_that_went_back_is_shown_from_scratch() -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("up")
        desk.chat = a_long_chat(5)
        lines = await desk.shows()
        assert any("number 4" in line for line in lines)
        assert desk.pane.cursor == "mastodon:5"


@pytest.mark.parametrize("size", [(64, 30), (40, 16), (22, 12)])
def test_snapshot(snap_compare: object, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        chat = a_chat()
        pane = pilot.app.query_one(AnswerPane)
        pane.show(chat.state, None)
        pane.move(-2)
        chat.at += MINUTE
        chat.post("A3 the newest", handle="zoe", filed=Filed("q3", "label"))
        chat.do(Greet, "Ben", person="mastodon:@tomk")
        pane.show(chat.state, ())
        await pilot.pause()

    assert snap_compare(PaneApp(AnswerPane()), terminal_size=size, run_before=before)  # type: ignore[operator]


# Content warnings


def warned_chat(after: int = 12) -> Chat:
    chat = a_long_chat(12)
    chat.post("A1 the secret ingredient " + "word " * 40, handle="cook", warning="food [b]mentioned[/b]")
    for number in range(after):
        chat.post(f"A1 behind {number}", handle=f"q{number}")
    return chat


@pytest.mark.parametrize("folded", [True, False], ids=["folded", "unfolded"])
@pytest.mark.parametrize("size", [(80, 24), (60, 16), (22, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_warning_looks_as_it_did(snap_compare: object, size: tuple[int, int], folded: bool) -> None:
    async def before(pilot: Pilot[None]) -> None:
        pane = pilot.app.query_one(AnswerPane)
        chat = warned_chat(2)
        pane.show(chat.state, None)
        await pilot.pause()
        assert pane.go_to(list(chat.state.posts)[12])
        await pilot.pause()
        if not folded:
            pane.action_open()
        await pilot.pause()

    assert snap_compare(PaneApp(AnswerPane()), terminal_size=size, run_before=before)  # type: ignore[operator]


async def test_a_text_is_folded_behind_its_warning_until_enter_and_its_first_line_stays() -> None:
    chat = warned_chat()
    async with at_desk(chat) as desk:
        warned = list(chat.state.posts)[12]
        assert desk.pane.go_to(warned)
        await desk.pilot.pause()
        at = desk.cursor_line()
        shown = "\n".join(desk.lines)
        assert "[food [b]mentioned[/b]] Enter shows it" in shown
        assert "secret" not in shown
        await desk.press("enter")
        assert desk.cursor_line() == at
        assert desk.lines[at + 1].endswith("[food [b]mentioned[/b]]")
        assert "secret ingredient" in desk.lines[at + 2]
        assert desk.app.told(AnswerPane.Opened, "post") == []
        await desk.press("enter")
        assert desk.app.told(AnswerPane.Opened, "post") == [warned]
        assert desk.pane.fold_warned()
        await desk.pilot.pause()
        assert desk.cursor_line() == at
        assert "secret" not in "\n".join(desk.lines)


async def test_what_was_unfolded_stays_so_and_where_it_is_while_posts_arrive() -> None:
    async with at_desk(warned_chat(0)) as desk:
        await desk.press("enter")
        before = desk.lines
        assert "secret ingredient" in "\n".join(before)
        after = await desk.posts(5)
        assert after[:-1] == before[:-1]
        assert "5 new" in after[-1]


async def test_a_click_on_the_warned_post_under_the_cursor_shows_it() -> None:
    chat = warned_chat()
    async with at_desk(chat) as desk:
        desk.pane.go_to(list(chat.state.posts)[12])
        await desk.pilot.pause()
        await desk.pilot.click(AnswerPane, offset=(20, desk.cursor_line() + 2))
        await desk.pilot.pause()
        assert "secret ingredient" in "\n".join(desk.lines)


async def test_words_behind_a_warning_are_found_only_once_they_are_shown() -> None:
    async with at_desk(warned_chat(0)) as desk:
        assert desk.pane.find("secret") == 0
        await desk.press("enter")
        assert desk.pane.find("secret") == 1


async def test_a_hidden_post_with_a_warning_shows_neither() -> None:
    chat = warned_chat(0)
    chat.do(Hide, "Ben", post=list(chat.state.posts)[12])
    async with at_desk(chat) as desk:
        shown = "\n".join(desk.lines)
        assert "hidden by Ben" in shown
        assert "food" not in shown
