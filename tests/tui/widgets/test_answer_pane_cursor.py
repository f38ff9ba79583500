"""The answer pane's cursor under a moderator's hands: where it stays, where it goes, and what it opens."""

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from sessions.core.commands import File, Hide, Undo
from sessions.core.events import PostEdited
from sessions.core.posts import Filed
from tests.sessions.core.building import Chat
from tests.tui.pane_apps import resize
from tests.tui.screen_text import screen_lines
from tests.tui.widgets.answer_pane_desk import a_long_chat, at_desk
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.pane_filter import PaneFilter

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
        assert after == before
        assert screen_lines(desk.app)[desk.pane.region.bottom - 1].endswith("─ ↓ 7 new ─╯")
        assert desk.pane.new_below == 7


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
        assert desk.pane.new_below == 0


async def test_a_click_on_the_count_goes_to_the_newest() -> None:
    async with at_desk(a_long_chat()) as desk:
        await desk.press("home")
        await desk.posts(2)
        whole = desk.pane.outer_size
        await desk.pilot.click(AnswerPane, offset=(whole.width - 12, whole.height - 1))
        assert not desk.pane.following
        await desk.pilot.click(AnswerPane, offset=(whole.width - 5, whole.height - 1))
        assert desk.pane.following
        assert "new" not in screen_lines(desk.app)[desk.pane.region.bottom - 1]


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
        assert desk.pane.cursor == "mastodon:3"
        await desk.press("up", "enter")
        assert desk.pane.cursor == "mastodon:2"
        assert desk.app.told(AnswerPane.Opened, "post") == ["mastodon:2"]
        await desk.pilot.click(AnswerPane, offset=(10, 2), times=2)
        assert desk.app.told(AnswerPane.Opened, "post")[1:] == ["mastodon:1"]
        assert desk.pane.cursor == "mastodon:1"


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
