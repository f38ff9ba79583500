"""Sorting and filtering the list, without a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.libraries import save_chat
from tests.tui.library.library_stand_in import LibraryStandIn, stand_in_on
from tui.dialogs.choose import ChooseDialog
from tui.library.actions.listing import ListActions
from tui.library.keys import SORTING
from tui.library.saved_chats import COLUMNS


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[tuple[LibraryStandIn, ListActions]]:
    save_chat(tmp_path, 0, title="Stations", people=5)
    save_chat(tmp_path, 1, title="Exit tickets", people=9)
    save_chat(tmp_path, 2, title="Reading", people=2)
    with stand_in_on(tmp_path) as (port, _, folder):
        yield port, ListActions(port, folder)


async def test_each_digit_sorts_by_the_column_in_its_place(listed: tuple[LibraryStandIn, ListActions]) -> None:
    port, actions = listed
    handlers = actions.handlers()
    assert [SORTING[f"sort_{number}"] for number in range(1, len(COLUMNS) + 1)] == list(COLUMNS)
    handlers["sort_5"]()
    assert port.shown[-1] == ["Exit tickets", "Stations", "Reading"]
    handlers["sort_5"]()
    assert port.shown[-1] == ["Reading", "Stations", "Exit tickets"]
    assert port.said == ["Sorted by people: most first.", "Sorted by people: fewest first."]


@pytest.mark.parametrize("chosen", ["title", None])
async def test_the_column_is_chosen_from_a_dialog(
    listed: tuple[LibraryStandIn, ListActions], chosen: str | None
) -> None:
    port, actions = listed
    before = len(port.shown)
    port.answers = [chosen]
    actions.choose_order()
    await port.finish()
    assert isinstance(port.dialogs[0], ChooseDialog)
    assert port.shown[before:] == ([["Exit tickets", "Reading", "Stations"]] if chosen else [])


async def test_a_filter_shows_some_until_all_are_shown_again(listed: tuple[LibraryStandIn, ListActions]) -> None:
    port, actions = listed
    actions.handlers()["filter_chats"]()
    assert port.filter_open
    actions.filter("xit TICK")
    assert port.shown[-1] == ["Exit tickets"]
    actions.show_all()
    assert port.shown[-1] == ["Reading", "Exit tickets", "Stations"]
    assert not port.filter_open
