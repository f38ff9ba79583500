"""Saving and copying the numbers, without a screen."""

import json
from pathlib import Path

import pytest

from sessions.library.library import Library
from sessions.reports.series_growth import read_growth
from tests.tui.growth.growth_stand_in import GrowthStandIn
from tests.tui.libraries import save_chat
from tui.dialogs.confirm import ConfirmDialog
from tui.growth.actions.saving import SavingActions
from tui.growth.save_growth import GrowthWish, SaveGrowthDialog


@pytest.fixture
def port(tmp_path: Path) -> GrowthStandIn:
    save_chat(tmp_path / "chats", 0, people=3)
    return GrowthStandIn(found=read_growth(Library(tmp_path / "chats"), None))


async def test_they_are_written_where_one_says(port: GrowthStandIn, tmp_path: Path) -> None:
    file = tmp_path / "numbers.json"
    port.answers = [GrowthWish("json", file, copy=False)]
    SavingActions(port).save()
    await port.finish()
    assert json.loads(file.read_text("utf-8"))["sessions"][0]["people"] == 3
    assert port.said == [f"The numbers are in {file}."]


async def test_another_file_is_overwritten_only_when_that_is_agreed_to(port: GrowthStandIn, tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text("mine", "utf-8")
    wish = GrowthWish("sessions", file, copy=False)
    port.answers = [wish, None, None]
    SavingActions(port).save()
    await port.finish()
    assert file.read_text("utf-8") == "mine"
    assert [type(dialog) for dialog in port.dialogs] == [SaveGrowthDialog, ConfirmDialog, SaveGrowthDialog]
    port.answers = [wish, True]
    SavingActions(port).save()
    await port.finish()
    assert file.read_text("utf-8-sig").startswith("id,date,title,people")


async def test_a_place_that_cannot_be_written_to_is_told_and_one_can_choose_again(
    port: GrowthStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "nowhere" / "numbers.csv"
    port.answers = [GrowthWish("sessions", file, copy=False), None]
    SavingActions(port).save()
    await port.finish()
    assert port.warned == [f"{file} cannot be written: No such file or directory"]


async def test_they_are_copied(port: GrowthStandIn, tmp_path: Path) -> None:
    port.answers = [GrowthWish("levels", tmp_path / "numbers.csv", copy=True)]
    SavingActions(port).save()
    await port.finish()
    assert len(port.copied) == 1
    assert port.said == ["Copied the numbers."]
    assert not (tmp_path / "numbers.csv").exists()


async def test_without_numbers_nothing_is_asked() -> None:
    port = GrowthStandIn()
    SavingActions(port).save()
    assert port.said == ["There are no numbers to save."]
    assert port.work == []
