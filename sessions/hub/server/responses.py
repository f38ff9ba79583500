"""What all calls of the hub share: reading a request, its size and its caller, and answering in JSON."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sessions.core.commands import Malformed, Refusal, Refused
from sessions.core.errors import LunchroomError
from sessions.files.errors import SaveFailed
from sessions.hub.protocol.responses import Problem
from sessions.hub.server.entry.access import Caller, NotSeated
from sessions.hub.server.entry.names import BadName
from sessions.hub.server.service import Defect

LARGEST_BODY = 64 * 1024
"""Bytes that a request may bring."""

LONGEST_PAUSE = 20.0
"""Seconds in which something more of a request has to come."""

LONGEST = 60.0
"""Seconds that any request may take, and longer where it comes at the pace of `LEAST_PACE`."""

LEAST_PACE = 32 * 1024
"""Bytes a second."""

_NOT_SEATED = 'This token only invites. POST {"name": ...} to /v1/moderators, then command with the token you get.'
_VIEW_ONLY = "You look on: only moderators can do that. Ask a host for the invite of a moderator."


class ApiError(LunchroomError):
    """An answer other than success; `field` names what is wrong with the request.

    `again_after` are whole seconds after which it may be asked again, None where that is not known.
    """

    def __init__(self, status: int, words: str, *, field: str | None = None, again_after: int | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.field = field
        self.again_after = again_after


def json_response(content: Any, status: int = 200) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")


ERRORS: tuple[type[Exception], ...] = (
    ApiError, Refused, NotSeated, Malformed, BadName, SaveFailed, HTTPException, Defect, Exception,
)  # fmt: skip
"""All that a call may raise; a server looks an error up by its class, and by those above it."""


async def answer_error(_request: Request, error: Exception) -> Response:
    """What a call is answered that raised this."""
    match error:
        case ApiError():
            answer = json_response(Problem(str(error), error.field), error.status)
            if error.again_after is not None:
                answer.headers["retry-after"] = str(error.again_after)
            return answer
        case Refused():
            return json_response(error.refusal, 409)
        case NotSeated():
            return json_response(Refusal(str(error)), 409)
        case Malformed():
            return json_response(Problem(str(error), error.field), 422)
        case BadName():
            return json_response(Problem(str(error), "name"), 422)
        case SaveFailed():
            return json_response(Problem(str(error)), 503)
        case HTTPException():
            answer = json_response(Problem(error.detail), error.status_code)
            answer.headers.update(error.headers or {})
            return answer
        case _:
            return json_response(Problem(str(Defect())), 500)


class Room:
    """How many bytes of long requests may be held at once, all of them together."""

    def __init__(self, largest: int) -> None:
        self._free = largest

    def take(self, size: int) -> None:
        """Hold so many bytes more. Raises 503 where there is no room."""
        if size > self._free:
            raise ApiError(503, "Others are sending much to the chat's computer now. Try again in a minute.")
        self._free -= size

    def give_back(self, size: int) -> None:
        """Hold so many bytes no more."""
        self._free += size


async def read_body(request: Request, largest: int = LARGEST_BODY, *, longest_pause: float = LONGEST_PAUSE) -> bytes:
    """The body, however it comes; raises 413 as soon as it is known to be too long.

    Raises 408 after `longest_pause` seconds in which nothing of it came, where it takes longer than `LONGEST` and
    comes slower than `LEAST_PACE`, and where the caller hung up meanwhile.
    """
    async with body_of(request, largest, Room(largest), longest_pause=longest_pause) as body:
        return body


@asynccontextmanager
async def body_of(
    request: Request, largest: int, room: Room, *, longest_pause: float = LONGEST_PAUSE
) -> AsyncGenerator[bytes, None]:
    """The body as `read_body` has it, and its place in `room` for as long as it is used. Raises 503 where that is full.

    Nobody else waits while it comes.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > largest:
        raise _too_large(largest)
    body = bytearray()
    loop = asyncio.get_running_loop()
    latest = loop.time() + LONGEST
    try:
        try:
            async with asyncio.timeout(longest_pause) as limit:
                async for chunk in request.stream():
                    if len(body) + len(chunk) > largest:
                        raise _too_large(largest)
                    room.take(len(chunk))
                    body += chunk
                    limit.reschedule(min(loop.time() + longest_pause, latest + len(body) / LEAST_PACE))
        except (TimeoutError, ClientDisconnect) as error:
            raise ApiError(408, "The request did not come to its end. Try again.") from error
        yield bytes(body)
    finally:
        room.give_back(len(body))


def _too_large(largest: int) -> ApiError:
    return ApiError(413, f"A request may have {largest // 1024} KiB at most.")


def moderator_of(request: Request) -> str:
    """The name of the moderator who calls. Raises 403 for whoever looks on or has only been invited."""
    caller: Caller = request.scope["caller"]
    if caller.scope == "observer":
        raise ApiError(403, _VIEW_ONLY)
    if caller.name is None:
        raise ApiError(403, _NOT_SEATED)
    return caller.name
