"""The hub's side of an exchange: what its library lacks of a joined desk's, and what is noted about people."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import AnyEvent, decode_event
from sessions.exchange.differences import sendable_people
from sessions.exchange.receiving import NotTaken, SentChat, receive_chat, receive_people
from sessions.files.errors import SaveFailed, SessionLocked, StorageError
from sessions.hub.protocol.exchange import Changed, People, SavedChat, Taken
from sessions.hub.server.entry.access import Caller
from sessions.hub.server.responses import ApiError, Room, body_of, json_response, moderator_of, read_body
from sessions.hub.server.service import LiveSession
from sessions.library.library import Library
from sessions.library.people import read_people

logger = logging.getLogger(__name__)

LARGEST_CHAT = 64 * 1024 * 1024
"""Bytes that a saved chat may bring: the 100,000 posts that a chat is built for take about half of it."""

LARGEST_PEOPLE = 8 * 1024 * 1024
"""Bytes that the people of a library may bring; one person takes a few hundred."""

LARGEST_TOGETHER = 3 * LARGEST_CHAT
"""Bytes of all that is being sent or waits to be worked on."""

OnReceived = Callable[[Sequence[AnyEvent]], None]
"""Told in a thread of the events of a chat that came, or of none where it was what is noted about people."""

Result = TypeVar("Result")


class ExchangeApi:
    """Answers the calls with which a moderator's desk fills gaps of the hub's library, and takes what that has.

    One at a time is worked on, once it has come: whoever sends slowly keeps nobody waiting. The live session is none of
    them.
    """

    def __init__(self, session: LiveSession, library: Library, on_received: OnReceived) -> None:
        self._session = session
        self._library = library
        self._took_in = on_received
        self._busy = asyncio.Lock()
        self._room = Room(LARGEST_TOGETHER)

    def routes(self) -> list[Route]:
        """The calls."""
        return [
            Route("/v1/sessions", self._take_chat, methods=["POST"]),
            Route("/v1/people", self._tell_people, methods=["GET"]),
            Route("/v1/people", self._take_people, methods=["POST"]),
        ]

    async def _tell_people(self, request: Request) -> Response:
        moderator_of(request)
        people = await self._worked(lambda: sendable_people(read_people(self._library.folder)))
        return json_response(People(people))

    async def _take_people(self, request: Request) -> Response:
        by = await _moderator(request)
        async with body_of(request, LARGEST_PEOPLE, self._room) as body, self._busy:

            def take() -> bool:
                try:
                    told = read_json(body, People)
                except Unreadable as error:
                    raise NotTaken("These are not the people of a library.") from error
                changed = receive_people(self._library, told.people)
                if changed:
                    self._took_in(())
                return changed

            changed = await self._worked(take)
        if changed:
            logger.info("%s gave what is noted about people.", by)
        return json_response(Changed(changed))

    async def _take_chat(self, request: Request) -> Response:
        by = await _moderator(request)
        async with body_of(request, LARGEST_CHAT, self._room) as body, self._busy:
            plan = self._session.durable.plan
            series = plan.series if plan is not None else ""

            def take() -> tuple[str, bool]:
                chat = _decoded(body)
                if chat.id == self._session.id:
                    raise NotTaken("That is the chat that runs here.")
                taken = receive_chat(self._library, chat, series)
                if taken:
                    self._took_in(chat.events)
                return chat.id, taken

            session_id, taken = await self._worked(take)
        if taken:
            logger.info("%s gave the saved chat %s.", by, session_id)
        return json_response(Taken(taken), 201 if taken else 200)

    async def _worked(self, work: Callable[[], Result]) -> Result:
        try:
            return await asyncio.to_thread(work)
        except NotTaken as error:
            raise ApiError(422, str(error)) from error
        except SessionLocked as error:
            raise ApiError(
                409, "That chat is being written on the chat's computer. Try again when it has ended."
            ) from error
        except SaveFailed as error:
            raise ApiError(503, f"It cannot be saved on the chat's computer: {error.reason}.") from error
        except StorageError as error:  # its words name folders of the host
            logger.warning("%s", error)
            raise ApiError(503, "The saved chats there are busy or damaged; its log tells more.") from error


async def _moderator(request: Request) -> str:
    """Who calls. Whoever is refused may bring no more than with any other call, and keeps no moderator waiting."""
    caller: Caller = request.scope["caller"]
    if caller.at != "moderator":
        await read_body(request)
    return moderator_of(request)


def _decoded(body: bytes) -> SentChat:
    try:
        sent = read_json(body, SavedChat)
        return SentChat(sent.id, sent.title, tuple(decode_event(bytes(raw)) for raw in sent.events))
    except Unreadable as error:
        raise NotTaken('Expected {"id": "...", "title": "...", "events": [...]}.') from error
