"""`POST /v1/presence`: a moderator's desk tells where it is, so that the others' can show it."""

import math

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.decoding import Unreadable, read_json
from sessions.hub.protocol.presence import DESK_HEADER, PresenceRequest
from sessions.hub.server.responses import ApiError, moderator_of, read_body
from sessions.hub.server.service import LiveSession

LARGEST = 4 * 1024
"""Bytes that a desk needs at most to tell where it is."""


LONGEST_DESK = 40
"""Letters that tell desks of one moderator apart."""


class PresenceApi:
    """Answers the call. Nothing of it is saved, and nothing waits for it."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session

    def routes(self) -> list[Route]:
        """The call."""
        return [Route("/v1/presence", self._tell, methods=["POST"])]

    async def _tell(self, request: Request) -> Response:
        body = await read_body(request, LARGEST)
        me = moderator_of(request)
        try:
            where = read_json(body, PresenceRequest)
        except Unreadable as error:
            raise ApiError(422, 'Expected {"pane": "...", "claim": {"kind": "...", "about": "..."}}.') from error
        wait = self._session.tell_presence(me, where, request.headers.get(DESK_HEADER, "")[:LONGEST_DESK])
        if wait > 0:
            raise ApiError(429, "This desk tells too often where it is.", again_after=math.ceil(wait / 1000))
        return Response(status_code=204)
