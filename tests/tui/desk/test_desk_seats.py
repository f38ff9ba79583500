"""Who sits where, on the desk: the list, "this is you" on the other's desk, and a seat that is taken back."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.widgets import OptionList

from sessions.hub.away.relay import NONE
from sessions.hub.client.client import Ended, Online
from sessions.hub.protocol.seats import SeatPath
from tests.sessions.hub.elsewhere import AwayHub, Elsewhere, needs_iroh
from tests.sessions.hub.live import LiveHub, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tests.waiting import patience
from tui.desk.dialogs.show_seats import SeatsDialog, way_words


@asynccontextmanager
async def two_desks(folder: Path) -> AsyncGenerator[tuple[LiveHub, DeskInHand, DeskInHand], None]:
    """Ana's and Ben's, at one computer."""
    async with live_hub(folder) as live, desk_on(live, "Ana") as ana, desk_on(live, "Ben") as ben:
        yield live, ana, ben


async def test_the_list_says_who_sits_where_and_follows_who_comes(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, "Ana") as ana:
        own = live.desk(next(seat.token for seat in live.keys.admitted))
        await own.http.put("/v1/seats/mine", json={"computer": "[b]Ana's[/b] laptop"})
        await ana.press("w")
        await ana.sees("Ana (you) moderates")
        await ana.sees("[b]Ana's[/b] laptop · same computer · since")
        await live.join("Olga", "observer")
        await ana.sees("Olga looks on")
        await ana.press("x")
        await ana.sees("That is your own seat. Leave the desk instead.")
        await ana.press("down", "x")
        await ana.sees("Olga sits at the chat's own computer")
        assert ana.app.screen.query_one(OptionList).highlighted == 1
        await ana.press("escape")
        await ana.until(lambda: ana.app.screen is ana.screen)


async def test_this_is_you_shows_on_the_others_desk_alone(tmp_path: Path) -> None:
    async with two_desks(tmp_path) as (_, ana, ben):
        await ana.press("w")
        await ana.sees("Ben moderates")
        await ana.press("down", "enter")
        await ben.sees("Ana means you: this is your desk.")
        assert ben.screen.panes.notice.has_class("-pointed")
        await ana.until(lambda: "The desk of Ben shows" in ana.status)
        assert not ana.screen.panes.notice.has_class("-pointed")
        await ben.press("escape")
        await ben.until(lambda: not ben.screen.panes.notice.display)


async def test_who_looks_on_is_not_shown_seats(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live, desk_on(live, "Olga", observer=True) as olga:
        olga.screen.run("seats")
        await olga.sees("You are looking on")


@needs_iroh
async def test_a_seat_in_another_home_is_taken_back_by_one_key_once_confirmed(tmp_path: Path) -> None:
    computer = Elsewhere()
    async with live_hub(tmp_path, relay=lambda: NONE) as live, desk_on(live, "Ana") as ana:
        made = await AwayHub(live, []).invite()
        ben = computer.client(made["invite"])
        await ben.join("Ben")
        await ben.name_computer("Ben's kitchen")
        following = ben.follow()
        assert isinstance(await anext(following), Online)
        await ana.press("w")
        await ana.sees("Ben's kitchen · same computer, ")
        await ana.press("down", "x")
        await ana.sees("Ben leaves the chat, is told so")
        await ana.press("right", "enter")
        await ana.until(lambda: "Taken back: the seat of Ben." in ana.status)
        async with patience():
            while not isinstance(update := await anext(following), Ended):
                pass
        assert update.why.startswith("Ana took your seat back.")
        await ana.until(lambda: isinstance(ana.app.screen, SeatsDialog))
        assert not any("Ben" in line for line in ana.lines() if "moderates" in line)
        await following.aclose()
        await computer.aclose()


def test_a_way_is_told_in_words() -> None:
    assert way_words(SeatPath("relay", 120)) == "through a relay, 120 ms"
    assert way_words(SeatPath("network", 2)) == "same network, 2 ms"
    assert way_words(SeatPath("direct", 30)) == "direct, 30 ms"
    assert way_words(SeatPath("computer")) == "same computer"
