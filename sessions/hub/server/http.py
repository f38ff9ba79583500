"""The HTTP API of the hub (docs/develop/hub.md): JSON under `/v1`, a bearer token always."""

import re
from collections.abc import Callable, Collection

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sessions.core.commands import decode_command
from sessions.hub.protocol.responses import Accepted, Problem
from sessions.hub.server.access import Access, Caller, Keys
from sessions.hub.server.asking import check_asking, own_names
from sessions.hub.server.exchange import ExchangeApi, OnReceived
from sessions.hub.server.joining import JoinApi
from sessions.hub.server.lines import make_known
from sessions.hub.server.responses import ERRORS, ApiError, answer_error, json_response, moderator_of, read_body
from sessions.hub.server.saved import SavedApi
from sessions.hub.server.service import LiveSession
from sessions.hub.server.session_view import session_view
from sessions.hub.server.sign_ins import HubSignIns, SignInApi
from sessions.hub.server.stream import LiveStream, LogReader, Snapshot, Turns
from sessions.library.library import Library

_SEQ = re.compile(r"[0-9]{1,18}", re.ASCII)


class HubApi:
    """Answers the calls of the contract for one live session.

    `save_keys` and `ended` are as `JoinApi` has them. `stopping` tells streams to end. `on_received` is told of what
    another library gave; see `ExchangeApi`. Desks may add to `sign_ins`; see `SignInApi`. `names` are what the hub is
    called beside what this computer is; see `check_asking`.
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
    ) -> None:
        self._session = session
        self._access = access
        self._stopping = stopping
        self._names = own_names().union(name.lower() for name in names)
        self._seating = JoinApi(session, access, save_keys=save_keys, ended=ended)
        self._turns = Turns()
        self._saved = SavedApi(library, self._turns)
        self._exchanging = ExchangeApi(session, library, on_received)
        self._lending = SignInApi(sign_ins or HubSignIns())

    def app(self) -> ASGIApp:
        """The ASGI application. Who has no valid token learns nothing but that, not even which paths there are."""
        routes = [
            Route("/v1/moderators", self._seating.join, methods=["POST"]),
            Route("/v1/session", self._show, methods=["GET"]),
            Route("/v1/events", self._events, methods=["GET"]),
            Route("/v1/commands", self._command, methods=["POST"]),
            *self._saved.routes(),
            *self._exchanging.routes(),
            *self._lending.routes(),
        ]
        inner = Starlette(routes=routes, exception_handlers=dict.fromkeys(ERRORS, answer_error))
        inner.router.redirect_slashes = False

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                headers = Request(scope).headers
                caller = self._access.caller(headers.get("authorization"))
                if caller is None:
                    answer = json_response(Problem("No valid token. Ask a host for the invite."), 401)
                    answer.headers["www-authenticate"] = "Bearer"
                    await answer(scope, receive, send)
                    return
                try:
                    check_asking(headers, self._names)
                except ApiError as error:
                    await (await answer_error(Request(scope), error))(scope, receive, send)
                    return
                scope["caller"] = caller
                make_known(scope, caller)
                self._note_presence(caller)
            await inner(scope, receive, send)

        return guarded

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
        )
        return json_response(view)

    async def _events(self, request: Request) -> ASGIApp:
        after = _seq_in(request.query_params.get("after"), "after")
        last = request.headers.get("last-event-id")
        if last:
            after = _seq_in(last, "Last-Event-ID")
        caller: Caller = request.scope["caller"]
        if "text/event-stream" in request.headers.get("accept", "").lower():
            return LiveStream(self._session, caller, after, self._stopping, self._turns.of(caller))
        return Snapshot(LogReader(self._session.log, self._session.durable, caller, after), self._turns.of(caller))

    async def _command(self, request: Request) -> Response:
        body = await read_body(request)
        by = moderator_of(request)
        return json_response(Accepted(await self._session.command(decode_command(body), by)))


def _seq_in(written: str | None, field: str) -> int:
    if written is None:
        return 0
    if not _SEQ.fullmatch(written):
        raise ApiError(422, f"{field} must be the number of an event, 0 or more.", field=field)
    return int(written)
