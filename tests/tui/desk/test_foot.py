"""The keys at the foot: those of the pane and of what this moderator does, and a click on one does it."""

from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.widgets import Static

from sessions.hub.protocol.seats import Seat
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tui.desk.dialogs.opened_post import OpenedPost
from tui.desk.dialogs.question_form import QuestionForm
from tui.desk.foot import Foot, entries_at
from tui.desk.keys import ANYWHERE, DESK, FOOTERS, OPEN, TO_READ
from tui.desk.model.desk import DeskModel
from tui.shell.help import HelpDialog
from tui.shell.palette import ActionPalette


def test_what_stands_at_the_foot_are_actions_of_the_table() -> None:
    named = {one.name for entries in (*FOOTERS.values(), ANYWHERE) for one in entries}
    assert named - {OPEN} <= DESK.by_name.keys()
    assert named >= TO_READ
    for entries in (*FOOTERS.values(), ANYWHERE):
        assert len({one.name for one in entries}) == len(entries)


@pytest.mark.parametrize(
    ("pane", "roles", "first"),
    [
        ("answers", {}, "Ask next · File · Star · Hide · Show only · Find · Open"),
        ("answers", {"greets": True}, "File · Star · Hide · Open · Greeted"),
        ("answers", {"asks": True}, "Ask next · Open · Post · Again · File"),
        ("answers", {"asks": True, "greets": True}, "Ask next · Open · Post · Again · File"),
        ("questions", {"asks": True}, "Ask next · Open · Edit · Add · Skip · Minute · Hold"),
        ("people", {"greets": True}, "Greeted · Write hello · Card · Star · Ask next · Note · Roles"),
        ("people", {"asks": True}, "Ask next · Card · Greeted · Write hello"),
        ("answers", {"only_reads": True}, "Show only · Find · Open · Copy · Person · Newest · Log"),
        ("questions", {"only_reads": True, "asks": True}, "Open · Newest · Log"),
    ],
)
def test_who_asks_and_who_greets_find_their_keys_first(pane: str, roles: dict[str, bool], first: str) -> None:
    entries = entries_at(pane, **{"asks": False, "greets": False, "only_reads": False} | roles)
    assert " · ".join(one.word for one in entries).startswith(first)


@pytest.mark.parametrize(
    ("pane", "first"),
    [
        ("answers", "Ask next · Post · Again · Show only · Undo · Note · Log"),
        ("questions", "Add · Post · "),
        ("people", "Ask next · Note · Roles"),
    ],
)
def test_in_an_empty_pane_no_key_stands_that_does_nothing_there(pane: str, first: str) -> None:
    entries = entries_at(pane, asks=True, greets=True, only_reads=False, empty=True)
    assert " · ".join(one.word for one in entries).startswith(first)


async def test_the_foot_of_an_empty_pane_grows_with_what_comes(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(100, 30)) as ana:
        await foot(ana, " n Ask next  p Post  r Again  f Show only  u Undo")
        feed.post("We rotate every 12 minutes", "jimr")
        await foot(ana, " n Ask next  Enter Open")


def test_keys_are_looked_up_only_where_others_stand_there() -> None:
    asked: list[str] = []

    def printed_key(name: str) -> str:
        asked.append(name)
        return name

    foot = Foot(DeskModel(Seat("Ana", "moderator", "token")), printed_key)
    foot.show("answers")
    assert asked
    asked.clear()
    foot.show("answers")
    assert not asked
    foot.show("people")
    assert asked


async def foot(desk: DeskInHand, words: str) -> None:
    """Return once these stand at the foot."""
    await desk.until(lambda: words in desk.lines()[-1], lambda: desk.lines()[-1])


