"""Sitting down at a running chat: a seat at its hub, the desk until it is left, and what is said then."""

import asyncio
import sys
from typing import TYPE_CHECKING, Literal

import typer

from tui.cli.saying import Failure, say, telling

if TYPE_CHECKING:
    from sessions.hub.client import HubClient, Invite, Joined

RoleName = Literal["driver", "greeter"]


def need_terminal() -> None:
    """Fail in words where a desk has no terminal to be on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failure("A desk needs a terminal: run this in a terminal window, or `lunchroom serve` for the hub alone.")


def sit_down(
    invite: "Invite",
    name: str,
    role: RoleName | None,
    *,
    greeting: str | None = None,
    end_after: bool = False,
) -> None:
    """Work at a desk on the chat of `invite` until it is left, then say what is to be said.

    `role` is taken at once, `greeting` said first; with `end_after` the chat ends with the desk.
    """
    words = asyncio.run(_desk(invite, name, role, greeting=greeting, end_after=end_after))
    if words:
        say(words)


async def _desk(
    invite: "Invite", name: str, role: RoleName | None, *, end_after: bool, greeting: str | None
) -> str | None:
    from sessions.hub.client import HubClient
    from tui.app import LunchroomApp

    client = HubClient(invite)
    try:
        joined = await joined_as(client, name)
        desk = LunchroomApp(client, joined, role=role, greeting=greeting, invitation=str(invite))
        words = await desk.run_async()
        if desk.return_code:
            raise typer.Exit(desk.return_code)
        if end_after:
            await close_chat(client)
        return None if end_after else words
    finally:
        await client.aclose()


async def joined_as(client: "HubClient", name: str) -> "Joined":
    """Take a seat under this name; fails in one line where the hub does not answer or does not let it in."""
    from sessions.hub.client import HubRefused, HubUnreachable

    with telling(HubUnreachable, HubRefused):
        return await client.join(name)


async def close_chat(client: "HubClient") -> None:
    """Close the chat, taking the questions over where somebody else asks them, and wait until its hub has gone."""
    import uuid

    from sessions.commands import Close, Command, TakeRole
    from sessions.hub.client import Ended, HubRefused, HubUnreachable, Refused, Unsaved

    commands: list[Command] = [TakeRole(id=uuid.uuid4().hex, role="driver"), Close(id=uuid.uuid4().hex)]
    with telling(HubUnreachable, HubRefused):
        async for update in client.follow():  # listening before closing, so that the end is not missed
            while commands and not isinstance(update, Ended):
                answer = await client.command(commands.pop(0))
                if isinstance(answer, (Refused, Unsaved)):
                    raise Failure(answer.words)
            if isinstance(update, Ended):
                return
