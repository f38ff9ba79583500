"""A hub dies, sleeps or is cut off, and the chat goes on from another moderator's computer, with everything."""

import signal
from pathlib import Path

from tests.sessions.hub.homes import street


def loopback(ready: dict[str, str]) -> str:
    return f"lunchroom://{ready['url'].removeprefix('http://')}#{ready['token']}"


async def test_a_hub_is_killed_and_the_chat_goes_on_from_a_deputys_computer(tmp_path: Path) -> None:
    async with street(tmp_path) as homes:
        hub = await homes.hub("Ana")
        ben, cy = [await homes.desk(name, loopback(hub.ready)) for name in ("Ben", "Cy")]
        ben.do("note before")
        await cy.until(lambda: "before" in cy.notes())
        await ben.until(lambda: "Cy" in (ben.last("others") or ()))
        hub.signal(signal.SIGKILL)
        await ben.until(lambda: ben.last("can") == "take_over")
        ben.do("do")
        await ben.until(lambda: ben.last("did"))
        assert "from this computer" in ben.last("did"), homes.errors("Ben")
        await cy.until(lambda: cy.live and cy.term() == 2)
        cy.do("note after")
        await ben.until(lambda: "after" in ben.notes())
        await cy.until(lambda: "after" in cy.notes())
        assert ben.notes() == cy.notes() == ["before", "after"]
