"""What a look-up puts aside is given back, also where the chat's computer is away just then."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

from sessions.core.commands import Command
from sessions.networks.finder import FoundPage, Query
from sessions.networks.web.errors import NetworkError
from tests.sessions.core.building import Chat, a_plan
from tui.desk.actions.finding.looking_up import LookUpActions
from tui.desk.model.elsewhere.finds import Finds
from tui.desk.sending.commands import AWAY


class WiFi:
    """A desk's port on a chat, and a network beside it: neither answers while the Wi-Fi is away."""

    def __init__(self) -> None:
        self.chat = Chat(a_plan(ceiling=0.5))
        self.model = SimpleNamespace(state=self.chat.state, offline=None, ended=None)
        self.drops: bool = False
        self.doing: list[Callable[[], Awaitable[None]]] = []
        self.place: Any = SimpleNamespace(source="x", most=lambda _query: 300)

    async def sent(self, command: Command) -> bool:
        if self.model.offline is None:
            self.chat.do(lambda **_: command, "Ana")  # type: ignore[arg-type]
        return self.model.offline is None

    def start(self, work: Callable[[], Awaitable[None]], **_: str) -> None:
        self.doing.append(work)

    def key_of(self, _name: str) -> str:
        return "S"

    def finder(self, _source: str) -> "WiFi":
        return self

    async def find(self, _query: Query, _page: str | None) -> FoundPage:
        self.model.offline = "away" if self.drops else None
        if self.drops:
            raise NetworkError("no answer")
        self.model.offline = "away"
        return FoundPage((), None, 15)

    async def is_back(self, actions: LookUpActions) -> None:
        actions.tick()
        assert not self.doing, "the hub is away yet"
        self.model.offline = None
        actions.tick()
        await asyncio.gather(*(work() for work in self.doing))
        actions.tick()


def at(wifi: WiFi) -> LookUpActions:
    return LookUpActions(wifi, wifi, None)  # type: ignore[arg-type]


async def test_what_came_to_nothing_is_free_again_once_the_hub_is_back() -> None:
    wifi = WiFi()
    actions, wifi.drops = at(wifi), True
    await actions._paid_page(Finds(Query("tag", "PBL")), wifi.place, None)
    assert wifi.chat.state.spent_on("x") == 300
    await wifi.is_back(actions)
    assert (wifi.chat.state.spent_on("x"), wifi.chat.state.reserved, len(wifi.doing)) == (0, {}, 1)


async def test_what_was_found_meanwhile_is_counted_once_the_hub_is_back() -> None:
    wifi = WiFi()
    actions = at(wifi)
    await actions._paid_page(Finds(Query("tag", "PBL")), wifi.place, None)
    await wifi.is_back(actions)
    assert (wifi.chat.state.spent_on("x"), wifi.chat.state.reserved, len(wifi.doing)) == (15, {}, 1)


async def test_that_the_hub_is_away_is_told_as_that() -> None:
    wifi = WiFi()
    wifi.model.offline = "away"
    finds = Finds(Query("tag", "PBL"))
    await at(wifi)._paid_page(finds, wifi.place, None)
    assert AWAY in finds.words(wifi.chat.state)
