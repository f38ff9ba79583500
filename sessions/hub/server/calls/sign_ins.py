"""The sign-ins that a hub reads with: those of the account that runs it, and those that desks elsewhere lend it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, runtime_checkable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.commands import Refusal
from sessions.core.decoding import Unreadable, read_json
from sessions.files.errors import StorageError
from sessions.hub.protocol.sign_ins import Lent
from sessions.hub.server.responses import ApiError, json_response, moderator_of, read_body
from sessions.networks.account import Account, InMemorySignIns, SignIns
from sessions.networks.accounts.lending import problem
from sessions.networks.registry import account_source, of_its_kind
from sessions.networks.source import Source

logger = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks whether `lunchroom login` or `logout` changed something beside the hub."""


@runtime_checkable
class Waking(Protocol):
    """A source that waits long where it is signed out, and need not when a sign-in comes."""

    def wake(self) -> None:
        """Try again now."""


@runtime_checkable
class Refreshing(Protocol):
    """Sign-ins that another program may change."""

    def refresh(self) -> bool:
        """Notice what changed; whether anything did. Blocks and raises `StorageError`."""
        ...


class HubSignIns:
    """A `SignIns`: what was lent comes before `own`, and is kept in memory only. `sources` wake when one comes or goes.

    What is signed in with anew beside the hub comes before what was lent until then, which may have been revoked.
    Nothing of them is ever in an event, an answer or the log.
    """

    def __init__(self, own: SignIns | None = None) -> None:
        self._own = own or InMemorySignIns()
        self._lent = InMemorySignIns()
        self.sources: Sequence[Source] = ()

    def find(self, source: str) -> Account | None:
        """As `SignIns`."""
        return self._lent.find(source) or self._own.find(source)

    def all(self) -> tuple[Account, ...]:
        """As `SignIns`; only those of the account that runs the hub."""
        return self._own.all()

    def renew(self, account: Account) -> None:
        """As `SignIns`, in the place that the account came from, if it is still there."""
        for place in (self._lent, self._own):
            kept = place.find(account.source)
            if kept is not None and kept.id == account.id:
                place.renew(account)
                return

    def lend(self, account: Account) -> None:
        """Read with this account from now on, until the hub ends."""
        self._lent.renew(account)
        self._wake(account.source)

    async def watch(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Notice sign-ins that come and go beside the hub, until cancelled."""
        own = self._own
        while isinstance(own, Refreshing):
            await sleep(LOOK_EVERY)
            before = {one: self._own.find(one) for one in {account_source(one.name) for one in self.sources}}
            try:
                if not await asyncio.to_thread(own.refresh):
                    continue
            except StorageError as error:
                logger.warning("The sign-ins cannot be read: %s", error)
                continue
            for name, account in before.items():
                if self._own.find(name) not in (None, account):
                    self._lent.forget(name)
            self._wake()

    def reads(self, source: str) -> bool:
        """Whether one of the session's sources reads with an account of this `source`."""
        return any(source == account_source(one.name) for one in self.sources)

    def _wake(self, source: str | None = None) -> None:
        for one in self.sources:
            if isinstance(one, Waking) and source in (None, account_source(one.name)):
                one.wake()


class SignInApi:
    """Answers the call with which a moderator's desk lends the hub a sign-in for reading."""

    def __init__(self, sign_ins: HubSignIns) -> None:
        self._sign_ins = sign_ins

    def routes(self) -> list[Route]:
        """The call."""
        return [Route("/v1/sign-ins", self._take, methods=["POST"])]

    async def _take(self, request: Request) -> Response:
        body = await read_body(request)
        by = moderator_of(request)
        try:
            account = read_json(body, Account)
        except Unreadable:  # its words are not passed on: they may quote what was sent
            raise ApiError(422, "That is no account of a network.", field="network") from None
        wrong = problem(account)
        if wrong is not None:
            raise ApiError(422, wrong[1], field=wrong[0])
        account = of_its_kind(account)
        if not self._sign_ins.reads(account.source):
            return json_response(Refusal(f"This chat does not read {account.source}."), 409)
        self._sign_ins.lend(msgspec.structs.replace(account, posts=False))
        logger.info("%s lent a sign-in for reading %s.", by, account.source)
        return json_response(Lent(account.source, account.name))
