"""A hub's side of takeovers: whom it asks whether another hub runs the session, and when it gives way."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sessions.core.cleaning import clean_name
from sessions.core.terms.claims import claim_of, stands
from sessions.hub.away.asking import asking
from sessions.hub.away.relay import AwayError
from sessions.hub.process.away import AwayDoor
from sessions.hub.protocol.takeover import Deputy, SourceSettings, Standing
from sessions.hub.server.calls.deputies import DeputiesApi, claimed
from sessions.hub.server.entry.access import Access
from sessions.hub.server.responses import ApiError
from sessions.hub.server.service import LiveSession

if TYPE_CHECKING:
    from iroh import Endpoint

    from sessions.hub.client.peers import Peers

logger = logging.getLogger(__name__)

ASK_EVERY = 2.0
"""Seconds between two times that those who are not here are asked."""

ASLEEP = 6.0
"""Seconds between two turns of the event loop after which this computer has slept, and does not know what happened."""


class HubSuccession:
    """What a hub does about others that may run the session. Use it in one event loop, in which `run` runs.

    `url` is where it is on this computer, `way` that in from other homes; `give_way` stops the hub. `monotonic` and
    `wall` give seconds; a computer that sleeps may stop the one, and whoever sets the time the other.
    """

    def __init__(
        self,
        session: LiveSession,
        access: Access,
        *,
        settings: SourceSettings,
        url: str,
        way: AwayDoor | None,
        give_way: Callable[[Standing], None],
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.settings = settings
        self.url = url
        self._session = session
        self._access = access
        self._way = way
        self._give_way = give_way
        self._clocks = monotonic, wall
        self._above: Standing | None = None
        self._peers: Peers | None = None
        self._asking = asyncio.Lock()
        self._opened = asyncio.Event()
        self._api: DeputiesApi | None = None
        self._awake = [clock() for clock in self._clocks]

    def answers_with(self, api: DeputiesApi | None) -> None:
        """Say of itself what these calls say."""
        self._api = api

    @property
    def above(self) -> Standing | None:
        """The hub that runs the session in the place of this one; None while this one does."""
        return self._above

    def ticket(self) -> str:
        """By what it is dialled from other homes; empty where that way is not open."""
        return self._way.ticket() if self._way is not None and self._way.is_open else ""

    async def heard(self, standing: Standing) -> None:
        """Somebody says who runs the session."""
        own = claim_of(self._session.durable.takeovers)
        if self._above is None and standing.session == self._session.id and not stands(own, [claimed(standing)]):
            logger.warning("%s This hub stops.", went_on(standing))
            self._above = standing
            self._give_way(standing)

    async def sure(self) -> None:
        """Return once it is known that this hub runs the session, also after a sleep. Raises `ApiError`."""
        if self._slept():
            async with self._asking:
                if self._slept():
                    await self._look_round(everybody=True)
        if self._above is not None:
            raise ApiError(503, went_on(self._above))

    def opened(self) -> None:
        """The way from other homes is open: those there can be told at once where this hub is."""
        self._opened.set()

    async def run(self) -> None:
        """Ask until cancelled."""
        try:
            everybody = True
            while True:
                try:
                    await self._look_round(everybody=everybody)
                except Exception:  # whatever asking others fails at, the chat goes on here
                    logger.exception("A defect: who else may run the chat is not known.")
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(ASK_EVERY):
                        await self._opened.wait()
                everybody = self._opened.is_set()
                self._opened.clear()
        finally:
            if self._peers is not None:
                await self._peers.aclose()

    async def _look_round(self, *, everybody: bool) -> None:
        """Ask, all of them after a sleep; one that comes meanwhile is noticed afterwards."""
        slept, began = self._slept(), [clock() for clock in self._clocks]
        if not slept:
            self._awake = began
        await self.ask(everybody=everybody or slept)
        self._awake = began

    async def ask(self, *, everybody: bool) -> None:
        """Ask the deputies who are not here, or all, and the hub before this one; whoever is above is given way to."""
        keys, session = self._access.keys, self._session
        deputies = [one for one in keys.deputies if everybody or not session.present(one.name, "moderator")]
        asked: list[Deputy] = [one for one in (*deputies, *keys.former) if one.url != self.url or one.ticket]
        if not asked or self._api is None:
            return
        if self._peers is None:
            from sessions.hub.client.peers import Peers  # it imports much, and most hubs have nobody to ask

            self._peers = Peers(keys.ask or asking(keys.token), self._endpoint if self._way is not None else None)
        for _, standing in await self._peers.tell(asked, self._api.standing()):
            await self.heard(standing)

    async def _endpoint(self) -> "Endpoint":
        if self._way is None or not self._way.is_open:
            raise AwayError("The way to other homes is not open.")
        return await self._way.endpoint()

    def _slept(self) -> bool:
        return any(clock() - before > ASLEEP for clock, before in zip(self._clocks, self._awake, strict=True))


COME_OVER = (
    "Nothing that only the file here has is lost. To come there, type `lunchroom join -` here and paste an invite, "
    "which the key I shows at a desk there."
)
"""What to do where the chat runs at another computer."""


def went_on(standing: Standing) -> str:
    """That the chat runs at another computer, in words; the name is somebody else's, and these go to logs."""
    by = clean_name(standing.by)
    whose = f"{by}'s computer" if by else "another computer"
    return f"This chat goes on at {whose}, which took it over."
