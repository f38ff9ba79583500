"""A hub dies, sleeps or is cut off, and the chat goes on from another moderator's computer, with everything."""

import json
import os
import resource
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sessions.core.events import HubTakenOver, PostSeen
from sessions.hub.away.endpoint import unavailable
from tests.sessions.hub.homes import Desk, Hub, Street, street
from tests.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent like this on Windows")

WAYS = ["near", pytest.param("away", marks=pytest.mark.skipif(bool(unavailable()), reason="there is no iroh"))]
"""All at one computer, and each in a home of their own."""


@pytest.fixture
async def homes(tmp_path: Path) -> AsyncGenerator[Street, None]:
    async with street(tmp_path) as made:
        yield made


async def invited(hub: Hub, way: str, name: str) -> str:
    """An invite to this hub."""
    ready = hub.ready
    if way == "near":
        return f"lunchroom://{ready['url'].removeprefix('http://')}#{ready['token']}"
    async with httpx.AsyncClient(base_url=ready["url"], trust_env=False) as http:
        headers = {"Authorization": f"Bearer {ready['token']}"}
        seat = (await http.post("/v1/moderators", json={"name": "Inviter"}, headers=headers)).json()
        headers = {"Authorization": f"Bearer {seat['token']}"}
        made = await http.post("/v1/invites", json={"scope": "moderator"}, headers=headers)
        invite: str = made.json()["invite"]
        return invite


async def begun(homes: Street, way: str) -> tuple[Hub, Desk, Desk]:
    """Ana's hub, and the desks of Ben and Cy, each of whom knows that the other could go on."""
    hub = await homes.hub("Ana", *(("--away", "yes") if way == "away" else ()))
    ben, cy = [await homes.desk(name, await invited(hub, way, name)) for name in ("Ben", "Cy")]
    await ben.until(lambda: "Cy" in (ben.last("others") or ()))
    await cy.until(lambda: "Ben" in (cy.last("others") or ()))
    return hub, ben, cy


async def told(desk: Desk, other: Desk, words: str) -> None:
    """A note of one reaches the other."""
    desk.do(f"note {words}")
    await other.until(lambda: words in other.notes() and words in desk.notes())


async def taken_over(homes: Street, desk: Desk, name: str) -> None:
    """The desk's moderator presses the key once that is offered."""
    await desk.until(lambda: desk.last("can") == "take_over")
    desk.do("do")
    await desk.until(lambda: desk.last("did"))
    assert "from this computer" in desk.last("did"), (desk.last("did"), homes.errors(name))


def same(*histories: list[dict[str, Any]]) -> bool:
    """Whether all have one history, with each seq once."""
    first = histories[0]
    assert [event["seq"] for event in first] == list(range(1, len(first) + 1))
    shortest = min(map(len, histories))
    return all(history[:shortest] == first[:shortest] for history in histories)


@pytest.mark.parametrize("way", WAYS)
async def test_a_hub_is_killed_and_the_chat_goes_on_from_a_deputys_computer(homes: Street, way: str) -> None:
    hub, ben, cy = await begun(homes, way)
    await told(ben, cy, "before")
    hub.signal(signal.SIGKILL)
    await taken_over(homes, ben, "Ben")
    await cy.until(lambda: cy.live and cy.term() == 2)
    await told(cy, ben, "after")
    assert ben.notes() == cy.notes() == ["before", "after"]
    assert same(ben.events(), cy.events())
    saved = homes.home("Ben").saved()
    assert [(event.term, event.by) for event in saved if isinstance(event, HubTakenOver)] == [(2, "Ben")]
    await until(lambda: any(isinstance(event, PostSeen) for event in homes.home("Ben").saved()[-3:]))
    posts = [event.post.id for event in homes.home("Ben").saved() if isinstance(event, PostSeen)]
    assert len(posts) == len(set(posts))
    assert same(ben.events(), cy.events())
    old = await homes.hub("Ana", "--resume", str(homes.home("Ana").file()), ready=False)
    assert await old.ended() == 1
    assert "goes on at Ben's computer" in homes.errors("Ana")
    assert old.lines == []


async def test_the_hubs_own_computer_goes_on_with_its_own_file(homes: Street) -> None:
    hub = await homes.hub("Ana")
    ana, ben = [await homes.desk(name, await invited(hub, "near", name)) for name in ("Ana", "Ben")]
    await told(ben, ana, "before")
    hub.signal(signal.SIGKILL)
    await taken_over(homes, ana, "Ana")
    await ben.until(lambda: ben.live and ben.term() == 2)
    await told(ben, ana, "after")
    assert homes.home("Ana").file().name == homes.home("Ben").file().name
    assert [event.by for event in homes.home("Ana").saved() if isinstance(event, HubTakenOver)] == ["Ana"]
    assert same(ana.events(), ben.events())


