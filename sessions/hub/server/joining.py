"""`POST /v1/moderators`: who sits down, under which name, and how many may."""

import asyncio
import math
import time
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import Scope
from sessions.files.errors import SaveFailed
from sessions.hub.protocol.seats import JoinRequest, Seat
from sessions.hub.server.access import Access, Caller, Keys
from sessions.hub.server.door import address_of
from sessions.hub.server.names import moderator_name
from sessions.hub.server.responses import ApiError, json_response, read_body
from sessions.hub.server.rules import GONE
from sessions.hub.server.service import LiveSession

AT_ONCE = 30
"""New seats that one address gets without a pause, for each scope."""

ONE_EVERY = 2.0
"""Seconds after which an address may have one more."""

_ADDRESSES = 1000
"""Addresses whose pace is remembered; those that have had their pause are forgotten."""


class JoiningPace:
    """How fast seats are given out to whom; who only looks on is counted apart, so that no moderator waits for them.

    `monotonic` gives seconds.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._full_at: dict[tuple[str, Scope], float] = {}

    def wait(self, address: str, scope: Scope) -> float:
        """Seconds until this address may have a seat more; 0 where it may, which counts as having had it."""
        now = self._monotonic()
        full_at = max(now, self._full_at.get((address, scope), now)) + ONE_EVERY
        wait = full_at - now - AT_ONCE * ONE_EVERY
        if wait > 0:
            return wait
        if len(self._full_at) >= _ADDRESSES:
            self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        self._full_at[address, scope] = full_at
        return 0.0


class JoinApi:
    """Answers the call by which people sit down.

    `save_keys` writes the tokens down before anybody gets one; it blocks and may raise `OSError`. `ended` is told of a
    caller whose seat was given away or renamed, whose connections are to end.
    """

    def __init__(
        self,
        session: LiveSession,
        access: Access,
        *,
        save_keys: Callable[[Keys], None],
        ended: Callable[[Caller], None],
    ) -> None:
        self._session = session
        self._access = access
        self._save_keys = save_keys
        self._ended = ended
        self._joining = asyncio.Lock()
        self._pace = JoiningPace()

    async def join(self, request: Request) -> Response:
        """The seat for a name, with its token."""
        body = await read_body(request)
        caller: Caller = request.scope["caller"]
        if caller.at != "invited":
            raise ApiError(403, f"You have joined as {caller.name} already. Others join with the invite.")
        name = await asyncio.to_thread(_name_in, body)  # the first one takes a tenth of a second: see `names`
        address = address_of(request.client.host if request.client else None)
        async with self._joining:
            seat = await self._seat(name, caller.scope, address)
        await self._session.join(seat.name, seat.scope)
        return json_response(seat, 201)

    async def _seat(self, name: str, scope: Scope, address: str) -> Seat:
        session, before = self._session, self._access.keys
        known: Mapping[str, Scope] = {one.name: one.scope for one in session.durable.moderators.values()}
        if self._access.seated(name, scope, known) is None:
            session.need_open()
            self._need_pace(address, scope)
        seat = self._access.admit(name, scope, known, absent=lambda one: session.onlookers_gone_for(one) >= GONE)
        if self._access.keys != before:
            try:
                await asyncio.to_thread(self._save_keys, self._access.keys)
            except OSError as error:
                self._access.withdraw(seat)
                raise ApiError(503, f"Nobody can join now: {SaveFailed.from_os(error).reason}.") from error
            for one in set(before.admitted).difference(self._access.keys.admitted):
                session.forget(one.name, one.scope)
                self._ended(Caller(one.scope, one.name))
        return seat

    def _need_pace(self, address: str, scope: Scope) -> None:
        wait = math.ceil(self._pace.wait(address, scope))
        if wait > 0:
            seconds = "second" if wait == 1 else "seconds"
            words = f"Too many have just joined from this address. Try again in {wait} {seconds}."
            raise ApiError(429, words, again_after=wait)


def _name_in(body: bytes) -> str:
    try:
        return moderator_name(read_json(body, JoinRequest).name)
    except Unreadable as error:
        raise ApiError(422, 'Expected {"name": "..."}.', field="name") from error
