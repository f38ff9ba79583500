"""The roster as the greeter's list of what to do."""

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from sessions.core.commands import Ask, Greet, Highlight, Mute, Tag
from sessions.core.events import PostSeen
from sessions.core.posts import Author, Filed, Post
from sessions.core.state import SessionState
from tests.sessions.core.building import Chat
from tests.tui.pane_apps import HOSTILE, MINUTE, PaneApp, a_chat
from tests.tui.pictures import Picture, picture
from tests.tui.screen_text import screen_lines, widget_lines
from tui.widgets.roster import Roster
from tui.widgets.roster_rows import is_quiet


def newcomers(number: int) -> Chat:
    chat = Chat()
    for count in range(number):
        chat.at += MINUTE
        chat.post("hello", handle=f"new{count}", newcomer=True)
    return chat


async def shown(pilot: Pilot[None], state: SessionState, now: int) -> list[str]:
    roster = pilot.app.query_one(Roster)
    roster.show(state, now)
    await pilot.pause()
    return widget_lines(roster)


def names(lines: list[str]) -> list[str]:
    return [line.lstrip("▌ ○★").split()[0] for line in lines if line.strip()]


async def test_who_waits_longest_comes_first_and_the_rest_follows() -> None:
    chat = a_chat()
    async with PaneApp(Roster()).run_test(size=(36, 24)) as pilot:
        lines = await shown(pilot, chat.state, chat.at + 4 * MINUTE)
        title = screen_lines(pilot.app)[0]
    assert "People 12 · 2 new" in title
    assert names(lines) == [
        "TO", "Tomk", "GREETED", "Jimr", "BACK", "Mlopez", "Priya", "Samo", "Fan0", "Fan1", "Fan2", "Spambot", "Larry",
        "Cathy", "HOSTS", "Ben",
    ]  # fmt: skip
    by_name = dict(zip(names(lines), lines, strict=False))
    assert by_name["Tomk"].endswith("30 min")
    assert by_name["Jimr"].endswith("by Ben")
    assert by_name["Priya"].lstrip().startswith("○")
    assert by_name["Priya"].endswith("quiet 1 answer")
    assert "○" not in by_name["Mlopez"]
    assert by_name["BACK"].endswith("○ 8 not noticed  9")


async def test_a_greeted_person_stays_under_the_cursor_until_it_goes_on() -> None:
    chat = newcomers(3)
    async with PaneApp(Roster()).run_test(size=(36, 12)) as pilot:
        await shown(pilot, chat.state, chat.at)
        await pilot.press("down")
        roster = pilot.app.query_one(Roster)
        assert roster.cursor == "mastodon:@new1"
        chat.do(Greet, "Ben", person="mastodon:@new1")
        lines = await shown(pilot, chat.state, chat.at)
        assert [" ".join(line.split()) for line in lines[:4]] == [
            "TO GREET 2",
            "New0 @new0 2 min",
            "▌ New1 @new1 ✓ by Ben",
            "New2 @new2 now",
        ]
        await pilot.press("down")
        await pilot.pause()
        assert roster.cursor == "mastodon:@new2"
        assert names(widget_lines(roster)) == ["TO", "New0", "New2", "GREETED", "New1"]


async def test_the_cursor_stays_with_its_person_and_on_its_line_while_others_move() -> None:
    chat = newcomers(40)
    async with PaneApp(Roster()).run_test(size=(36, 12)) as pilot:
        await shown(pilot, chat.state, chat.at)
        roster = pilot.app.query_one(Roster)
        await pilot.press(*["down"] * 20)
        line = next(number for number, row in enumerate(widget_lines(roster)) if row.startswith("▌"))
        for person in (3, 7, 15):
            chat.do(Greet, "Ben", person=f"mastodon:@new{person}")
            lines = await shown(pilot, chat.state, chat.at)
            assert roster.cursor == "mastodon:@new20"
            assert lines[line].startswith("▌  New20")


async def test_in_the_first_chat_of_a_series_only_those_who_say_so_are_to_be_greeted() -> None:
    chat = a_chat(first=True)
    async with PaneApp(Roster()).run_test(size=(36, 24)) as pilot:
        lines = await shown(pilot, chat.state, chat.at)
        assert "new" not in screen_lines(pilot.app)[0]
    assert names(lines)[:3] == ["TO", "Tomk", "GREETED"]


async def test_marks_of_a_person() -> None:
    chat = Chat()
    chat.post(handle="star")
    chat.post(handle="mute", newcomer=True)
    chat.do(Highlight, person="mastodon:@star")
    chat.do(Mute, "Ben", person="mastodon:@mute")
    async with PaneApp(Roster()).run_test(size=(36, 12)) as pilot:
        lines = await shown(pilot, chat.state, chat.at)
    assert lines[1].startswith("▌★ Star @star")
    assert lines[3].endswith("by Ben")
    assert names(lines) == ["BACK", "Star", "MUTED", "Mute"]


