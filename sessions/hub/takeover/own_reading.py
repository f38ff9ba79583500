"""Which sources of a session this computer could read, were the hub here: told to others before that is needed."""

import asyncio
import logging
from collections.abc import Callable, Sequence

import msgspec

from sessions.core.plan.words import PRACTICE
from sessions.files.errors import StorageError
from sessions.hub.client.going_on import Reach
from sessions.hub.protocol.takeover import Deputy, DeputyRequest
from sessions.networks.account import SignIns
from sessions.networks.network import Need
from sessions.networks.registry import NETWORKS, account_source

logger = logging.getLogger(__name__)

_MOST = 100
_LONGEST = 300


class OwnReading:
    """What a hub on this computer could read with `sign_ins`, those of the account that would run it.

    `look` makes them notice what another program changed; it may block, and raise `StorageError`.
    """

    def __init__(self, sign_ins: SignIns, *, look: Callable[[], object] = lambda: None) -> None:
        self._sign_ins = sign_ins
        self._look = look
        self._troubled = False

    async def told(self, request: DeputyRequest, sources: Sequence[str]) -> DeputyRequest:
        """The request with what is read of these `sources` as it is now; without it where the accounts are not read."""
        try:
            await asyncio.to_thread(self._look)
        except StorageError as error:
            if not self._troubled:
                logger.warning("The sign-ins cannot be read: %s", error)
            self._troubled = True
            return request
        self._troubled = False
        named = [one for one in sources if len(one) <= _LONGEST][:_MOST]
        return msgspec.structs.replace(
            request,
            reads=tuple(one for one in named if self._signed_in(one) or _need(one) == "never"),
            unsigned=tuple(one for one in named if not self._signed_in(one) and _need(one) == "by_server"),
        )

    def _signed_in(self, source: str) -> bool:
        return self._sign_ins.find(account_source(source)) is not None


def reach_of(deputy: Deputy, sources: Sequence[str]) -> Reach | None:
    """What of the session's sources a deputy could read; None where they did not tell.

    A practice chat's file is left out: whether another computer has it, nobody is asked.
    """
    if deputy.reads is None:
        return None
    told = {*deputy.reads, *deputy.unsigned}
    lacks = tuple(one for one in sources if one not in told and one.partition(":")[0] != PRACTICE)
    return Reach(deputy.name, deputy.reads, deputy.unsigned, lacks)


def _need(source: str) -> Need:
    if source == PRACTICE:
        return "never"
    network = NETWORKS.get(source.partition(":")[0])
    return "always" if network is None else network.reading.needs_sign_in(source)
