"""`/v1/invites`: moderators invite somebody in another home, see whom they invited, and take it back."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.commands import Refusal
from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import Scope
from sessions.hub.away.kept import AwayKeys
from sessions.hub.away.relay import AwayError
from sessions.hub.protocol.invites import InviteRequest, InvitesView, InviteView, NewInvite
from sessions.hub.protocol.seats import SeatPath
from sessions.hub.server.entry.access import Access, Caller, Keys
from sessions.hub.server.inviting.invites import Invites
from sessions.hub.server.inviting.keeping import keep_keys
from sessions.hub.server.responses import ApiError, json_response, moderator_of, read_body


class WayIn(Protocol):
    """The way in from other homes, closed until somebody asks for it."""

    @property
    def is_open(self) -> bool:
        """Whether others can come now."""
        ...

    def path(self, key: str) -> SeatPath | None:
        """How the computer with this key is reached now; None while it is not."""
        ...

    async def contacts(self) -> str:
        """Whom opening it contacts, in words. Raises `AwayError`, also where there can be no such way."""
        ...

    async def open(self) -> None:
        """Open it, where it is not. Raises `AwayError`."""
        ...

    def noted(self, away: AwayKeys) -> AwayKeys:
        """The same with what it needs to be found again after the hub was killed."""
        ...

    def ticket(self) -> str:
        """By what it is dialled now."""
        ...


class InvitingApi:
    """Answers these calls.

    `save_keys`, `ended` and `changing` are as `JoinApi` has them.
    """

    def __init__(
        self,
        access: Access,
        invites: Invites,
        way: WayIn,
        *,
        save_keys: Callable[[Keys], None],
        ended: Callable[[Caller], None],
        changing: asyncio.Lock,
    ) -> None:
        self._access = access
        self._invites = invites
        self._way = way
        self._save_keys = save_keys
        self._ended = ended
        self._changing = changing

    def routes(self) -> list[Route]:
        """The calls."""
        return [
            Route("/v1/invites", self._list, methods=["GET"]),
            Route("/v1/invites", self._invite, methods=["POST"]),
            Route("/v1/invites/{id}", self._withdraw, methods=["DELETE"]),
        ]

    async def invite(self, scope: Scope, by: str) -> NewInvite:
        """A new invite, with the way open. Raises `AwayError`, `SaveFailed`."""
        await self._way.open()
        async with self._changing:
            before = self._access.keys
            self._access.keep_away(self._way.noted(before.away))
            issued, code = self._invites.issue(scope, by)
            await self._save(before)
        return NewInvite(issued.id, f"lunchroom://{self._way.ticket()}#{code}", issued.scope, issued.until)

    async def reopen(self) -> None:
        """Open the way for those who came by it before this hub started. Raises `AwayError`, `SaveFailed`."""
        await self._way.open()
        async with self._changing:
            before = self._access.keys
            self._access.keep_away(self._way.noted(before.away))
            if self._access.keys != before:
                await self._save(before)

    async def _list(self, request: Request) -> Response:
        moderator_of(request)
        try:
            contacts, unavailable = await self._way.contacts(), None
        except AwayError as error:
            contacts, unavailable = "", str(error)
        keys = self._access.keys
        names = {seat.token: seat.name for seat in keys.admitted}
        listed = tuple(
            InviteView(one.id, one.scope, one.until, one.by, names.get(one.token))
            for one in reversed(keys.away.invites)
        )
        view = InvitesView(self._way.is_open, contacts, listed, unavailable, self._invites.wrong.count)
        return json_response(view)

    async def _invite(self, request: Request) -> Response:
        body = await read_body(request)
        by = moderator_of(request)
        try:
            wanted = read_json(body, InviteRequest)
        except Unreadable as error:
            raise ApiError(422, 'Expected {"scope": "moderator"} or "observer".', field="scope") from error
        try:
            return json_response(await self.invite(wanted.scope, by), 201)
        except AwayError as error:
            return json_response(Refusal(str(error)), 409)

    async def _withdraw(self, request: Request) -> Response:
        by = moderator_of(request)
        async with self._changing:
            before = self._access.keys
            found = self._invites.find(request.path_params["id"])
            if found is None:
                raise ApiError(404, "There is no such invite.")
            given = next((seat for seat in before.admitted if found.token and seat.token == found.token), None)
            if given is not None and (given.scope, given.name) == ("moderator", by):
                return json_response(Refusal("That is your own seat. Leave the desk instead."), 409)
            gone = self._invites.withdraw(found, by)
            await self._save(before)
        if gone is not None:
            self._ended(gone)
        return Response(status_code=204)

    async def _save(self, before: Keys) -> None:
        await keep_keys(self._access, self._save_keys, before)
