"""What a desk goes on with where the hub dies: this computer's endpoint, and starting a hub on the copy."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.hub.away.computer import own_secret
from sessions.hub.client.client import HubClient, Seat, SessionView
from sessions.hub.client.going_on import Successor
from sessions.hub.client.last_seat import LastSeat, keep_seat
from sessions.hub.takeover.own_reading import OwnReading
from sessions.hub.takeover.own_way import OwnWay
from sessions.hub.takeover.succession import DeskSuccession
from sessions.library.copies.copy_keeper import CopyKeeper
from tui.cli.program import this_program
from tui.shell.away_config import relay_setting

if TYPE_CHECKING:
    from sessions.hub.process.ready import Ready


def own_way() -> OwnWay:
    """The endpoint of this computer, which is not bound before it is needed."""
    return OwnWay(own_secret, relay_setting)


def successor(
    client: HubClient,
    joined: Seat,
    session: SessionView,
    keeper: CopyKeeper,
    copies: Path | None,
    way: OwnWay,
    reading: OwnReading,
) -> Successor:
    """What follows the chat where its hub dies, and starts another one on the copy in the folder `copies`."""
    title = session.title

    async def start(copy: Path) -> "Ready":
        from sessions.hub.process.spawn import start_detached  # with it comes all of a hub

        argv = ["serve", "--json", "--resume", str(copy), "--take-over", joined.name]
        argv += ["--library", str(copies)] if copies is not None else []
        return await asyncio.to_thread(start_detached, this_program(), argv)

    def keep_way(ticket: str) -> None:
        keep_seat(LastSeat(ticket, joined.name, joined.scope, joined.token, title))

    return DeskSuccession(
        client, joined, session.id, keeper=keeper, start=start, way=way, reading=reading, keep_way=keep_way
    )
