"""The cable between two homes is pulled, both go on, and meet again."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions.core.events import NoteAdded
from sessions.library.storage.reading import read_events
from tests.sessions.hub.elsewhere import needs_iroh
from tests.sessions.hub.homes import street
from tests.sessions.hub.networks import Network, two_networks
from tests.sessions.hub.test_takeover import same, taken_over, told
from tests.waiting import until

pytestmark = needs_iroh

APART = ["", *(f" after {half * 30} s" for half in range(1, 11))] if os.environ.get("LUNCHROOM_LONG_CUTS") else [""]
"""What both sides write while they are apart; five minutes of it by hand."""


@pytest.fixture
def networks() -> Iterator[tuple[Network, Network]]:
    """That of the hub and that of the desk, with a cable between them."""
    with two_networks() as both:
        yield both


def notes_in(library: Path) -> list[str]:
    """Those in the session file of a library, where there is one."""
    files = library.glob("*.json")
    return [event.text for file in files for event in read_events(file) if isinstance(event, NoteAdded)]


async def test_both_sides_of_a_cut_go_on_and_are_one_again(tmp_path: Path, networks: tuple[Network, Network]) -> None:
    async with street(tmp_path) as homes:
        at_hub, at_desk = networks
        for name, network in (("Ana", at_hub), ("Cy", at_hub), ("Ben", at_desk)):
            homes.home(name, *network.argv())
        hub = await homes.hub("Ana", "--away", "yes")
        near = f"lunchroom://{hub.ready['url'].removeprefix('http://')}#{hub.ready['token']}"
        cy = await homes.desk("Cy", near)
        ben = await homes.desk("Ben", hub.ready["invites"]["moderator"])
        await told(ben, cy, "before")
        await ben.until(lambda: "Cy" in (ben.last("others") or ()))
        await cy.until(lambda: "Ben" in (cy.last("others") or ()))
        at_desk.pull()
        await taken_over(homes, ben, "Ben")
        await ben.until(lambda: ben.live and ben.term() == 2)
        for when in APART:
            await asyncio.sleep(30 if when else 0)
            for desk, words in ((ben, f"only Ben{when}"), (cy, f"only Cy{when}")):
                desk.do(f"note {words}")
                await desk.until(lambda desk=desk, words=words: words in desk.notes())  # type: ignore[misc]
        at_desk.plug()
        assert await hub.ended() == 0
        await cy.until(lambda: cy.last("can") == "go_over" and cy.last("only_here") == len(APART))
        cy.do("do")
        await cy.until(lambda: cy.live and cy.term() == 2)
        await told(cy, ben, "after")
        assert ben.notes() == cy.notes() == ["before", *(f"only Ben{when}" for when in APART), "after"]
        assert same(ben.events(), cy.events())
        assert "stays only here" in cy.last("did") or "stay only here" in cy.last("did")
        (aside,) = homes.home("Cy").library.glob("*.json.stopped-1")
        assert [event.text for event in read_events(aside) if isinstance(event, NoteAdded)] == [
            "before",
            *(f"only Cy{when}" for when in APART),
        ]
        await until(lambda: notes_in(homes.home("Cy").library) == ben.notes())
