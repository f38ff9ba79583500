"""The call with which a moderator has the sources that failed tried again now, and when they are by themselves."""

import logging
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.hub.protocol.sources import TriedSources
from sessions.hub.server.responses import json_response, moderator_of, read_body
from sessions.networks.source import Source, Tried, TryingAgain

logger = logging.getLogger(__name__)


class SourcesApi:
    """Answers the call for these sources."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    def routes(self) -> list[Route]:
        """The call."""
        return [Route("/v1/sources/try", self._try, methods=["POST"])]

    def next_tries(self) -> Mapping[str, int]:
        """When the sources that failed try again (the session's clock, UTC milliseconds), by name."""
        tries = {one.name: one.next_try for one in self._sources if isinstance(one, TryingAgain)}
        return {name: at for name, at in tries.items() if at is not None}

    async def _try(self, request: Request) -> Response:
        await read_body(request)
        by = moderator_of(request)
        tried: dict[str, Tried | None] = {
            one.name: one.try_now() for one in self._sources if isinstance(one, TryingAgain)
        }
        now, later = (tuple(name for name, when in tried.items() if when == wanted) for wanted in ("now", "later"))
        logger.info("%s has %s tried again.", by, ", ".join(now) or "no source")
        return json_response(TriedSources(now, later))
