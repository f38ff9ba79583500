"""`/v1/deputies`: who could go on where this hub cannot; `/v1/term`: who runs the session, as hubs and desks ask."""

import asyncio
import re
from collections.abc import Callable
from typing import Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.decoding import Unreadable, read_json
from sessions.core.terms.claims import Claim, claim_of
from sessions.files.errors import SaveFailed
from sessions.hub.away.asking import asking
from sessions.hub.away.endpoint import TICKET
from sessions.hub.protocol.takeover import (
    DESK_AT,
    DeputiesView,
    Deputy,
    DeputyRequest,
    Heir,
    SourceSettings,
    Standing,
    TermBegun,
    host_in,
)
from sessions.hub.server.entry.access import Access, Keys, digest_of
from sessions.hub.server.entry.lines import REMOTE
from sessions.hub.server.responses import ApiError, json_response, moderator_of, read_body
from sessions.hub.server.service import LiveSession

_KEY = re.compile(r"[0-9a-f]{64}", re.ASCII)

PATH = "/v1/term"
"""The call that needs no seat, but to be known as one who may ask."""


class Succession(Protocol):
    """What a hub has to do with others that may run the session: where it is, and whether it still does."""

    @property
    def settings(self) -> SourceSettings:
        """With which sources it runs."""
        ...

    @property
    def url(self) -> str:
        """Where it is on this computer."""
        ...

    def ticket(self) -> str:
        """By what it is dialled from other homes; empty where that way is not open."""
        ...

    async def heard(self, standing: Standing) -> None:
        """Somebody says who runs the session; a hub above which another one is stops."""
        ...

    async def sure(self) -> None:
        """Return once it is known that this hub runs the session. Raises `ApiError` where that is not so."""
        ...


class DeputiesApi:
    """Answers these calls.

    `save_keys` and `changing` are as `JoinApi` has them.
    """

    def __init__(
        self,
        session: LiveSession,
        access: Access,
        succession: Succession,
        *,
        save_keys: Callable[[Keys], None],
        changing: asyncio.Lock,
    ) -> None:
        self._session = session
        self._access = access
        self._succession = succession
        self._save_keys = save_keys
        self._changing = changing

    def routes(self) -> list[Route]:
        """The calls."""
        return [
            Route("/v1/deputies", self._note, methods=["POST"]),
            Route(PATH, self._term, methods=["POST"]),
        ]

    @property
    def revision(self) -> str:
        """Changes whenever what deputies are told does; empty while there are none."""
        keys = self._access.keys
        if not keys.deputies:
            return ""
        told = (keys.deputies, [seat.name for seat in keys.admitted], len(keys.heirs), self._succession.ticket())
        return digest_of(msgspec.json.encode(told).decode())[:12]

    def standing(self) -> Standing:
        """That this hub runs the session, in which term, and where it is."""
        state = self._session.durable
        claim = claim_of(state.takeovers)
        return Standing(
            session=self._session.id,
            term=claim.term,
            key=claim.key,
            seq=state.seq,
            begun=tuple(TermBegun(one.seq, one.term, one.key) for one in state.takeovers),
            by=(state.takeovers[-1].by or "") if state.takeovers else "",
            runs=True,
            url=self._succession.url,
            ticket=self._succession.ticket(),
        )

    def view(self) -> DeputiesView:
        """What a deputy needs to go on."""
        return DeputiesView(
            standing=self.standing(),
            deputies=self._access.keys.deputies,
            seats=seats_to_keep(self._access.keys),
            settings=self._succession.settings,
            away=bool(self._succession.ticket()),
        )

    async def _note(self, request: Request) -> Response:
        body = await read_body(request)
        name = moderator_of(request)
        wanted = _wanted(body)
        remote: str | None = request.scope.get(REMOTE)
        told = (
            None if wanted.reads is None else self._of_session(wanted.reads),
            self._of_session(wanted.unsigned),
        )
        deputy = Deputy(name, "" if remote else wanted.url, wanted.ticket, remote or wanted.key, *told)
        async with self._changing:
            before = self._access.keys
            self._access.keep_deputy(deputy)
            if self._access.keys != before:
                try:
                    await asyncio.to_thread(self._save_keys, self._access.keys)
                except OSError as error:
                    self._access.restore(before)
                    raise SaveFailed.from_os(error) from error
        view = self.view()
        if remote is not None:
            deputies = tuple(msgspec.structs.replace(one, url="") for one in view.deputies)
            view = msgspec.structs.replace(view, standing=elsewhere(view.standing), deputies=deputies)
        return json_response(view)

    def _of_session(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that the session reads: nothing else that a desk tells is passed on to others."""
        return tuple(one for one in self._succession.settings.sources if one in names)

    async def _term(self, request: Request) -> Response:
        body = await read_body(request)
        try:
            told = read_json(body, Standing)
        except Unreadable as error:
            raise ApiError(422, "Expected what is known of the session.", field="") from error
        if told.session != self._session.id:
            raise ApiError(404, "Another session runs here.")
        await self._succession.heard(told)
        standing = self.standing()
        return json_response(standing if request.scope.get(REMOTE) is None else elsewhere(standing))


def elsewhere(standing: Standing) -> Standing:
    """The same for another computer, on which an address of this one means something else."""
    return msgspec.structs.replace(standing, url="")


def claimed(standing: Standing) -> Claim:
    """The claim of the hub that it tells of."""
    return Claim(standing.term, standing.key)


def seats_to_keep(keys: Keys) -> tuple[Heir, ...]:
    """Every seat as the hub that goes on is told of it, and this hub as one who asks."""
    by_name = {one.name: one.key for one in keys.deputies}
    bound = keys.away.bound
    seats = [
        Heir(
            seat.name,
            seat.scope,
            digest_of(seat.token),
            digest_of(asking(seat.token)),
            bound.get(seat.token) or by_name.get(seat.name, ""),
            here=seat.token not in bound,
        )
        for seat in keys.admitted
    ]
    return (*seats, *keys.heirs, Heir("", "moderator", "", digest_of(keys.ask or asking(keys.token))))


def _wanted(body: bytes) -> DeputyRequest:
    try:
        wanted = read_json(body, DeputyRequest)
    except Unreadable as error:
        raise ApiError(422, 'Expected {"url", "ticket", "key", "reads", "unsigned"}.', field="") from error
    told = {
        "url": not wanted.url or host_in(wanted.url) in DESK_AT,
        "ticket": not wanted.ticket or TICKET.fullmatch(wanted.ticket),
        "key": not wanted.key or _KEY.fullmatch(wanted.key),
    }
    for field, fits in told.items():
        if not fits:
            raise ApiError(422, f"{field} is none that a desk has.", field=field)
    return wanted
