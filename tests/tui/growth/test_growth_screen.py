"""The growth screen on real saved chats: from the library and alone, its charts, tables, series, and what it saves."""

import csv
import io
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static

from sessions.core.people import Register
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from sessions.library.people_rebuild import rebuild_people
from sessions.reports.series_growth import read_growth
from tests.tui.libraries import LibraryInHand, damage, library_on, save_chat
from tests.tui.palette import choose_action
from tests.tui.pictures import SIZES, Picture, picture
from tui.apps import growth_app
from tui.growth.keys import GROWTH
from tui.growth.screen import GrowthScreen
from tui.shell.palette import NOT_OFFERED
from tui.widgets.status_line import StatusLine


@dataclass
class GrowthInHand(LibraryInHand):
    """The growth screen, its keys, and what is on it."""

    @property
    def growth(self) -> GrowthScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, GrowthScreen))

    @property
    def status(self) -> str:
        return str(self.growth.query_one(StatusLine).render())

    def part(self, name: str) -> str:
        """What the heading, the notes, the charts or the tables say, scrolled away or not."""
        return str(self.growth.query_one(f"#growth-{name}", Static).render())

    def rows(self) -> list[list[str]]:
        """The table of the chats."""
        return [line.split() for line in self.part("tables").splitlines() if line.startswith("202")]


@asynccontextmanager
async def growth_of(
    folder: Path, size: tuple[int, int] = (100, 30), series: str | None = None, *, config: Path | None = None
) -> AsyncGenerator[GrowthInHand, None]:
    """The screen alone, once it has read the chats."""
    app = growth_app(Library(folder), series, config=config or folder / "no-config.toml")
    async with app.run_test(size=size) as pilot:
        hand = GrowthInHand(app, pilot, folder)  # type: ignore[arg-type] # what a library's has, a growth's has
        await hand.until(lambda: bool(app.screen_stack[1:]) and not hand.status.startswith("Reading"))
        await pilot.pause()
        yield hand


def two_series(folder: Path) -> None:
    """Three chats of a series with a gap, the latest one of another series."""
    for week, people in ((0, 4), (1, 6), (9, 7)):
        save_chat(folder, week, people=people, title=f"Week {week}")
    save_chat(folder, 12, people=3, title="Elsewhere", series="otherchat")


# The way there


@pytest.mark.parametrize("way", ["key", "palette", "mouse"])
async def test_it_opens_from_the_library_for_the_series_under_the_cursor(tmp_path: Path, way: str) -> None:
    two_series(tmp_path)
    async with library_on(tmp_path) as hand:
        await hand.press("down")
        assert hand.cursor == "Week 9"
        if way == "key":
            await hand.press("g")
        elif way == "mouse":
            footer = hand.lines()[-1]
            await hand.pilot.click(offset=(footer.index("Growth"), len(hand.lines()) - 1))
        else:
            await choose_action(hand.pilot, hand.until, "growth", "Growth")
        await hand.sees("navasotaisd: 3 chats, 2025-12-01 to 2026-02-02")
        await hand.press("q")
        await hand.until(lambda: hand.app.screen is hand.screen)
        assert hand.cursor == "Week 9"


async def test_a_series_that_has_only_rehearsals_is_told_so(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, rehearsal=True)
    async with library_on(tmp_path) as hand:
        await hand.press("g")
        await hand.sees("No saved chat belongs to the series 'navasotaisd', only rehearsals.")
        await hand.press("w", "s", "escape")
        await hand.until(lambda: hand.app.screen is hand.screen)


# What it shows


async def test_the_numbers_of_a_series_with_a_gap(tmp_path: Path) -> None:
    two_series(tmp_path)
    async with growth_of(tmp_path, series="navasotaisd") as hand:
        assert hand.part("heading").startswith("navasotaisd: 3 chats, 2025-12-01 to 2026-02-02 · 1 other series: s")
        rows = hand.rows()
        assert [row[:5] for row in rows[:3]] == [
            ["2025-12-01", "4", "2", "2", "2"],
            ["2025-12-08", "6", "1", "5", "1"],
            ["2026-02-02", "7", "1", "6", "-"],
        ]
        assert [row[:4] for row in rows[3:]] == [["2025-12-01", "2", "2", "2"], ["2025-12-08", "1", "1", "1"]]
        assert "People: █ new, ░ again" in hand.part("charts")
        assert "unseen" in hand.part("tables"), "who was never noticed is shown here, and here alone"


async def test_one_chat_alone_has_its_questions_and_no_cohorts(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, people=3)
    async with growth_of(tmp_path) as hand:
        assert hand.part("heading").startswith("navasotaisd: 1 chat, 2025-12-01\n3 people in all, 2 for the first time")
        assert hand.part("charts").startswith("Answers to each question")
        assert "+1" not in hand.part("tables")
        assert len(hand.rows()) == 1