async def test_the_foot_is_that_of_the_pane_and_the_role_and_is_clicked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = Feed()
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nstar = "f5"\n', encoding="utf-8")
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(100, 30), config=config) as ana:
        feed.post("We rotate every 12 minutes", "jimr")
        await ana.sees("We rotate")
        await foot(ana, " n Ask next  Enter Open  p Post  r Again  1-9 File  F5 Star")
        assert ana.lines()[-1].rstrip().endswith("? Help  ^p All actions")
        await ana.click("Enter Open")
        await ana.until(lambda: isinstance(ana.app.screen, OpenedPost))
        await ana.press("escape", "tab")
        await foot(ana, "g Greeted  p Write hello")
        styled: list[str] = []
        real = Stylesheet.apply

        def apply(sheet: Stylesheet, node: Any, **options: Any) -> None:
            styled.append(type(node).__name__)
            real(sheet, node, **options)

        monkeypatch.setattr(Stylesheet, "apply", apply)
        await ana.press("tab")
        await foot(ana, "e Edit  a Add  s Skip  + - Minute")
        assert not {"PaneFooter", "AnswerPane", "Columns"} & set(styled), styled
        await ana.click("a Add")
        await ana.until(lambda: isinstance(ana.app.screen, QuestionForm))
        await ana.press("escape")
        await ana.click("n Ask next")
        await ana.until(lambda: "Asking Q1" in ana.status)
        await ana.press("u")
        await ana.click("^p All actions")
        await ana.until(lambda: isinstance(ana.app.screen, ActionPalette))
        await ana.press("escape")
        await ana.click("? Help")
        await ana.until(lambda: isinstance(ana.app.screen, HelpDialog))
        await ana.press("escape", "tab")
        ben = await live.join("Ben")
        await ben.do("take_role", role="driver")
        await foot(ana, " 1-9 File  F5 Star  x Hide  Enter Open  g Greeted")
        await ben.do("close")
        await foot(ana, " f Show only  / Find  Enter Open")


async def test_while_one_types_what_to_find_the_keys_of_that_line_stand_at_the_foot_and_are_clicked(
    tmp_path: Path,
) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(80, 24)) as ana:
        for text in ("We rotate", "Rotate slowly", "no word of it"):
            feed.post(text)
        await ana.sees("no word of it")
        await ana.press("slash")
        await foot(ana, " ↓ Next match  ↑ Match before  Enter Stay there  Esc End")
        await ana.pilot.press(*"rotate")
        await ana.sees("2 found")
        newest = ana.screen.panes.answers.cursor
        await ana.click("↑ Match before")
        await ana.until(lambda: ana.screen.panes.answers.cursor != newest)
        await ana.click("Enter Stay there")
        await foot(ana, " n Ask next")
        await ana.press("f", "slash")
        await foot(ana, " Enter Show only these  Esc End")
        await ana.pilot.press(*"slowly")
        await ana.click("Enter Show only these")
        await ana.sees("slowly · 1")
        await ana.press("slash")
        await ana.click("Esc End")
        await foot(ana, " n Ask next")


async def test_who_looks_on_finds_only_what_they_may(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, "Head", observer=True) as head:
        feed.post("We rotate every 12 minutes", "jimr")
        await foot(head, " f Show only  / Find  Enter Open  c Copy  P Person  End Newest  l Log")
        assert "Ask next" not in head.lines()[-1]


async def test_all_keys_begin_with_those_of_the_pane_and_of_a_post_that_is_open(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live, desk_on(live, size=(100, 30)) as ana:
        feed.post("We rotate every 12 minutes", "jimr")
        await ana.sees("We rotate")

        async def first_group() -> str:
            await ana.press("question_mark")
            await ana.until(lambda: isinstance(ana.app.screen, HelpDialog))
            page = ana.app.screen
            await ana.until(lambda: page.is_mounted and bool(page.query(".group")))
            first = str(page.query(".group").first(Static).content)
            assert len(page.query(".group")) == len(DESK.groups)
            await ana.press("escape")
            return first

        assert await first_group() == "Answers"
        await ana.press("tab")
        assert await first_group() == "People"
        await ana.press("tab")
        assert await first_group() == "Asking"
        await ana.press("shift+tab", "shift+tab", "enter")
        await ana.until(lambda: isinstance(ana.app.screen, OpenedPost))
        assert await first_group() == "Answers"
        assert isinstance(ana.app.screen, OpenedPost)
        await ana.click("? Help")
        await ana.until(lambda: isinstance(ana.app.screen, HelpDialog))
