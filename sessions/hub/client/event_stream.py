"""Following a session: one connection after the other, as one stream that neither loses nor doubles an event."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx
import httpx_sse

from sessions.core.cleaning import clean_name
from sessions.core.decoding import JsonReader, Unreadable, read_json
from sessions.core.events import AnyEvent, SessionClosed, decode_event
from sessions.files.backoff import backoff
from sessions.hub.client.updates import Beat, Ended, Events, HubUpdate, Offline, Online
from sessions.hub.protocol.responses import UNKNOWN_CALLER, Problem
from sessions.hub.protocol.stream import Heartbeat
from sessions.words import _

SILENCE = 12.0
"""Seconds without a word of the hub, which has a heartbeat every 2, after which the connection counts as lost."""

PATIENCE = 2
"""Failures in a row before a desk is told."""

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0
"""Seconds between two tries, as `backoff` takes them."""

BATCH = 500
"""Events in one batch at most."""

_BUFFER = 5000

_NO_SEAT = _("The hub does not know this token any more. Join again with a new invite.")

LONGEST_WORDS = 300
"""Characters of what a hub says when it lets somebody in no more."""


_heartbeats = JsonReader(Heartbeat)


class _Lost(Exception):
    """The connection is of no use any more; the message says why in words."""


class _Silent(_Lost):
    """The connection stands but says nothing; that was waited for long enough already."""


class _Over(Exception):
    """No connection will be of use any more; the message says why in words."""


async def follow(
    client: httpx.AsyncClient,
    after: int,
    *,
    monotonic: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
    silence: float = SILENCE,
) -> AsyncGenerator[HubUpdate, None]:
    """What happens in the session from behind the event `after`; goes on over lost connections until it is over.

    After `silence` seconds without a word a connection counts as lost. `client` knows address and token. Close it
    (`aclose`) when it is not read to its end.
    """
    place = after
    closed = False
    failures, since, said_offline, first = 0, 0.0, False, True
    while True:
        connection = _Connection(client, place, monotonic, silence)
        if failures == 0:
            since = monotonic()
        try:
            async for update in connection.read():
                if first or said_offline:
                    first = said_offline = False
                    yield Online()
                failures, since = 0, monotonic()
                if isinstance(update, Events):
                    fresh = tuple(event for event in update.events if event.seq > place)
                    if not fresh:
                        continue
                    place = fresh[-1].seq
                    closed = closed or isinstance(fresh[-1], SessionClosed)
                    update = Events(fresh)
                yield update
            why = _("The hub ended the connection.")
        except _Over as over:
            yield Ended(str(over))
            return
        except _Lost as lost:
            why = str(lost)
            if isinstance(lost, _Silent):
                failures = max(failures, PATIENCE - 1)
        finally:
            await connection.close()
        if closed:
            yield Ended(_("The chat is closed."))
            return
        failures += 1
        wait = backoff(failures, FIRST_WAIT, LONGEST_WAIT)
        if failures >= PATIENCE:
            said_offline = True
            yield Offline(since, failures, why, wait)
        await sleep(wait)


class _Connection:
    """One connection. A task reads it ahead, so that what has arrived together is told together."""

    def __init__(self, client: httpx.AsyncClient, after: int, monotonic: Callable[[], float], silence: float) -> None:
        self._client = client
        self._after = after
        self._silence = silence
        self._monotonic = monotonic
        self._arrived: list[AnyEvent | Beat] = []
        self._news = asyncio.Event()
        self._space = asyncio.Event()
        self._reading = asyncio.create_task(self._read_ahead())
        self._reading.add_done_callback(lambda _task: self._news.set())

    async def read(self) -> AsyncGenerator[Events | Beat, None]:
        """Batches and heartbeats until the hub ends the connection; raises `_Lost` or `_Over`."""
        while True:
            await self._news.wait()
            self._news.clear()
            ended = self._reading.done()
            arrived, self._arrived = self._arrived, []
            self._space.set()
            for update in _batches(arrived):
                yield update
            if ended:
                self._reading.result()
                return

    async def close(self) -> None:
        """Let the connection go."""
        self._reading.cancel()
        await asyncio.wait([self._reading])
        if not self._reading.cancelled():
            self._reading.exception()  # retrieved, so that nothing is said of a loss that nobody waits for

    async def _read_ahead(self) -> None:
        timeout = httpx.Timeout(5.0, read=self._silence)
        headers = {"Last-Event-ID": str(self._after)}
        try:
            async with httpx_sse.aconnect_sse(
                self._client, "GET", "/v1/events", headers=headers, timeout=timeout
            ) as source:
                await _check(source.response)
                async for message in source.aiter_sse():
                    await self._take(message)
        except (Unreadable, httpx_sse.SSEError, httpx.DecodingError, UnicodeError) as error:
            raise _Lost(_("What answers at the hub's address is no hub of this version.")) from error
        except httpx.ReadTimeout as error:
            raise _Silent(_("The hub says nothing.")) from error
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _Lost(_("The hub does not answer.")) from error
        except httpx.TransportError as error:
            raise _Lost(_("The connection to the hub broke.")) from error

    async def _take(self, message: httpx_sse.ServerSentEvent) -> None:
        if message.event == "heartbeat":
            beat = _heartbeats.read(message.data)
            told = beat.now, beat.seq, beat.trouble, beat.observers, beat.pointed, beat.deputies
            self._arrived.append(Beat(*told, beat.others, beat.absent, received=self._monotonic()))
        elif message.data:
            self._arrived.append(decode_event(message.data.encode()))
        self._news.set()
        while len(self._arrived) >= _BUFFER:
            self._space.clear()
            await self._space.wait()


async def _check(response: httpx.Response) -> None:
    if response.status_code in (401, 403):
        raise _Over(await _refused(response))
    if response.status_code != 200:
        raise _Lost(_("The hub answers {status_code}.").format(status_code=response.status_code))


async def _refused(response: httpx.Response) -> str:
    """Why a seat is none any more, in the hub's words where it knows."""
    try:
        await response.aread()
        said = clean_name(read_json(response.content, Problem).error, LONGEST_WORDS)
    except (httpx.TransportError, Unreadable):
        said = UNKNOWN_CALLER
    return _NO_SEAT if said == UNKNOWN_CALLER else said


def _batches(arrived: list[AnyEvent | Beat]) -> list[Events | Beat]:
    """The same in order, with events that follow one another put together."""
    batches: list[Events | Beat] = []
    run: list[AnyEvent] = []
    for one in arrived:
        if run and (isinstance(one, Beat) or len(run) == BATCH):
            batches.append(Events(tuple(run)))
            run = []
        if isinstance(one, Beat):
            batches.append(one)
        else:
            run.append(one)
    if run:
        batches.append(Events(tuple(run)))
    return batches
