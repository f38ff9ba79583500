"""Answers over a line between two homes are sent in gzip, complete at each piece; those on this computer are not."""

import random
import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message

from sessions.core.commands import Note
from sessions.core.events import NoteAdded
from sessions.hub.client.client import Events, HubClient, Invite
from sessions.hub.server.squeezing import LEAST, squeezed, takes_gzip
from tests.sessions.hub.elsewhere import away_hub, needs_iroh
from tests.sessions.hub.live import Feed
from tests.waiting import patience


async def sent(*messages: Message) -> list[Message]:
    """What becomes of an answer."""
    out: list[Message] = []

    async def send(message: Message) -> None:
        out.append(message)

    sending = squeezed(send)
    for message in messages:
        await sending(message)
    return out


def start(status: int = 200, **headers: str) -> Message:
    """The beginning of an answer."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": pairs}


def body(words: bytes, *, more: bool) -> Message:
    """A piece of one."""
    return {"type": "http.response.body", "body": words, "more_body": more}


async def test_each_piece_of_a_stream_can_be_read_as_soon_as_it_came() -> None:
    pieces = [random.Random(number).randbytes(700) for number in range(5)]
    out = await sent(start(), *(body(piece, more=True) for piece in pieces), body(b"", more=False))
    assert dict(out[0]["headers"]) == {b"content-encoding": b"gzip", b"vary": b"accept-encoding"}
    reading = zlib.decompressobj(31)
    assert [reading.decompress(message["body"]) for message in out[1:]] == [*pieces, b""]
    assert reading.eof


@pytest.mark.parametrize(
    "answer",
    [start(status=409), start(content_length=str(LEAST - 1)), start(content_encoding="gzip")],
)
async def test_what_is_short_refused_or_packed_already_goes_out_as_it_is(answer: Message) -> None:
    words = body(b"{}", more=False)
    assert await sent(answer, words) == [answer, words]


@pytest.mark.parametrize(
    ("accepts", "takes"), [(b"gzip, deflate", True), (b"GZIP", True), (b"identity", False), (b"", False)]
)
def test_only_who_can_read_it_is_sent_it(accepts: bytes, takes: bool) -> None:
    scope: dict[str, Any] = {"type": "http", "headers": [(b"accept-encoding", accepts)]}
    assert takes_gzip(scope) is takes


@needs_iroh
async def test_a_chat_comes_in_less_to_another_home_and_whole_and_live_events_at_once(tmp_path: Path) -> None:
    feed = Feed()
    async with away_hub(tmp_path, sources=[feed]) as hub:
        words = random.Random(1)
        for number in range(300):
            text = " ".join(words.choices(("stations", "timer", "pupils", "we", "try", "to", "rotate", "every"), k=20))
            feed.post(f"A{number % 6} {number} {text}", f"teacher{number % 40}")
        await hub.live.until(lambda session: len(session.durable.posts) == 300)
        invite = Invite.parse((await hub.invite())["invite"])
        computer = hub.elsewhere()
        ben = computer.client(invite)
        seat = await ben.join("Ben")
        http = computer.http(invite.ticket, seat.token)
        plain = await http.get("/v1/events", headers={"Accept-Encoding": "identity"})
        packed = await http.get("/v1/events")
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert packed.num_bytes_downloaded * 3 < plain.num_bytes_downloaded
        here = await (await hub.live.join("Ana")).http.get("/v1/events")
        assert "content-encoding" not in here.headers

        following = ben.follow()
        async with patience():
            seen = 0
            while seen < 300:
                update = await anext(following)
                seen += len(update.events) if isinstance(update, Events) else 0
            await ben.command(Note(id="n1", text="at once"))
            while not (isinstance(update := await anext(following), Events) and _has_note(update)):
                pass
        await following.aclose()


def _has_note(update: Events) -> bool:
    return any(isinstance(event, NoteAdded) for event in update.events)


async def test_what_says_that_it_is_gzip_and_is_none_is_no_hub() -> None:
    def damaged(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))

    client = HubClient(Invite("http://elsewhere", "t" * 43), transport=httpx.MockTransport(damaged))
    with pytest.raises(Exception, match="no hub of this version"):
        await client.session()
    await client.aclose()
