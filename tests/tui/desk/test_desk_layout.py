"""The desk at the sizes people have: nothing is lost at 80x24, and a smaller window says so."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.hours import StillClock
from tests.sessions.hub.live import Feed, LiveHub, Time, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.pictures import SIZES, Picture
from tui.desk.dialogs.person_card import PersonCard
from tui.widgets.footers.pane_footer import PaneFooter
from tui.widgets.lines.terminal_image import TerminalImage

POSTS = [
    ("mlopez", "Hello, I am new here and I teach third grade"),
    ("ana@mastodon.social", "Q1: What about station 1?"),
    ("jimr", "A1: We rotate every 12 minutes and keep one station for reading aloud"),
    ("tomk", "We start with the teacher table, always, and the rest follows from there"),
    ("jimr", "Lovely evening, all"),
]


@asynccontextmanager
async def a_chat(
    folder: Path, size: tuple[int, int], **options: Any
) -> AsyncGenerator[tuple[LiveHub, DeskInHand], None]:
    feed, time = Feed(), Time(START + 9 * 60_000)
    hub = live_hub(folder, sources=[feed], clock=time.clock(), newcomer=lambda author: author.handle != "jimr")
    async with hub as live, desk_on(live, size=size, **options) as ana:
        await ana.press("n", "enter")
        await ana.knows(lambda model: model.state.open == "q1")
        for handle, text in POSTS:
            post = feed.post(text, handle)
            await ana.knows(lambda model, post=post: post in model.state.posts)
        yield live, ana


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_question_countdown_answers_and_keys_are_always_there(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_chat(tmp_path, size) as (_, ana):
        await ana.sees("Lovely evening, all")
        shown = ana.lines()
        assert "#navasotaisd" in shown[0]
        assert "Ana asks and greets" in shown[0]
        assert "Q1 of 6" in shown[1]
        assert size[1] >= 30 or "08:1" in shown[1] or "08:2" in shown[1]
        assert "ends 8:0" in shown[1]
        assert "n Ask next" in shown[-1]
        assert all(len(line) <= size[0] for line in shown)


def said_on_the_clock(desk: DeskInHand) -> str:
    """The words of the clock, whatever room it has."""
    height = desk.screen.panes.countdown.size.height
    return " ".join(" ".join(desk.lines()[1 : 1 + height]).split())


async def test_whom_to_greet_and_what_comes_next_is_said_in_both_stacked_panes(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (80, 24)) as (live, ana):
        for size in ((80, 24), (60, 18)):
            await ana.pilot.resize_terminal(*size)
            for key, pane in (("(Tab)", "answers"), ("(g)", "people")):
                number = f"2 to greet {key}" if size[0] >= 80 else "2 to greet"
                await ana.until(lambda number=number: number in said_on_the_clock(ana))
                assert ana.screen.panes.roster.display is (pane == "people")
                assert "Q1 of 6" in said_on_the_clock(ana)
                assert size[0] < 80 or "n next" in said_on_the_clock(ana)
                assert sum("What about station 1" in line for line in ana.lines()[:3]) == 1
                await ana.press("tab")
            await ana.press("tab")
        ben = await live.join("Ben")
        await ben.do("take_role", role="driver")
        await ana.until(lambda: "n next" not in said_on_the_clock(ana))
        await ben.do("take_role", role="greeter")
        await ana.until(lambda: said_on_the_clock(ana).endswith("2 to greet"), lambda: said_on_the_clock(ana))
        await ana.pilot.resize_terminal(100, 30)
        await ana.until(lambda: "to greet" not in said_on_the_clock(ana))
        await ana.sees("TO GREET")


async def test_a_second_that_passes_sends_a_few_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(START + 10 * 60_000)
    sent: list[str] = []
    real = TerminalImage.sequence

    def sequence(image: TerminalImage, parts: Any, console: Any) -> str:
        sent.append(real(image, parts, console))
        return sent[-1]

    monkeypatch.setattr(TerminalImage, "sequence", sequence)
    async with a_chat(tmp_path, (100, 30), clock=StillClock(time)) as (_, ana):
        await ana.until(lambda: any("evening, all" in one for one in sent))
        await ana.until(lambda: ana.screen.drawn)
        bar = ana.screen.panes.countdown
        before = bar.said
        sent.clear()
        time.now += 1000
        await ana.until(lambda: bar.said != before and len(sent) > 0)
        assert sum(map(len, sent)) < 400, sent


async def test_at_eighty_columns_tab_shows_the_people_and_the_answers_again(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (80, 24)) as (_, ana):
        assert not any("TO GREET" in line for line in ana.lines())
        await ana.press("tab")
        await ana.sees("TO GREET")
        assert not any("Lovely evening" in line for line in ana.lines())
        await ana.press("enter")
        await ana.until(lambda: isinstance(ana.app.screen, PersonCard))
        await ana.press("escape", "tab")
        assert ana.screen.panes.queue.has_focus
        await ana.sees("Lovely evening")
        await ana.press("shift+tab", "shift+tab")
        assert ana.screen.panes.answers.has_focus


async def test_tab_leaves_the_foot_and_the_styles_of_a_wide_screen_as_they_are(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (120, 30)) as (_, ana):
        footer, classes = ana.screen.query_one(PaneFooter), set(ana.screen.classes)
        await ana.press("tab")
        assert ana.screen.panes.roster.has_focus
        assert set(ana.screen.classes) == classes
        assert ana.screen.query_one(PaneFooter) is footer


async def test_who_looks_at_people_sees_them_when_the_window_becomes_narrow(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (120, 30)) as (_, ana):
        await ana.press("tab")
        await ana.pilot.resize_terminal(80, 24)
        await ana.until(lambda: ana.screen.has_class("-narrow"))
        await ana.sees("TO GREET")
        await ana.until(lambda: not any("Lovely evening" in line for line in ana.lines()))


async def test_the_queue_is_one_line_at_eighty_columns_and_a_pane_at_a_hundred(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (80, 24)) as (_, ana):
        assert ana.screen.panes.queue.region.height == 1
        await ana.pilot.resize_terminal(100, 30)
        await ana.until(lambda: ana.screen.panes.queue.region.height > 10)
        await ana.sees("TO GREET")


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5)])
async def test_a_window_that_is_too_small_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, size=size) as ana:
        shown = " ".join(" ".join(ana.lines()).split())
        assert "too small" in shown
        await ana.pilot.resize_terminal(80, 24)
        await ana.sees("introductions")


@pytest.mark.parametrize("key", ["i", "a", "m", "f", "l", "X", "q", "question_mark", "e", "o"])
async def test_dialogs_fit_eighty_by_twenty_four(tmp_path: Path, key: str) -> None:
    async with a_chat(tmp_path, (80, 24)) as (_, ana):
        ana.model.drafts.question = "half a question"
        await ana.press(key)
        await ana.until(lambda: len(ana.app.screen_stack) == 3 or "no address" in ana.status)
        if len(ana.app.screen_stack) == 3:
            frame = ana.app.screen.query_one(".frame")
            assert frame.region.height <= 24
            for child in frame.walk_children():
                if child.display and child.region.height:
                    assert frame.region.contains_region(child.region) or child.parent is not frame, child


async def test_clicks_reach_rows_and_the_footer(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (120, 30)) as (_, ana):
        top = next(place for place, line in enumerate(ana.lines()) if "A1: We rotate" in line)
        await ana.pilot.click(offset=(60, top))
        await ana.knows(lambda model: "We rotate" in model.state.text(ana.screen.panes.answers.cursor))
        footer = ana.lines()[-1]
        await ana.pilot.click(offset=(footer.index("Star"), 29))
        await ana.wait(0.2)
        await ana.sees("You starred Jimr's post")


async def test_the_row_under_the_cursor_stays_while_posts_arrive(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(100, 30)) as ana:
        for place in range(30):
            feed.post(f"A1: answer number {place}")
        await ana.knows(lambda model: len(model.state.posts) == 30)
        await ana.press("up", "up", "up")
        cursor = ana.screen.panes.answers.cursor
        await ana.sees("answer number 29")
        row = next(place for place, line in enumerate(ana.lines()) if "answer number 26" in line)
        for place in range(30, 60):
            feed.post(f"A1: answer number {place}")
        await ana.knows(lambda model: len(model.state.posts) == 60)
        await ana.sees("30 new")
        assert ana.screen.panes.answers.cursor == cursor
        assert "answer number 26" in ana.lines()[row]
        await ana.press("G")
        await ana.sees("answer number 59")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_desk_looks_as_it_did(tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with a_chat(tmp_path, size, clock=StillClock(Time(START + 10 * 60_000))) as (_, ana):
        await ana.sees("Lovely evening, all")
        await ana.press("up", "h")
        await ana.sees("You starred Tomk's post")
        assert await ana.picture() == snapshot(extension_class=Picture)


async def test_who_is_to_be_greeted_is_under_the_cursor_of_whoever_comes_to_the_people(tmp_path: Path) -> None:
    async with a_chat(tmp_path, (80, 24)) as (live, ana):
        await ana.press("tab")
        await ana.sees("TO GREET")
        first = ana.screen.panes.roster.cursor
        assert first is not None
        assert live.session.durable.wants_greeting(live.session.durable.people[first])
        await ana.press("g")
        await live.until(lambda session: session.durable.people[first].greeting is not None)


async def test_an_invite_is_on_one_line_at_80_columns(tmp_path: Path) -> None:
    invite = f"lunchroom://127.0.0.1:65535#{'t' * 43}"
    async with live_hub(tmp_path) as live, desk_on(live, size=(80, 24), invitation=invite) as ana:
        ana.screen.run("invite")
        await ana.sees(invite)


async def test_the_script_stands_beside_its_names(tmp_path: Path) -> None:
    words = [f"word{number}" for number in range(100, 160)]
    plan = a_plan(script={"welcome": " ".join(words)})
    async with live_hub(tmp_path, plan=plan) as live, desk_on(live, size=(80, 24)) as ana:
        await ana.press("p")
        await ana.sees(f"Welcome              {words[0]} {words[1]}")
        rows = [line for line in ana.lines() if "word1" in line]
        assert len({row.index("word1") for row in rows}) == 1
        assert all(row.count("word1") > 1 for row in rows)
        await ana.sees("Enter choose")


async def test_a_footer_without_room_is_cut_off_cleanly(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, "Ana", size=(60, 18)) as desk:
        await desk.sees("All actions")
        assert desk.lines()[-1].rstrip().endswith("^p All actions")
