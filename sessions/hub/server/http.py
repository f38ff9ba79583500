"""The HTTP API of the hub (docs/develop/hub.md): JSON under `/v1`, a bearer token always."""

import asyncio
import re
from collections.abc import Callable, Collection

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sessions.core.commands import decode_command
from sessions.core.evolve import fold
from sessions.files.errors import StorageError
from sessions.hub.protocol.exchange import SavedChats, SavedView
from sessions.hub.protocol.responses import Accepted, Problem
from sessions.hub.server.access import Access, Caller, Keys
from sessions.hub.server.asking import check_asking, own_names
from sessions.hub.server.exchange import ExchangeApi, OnReceived
from sessions.hub.server.joining import JoinApi
from sessions.hub.server.lines import make_known
from sessions.hub.server.log import EventLog
from sessions.hub.server.observer_view import ObserverView
from sessions.hub.server.responses import ERRORS, ApiError, answer_error, json_response, moderator_of, read_body
from sessions.hub.server.service import LiveSession
from sessions.hub.server.session_view import session_view
from sessions.hub.server.sign_ins import HubSignIns, SignInApi
from sessions.hub.server.stream import LiveStream, Snapshot
from sessions.library.index import Summary, summaries
from sessions.library.library import Library
from sessions.library.storage.reading import read_events

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
        self._library = library
        self._stopping = stopping
        self._names = own_names().union(name.lower() for name in names)
        self._seating = JoinApi(session, access, save_keys=save_keys, ended=ended)
        self._exchanging = ExchangeApi(session, library, on_received)
        self._lending = SignInApi(sign_ins or HubSignIns())

    def app(self) -> ASGIApp:
        """The ASGI application. Who has no valid token learns nothing but that, not even which paths there are."""
        routes = [
            Route("/v1/moderators", self._seating.join, methods=["POST"]),
            Route("/v1/session", self._show, methods=["GET"]),
            Route("/v1/events", self._events, methods=["GET"]),
            Route("/v1/commands", self._command, methods=["POST"]),
            Route("/v1/sessions", self._saved, methods=["GET"]),
            *self._exchanging.routes(),
            *self._lending.routes(),
            Route("/v1/sessions/{id}/events", self._saved_events, methods=["GET"]),
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
            return LiveStream(self._session, caller, after, self._stopping)
        return Snapshot(self._session, caller, after)

    async def _command(self, request: Request) -> Response:
        body = await read_body(request)
        by = moderator_of(request)
        return json_response(Accepted(await self._session.command(decode_command(body), by)))

    async def _saved(self, _request: Request) -> Response:
        chats = await asyncio.to_thread(summaries, self._library)
        return json_response(SavedChats([_saved_view(saved) for saved in chats if not saved.damaged]))

    async def _saved_events(self, request: Request) -> Response:
        caller: Caller = request.scope["caller"]
        body = await asyncio.to_thread(self._saved_lines, request.path_params["id"], caller)
        return Response(body, media_type="application/x-ndjson")

    def _saved_lines(self, wanted: str, caller: Caller) -> bytes:
        """The events of a saved chat, one a line; the id is compared with those there are, it is never a path."""
        found = next((one for one in self._library.saved_chats() if one.id == wanted), None)
        if found is None:
            raise ApiError(404, "There is no such saved chat.")
        try:
            log = EventLog(read_events(found.path))
        except StorageError as error:
            raise ApiError(404, "That chat cannot be read. Its file is damaged.") from error
        entries = log.between(0, log.seq)
        if caller.scope == "observer":
            entries = ObserverView(log, fold(log.events()), 0).entries(entries)
        return b"".join(entry.line + b"\n" for entry in entries)


def _seq_in(written: str | None, field: str) -> int:
    if written is None:
        return 0
    if not _SEQ.fullmatch(written):
        raise ApiError(422, f"{field} must be the number of an event, 0 or more.", field=field)
    return int(written)


def _saved_view(saved: Summary) -> SavedView:
    return SavedView(
        id=saved.id,
        date=saved.date,
        title=saved.title,
        hashtags=saved.hashtags,
        series=saved.series,
        started=saved.started,
        ended=saved.ended,
        rehearsal=saved.rehearsal,
        events=saved.events,
        marks=saved.marks,
    )
