"""The HTTP API of the hub (docs/develop/hub.md): JSON under `/v1`, a bearer token always."""

import asyncio
import re
from collections.abc import Callable, Collection, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sessions.core.commands import decode_command
from sessions.hub.away.asking import proof_for
from sessions.hub.protocol.responses import UNKNOWN_CALLER, Accepted, Problem
from sessions.hub.protocol.takeover import Proof
from sessions.hub.server.calls.asking import check_asking, own_names
from sessions.hub.server.calls.deputies import PATH, DeputiesApi, Succession
from sessions.hub.server.calls.exchange import ExchangeApi, OnReceived
from sessions.hub.server.calls.joining import JoinApi
from sessions.hub.server.calls.same_names import SameNamesApi
from sessions.hub.server.calls.saved import SavedApi
from sessions.hub.server.calls.session_view import session_view
from sessions.hub.server.calls.sign_ins import HubSignIns, SignInApi
from sessions.hub.server.calls.sources import SourcesApi
from sessions.hub.server.calls.whereabouts import PresenceApi
from sessions.hub.server.entry.access import Access, Caller, Keys
from sessions.hub.server.entry.lines import REMOTE, make_known
from sessions.hub.server.inviting.calls import InvitingApi, WayIn
from sessions.hub.server.inviting.invites import Closed, Invites
from sessions.hub.server.inviting.seats import SeatsApi
from sessions.hub.server.responses import ERRORS, ApiError, answer_error, json_response, moderator_of, read_body
from sessions.hub.server.service import LiveSession
from sessions.hub.server.squeezing import squeezed, takes_gzip
from sessions.hub.server.stream import LiveStream, LogReader, Snapshot, Turns
from sessions.library.library import Library
from sessions.networks.source import Source

_BEFORE_SITTING_DOWN = {("POST", "/v1/moderators"), ("GET", "/v1/session")}
"""What an invite from another home opens by itself: seeing who is there, and sitting down."""

_SEQ = re.compile(r"[0-9]{1,18}", re.ASCII)