async def test_an_empty_library_has_nothing_to_count_and_nothing_to_save(tmp_path: Path) -> None:
    async with growth_of(tmp_path) as hand:
        await hand.sees("No chat to count is saved for this yet")
        await hand.press("w")
        await hand.sees("There are no numbers to save.")
        await hand.press("s")
        await hand.sees("All saved chats here are of one series.")


async def test_what_was_passed_by_is_said(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, minutes=0)
    broken = damage(save_chat(tmp_path, 1, people=9))
    (tmp_path / "people.json").write_text("{", encoding="utf-8")
    async with growth_of(tmp_path) as hand:
        said = hand.part("notes")
        assert f"! {broken.name} is damaged and not counted." in said
        assert "Joined accounts and schools are not taken into account." in said
        assert "The latest chat is not closed" in said


async def test_groups_under_five_are_merged_on_the_screen_too(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, people=14)
    rebuild_people(Library(tmp_path))
    schools = {"teacher0": "Birch", "teacher1": "Birch", "teacher2": "Elm"}

    def write(people: Register) -> None:
        for handle in (f"teacher{number}" for number in range(14)):
            people.find(handle).write({"school": schools.get(handle, "Ash")})

    PeopleFile(tmp_path).change(write)
    async with growth_of(tmp_path) as hand:
        tables = hand.part("tables")
        assert "Birch" not in tables
        assert "Elm" not in tables


async def test_text_from_outside_is_shown_as_it_is(tmp_path: Path) -> None:
    hostile = "[@click=app.exit]press[/] [Q1] $text"
    save_chat(tmp_path, 0, title=hostile)
    async with growth_of(tmp_path, (160, 48)) as hand:
        await hand.sees("[@click=a")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_all_lines_fit_the_window_and_can_be_scrolled_to(tmp_path: Path, size: tuple[int, int]) -> None:
    for week in range(30):
        save_chat(
            tmp_path, week, people=5 + week % 3, title="A title that is longer than the room beside the numbers is"
        )
    async with growth_of(tmp_path, size) as hand:
        page = hand.growth.query_one(VerticalScroll)
        lines = [*hand.part("charts").splitlines(), *hand.part("tables").splitlines()]
        assert max(map(cell_len, lines)) <= page.scrollable_content_region.width
        assert page.virtual_size.width <= page.size.width, "nothing is cut off at the right"
        await hand.press("end")
        await hand.sees("By level:")
        await hand.press("home")
        await hand.sees("People: █ new, ░ again")


async def test_resizing_draws_the_charts_and_tables_anew(tmp_path: Path) -> None:
    for week in range(12):
        save_chat(tmp_path, week)
    async with growth_of(tmp_path, (80, 24)) as hand:
        narrow = max(map(cell_len, hand.part("charts").splitlines()))
        await hand.pilot.resize_terminal(160, 48)
        await hand.until(lambda: hand.growth.has_class("-wide"))
        await hand.pilot.pause()
        charts, tables = (hand.growth.query_one(f"#growth-{name}", Static).region for name in ("charts", "tables"))
        assert tables.x > charts.right, "beside each other"
        await hand.pilot.resize_terminal(60, 20)
        await hand.until(lambda: hand.growth.has_class("-narrow"))
        await hand.pilot.pause()
        assert max(map(cell_len, hand.part("charts").splitlines())) < narrow <= 77
        await hand.pilot.resize_terminal(50, 20)
        await hand.sees("This window is too small")


