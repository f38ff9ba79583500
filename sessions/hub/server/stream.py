"""`GET /v1/events`: the events of a session as a text that ends, or as a stream that goes on."""

import asyncio
from collections.abc import Callable, Sequence

import msgspec
from starlette.types import Receive, Scope, Send

from sessions.core.events import AnyEvent
from sessions.core.state import SessionState
from sessions.hub.protocol.presence import AtDesk
from sessions.hub.protocol.stream import Heartbeat, Pointed
from sessions.hub.server.entry.access import Caller
from sessions.hub.server.entry.lines import cut_off, is_gone
from sessions.hub.server.log import Entry, EventLog
from sessions.hub.server.observer_view import ObserverView
from sessions.hub.server.service import LiveSession

HEARTBEAT = 2.0
"""Seconds between two heartbeats; the contract says at least every 5."""

PATIENCE = 10.0
"""Seconds for which a client may leave a chunk unread before it is dropped; it resumes from its last seq."""

GATHER = 0.032
"""Seconds between two writes to a client that has everything: a hundred posts a second would cost it far more read and
drawn one by one than several at a time. What comes after a silence is sent at once. It is longer than what a desk lets
pass between two drawings, so that each piece is drawn as it comes."""

CHUNK = 200
"""Events in one write, so that what is held for a slow client is bounded by these and the socket's buffers."""


class Turns:
    """Who is sent the next piece of a log: of all observers one at a time, so that many never keep a desk waiting."""

    def __init__(self) -> None:
        self._observers = asyncio.Lock()

    def of(self, caller: Caller) -> asyncio.Lock | None:
        """What this caller waits for before each piece; None where they wait for nobody."""
        return self._observers if caller.scope == "observer" else None


class LogReader:
    """One client's place in a log, with what its scope may not see left out; `state` is the fold of the log."""

    def __init__(self, log: EventLog, state: SessionState, caller: Caller, after: int) -> None:
        self._log = log
        self._place = min(after, log.seq)
        self._observed = ObserverView(log, state, self._place) if caller.scope == "observer" else None

    @property
    def at_end(self) -> bool:
        """Whether everything durable has been read."""
        return self._place >= self._log.seq

    async def next(self, line: Callable[[Entry], bytes], turn: asyncio.Lock | None) -> list[bytes]:
        """The next entries as `line` has them, none where the rest is not for this client; in its `turn`."""
        if turn is None:
            return self._next(line)
        if self.at_end:
            return []
        async with turn:
            lines = self._next(line)
            await asyncio.sleep(0)  # the turn of the next one is after everybody else's
            return lines

    def _next(self, line: Callable[[Entry], bytes]) -> list[bytes]:
        batch: Sequence[Entry] = self._log.between(self._place, self._place + CHUNK)
        if batch:
            self._place = batch[-1].event.seq
        if self._observed is not None:
            batch = self._observed.entries(batch)
        return [line(entry) for entry in batch]


class Snapshot:
    """An ASGI response with all events so far, one JSON object a line; `held` is kept until all is sent."""

    def __init__(self, reading: LogReader, turn: asyncio.Lock | None, *, held: object = None) -> None:
        self._reading = reading
        self._turn = turn
        self._held = held

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        await _start(send, b"application/x-ndjson")
        while not self._reading.at_end:
            if is_gone(scope):
                return
            body = b"".join(await self._reading.next(_as_line, self._turn))
            try:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": body, "more_body": True})
            except TimeoutError:  # too slow: without the end of the body it knows that more was to come
                await cut_off(scope)
                return
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class LiveStream:
    """An ASGI response with all events so far and then each as it becomes durable, as server-sent events.

    It ends when the client goes, reads too slowly, the hub stops (`stopping`), or the session is closed and all is
    delivered. `deputies` is as in a heartbeat. Heartbeats carry no id, so that a client resumes from its last event.
    """

    def __init__(
        self,
        session: LiveSession,
        caller: Caller,
        after: int,
        stopping: Callable[[], bool],
        turn: asyncio.Lock | None,
        deputies: Callable[[], str] = lambda: "",
    ) -> None:
        self._session = session
        self._deputies = deputies
        self._caller = caller
        self._after = after
        self._stopping = stopping
        self._turn = turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = self._session
        wake, urgent = asyncio.Event(), asyncio.Event()
        gone = False

        def told(events: Sequence[AnyEvent]) -> None:
            wake.set()
            if not events or session.trouble is not None:  # what troubles the hub, or no more, is told each time
                urgent.set()

        async def watch() -> None:
            nonlocal gone
            while (await receive())["type"] != "http.disconnect":
                pass
            gone = True
            wake.set()

        await _start(send, b"text/event-stream")
        watching = asyncio.ensure_future(watch())
        unlisten = session.listen(told)
        try:
            with session.streaming(self._caller.name, self._caller.scope):
                if scope["method"] != "HEAD":
                    await self._follow(send, wake, urgent, lambda: gone)
        except TimeoutError:  # too slow: without the end of the body it knows that more was to come
            await cut_off(scope)
        else:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            unlisten()
            watching.cancel()

    async def _follow(self, send: Send, wake: asyncio.Event, urgent: asyncio.Event, gone: Callable[[], bool]) -> None:
        session = self._session
        loop = asyncio.get_running_loop()
        reading = LogReader(session.log, session.durable, self._caller, self._after)
        said: str | None = None
        shown: Pointed | None = None
        told: tuple[AtDesk, ...] = ()
        due = loop.time()
        while not gone():
            stopping = self._stopping()  # asked before reading, so that what it stops for is still sent
            wake.clear()
            urgent.clear()
            parts: list[bytes] = []
            pointed = session.pointing.at(self._caller.scope, self._caller.name)
            others = session.others(self._caller.name, self._caller.scope)
            news = session.trouble != said or (pointed is not None and pointed != shown) or others != told
            if loop.time() >= due or news:
                said, shown, told = session.trouble, pointed, others
                due = loop.time() + HEARTBEAT
                parts.append(self._heartbeat(pointed, others))
            parts += await reading.next(_as_message, self._turn)
            if parts:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": b"".join(parts), "more_body": True})
            if stopping or (reading.at_end and session.durable.closed_at is not None):
                return
            if not reading.at_end:
                await asyncio.sleep(0)  # a long log must not keep the others waiting
            else:
                if parts:
                    await _wait(urgent, GATHER)
                await _wait(wake, due - loop.time())

    def _heartbeat(self, pointed: Pointed | None, others: tuple[AtDesk, ...]) -> bytes:
        session = self._session
        deputies = "" if self._caller.scope == "observer" else self._deputies()
        now, seq = session.clock.now_ms(), session.log.seq
        beat = Heartbeat(now, seq, session.trouble, session.onlookers(), pointed, deputies, others, session.absent())
        return b"event: heartbeat\ndata: %b\n\n" % msgspec.json.encode(beat)


def _as_line(entry: Entry) -> bytes:
    return entry.line + b"\n"


def _as_message(entry: Entry) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (entry.event.seq, entry.line)


async def _wait(wake: asyncio.Event, seconds: float) -> None:
    """Return when woken, at the latest after so many seconds."""
    try:
        async with asyncio.timeout(max(0.0, seconds)):
            await wake.wait()
    except TimeoutError:
        return


async def _start(send: Send, content_type: bytes) -> None:
    headers = [(b"content-type", content_type), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