async def test_what_another_deputy_has_more_is_in_the_chat_that_goes_on(homes: Street) -> None:
    hub, ben, cy = await begun(homes, "near")
    await told(ben, cy, "before")
    ben.signal(signal.SIGSTOP)
    cy.do("note last words")
    await cy.until(lambda: "last words" in cy.notes() and cy.last("answered") == "Accepted")
    hub.signal(signal.SIGKILL)
    ben.signal(signal.SIGCONT)
    await taken_over(homes, ben, "Ben")
    await cy.until(lambda: cy.live and cy.term() == 2)
    await told(cy, ben, "after")
    assert ben.notes() == cy.notes() == ["before", "last words", "after"]
    assert not [line for line in cy.lines if "rewound" in line]
    assert same(ben.events(), cy.events())


async def test_the_second_hub_dies_too_and_who_missed_it_goes_on_with_all(homes: Street) -> None:
    hub, ben, cy = await begun(homes, "near")
    await told(ben, cy, "before")
    ben.signal(signal.SIGSTOP)
    hub.signal(signal.SIGKILL)
    await taken_over(homes, cy, "Cy")
    cy.do("note in term 2")
    await cy.until(lambda: "in term 2" in cy.notes())
    (second,) = homes.home("Cy").runtimes()
    os.kill(second.pid, signal.SIGKILL)
    await cy.until(lambda: not cy.live)
    ben.signal(signal.SIGCONT)

    def third() -> bool:
        if ben.last("can") == "take_over" and ben.term() < 3:
            ben.do("do")
        return ben.live and ben.term() == 3

    await until(third, lambda: f"{ben.lines[-9:]} {homes.errors('Ben')}")
    await cy.until(lambda: cy.live and cy.term() == 3)
    await told(cy, ben, "after")
    assert ben.notes() == cy.notes() == ["before", "in term 2", "after"]
    assert same(ben.events(), cy.events())


async def test_a_recording_goes_on_where_it_stood(homes: Street, tmp_path: Path) -> None:
    recording = tmp_path / "chat.jsonl"
    lines = [
        {"seq": number, "id": None, "handle": f"teacher{number % 7}", "name": None,
         "created_at": f"2026-01-01T19:{number // 4:02}:{number % 4 * 15:02}Z", "text": f"A1 idea {number}"}
        for number in range(160)
    ]  # fmt: skip
    recording.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    hub = await homes.hub("Ana", "--source", f"practice:{recording}", "--speed", "400")
    ben = await homes.desk("Ben", await invited(hub, "near", "Ben"))

    def ideas() -> list[str]:
        return [event["post"]["text"] for event in ben.events() if event["type"] == "post_seen"]

    await ben.until(lambda: len(ideas()) > 20)
    hub.signal(signal.SIGKILL)
    had = len(ideas())
    assert had < 150, "the recording was over before the hub died"
    await taken_over(homes, ben, "Ben")
    await ben.until(lambda: len(ideas()) == len(lines))
    assert ideas() == [f"A1 idea {number}" for number in range(160)]


async def test_a_hub_that_was_asleep_acknowledges_nothing_more_and_stops(homes: Street) -> None:
    hub, ben, cy = await begun(homes, "near")
    await told(ben, cy, "before")
    hub.signal(signal.SIGSTOP)
    await taken_over(homes, ben, "Ben")
    await cy.until(lambda: cy.live and cy.term() == 2)
    await told(cy, ben, "after")
    kept = len(homes.home("Ana").saved())
    hub.signal(signal.SIGCONT)
    assert await hub.ended() == 0
    assert "goes on at Ben's computer" in homes.errors("Ana")
    notes = [event for event in homes.home("Ana").saved()[kept:] if event.by is not None]
    assert notes == []
    assert same(ben.events(), cy.events())


async def test_of_two_who_take_over_at_once_one_goes_on(homes: Street) -> None:
    hub, ben, cy = await begun(homes, "near")
    await told(ben, cy, "before")
    hub.signal(signal.SIGKILL)
    for desk in (ben, cy):
        await desk.until(lambda desk=desk: desk.last("can") == "take_over")  # type: ignore[misc]
    for desk in (ben, cy):
        desk.do("do")
    for desk in (ben, cy):
        await desk.until(lambda desk=desk: desk.last("did") is not None)  # type: ignore[misc]

    def one_history() -> bool:
        terms = [[event for event in desk.events() if event["type"] == "hub_taken_over"] for desk in (ben, cy)]
        return bool(ben.live and cy.live and terms[0] and terms[0] == terms[1])

    await until(one_history, lambda: f"{ben.lines[-5:]} {cy.lines[-5:]} {homes.errors('Ben')} {homes.errors('Cy')}")
    await told(ben, cy, "from Ben")
    await told(cy, ben, "from Cy")
    assert same(ben.events(), cy.events())
    assert ben.notes() == ["before", "from Ben", "from Cy"]


async def test_a_hub_whose_disk_is_full_for_good_gives_way(homes: Street) -> None:
    hub, ben, cy = await begun(homes, "near")
    await told(ben, cy, "before")
    size = homes.home("Ana").file().stat().st_size
    resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (size, size))
    await ben.until(lambda: ben.last("trouble"))
    await taken_over(homes, ben, "Ben")
    assert await hub.ended() == 0
    await cy.until(lambda: cy.live and cy.term() == 2)
    await told(cy, ben, "after")
    assert ben.notes() == cy.notes() == ["before", "after"]
