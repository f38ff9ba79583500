"""A session at a desk: a seat at the hub of a running chat, the desk until it is left, and what is said then."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import typer

from sessions.core.memory import put_off
from sessions.words import _
from tui.cli.output import Failure, say
from tui.cli.prompts import ask

if TYPE_CHECKING:
    from asyncio import Task
    from concurrent.futures import Future

    from sessions.hub.client.client import HubClient, Invite, Seat
    from sessions.hub.client.head_start import HeadStart
    from sessions.hub.client.last_seat import LastSeat
    from sessions.hub.takeover.own_way import OwnWay
    from sessions.library.copies.copy_keeper import CopyKeeper
    from tui.desk.screen import DeskScreen
    from tui.shell.app import LunchroomApp
    from tui.shell.config import Config

RoleName = Literal["driver", "greeter"]
Desk = TypeVar("Desk")


@dataclass(frozen=True)
class Starting:
    """A hub on this computer that was started and does not answer yet: `wait` blocks until it does, and gives the way
    in or raises why there is none; `file` is that of the session that it resumes, a month of a `channel` or a chat."""

    wait: Callable[[], "Invite"]
    file: Path
    channel: bool = False


def sit_down(
    invite: "Invite | Starting",
    name: str,
    role: RoleName | None,
    *,
    greeting: str | None = None,
    end_after: bool = False,
    library: Path | None = None,
    copies: Path | None = None,
    given: bool = True,
    last: "LastSeat | None" = None,
    plain: bool = False,
    file: Path | None = None,
) -> bool:
    """Work at a desk on the chat of `invite` until it is left, then say what is to be said. Whether the chat goes on,
    as far as is known.

    Of a hub that is `Starting` the empty desk is shown at once. Of one that runs on this computer `file` is the chat's.

    `role` is taken at once, `greeting` said first; with `end_after` the chat ends with the desk. A moderator gets a
    copy of the chat in the folder `library`, unless that holds its file already, and is asked whether to exchange saved
    chats where the hub's library and that one differ; with `copies` alone, a folder in which the hub itself keeps the
    chat, only that other computers can go on and this desk follows them; that folder too says what was told of the chat
    elsewhere, who is in no recap and what somebody said before. A name that was not `given` but is the
    account's is asked for where somebody who is there has it. `last` is a seat in another home that one has already.
    With `plain` the desk is in plain lines on standard input and output.
    """
    import asyncio

    from tui.desk.farewells import LEFT, LEFT_OPENING

    put_off()
    starting = invite if isinstance(invite, Starting) else None
    here = None if isinstance(invite, Starting) else invite
    file = file if starting is None else starting.file
    sitting = _Sitting(here, name, role, greeting or "", library, copies or library, given, last, file, starting)
    said = asyncio.run(_desk(sitting, end_after=end_after, plain=plain))
    for words in filter(None, said):
        say(words)
    return said[0] in {LEFT, LEFT_OPENING}


async def _desk(sitting: "_Sitting", *, end_after: bool, plain: bool) -> tuple[str | None, ...]:
    """What is to be said when the desk is left."""
    import asyncio

    from tui.apps import PlainProgram, joining_app, my_config, seated_app
    from tui.desk.farewells import CLOSED

    async with contextlib.AsyncExitStack() as stack:
        app: LunchroomApp | PlainProgram
        if plain:
            app = await sitting.made(stack, PlainProgram)
        elif sitting.asks_nothing:
            starting = sitting.starting
            app = joining_app(
                sitting.name,
                partial(sitting.desk_or_error, stack),
                opening=starting is not None,
                channel=starting is not None and starting.channel,
            )
        else:
            mine = my_config()
            app = seated_app(await sitting.desk(stack, mine), mine)
        words = await app.run_async()
        if sitting.error is not None:
            raise sitting.error
        words = sitting.farewell(words)
        if words == CLOSED and sitting.in_another_home and sitting.joined is not None:
            from sessions.hub.client.last_seat import forget_seat

            await asyncio.to_thread(forget_seat, sitting.joined.token)
        if app.return_code:
            raise typer.Exit(app.return_code)
        if end_after:
            await close_chat((await sitting.seated(stack))[0])
    return (None if end_after else words, None if sitting.keeper is None else sitting.keeper.last_words())


@dataclass
class _Sitting:
    """Sitting down, with the arguments of `sit_down`; what comes of it, and the error where nothing does."""

    invite: "Invite | None"
    name: str
    role: RoleName | None
    greeting: str
    library: Path | None
    copies: Path | None
    given: bool
    last: "LastSeat | None"
    file: Path | None = None
    starting: Starting | None = None
    joined: "Seat | None" = None
    keeper: "CopyKeeper | None" = None
    error: Exception | None = None
    _opened: "Future[Invite] | None" = None
    _way: "OwnWay | None" = None
    _client: "HubClient | None" = None

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing is said or asked on the way to the desk, so that it can be shown at once."""
        return self.given and not self.in_another_home

    @property
    def in_another_home(self) -> bool:
        """Whether the chat's computer is in another home."""
        return self.invite is not None and bool(self.invite.ticket)

    async def _invited(self) -> "Invite":
        """The way in, once there is one."""
        import asyncio

        if self.invite is None:
            assert self.starting is not None
            self._opened = in_background(self.starting.wait)
            self.invite = await asyncio.wrap_future(self._opened)
        return self.invite

    def farewell(self, words: str | None) -> str | None:
        """What is to be said to whoever left with these `words`; raises why a hub that was waited for did not start."""
        from tui.desk.farewells import LEFT, LEFT_OPENING

        if self.starting is None or self.invite is not None or words != LEFT:
            return words
        if self._opened is None or not self._opened.done():
            return LEFT_OPENING
        self._opened.result()
        return words

    async def desk_or_error(self, stack: contextlib.AsyncExitStack, config: "Config") -> "DeskScreen | None":
        """As `desk`; None where there is none, for the reason in `error`."""
        try:
            return await self.desk(stack, config)
        except Exception as error:  # noqa: BLE001 - raised again once the screen is gone
            self.error = error
            return None

    async def seated(self, stack: contextlib.AsyncExitStack) -> tuple["HubClient", "Seat"]:
        """The seat, and the client that has it; taken the first time. What must be closed is left to `stack`."""
        from tui.cli.desk_succession import own_way

        if self._way is None:
            self._way = own_way()
            stack.push_async_callback(self._way.aclose)
        if self._client is None:
            self._client = await _client(await self._invited(), self._way)
            stack.push_async_callback(self._client.aclose)
        if self.joined is None:
            self.joined = await _seated(self._client, self.name, given=self.given, last=self.last)
        return self._client, self.joined

    async def desk(self, stack: contextlib.AsyncExitStack, config: "Config") -> "DeskScreen":
        """The desk at that seat."""
        from tui.apps import first_words
        from tui.desk.screen import DeskScreen

        first_run = None if config.path is None else config.remembered
        make = partial(DeskScreen, greeting=self.greeting, problem=first_words(config), first_run=first_run)
        return await self.made(stack, make)

    async def made(self, stack: contextlib.AsyncExitStack, make: "Callable[..., Desk]") -> "Desk":
        """What `make` makes of that seat and all that belongs to it, such as a `DeskScreen`."""
        from sessions.hub.client.exchange import LibraryExchange
        from sessions.hub.takeover.own_reading import OwnReading
        from sessions.networks.accounts.store import AccountStore
        from tui.apps import my_config
        from tui.cli.desk_succession import successor
        from tui.desk.accounts import DeskAccounts
        from tui.desk.sign_in_lender import SignInLender

        known = None if self.file is None else await stack.enter_async_context(_known(self.file))
        client, joined = await self.seated(stack)
        session = await client.session()
        await stack.enter_async_context(_naming_computer(client))
        keeper = self.keeper = await stack.enter_async_context(_copied(session.id, joined, self.copies))
        accounts = AccountStore()
        following = None
        if keeper is not None and self._way is not None:
            reading = OwnReading(accounts, look=accounts.refresh)
            following = successor(client, joined, session, keeper, self.copies, self._way, reading)
        if known is not None:
            client.begin_with(await known)
        return make(
            client,
            joined,
            role=self.role,
            invitation="" if self.in_another_home else str(self.invite),
            keeper=keeper,
            successor=following,
            exchange=None if keeper is None or self.library is None else LibraryExchange(client, self.library),
            posting_accounts=DeskAccounts(accounts, look=accounts.refresh),
            lender=SignInLender(client, accounts, look=accounts.refresh),
            library=self.copies,
            addresses=lambda: my_config().announce,
        )


