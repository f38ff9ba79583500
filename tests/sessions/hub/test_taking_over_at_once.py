"""Two desks take a chat over at once: whoever's hub is above stays at it, whatever is heard while it starts."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from sessions.core.events import HubTakenOver
from sessions.hub.client.client import HubClient, Invite, Offline
from sessions.hub.process.ready import Ready
from sessions.hub.protocol.takeover import Standing, TermBegun
from sessions.hub.takeover.succession import DeskSuccession
from sessions.library.copies.copy_keeper import keep_copy
from sessions.library.copies.session_copy import SessionCopy
from sessions.library.storage.session_file import SessionFile
from tests.sessions.hub.live import Patient, hasty, live_hub
from tests.waiting import patience, until

OWN, BELOW, ABOVE = "bb" * 32, "aa" * 32, "cc" * 32
"""Keys of three hubs of the same term."""

HERE = "http://127.0.0.1:2"


def at_cys(session: str, key: str, seq: int) -> Standing:
    """What the hub in Cy's home says of itself."""
    begun = (TermBegun(seq, 2, key),)
    return Standing(
        session=session, term=2, key=key, seq=seq, begun=begun, by="Cy", runs=True, url="http://127.0.0.1:1"
    )


async def test_a_desk_stays_at_the_hub_that_it_started_unless_another_is_above(tmp_path: Path) -> None:
    copied = tmp_path / "ben"
    async with live_hub(tmp_path / "ana") as live:
        session = live.session.id
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient(), sleep=hasty)
        seat = await client.join("Ben")
        keeping = keep_copy(SessionCopy(copied, session), retry=0.01)
        keeper = await keeping.__aenter__()

        async def start(copy: Path) -> Ready:
            with SessionFile.open(copy) as file:
                last = file.read_events()[-1]
                taken = HubTakenOver(seq=last.seq + 1, at=last.at, by="Ben", command=None, term=2, key=OWN)
                file.commit([taken])
            desk.hear(at_cys(session, BELOW, taken.seq))
            return Ready(HERE, "", "", session, str(copy))

        desk = DeskSuccession(client, seat, session, keeper=keeper, start=start, silent=0.0)
        offline = asyncio.Event()

        async def follow() -> None:
            async with aclosing(desk.follow()) as updates:
                async for update in updates:
                    if isinstance(update, Offline):
                        offline.set()
                    elif hasattr(update, "events"):
                        keeper.receive(update.events)

        following = asyncio.create_task(follow())
        await until(lambda: keeper.place is not None and keeper.place.exists())
    async with patience():
        await offline.wait()
    assert desk.now().can == "take_over"
    assert "from this computer" in await desk.act()
    assert client.invite.url == HERE
    assert desk.now().can != "go_over", "the hub at Cy's is below the one here, and will stop"
    desk.hear(at_cys(session, BELOW, 5))
    assert desk.now().can != "go_over"
    desk.hear(at_cys(session, ABOVE, 5))
    assert desk.now().can == "go_over"
    following.cancel()
    await asyncio.wait([following])
    await keeping.__aexit__(None, None, None)
    await client.aclose()
