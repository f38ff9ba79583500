"""What the answer pane shows: what each row says, which rows a filter leaves, and the pictures of the whole."""

import pytest
from syrupy.assertion import SnapshotAssertion

from sessions.core.commands import Greet, Highlight, Mute
from sessions.core.events import PostEdited, PostRemoved, PostSeen
from sessions.core.posts import Author, Filed, Post
from tests.sessions.core.building import START, Chat
from tests.tui.pane_apps import HOSTILE, MINUTE, PaneApp, a_chat
from tests.tui.pictures import Picture, complete, picture
from tests.tui.screen_text import screen_lines
from tests.tui.widgets.answer_pane_desk import a_long_chat, at_desk
from tui.widgets.answers.answer_pane import AnswerPane
from tui.widgets.answers.pane_filter import PaneFilter


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


async def test_who_writes_for_the_signed_in_is_marked_and_a_name_never_stands_without_a_word() -> None:
    chat = Chat()
    chat.post("A1 for us", signed_in_only=True)
    chat.post("", handle="tomk")
    async with at_desk(chat) as desk:
        assert any("@mlopez" in line and "signed-in only" in line for line in desk.lines)
        assert any("[no words]" in line for line in desk.lines)


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


@pytest.mark.parametrize("size", [(64, 30), (40, 16), (22, 12)])
async def test_snapshot(snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with PaneApp(AnswerPane()).run_test(size=size) as pilot:
        chat = a_chat()
        pane = pilot.app.query_one(AnswerPane)
        pane.show(chat.state, None)
        await complete(pilot)
        pane.move(-2)
        chat.at += MINUTE
        chat.post("A3 the newest", handle="zoe", filed=Filed("q3", "label"))
        chat.do(Greet, "Ben", person="mastodon:@tomk")
        pane.show(chat.state, ())
        assert await picture(pilot) == snapshot(extension_class=Picture)
