"""The recap from a desk: of a running chat, a closed one, a replay; what it leaves out, and where it is written."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from sessions.core.evolve import fold
from sessions.core.people import Register
from sessions.hub.client.head_start import head_start
from sessions.library.library import Library
from sessions.library.people import PeopleFile
from tests.sessions.core.building import Chat
from tests.sessions.hub.live import Feed, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.tui.palette import choose_action
from tests.tui.replays import replay_of
from tui.dialogs.recap_chat import RecapDialog


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and a library of this account's own in which no chat is saved."""
    monkeypatch.setenv("LUNCHROOM_LIBRARY", str(tmp_path / "own"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def hub_folder(tmp_path: Path) -> Path:
    """Where the hub saves the chat: a library that no desk here looks into."""
    return Library(tmp_path / "hub").folder


async def choose(desk: DeskInHand, form: str, *, named: str, anonymous: bool = False) -> None:
    """Open the dialog, choose a format and write; the file is called so."""
    await desk.press("R")
    await desk.sees("Recap of")
    downs = ["markdown", "html", "csv", "json"].index(form)
    await desk.pilot.press(*["down"] * downs, "enter")
    await desk.until(lambda: desk.app.screen.query_one(Input).value.endswith(named))
    if anonymous:
        await desk.pilot.click("#anonymous")
    await desk.pilot.click("#write")
    await desk.sees("The recap is written")


async def test_a_desk_that_read_the_file_at_once_has_a_recap(tmp_path: Path) -> None:
    async with live_hub(hub_folder(tmp_path)) as live:
        known = await head_start(live.file.path)
        assert known is not None
        async with desk_on(live, known=known) as ana:
            await ana.press("R")
            await ana.sees("Recap of")


async def test_a_running_chat_has_a_recap_that_says_it_is_not_closed(tmp_path: Path, here: Path) -> None:
    feed = Feed()
    async with live_hub(hub_folder(tmp_path), sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: stations that rotate", "mlopez")
        feed.post("A1: hidden words", "tomk")
        await ana.knows(lambda model: len(model.state.posts) == 2)
        await ana.press("x")
        await ana.knows(lambda model: any(layer.hidden for layer in model.state.layers.values()))
        await choose(ana, "json", named="recap-2025-12-01-navasotaisd.json")
        await ana.sees("not closed")
        await ana.sees("people.json on this computer")
        recap = json.loads((here / "recap-2025-12-01-navasotaisd.json").read_text("utf-8"))
        assert recap["session"] == ana.screen.session_id != ""
        assert recap["numbers"]["posts"] == 1
        assert [person["handle"] for person in recap["people"]] == ["mlopez"]
        feed.post("A1: later", "mlopez")
        await ana.knows(lambda model: len(model.state.posts) == 3)


async def test_a_desk_that_keeps_no_file_leaves_out_whom_its_own_people_json_names(tmp_path: Path, here: Path) -> None:
    feed = Feed()
    async with live_hub(hub_folder(tmp_path), sources=[feed]) as live, desk_on(live, "Ben") as ben:
        feed.post("A1: mine", "mlopez")
        feed.post("A1: never quote me", "tomk")
        await ben.knows(lambda model: len(model.state.posts) == 2)
        state = ben.model.state.copy()

        def write(people: Register) -> None:
            people.note("abcdef", state)
            people.find("tomk").write({"recap": "no"})

        PeopleFile(Library(tmp_path / "own").folder).change(write)
        await choose(ben, "markdown", named=".md")
        text = (here / "recap-2025-12-01-navasotaisd.md").read_text("utf-8")
        assert "mine" in text
        assert "never quote me" not in text
        assert not list((tmp_path / "own").glob("2025*"))


async def test_it_is_offered_when_the_chat_is_closed_and_made_when_the_hub_has_gone(tmp_path: Path, here: Path) -> None:
    feed = Feed()
    async with live_hub(hub_folder(tmp_path), sources=[feed]) as live, desk_on(live) as ana:
        feed.post("A1: stations", "mlopez")
        await ana.knows(lambda model: len(model.state.posts) == 1)
        await (await live.join("Ana")).done("close")
        await ana.sees("R makes the recap")
        await choose(ana, "csv", named=".csv", anonymous=True)
        assert "not closed" not in "\n".join(ana.lines())
        table = (here / "recap-2025-12-01-navasotaisd.csv").read_text("utf-8-sig")
        assert "Teacher 1" in table
        assert "mlopez" not in table


async def test_the_palette_offers_it(tmp_path: Path) -> None:
    async with live_hub(hub_folder(tmp_path)) as live, desk_on(live) as ana:
        await choose_action(ana.pilot, ana.until, "recap", "Make a recap")
        await ana.until(lambda: isinstance(ana.app.screen, RecapDialog))


async def test_a_replay_makes_the_recap_of_the_whole_chat_wherever_it_stands(here: Path) -> None:
    chat = Chat()
    for number in range(3):
        chat.at += 60_000
        chat.post(f"A1: answer {number}", handle=f"teacher{number}")
    async with replay_of(chat.events) as desk:
        assert not desk.model.state.posts
        await choose(desk, "markdown", named=".md")
        text = (here / "recap-2025-12-01-navasotaisd.md").read_text("utf-8")
        assert all(f"answer {number}" in text for number in range(3))
        assert len(fold(chat.events).posts) == 3


async def test_on_and_off_differ_by_their_marks(tmp_path: Path) -> None:
    async with live_hub(hub_folder(tmp_path)) as live, desk_on(live, size=(80, 24)) as ana:
        await ana.press("R")
        await ana.sees("[ ] Without names")
        await ana.sees("(•) Markdown")
        await ana.sees("( ) HTML")
        await ana.pilot.click("#anonymous")
        await ana.sees("[x] Without names")
        await ana.pilot.click("RadioButton:last-child")
        await ana.sees("(•) JSON")
        await ana.sees("( ) Markdown")
