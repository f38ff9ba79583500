"""Reading a request: no longer than it may be, and not for ever."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from sessions.hub.server import responses
from sessions.hub.server.responses import ApiError, Room, body_of, read_body


def a_request(*chunks: bytes, pause: float = 0.0) -> Request:
    """A request that brings these chunks with such a pause (seconds) before each, and then nothing more."""
    waiting = [*chunks]

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": waiting.pop(0), "more_body": waiting != [] or chunks[-1] != b"end"}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


async def test_a_body_that_stops_coming_is_answered_408_in_words() -> None:
    with pytest.raises(ApiError, match="did not come to its end") as said:
        await read_body(a_request(b"{"), longest_pause=0.01)
    assert said.value.status == 408


async def test_a_body_may_take_as_long_as_it_likes_while_it_comes() -> None:
    slow = a_request(b"a", b"b", b"c", b"end", pause=0.06)
    assert await read_body(slow, longest_pause=0.2) == b"abcend"


async def test_a_body_of_unknown_length_is_refused_as_soon_as_it_is_too_long() -> None:
    with pytest.raises(ApiError) as said:
        await read_body(a_request(b"x" * 8, b"y" * 8), 15)
    assert said.value.status == 413


async def test_a_body_that_drips_is_answered_408_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "LONGEST", 0.05)
    with pytest.raises(ApiError) as said:
        await read_body(a_request(*[b"x"] * 1000, pause=0.01), longest_pause=30)
    assert said.value.status == 408


async def test_long_bodies_share_a_room_and_leave_it_when_they_are_done_with() -> None:
    room = Room(10)
    with pytest.raises(ApiError) as said:
        async with body_of(a_request(b"1234567", b"end"), 20, room), body_of(a_request(b"end"), 20, room):
            pass
    assert said.value.status == 503
    async with body_of(a_request(b"1234567", b"end"), 20, room) as body:
        assert body == b"1234567end"
