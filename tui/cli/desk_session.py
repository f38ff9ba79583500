"""A session at a desk: a seat at the hub of a running chat, the desk until it is left, and what is said then."""

import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from sessions.core.memory import put_off
from tui.cli.output import Failure, say
from tui.cli.prompts import ask

if TYPE_CHECKING:
    from sessions.hub.client.client import HubClient, Invite, Seat
    from sessions.hub.client.last_seat import LastSeat
    from sessions.hub.takeover.own_way import OwnWay
    from sessions.library.copies.copy_keeper import CopyKeeper

RoleName = Literal["driver", "greeter"]


def sit_down(
    invite: "Invite",
    name: str,
    role: RoleName | None,
    *,
    greeting: str | None = None,
    end_after: bool = False,
    library: Path | None = None,
    copies: Path | None = None,
    given: bool = True,
    last: "LastSeat | None" = None,
) -> bool:
    """Work at a desk on the chat of `invite` until it is left, then say what is to be said. Whether the chat goes on.

    `role` is taken at once, `greeting` said first; with `end_after` the chat ends with the desk. A moderator gets a
    copy of the chat in the folder `library`, unless that holds its file already, and is asked whether to exchange saved
    chats where the hub's library and that one differ; with `copies` alone, a folder in which the hub itself keeps the
    chat, only that other computers can go on and this desk follows them. A name that was not `given` but is the
    account's is asked for where somebody who is there has it. `last` is a seat in another home that one has already.
    """
    import asyncio

    from tui.desk.farewells import LEFT

    put_off()
    folders = library, copies or library
    said = asyncio.run(
        _desk(invite, name, role, greeting=greeting, end_after=end_after, folders=folders, given=given, last=last)
    )
    for words in filter(None, said):
        say(words)
    return said[0] == LEFT


async def _desk(
    invite: "Invite",
    name: str,
    role: RoleName | None,
    *,
    end_after: bool,
    greeting: str | None,
    folders: tuple[Path | None, Path | None],
    given: bool,
    last: "LastSeat | None",
) -> tuple[str | None, ...]:
    """What is to be said when the desk is left; `folders` are `library` and `copies`."""
    import asyncio

    from sessions.hub.client.exchange import LibraryExchange
    from sessions.hub.client.last_seat import forget_seat
    from sessions.hub.takeover.own_reading import OwnReading
    from sessions.networks.accounts.store import AccountStore
    from tui.apps import desk_app
    from tui.cli.desk_succession import own_way, successor
    from tui.desk.accounts import DeskAccounts
    from tui.desk.farewells import CLOSED
    from tui.desk.sign_in_lender import SignInLender

    library, copies = folders
    way = own_way()
    client = await _client(invite, way)
    try:
        joined = await _seated(client, name, given=given, last=last)
        session = await client.session()
        async with _naming_computer(client), _copied(session.id, joined, copies) as keeper:
            exchange = None if keeper is None or library is None else LibraryExchange(client, library)
            accounts = AccountStore()
            reading = OwnReading(accounts, look=accounts.refresh)
            posting_accounts = DeskAccounts(accounts, look=accounts.refresh)
            desk = desk_app(
                client,
                joined,
                role=role,
                greeting=greeting,
                invitation="" if invite.ticket else str(invite),
                keeper=keeper,
                successor=None if keeper is None else successor(client, joined, session, keeper, copies, way, reading),
                exchange=exchange,
                posting_accounts=posting_accounts,
                lender=SignInLender(client, accounts, look=accounts.refresh),
                library=library,
            )
            words = await desk.run_async()
            if words == CLOSED and invite.ticket:
                await asyncio.to_thread(forget_seat, joined.token)
            if desk.return_code:
                raise typer.Exit(desk.return_code)
            if end_after:
                await close_chat(client)
        return (None if end_after else words, None if keeper is None else keeper.last_words())
    finally:
        await client.aclose()
        await way.aclose()


