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
from sessions.hub.server.entry.access import Access, Caller, Keys, SeatNote, caller_of
from sessions.hub.server.entry.door import address_of
from sessions.hub.server.entry.names import moderator_name
from sessions.hub.server.inviting.invites import UNKNOWN, USED
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
    caller whose seat was given away or renamed, whose connections are to end. Tokens change one call after the other,
    each of which holds `changing`.
    """

    def __init__(
        self,
        session: LiveSession,
        access: Access,
        *,
        save_keys: Callable[[Keys], None],
        ended: Callable[[Caller], None],
        changing: asyncio.Lock,
    ) -> None:
        self._session = session
        self._access = access
        self._save_keys = save_keys
        self._ended = ended
        self._changing = changing
        self._pace = JoiningPace()

    async def join(self, request: Request) -> Response:
        """The seat for a name, with its token."""
        body = await read_body(request)
        caller: Caller = request.scope["caller"]
        if caller.at != "invited":
            raise ApiError(403, f"You have joined as {caller.name} already. Others join with the invite.")
        name = await asyncio.to_thread(_name_in, body)  # the first one takes a tenth of a second: see `names`
        address = caller.key or address_of(request.client.host if request.client else None)
        async with self._changing:
            seat = self._had_before(caller) or await self._seat(name, caller, address)
        await self._session.join(seat.name, seat.scope)
        return json_response(seat, 201)

    def _had_before(self, caller: Caller) -> Seat | None:
        """The seat that this computer got by the same invite, of which its answer may have been lost."""
        keys = self._access.keys
        used = next((one for one in keys.away.invites if one.id == caller.invite and one.token), None)
        if used is None:
            return None
        if used.key != caller.key:  # two computers at once: the other was first
            raise ApiError(401, USED)
        return next((seat for seat in keys.admitted if seat.token == used.token), None)

    async def _seat(self, name: str, caller: Caller, address: str) -> Seat:
        session, before, scope = self._session, self._access.keys, caller.scope
        known: Mapping[str, Scope] = {one.name: one.scope for one in session.durable.moderators.values()}
        invite = None
        if caller.invite is not None:
            invite = next((one for one in before.away.invites if one.id == caller.invite), None)
            if invite is None:  # withdrawn while this call waited
                raise ApiError(401, UNKNOWN)
        fresh = self._access.seated(name, scope, known, caller.key) is None
        if fresh:
            session.need_open()
            self._need_pace(address, scope)
        seat = self._access.admit(
            name, scope, known, absent=lambda one: session.onlookers_gone_for(one) >= GONE, key=caller.key
        )
        if fresh:
            self._access.note(seat.token, SeatNote(session.clock.now_ms()))
        if invite is not None and caller.key is not None:
            self._access.used(invite, caller.key, seat)
        if self._access.keys != before:
            try:
                await asyncio.to_thread(self._save_keys, self._access.keys)
            except OSError as error:
                self._access.restore(before)
                raise ApiError(503, f"Nobody can join now: {SaveFailed.from_os(error).reason}.") from error
            for one in set(before.admitted).difference(self._access.keys.admitted):
                session.forget(one.name, one.scope)
                self._ended(caller_of(one, before))
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
