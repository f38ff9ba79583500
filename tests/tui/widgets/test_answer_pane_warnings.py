"""Posts with a content warning in the answer pane: folded behind it until a moderator asks for the text."""

import pytest
from syrupy.assertion import SnapshotAssertion

from sessions.core.commands import Hide
from tests.sessions.core.building import Chat
from tests.tui.pane_apps import PaneApp
from tests.tui.pictures import Picture, picture
from tests.tui.widgets.answer_pane_desk import a_long_chat, at_desk
from tui.widgets.answers.answer_pane import AnswerPane


def warned_chat(after: int = 12) -> Chat:
    chat = a_long_chat(12)
    chat.post("A1 the secret ingredient " + "word " * 40, handle="cook", warning="food [b]mentioned[/b]")
    for number in range(after):
        chat.post(f"A1 behind {number}", handle=f"q{number}")
    return chat


@pytest.mark.parametrize("folded", [True, False], ids=["folded", "unfolded"])
@pytest.mark.parametrize("size", [(80, 24), (60, 16), (22, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_warning_looks_as_it_did(snapshot: SnapshotAssertion, size: tuple[int, int], folded: bool) -> None:
    async with PaneApp(AnswerPane()).run_test(size=size) as pilot:
        pane = pilot.app.query_one(AnswerPane)
        chat = warned_chat(2)
        pane.show(chat.state, None)
        await pilot.pause()
        assert pane.go_to(list(chat.state.posts)[12])
        await pilot.pause()
        if not folded:
            pane.action_open()
        assert await picture(pilot) == snapshot(extension_class=Picture)


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
        assert after == before
        assert desk.pane.new_below == 5


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