def in_background(work: "Callable[[], Invite]") -> "Future[Invite]":
    """What `work`, which blocks, gives or raises; a program that ends does not wait for it."""
    import threading
    from concurrent.futures import Future

    found: Future[Invite] = Future()
    found.set_running_or_notify_cancel()  # from now on it cannot be cancelled: what came of it is told at the end

    def do() -> None:
        try:
            found.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            found.set_exception(error)

    threading.Thread(target=do, daemon=True).start()
    return found


@contextlib.asynccontextmanager
async def _known(file: Path) -> AsyncGenerator["Task[HeadStart | None]", None]:
    """Reads what the session's file has, while the hub does so too or lets somebody in."""
    import asyncio

    from sessions.hub.client.head_start import head_start

    reading = asyncio.create_task(head_start(file))
    try:
        yield reading
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


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
    say(_("Looking for the other computer ..."))
    link = AwayLink(invite.ticket, b"", relay, shared=way.endpoint)
    await link.open()
    return HubClient(invite, transport=AwayTransport(link))


async def _free_name(client: "HubClient", name: str) -> str:
    """The account's name, unless somebody who is there has it and we are another.

    Two computers of a school often have the same account, and the same name is the same moderator.
    """
    if name.casefold() not in map(str.casefold, await client.seated()):
        return name
    return (
        ask(
            _("{name} sits at a desk of this chat. Your own name, or Enter to be {name} too").format(name=name),
            _("Add --name."),
        )
        or name
    )


@contextlib.asynccontextmanager
async def _copied(session: str, joined: "Seat", library: Path | None) -> AsyncGenerator["CopyKeeper | None", None]:
    """What keeps the copy of this desk, None where it keeps none: an observer hears only a part of the chat."""
    if library is None or joined.scope == "observer":
        yield None
        return
    from sessions.library.copies.copy_keeper import keep_copy
    from sessions.library.copies.session_copy import SessionCopy

    async with keep_copy(
        SessionCopy(library, session, holder=f"{joined.name}'s desk, which keeps a copy")  # words: others read it
    ) as keeper:
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
