"""`GET /v1/sessions` and `GET /v1/sessions/{id}/events`: the chats in the hub's library, for whoever has a token.

Reading a library takes threads, which saving the live chat needs too, and a long chat takes memory: so one call of each
scope reads at a time, and all who read the same chat share what was read.
"""

import asyncio
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sessions.core.events import Scope
from sessions.core.evolve import fold
from sessions.core.state import SessionState
from sessions.files.errors import StorageError
from sessions.hub.protocol.exchange import SavedChats, SavedView
from sessions.hub.server.entry.access import Caller
from sessions.hub.server.log import EventLog
from sessions.hub.server.responses import ApiError, json_response
from sessions.hub.server.stream import LogReader, Snapshot, Turns
from sessions.library.index import Summary, summaries
from sessions.library.library import Library
from sessions.library.storage.reading import read_events, read_judged_events

HELD = 3
"""Saved chats that are held while somebody reads them, above which an observer gets none that is not."""


class SavedApi:
    """Answers the calls for saved chats; `turns` are as `Snapshot` has them."""

    def __init__(self, library: Library, turns: Turns) -> None:
        self._library = library
        self._turns = turns
        self._reading: dict[Scope, asyncio.Lock] = {"moderator": asyncio.Lock(), "observer": asyncio.Lock()}
        self._held: WeakValueDictionary[tuple[str, Scope, bool], _SavedLog] = WeakValueDictionary()

    def routes(self) -> list[Route]:
        """The calls."""
        return [
            Route("/v1/sessions", self._list, methods=["GET"]),
            Route("/v1/sessions/{id}/events", self._events, methods=["GET"]),
        ]

    async def _list(self, request: Request) -> Response:
        caller: Caller = request.scope["caller"]
        async with self._reading[caller.scope]:
            chats = await asyncio.to_thread(summaries, self._library)
        return json_response(SavedChats([_view(saved) for saved in chats if not saved.damaged]))

    async def _events(self, request: Request) -> ASGIApp:
        caller: Caller = request.scope["caller"]
        wanted: str = request.path_params["id"]
        now = request.query_params.get("newcomers") == "now"
        async with self._reading[caller.scope]:
            saved = self._held.get((wanted, caller.scope, now))
            if saved is None:
                if caller.scope == "observer" and len(self._held) >= HELD:
                    raise ApiError(503, "Others are reading saved chats now. Try again in a minute.")
                saved = await asyncio.to_thread(self._read, wanted, caller.scope, now=now)
                self._held[wanted, caller.scope, now] = saved
        return Snapshot(LogReader(saved.log, saved.state, caller, 0), self._turns.of(caller), held=saved)

    def _read(self, wanted: str, scope: Scope, *, now: bool) -> "_SavedLog":
        """A saved chat, with who was new as it is known `now`; the id is compared with those there are, it is never a
        path."""
        found = next((one for one in self._library.saved_chats() if one.id == wanted), None)
        if found is None:
            raise ApiError(404, "There is no such saved chat.")
        try:
            log = EventLog(read_judged_events(found.path) if now else read_events(found.path))
        except StorageError as error:
            raise ApiError(404, "That chat cannot be read. Its file is damaged.") from error
        return _SavedLog(log, fold(log.events()) if scope == "observer" else SessionState())


class _SavedLog:
    """What was read of a chat, for as long as somebody is sent it; its state is that for an observer."""

    def __init__(self, log: EventLog, state: SessionState) -> None:
        self.log = log
        self.state = state


def _view(saved: Summary) -> SavedView:
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
