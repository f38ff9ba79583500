"""`/v1/seats`: who has a seat, at which computer and by which way; pointing at one, and taking one back."""

import asyncio
import ipaddress
from collections.abc import Callable
from typing import Literal, Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.cleaning import clean_name
from sessions.core.commands import Refusal
from sessions.core.decoding import Unreadable, read_json
from sessions.hub.protocol.seats import ComputerName, Seat, SeatPath, SeatsView, SeatView
from sessions.hub.protocol.takeover import Heir
from sessions.hub.server.entry.access import Access, Caller, Keys, SeatNote, caller_of, digest_of
from sessions.hub.server.inviting.keeping import keep_keys
from sessions.hub.server.responses import ApiError, json_response, moderator_of, read_body
from sessions.hub.server.service import LiveSession

LONGEST_COMPUTER = 40
"""Characters of what a computer is called."""

_ID = 12


class Ways(Protocol):
    """The way in from other homes, as far as it knows by which way somebody is here."""

    def path(self, key: str) -> SeatPath | None:
        """How the computer with this key is reached now; None while it is not."""
        ...


class SeatsApi:
    """Answers these calls.

    `ways` knows those in other homes, None where this hub lets nobody in; `local` says that whoever has a seat without
    a key sits at this computer, which nobody knows behind a proxy. `save_keys`, `ended` and `changing` are as `JoinApi`
    has them.
    """

    def __init__(
        self,
        session: LiveSession,
        access: Access,
        ways: Ways | None,
        *,
        local: bool,
        save_keys: Callable[[Keys], None],
        ended: Callable[[Caller], None],
        changing: asyncio.Lock,
    ) -> None:
        self._session = session
        self._access = access
        self._ways = ways
        self._local = local
        self._save_keys = save_keys
        self._ended = ended
        self._changing = changing

    def routes(self) -> list[Route]:
        """The calls."""
        return [
            Route("/v1/seats", self._list, methods=["GET"]),
            Route("/v1/seats/mine", self._name_computer, methods=["PUT"]),
            Route("/v1/seats/{id}", self._take_back, methods=["DELETE"]),
            Route("/v1/seats/{id}/point", self._point, methods=["POST"]),
        ]

    async def _list(self, request: Request) -> Response:
        me = moderator_of(request)
        seats = [self._view(seat, me) for seat in self._access.keys.admitted]
        seats += [
            SeatView(_id_of(heir), heir.name, heir.scope, here=False, elsewhere=not heir.here)
            for heir in self._access.waiting()
        ]
        return json_response(SeatsView(tuple(seats)))

    def _view(self, seat: Seat, me: str) -> SeatView:
        keys = self._access.keys
        key, note = keys.away.bound.get(seat.token), keys.notes.get(seat.token, SeatNote())
        here = self._session.present(seat.name, seat.scope)
        path = None
        if here and key is not None and self._ways is not None:
            path = self._ways.path(key)
        elif here and key is None and self._local:
            path = SeatPath("computer")
        return SeatView(
            _id_of(seat),
            seat.name,
            seat.scope,
            here,
            note.computer,
            note.since,
            elsewhere=key is not None,
            mine=seat.scope == "moderator" and seat.name == me,
            path=path,
        )

    async def _name_computer(self, request: Request) -> Response:
        caller: Caller = request.scope["caller"]
        try:
            written = read_json(await read_body(request), ComputerName).computer
        except Unreadable as error:
            raise ApiError(422, 'Expected {"computer": "..."}.', field="computer") from error
        async with self._changing:
            before = self._access.keys
            for seat in before.admitted:
                if caller_of(seat, before) == caller:
                    note = before.notes.get(seat.token, SeatNote())
                    named = msgspec.structs.replace(note, computer=clean_name(written, LONGEST_COMPUTER))
                    self._access.note(seat.token, named)
            if self._access.keys != before:
                await keep_keys(self._access, self._save_keys, before)
        return Response(status_code=204)

    async def _take_back(self, request: Request) -> Response:
        by = moderator_of(request)
        async with self._changing:
            before = self._access.keys
            seat = self._found(request)
            if seat.scope == "moderator" and seat.name == by:
                return json_response(Refusal("That is your own seat. Leave the desk instead."), 409)
            if seat.here if isinstance(seat, Heir) else seat.token not in before.away.bound:
                words = f"{seat.name} sits at the chat's own computer, and could come back at once."
                return json_response(Refusal(words), 409)
            gone = None
            if isinstance(seat, Heir):
                self._access.take_back_heir(seat, by)
            else:
                gone = caller_of(seat, before)
                self._access.take_back(seat.token, by)
            await keep_keys(self._access, self._save_keys, before)
        if gone is not None:
            self._ended(gone)
        return Response(status_code=204)

    async def _point(self, request: Request) -> Response:
        by = moderator_of(request)
        seat = self._found(request)
        if not self._session.present(seat.name, seat.scope):
            return json_response(Refusal(f"{seat.name} is not at a desk now."), 409)
        self._session.pointing.point(seat.scope, seat.name, by)
        self._session.wake()
        return Response(status_code=204)

    def _found(self, request: Request) -> Seat | Heir:
        """The seat that a call names, perhaps one whose desk has not come from the hub before this one."""
        wanted = request.path_params["id"]
        seats: list[Seat | Heir] = [*self._access.keys.admitted, *self._access.waiting()]
        found = next((seat for seat in seats if _id_of(seat) == wanted), None)
        if found is None:
            raise ApiError(404, "There is no such seat.")
        return found


def _id_of(seat: Seat | Heir) -> str:
    """What names a seat where its token must not be told, or is not known: the same before its desk comes and after."""
    return (seat.digest if isinstance(seat, Heir) else digest_of(seat.token))[:_ID]


def path_kind(address: str, own: frozenset[str]) -> Literal["computer", "network", "direct"]:
    """What lies between this computer, with its `own` addresses, and one at `address`, both without a port."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # a way of a kind that later versions have
        return "direct"
    if ip.is_loopback or address in own:
        return "computer"
    return "network" if ip.is_private or ip.is_link_local else "direct"