class HubApi:
    """Answers the calls of the contract for one live session.

    `save_keys` and `ended` are as `JoinApi` has them. `stopping` tells streams to end. `on_received` is told of what
    another library gave; see `ExchangeApi`. Desks may add to `sign_ins`; see `SignInApi`. `names` are what the hub is
    called beside what this computer is; see `check_asking`.
    `sources` are those that run: see `SourcesApi`.
    `succession` is how the session goes on elsewhere, None where it does not.
    `way` is that in from other homes, None where this hub has none. `proxied` says that a proxy is in front of it.
    """

    def __init__(
        self,
        session: LiveSession,
        access: Access,
        library: Library,
        *,
        save_keys: Callable[[Keys], None],
        stopping: Callable[[], bool],
        on_received: OnReceived = lambda _events: None,
        sign_ins: HubSignIns | None = None,
        ended: Callable[[Caller], None] = lambda _caller: None,
        names: Collection[str] = (),
        way: WayIn | None = None,
        sources: Sequence[Source] = (),
        proxied: bool = False,
        succession: Succession | None = None,
    ) -> None:
        self._session = session
        self._access = access
        self._stopping = stopping
        self._names = own_names().union(name.lower() for name in names)
        self._turns = Turns()
        self._saved = SavedApi(library, self._turns)
        changing = asyncio.Lock()
        self._seating = JoinApi(session, access, save_keys=save_keys, ended=ended, changing=changing)
        self._invites = Invites(access, session.clock.now_ms)

        def withdrawn(caller: Caller) -> None:
            session.forget(caller.name or "", caller.scope)
            ended(caller)

        self.inviting: InvitingApi | None = None
        if way is not None:
            self.inviting = InvitingApi(
                access, self._invites, way, save_keys=save_keys, ended=withdrawn, changing=changing
            )
        self._seats = SeatsApi(
            session, access, way, local=not proxied, save_keys=save_keys, ended=withdrawn, changing=changing
        )
        self.deputies = None
        if succession is not None:
            self.deputies = DeputiesApi(session, access, succession, save_keys=save_keys, changing=changing)
        self._succession = succession
        self._exchanging = ExchangeApi(session, library, on_received)
        self._lending = SignInApi(sign_ins or HubSignIns())
        self._sources = SourcesApi(sources)
        self._same_names = SameNamesApi(session, library)
        self._presence = PresenceApi(session)

    def app(self) -> ASGIApp:
        """The ASGI application. Who has no valid token learns nothing but that, not even which paths there are."""
        routes = [
            Route("/v1/moderators", self._seating.join, methods=["POST"]),
            Route("/v1/session", self._show, methods=["GET"]),
            Route("/v1/events", self._events, methods=["GET"]),
            Route("/v1/commands", self._command, methods=["POST"]),
            *self._saved.routes(),
            *self._seats.routes(),
            *self._exchanging.routes(),
            *self._lending.routes(),
            *self._sources.routes(),
            *self._same_names.routes(),
            *self._presence.routes(),
            *(self.inviting.routes() if self.inviting is not None else ()),
            *(self.deputies.routes() if self.deputies is not None else ()),
        ]
        inner = Starlette(routes=routes, exception_handlers=dict.fromkeys(ERRORS, answer_error))
        inner.router.redirect_slashes = False

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                headers = Request(scope).headers
                proof = self._proof(scope)
                if proof is not None:
                    await json_response(Proof(proof))(scope, receive, send)
                    return
                try:
                    caller = self._caller(scope)
                except Closed as closed:
                    await _closed(closed)(scope, receive, send)
                    return
                try:
                    check_asking(headers, self._names)
                except ApiError as error:
                    await (await answer_error(Request(scope), error))(scope, receive, send)
                    return
                scope["caller"] = caller
                make_known(scope, caller)
                self._note_presence(caller)
                if caller.key is not None and takes_gzip(scope):
                    send = squeezed(send)
            await inner(scope, receive, send)

        return guarded

    def _caller(self, scope: Scope) -> Caller:
        """Who calls. Raises `Closed`."""
        authorization, key = Request(scope).headers.get("authorization"), scope.get(REMOTE)
        asks = scope["path"] == PATH
        if asks and self._access.may_ask(authorization):
            return Caller("moderator", None, key)
        caller = self._access.caller(authorization, key)
        if caller is None:
            by = self._access.ended_by(authorization, key)
            if by is not None:
                raise Closed(401, f"{by} took your seat back. Ask for a new invite to come again.")
        if caller is None and key is not None:
            caller = self._invites.caller(authorization, key)
            if (scope["method"], scope["path"]) not in _BEFORE_SITTING_DOWN:
                raise Closed(403, "This invite lets you sit down, and nothing else: POST to /v1/moderators.")
        if caller is None:
            raise Closed(401, UNKNOWN_CALLER)
        if asks:
            raise Closed(403, "A seat does not ask that, but what its desk asks others with.")
        return caller

    def _proof(self, scope: Scope) -> str | None:
        """That this is a hub of the session, for whoever asks it so on this computer before they tell who they are."""
        if self._succession is None or scope["path"] != PATH or scope.get(REMOTE) is not None:
            return None
        headers = Request(scope).headers
        if "origin" in headers:
            return None
        return proof_for(headers.get("authorization"), self._access.askers(), self._succession.url)

    def _note_presence(self, caller: Caller) -> None:
        self._session.seen(caller.name, caller.scope)

    async def _show(self, _request: Request) -> Response:
        session = self._session
        now = session.clock.now_ms()
        view = session_view(
            session.durable,
            id=session.id,
            now=now,
            sources=session.sources,
            present=lambda one: session.present(one.name, one.scope),
            onlookers=session.onlookers(),
            next_tries=self._sources.next_tries(),
        )
        return json_response(view)

    async def _events(self, request: Request) -> ASGIApp:
        after = _seq_in(request.query_params.get("after"), "after")
        last = request.headers.get("last-event-id")
        if last:
            after = _seq_in(last, "Last-Event-ID")
        caller: Caller = request.scope["caller"]
        if "text/event-stream" in request.headers.get("accept", "").lower():
            deputies = self.deputies
            return LiveStream(
                self._session,
                caller,
                after,
                self._stopping,
                self._turns.of(caller),
                lambda: "" if deputies is None else deputies.revision,
            )
        return Snapshot(LogReader(self._session.log, self._session.durable, caller, after), self._turns.of(caller))

    async def _command(self, request: Request) -> Response:
        body = await read_body(request)
        by = moderator_of(request)
        if self._succession is not None:
            await self._succession.sure()
        return json_response(Accepted(await self._session.command(decode_command(body), by)))


def _closed(closed: Closed) -> Response:
    answer = json_response(Problem(str(closed)), closed.status)
    if closed.status == 401:
        answer.headers["www-authenticate"] = "Bearer"
    if closed.again_after is not None:
        answer.headers["retry-after"] = str(closed.again_after)
    return answer


def _seq_in(written: str | None, field: str) -> int:
    if written is None:
        return 0
    if not _SEQ.fullmatch(written):
        raise ApiError(422, f"{field} must be the number of an event, 0 or more.", field=field)
    return int(written)
