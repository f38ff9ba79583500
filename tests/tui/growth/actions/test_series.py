"""Choosing a series, without a screen."""

from pathlib import Path

import pytest

from sessions.library.library import Library
from sessions.reports.series_growth import read_growth
from tests.tui.growth.growth_stand_in import GrowthStandIn
from tests.tui.libraries import save_chat
from tui.dialogs.choose import ChooseDialog
from tui.growth.actions.series import SeriesActions


@pytest.mark.parametrize(
    ("chosen", "read"), [("exits", ["exits"]), ("navasotaisd", []), (None, [])], ids=["another", "the same", "none"]
)
async def test_another_one_is_read_once_it_is_chosen(tmp_path: Path, chosen: str | None, read: list[str]) -> None:
    save_chat(tmp_path, 0)
    save_chat(tmp_path, 1, series="exits")
    port = GrowthStandIn(found=read_growth(Library(tmp_path), "navasotaisd"), answers=[chosen])
    SeriesActions(port).choose()
    await port.finish()
    (dialog,) = port.dialogs
    assert isinstance(dialog, ChooseDialog)
    assert port.read_series == read


async def test_where_there_is_one_series_there_is_nothing_to_choose(tmp_path: Path) -> None:
    save_chat(tmp_path, 0)
    for found in (None, read_growth(Library(tmp_path), None)):
        port = GrowthStandIn(found=found)
        SeriesActions(port).choose()
        await port.finish()
        assert port.said == ["All saved chats here are of one series."]


def test_reading_again_reads_the_series_that_was_asked_for() -> None:
    port = GrowthStandIn(series="exits")
    SeriesActions(port).read_again()
    assert port.read_series == ["exits"]
