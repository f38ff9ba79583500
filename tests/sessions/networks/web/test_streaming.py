"""Answers that do not end: lines whole whatever the chunks, never packed, never without a bound."""

import gzip
import itertools
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.web.errors import Unavailable
from sessions.networks.web.fetching import open_client
from sessions.networks.web.streaming import LINE_LIMIT, lines, streaming

URL = "https://example.org/stream"


class Chunks(httpx.AsyncByteStream):
    """A body that comes in these pieces; an exception among them is raised."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self.chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk


async def heard(*chunks: bytes | Exception, status: int = 200, **headers: str) -> list[str]:
    """The lines of such an answer."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["Accept-Encoding"] == "identity"
        assert request.headers["Authorization"] == "Bearer hidden"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, headers=named, stream=Chunks(*chunks))

    async with open_client(transport=httpx.MockTransport(answer)) as client:
        wanted = {"Authorization": "Bearer hidden"}
        async with streaming(client, "GET", URL, headers=wanted, silence=20) as response:
            return [line async for line in lines(response)]


TEXT = "caf\u00e9 \u2028 \U0001f916 {}\r\n\n\U0001f469\u200d\U0001f467\nlast\n"


@given(st.lists(st.integers(0, len(TEXT.encode())), max_size=8))
async def test_lines_are_whole_wherever_they_are_cut(cuts: Sequence[int]) -> None:
    data = TEXT.encode()
    places = [0, *sorted(cuts), len(data)]
    chunks = [data[start:end] for start, end in itertools.pairwise(places)]
    assert await heard(*chunks) == ["caf\u00e9 \u2028 \U0001f916 {}", "", "\U0001f469\u200d\U0001f467", "last"]


async def test_what_stands_behind_the_last_end_is_no_line() -> None:
    assert await heard(b"one\ntw") == ["one"]


async def test_a_line_without_an_end_is_given_up() -> None:
    piece = b"x" * (LINE_LIMIT // 4)
    with pytest.raises(Unavailable, match="far too much"):
        await heard(b"one\n", *[piece] * 5)


async def test_a_packed_stream_is_not_unpacked_for_a_small_line_may_become_any_size() -> None:
    with pytest.raises(Unavailable, match="comes packed"):
        await heard(gzip.compress(b"x" * 10_000_000), Content_Encoding="gzip")


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (httpx.ReadTimeout("late"), "the stream fell silent, trying again"),
        (httpx.ReadError("reset of secret.example"), "the stream broke off, trying again"),
        (httpx.RemoteProtocolError("half a chunk"), "the stream broke off, trying again"),
    ],
)
async def test_a_break_is_one_line_without_the_address(failure: Exception, told: str) -> None:
    with pytest.raises(Unavailable) as caught:
        await heard(b"one\n", failure)
    assert caught.value.status == told
