"""Lending the chat's computer a sign-in of this one, for reading."""

import asyncio
from collections.abc import Callable

import httpx

from sessions.core.plan import Plan
from sessions.hub.client.client import HubClient
from sessions.hub.protocol.sign_ins import Lent
from sessions.networks.account import Account, SignIns
from sessions.networks.accounts.lending import for_reading
from sessions.networks.registry import account_source
from sessions.networks.web.fetching import open_client


class SignInLender:
    """What a desk may lend to the hub of `client`.

    `look` makes `sign_ins` notice what another program changed; it may block. `transport` is for tests.
    """

    def __init__(
        self,
        client: HubClient,
        sign_ins: SignIns,
        *,
        look: Callable[[], object] = lambda: None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = client
        self._sign_ins = sign_ins
        self._look = look
        self._transport = transport

    async def accounts(self, plan: Plan | None) -> tuple[Account, ...]:
        """The accounts with which sources of the plan can be read. Raises `StorageError`."""
        await asyncio.to_thread(self._look)
        read = {account_source(one) for one in plan.sources} if plan is not None else set()
        return tuple(one for one in self._sign_ins.all() if one.source in read and one.reads)

    @property
    def private(self) -> bool:
        """Whether nobody on the way to the hub can read what is sent."""
        return self._client.invite.private

    async def lend(self, account: Account) -> Lent:
        """Hand the account over, as narrow as its network allows.

        Raises `SignInFailed`, `HubRefused`, `HubUnreachable`.
        """
        async with open_client(transport=self._transport) as client:
            lent = await for_reading(client, account)
        return await self._client.lend(lent)