async def test_colours_are_the_themes_and_none_are_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_series(tmp_path)
    async with growth_of(tmp_path, series="navasotaisd") as hand:
        colours = set()
        for theme in ("lunchroom", "lunchroom-light"):
            hand.app.theme = theme
            await hand.pilot.pause()
            strip = hand.growth.query_one("#growth-charts", Static).render_line(9)
            colours |= {str(part.style.color) for part in strip if "█" in part.text and part.style is not None}
        assert len(colours) == 2
    monkeypatch.setenv("NO_COLOR", "1")
    async with growth_of(tmp_path, series="navasotaisd") as hand:
        assert hand.app.no_color
        await hand.sees("People: █ new, ░ again")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_growth_looks_as_it_did(tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    for place, week in enumerate([0, 1, 2, 6, 7, 20]):
        save_chat(tmp_path, week, people=5 + 2 * place, title=f"Stations that work, part {place + 1}")
    async with growth_of(tmp_path, size) as hand:
        assert await picture(hand.pilot) == snapshot(extension_class=Picture)


# Series


async def test_another_series_is_chosen_by_its_key_or_a_click_on_the_heading(tmp_path: Path) -> None:
    two_series(tmp_path)
    async with growth_of(tmp_path) as hand:
        assert hand.part("heading").startswith("otherchat: 1 chat, 2026-02-23")
        await hand.press("s")
        await hand.sees("Which series?")
        await hand.press("n", "enter")
        await hand.until(lambda: hand.part("heading").startswith("navasotaisd: 3 chats"))
        await hand.pilot.click("#growth-heading")
        await hand.sees("Which series?")
        await hand.press("o", "enter")
        await hand.until(lambda: hand.part("heading").startswith("otherchat"))


async def test_reading_again_takes_in_what_is_new(tmp_path: Path) -> None:
    save_chat(tmp_path, 0)
    async with growth_of(tmp_path) as hand:
        save_chat(tmp_path, 1)
        await hand.press("f5")
        await hand.until(lambda: hand.part("heading").startswith("navasotaisd: 2 chats"))


async def test_reading_tells_how_far_it_is_and_ends_when_nobody_waits(tmp_path: Path) -> None:
    two_series(tmp_path)
    heard: list[tuple[int, int]] = []
    read_growth(Library(tmp_path), "navasotaisd", progress=lambda done, chats: heard.append((done, chats)))
    assert heard == [(0, 3), (1, 3), (2, 3)]

    class GaveUp(Exception):
        pass

    def give_up(done: int, chats: int) -> None:
        if done:
            raise GaveUp

    with pytest.raises(GaveUp):
        read_growth(Library(tmp_path), "navasotaisd", progress=give_up)


# Saving


async def test_a_table_is_saved_where_one_says_and_over_nothing_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats, here = tmp_path / "chats", tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    save_chat(Library(chats).folder, 0, people=3)
    async with growth_of(chats) as hand:
        await hand.press("w")
        await hand.sees("(•) Each chat, a table (CSV)")
        await hand.press("down", "enter")
        await hand.until(lambda: hand.app.screen.query_one(Input).value.endswith("growth-navasotaisd-cohorts.csv"))
        await hand.press("up", "enter")
        await hand.until(lambda: hand.app.screen.query_one(Input).value.endswith("growth-navasotaisd.csv"))
        await hand.press("tab", "enter")
        file = here / "growth-navasotaisd.csv"
        await hand.until(lambda: f"The numbers are in {file}."[:60] in hand.status)
        (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
        assert (row["people"], row["date"]) == ("3", "2025-12-01")
        assert "never_noticed" not in row
        file.write_text("mine")
        await hand.press("w", "tab", "enter")
        await hand.sees("Overwrite this file?")
        await hand.press("enter")
        await hand.sees("Save or copy the numbers")
        assert file.read_text() == "mine"
        await hand.press("escape")


async def test_everything_is_saved_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chats, here = tmp_path / "chats", tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    save_chat(Library(chats).folder, 0, people=3)
    async with growth_of(chats) as hand:
        await hand.press("w", "up", "enter", "tab", "enter")
        file = here / "growth-navasotaisd.json"
        await hand.until(file.exists)
        await hand.until(lambda: hand.status.startswith("The numbers are in"))
        document = json.loads(file.read_text(encoding="utf-8"))
        assert document["sessions"][0]["people"] == 3
        assert "never_noticed" not in document["sessions"][0]


async def test_a_table_is_copied(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, people=3)
    async with growth_of(tmp_path) as hand:
        await hand.press("w")
        await hand.sees("Save or copy the numbers")
        await hand.pilot.click("#copy")
        await hand.until(lambda: hand.app.clipboard.startswith("id,date,title,people"))
        assert len(hand.app.clipboard.splitlines()) == 2


# Keys


async def test_help_palette_and_footer_have_every_action(tmp_path: Path) -> None:
    save_chat(tmp_path, 0)
    async with growth_of(tmp_path, (80, 60)) as hand:
        footer = hand.lines()[-1]
        assert all(f" {action.footer}" in footer for action in GROWTH.actions if action.footer)
        await hand.press("question_mark")
        await hand.sees("All keys")
        shown = "\n".join(hand.lines())
        assert all(action.title in shown for action in GROWTH.actions)
        assert all(group in shown for group in GROWTH.groups)
        await hand.press("escape", "ctrl+p")
        await hand.until(lambda: isinstance(hand.app.screen, CommandPalette))
        options = hand.app.screen.query_one(OptionList)
        await hand.until(lambda: options.option_count >= len(GROWTH.actions) - len(NOT_OFFERED) + 1)
        prompts = [str(options.get_option_at_index(place).prompt) for place in range(options.option_count)]
        for action in GROWTH.actions:
            assert action.name in NOT_OFFERED or any(prompt.startswith(action.title) for prompt in prompts), action.name


def test_every_action_of_the_table_is_there_and_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert GrowthScreen(Library(tmp_path)).actions.table is GROWTH
    keys = [key for action in GROWTH.actions for key in action.key.split(",")]
    assert len(keys) == len(set(keys))