def test_quiet_is_who_said_nothing_for_two_questions() -> None:
    chat = Chat()
    chat.post(handle="early")
    for seen, question in ((None, "q1"), ("q1", "q2")):
        chat.at += MINUTE
        chat.do(Ask, question=question, seen=seen)
        chat.at += 1
        if question == "q1":
            chat.post(handle="later")
    people = chat.state.people
    assert is_quiet(chat.state, people["mastodon:@early"])
    assert not is_quiet(chat.state, people["mastodon:@later"])


async def test_keys_the_mouse_and_messages() -> None:
    chat = newcomers(30)
    app = PaneApp(Roster())
    async with app.run_test(size=(36, 12)) as pilot:
        await shown(pilot, chat.state, chat.at)
        roster = pilot.app.query_one(Roster)
        assert roster.cursor == "mastodon:@new0"
        await pilot.press("up", "end", "enter")
        assert roster.cursor == "mastodon:@new29"
        await pilot.click(Roster, offset=(5, 3), times=2)
        await pilot.press("home", "pagedown", "pageup")
        await pilot.pause()
        assert roster.cursor == "mastodon:@new0"
    assert app.told(Roster.Opened, "person")[0] == "mastodon:@new29"
    assert len(app.told(Roster.Opened, "person")) == 2


async def test_an_empty_roster_takes_every_key() -> None:
    async with PaneApp(Roster()).run_test(size=(36, 12)) as pilot:
        await shown(pilot, Chat().state, 0)
        await pilot.press("up", "down", "home", "end", "pageup", "pagedown", "enter")
        assert pilot.app.query_one(Roster).cursor is None


async def test_names_stay_text_and_columns_hold() -> None:
    chat = Chat()
    for number, name in enumerate(["[/b]", "日本語の名前の長い人です", "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", "e\u0301" * 30, HOSTILE]):
        chat.post(handle=name, newcomer=bool(number % 2))
    chat.do(Tag, person="mastodon:@[/b]", school="", level="", groups=[])
    async with PaneApp(Roster()).run_test(size=(24, 16)) as pilot:
        lines = await shown(pilot, chat.state, chat.at)
        assert any("[/B]" in line for line in lines)
        strips = pilot.app.screen._compositor.render_strips(pilot.app.size)
        assert {strip.cell_length for strip in strips} == {24}
        assert all(strip.text.endswith(("│", "╮", "╯")) for strip in strips)


@pytest.mark.parametrize("size", [(36, 20), (24, 12)])
async def test_snapshot(snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with PaneApp(Roster()).run_test(size=size) as pilot:
        chat = a_chat()
        await shown(pilot, chat.state, chat.at + 4 * MINUTE)
        await pilot.press("down")
        assert await picture(pilot) == snapshot(extension_class=Picture)


async def test_the_cursor_waits_at_whoever_is_next_to_be_greeted_until_somebody_comes() -> None:
    chat = a_chat()
    roster = Roster()
    async with PaneApp(roster).run_test(size=(40, 20)) as pilot:
        roster.screen.set_focus(None)
        await pilot.pause()
        roster.show(chat.state, chat.at)
        (first, *_) = chat.state.to_greet()
        assert roster.cursor == first.author.id
        chat.post("A3 hello", handle="late", newcomer=True)
        chat.do(Greet, "Ben", person=first.author.id)
        roster.show(chat.state, chat.at)
        assert roster.cursor == "mastodon:@late"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (48, "▌  Lachlan Gorsestead @lachlangor    1 answer"),
        (37, "▌  Lachlan Gorsestead @l… 1 answer"),
        (36, "▌  Lachlan Gorsestead    1 answer"),
        (33, "▌  Lachlan Gorsestead 1 answer"),
        (28, "▌  Lachlan Gorsestead   1"),
        (22, "▌  Lachlan Gorse… 1"),
    ],
)
async def test_a_name_is_whole_where_less_beside_it_makes_room(width: int, shown: str) -> None:
    chat = Chat()
    lachlan = Author("mastodon:@lachlangor", "lachlangor", "Lachlan Gorsestead")
    post = Post("mastodon:9", lachlan, "A1 yes", chat.at)
    chat.hear(PostSeen, post=post, kind="answer", filed=Filed("q1", "label"), newcomer=False)
    async with PaneApp(Roster()).run_test(size=(width, 6)) as pilot:
        roster = pilot.app.query_one(Roster)
        roster.show(chat.state, chat.at)
        await pilot.pause()
        assert widget_lines(roster)[1].replace("○", " ") == shown


@pytest.mark.parametrize(("width", "seen"), [(40, True), (36, False), (28, False)])
async def test_where_there_is_room_the_school_stands_behind_the_name(width: int, seen: bool) -> None:
    chat = newcomers(2)
    chat.do(Tag, person="mastodon:@new0", school="Oak [b]Hill[/b]", level="")
    async with PaneApp(Roster()).run_test(size=(width, 12)) as pilot:
        lines = await shown(pilot, chat.state, chat.at)
        assert any("New0 · Oak [b]Hill[/b]" in line for line in lines) == seen
        assert not any("New1 ·" in line for line in lines)