@contextlib.asynccontextmanager
async def _naming_computer(client: "HubClient") -> AsyncGenerator[None, None]:
    """Meanwhile the hub is told what this computer is called; the desk opens without waiting for that."""
    import asyncio

    from sessions.hub.client.client import HubRefused, HubUnreachable
    from tui.shell.away_config import computer_setting

    async def name() -> None:
        with contextlib.suppress(HubRefused, HubUnreachable):  # the desk says so, and only the list of seats lacks it
            await client.name_computer(await asyncio.to_thread(computer_setting))

    naming = asyncio.create_task(name())
    try:
        yield
    finally:
        naming.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await naming


async def _seated(client: "HubClient", name: str, *, given: bool, last: "LastSeat | None") -> "Seat":
    """The seat that one has, else a new one; of one in another home is kept what it takes to come back."""
    import asyncio

    from sessions.hub.client.client import SeatGone
    from sessions.hub.client.last_seat import LastSeat, forget_seat, keep_seat

    if last is not None:
        try:
            await client.come_back(last.seat)
        except SeatGone:
            await asyncio.to_thread(forget_seat, last.token)
            raise
        return last.seat
    joined = await client.join(name if given else await _free_name(client, name))
    if client.invite.ticket:
        title = (await client.session()).title
        kept = LastSeat(client.invite.ticket, joined.name, joined.scope, joined.token, title)
        await asyncio.to_thread(keep_seat, kept)
    return joined


async def _client(invite: "Invite", way: "OwnWay") -> "HubClient":
    """The client for an invite; for one from another home, with the way there, of which is said whom it contacts."""
    import asyncio

    from sessions.hub.client.client import HubClient

    if not invite.ticket:
        return HubClient(invite)
    from sessions.hub.away.relay import contacts
    from sessions.hub.client.away import AwayLink, AwayTransport
    from tui.shell.away_config import relay_setting

    relay = await asyncio.to_thread(relay_setting)
    say(contacts(relay))
    say("Looking for the other computer ...")
    link = AwayLink(invite.ticket, b"", relay, shared=way.endpoint)
    await link.open()
    return HubClient(invite, transport=AwayTransport(link))


async def _free_name(client: "HubClient", name: str) -> str:
    """The account's name, unless somebody who is there has it and we are another.

    Two computers of a school often have the same account, and the same name is the same moderator.
    """
    if name.casefold() not in map(str.casefold, await client.seated()):
        return name
    return ask(f"{name} sits at a desk of this chat. Your own name, or Enter to be {name} too", "Add --name.") or name


@contextlib.asynccontextmanager
async def _copied(session: str, joined: "Seat", library: Path | None) -> AsyncGenerator["CopyKeeper | None", None]:
    """What keeps the copy of this desk, None where it keeps none: an observer hears only a part of the chat."""
    if library is None or joined.scope == "observer":
        yield None
        return
    from sessions.library.copies.copy_keeper import keep_copy
    from sessions.library.copies.session_copy import SessionCopy

    async with keep_copy(SessionCopy(library, session, holder=f"{joined.name}'s desk, which keeps a copy")) as keeper:
        yield keeper


async def close_chat(client: "HubClient") -> None:
    """Close the chat, taking the questions over where somebody else asks them, and wait until its hub has gone."""
    import uuid

    from sessions.core.commands import Close, Command, TakeRole
    from sessions.hub.client.client import Ended, Refusal, Unsaved

    commands: list[Command] = [TakeRole(id=uuid.uuid4().hex, role="driver"), Close(id=uuid.uuid4().hex)]
    async for update in client.follow():  # listening before closing, so that the end is not missed
        while commands and not isinstance(update, Ended):
            answer = await client.command(commands.pop(0))
            if isinstance(answer, Refusal):
                raise Failure(answer.refusal)
            if isinstance(answer, Unsaved):
                raise Failure(answer.words)
        if isinstance(update, Ended):
            return
