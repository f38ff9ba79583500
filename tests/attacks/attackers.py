"""Each attack, endless until cancelled.

`python -m tests.attacks.attackers NAME` reads its `Target` on standard input, and ends with the next line.
"""

import asyncio
import contextlib
import itertools
import json
import random
import socket
import sys
from collections.abc import Awaitable, Callable

import msgspec

from tests.attacks.fuzz import Fuzz, ask
from tests.attacks.strangers import away_dialling, away_guessing, away_silent

HOST = "127.0.0.1"


class Target(msgspec.Struct):
    """A hub on loopback, and what attackers have of it: an observers' invite, for two of them a moderator's seat."""

    port: int
    observer_token: str
    seat: str
    ticket: str = ""
    """By what the hub is dialled from other homes."""
    statuses: dict[str, int] = {}
    """How often what was answered, where an attack looks at that."""

    def note(self, status: object) -> None:
        """Something was answered once more."""
        self.statuses[str(status)] = self.statuses.get(str(status), 0) + 1


Attack = Callable[[Target], Awaitable[None]]


async def silent(target: Target, count: int = 1100) -> None:
    """Connections that say nothing; each that is dropped is opened again."""
    await asyncio.gather(*(_holding(target, b"") for _ in range(count)))


async def dripping(target: Target, count: int = 300) -> None:
    """Connections whose head comes at a byte a second, without end."""
    head = b"GET /v1/session HTTP/1.1\r\nHost: hub\r\nX-Slow: "
    await asyncio.gather(*(_holding(target, head, drip=b"a") for _ in range(count)))


async def stalling(target: Target, count: int = 30) -> None:
    """Long chats of a moderator's seat that come at a byte a second."""
    head = f"POST /v1/sessions HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {target.seat}\r\n"
    begun = f"{head}Content-Length: 60000000\r\n\r\n{{".encode()
    await asyncio.gather(*(_holding(target, begun, drip=b" ") for _ in range(count)))


async def unread(target: Target, count: int = 120) -> None:
    """Streams and copies of the chat for observers, of which nothing is read."""
    kinds = itertools.cycle(("text/event-stream", "application/x-ndjson"))
    heads = (_get("/v1/events", target.observer_token, next(kinds)) for _ in range(count))
    await asyncio.gather(*(_holding(target, head, reads=False) for head in heads))


async def joining(target: Target) -> None:
    """Joins with the observers' invite, each under a new name."""
    names = itertools.count()
    await asyncio.gather(*(_repeating(target, lambda: _join(target, f"guest {next(names)}")) for _ in range(8)))


async def guessing(target: Target) -> None:
    """Calls with tokens that open nothing."""
    await asyncio.gather(*(_repeating(target, lambda: _get("/v1/session", "x" * 43, "*/*")) for _ in range(8)))


async def reading(target: Target) -> None:
    """The dearest calls that an observer has, again and again."""
    paths = itertools.cycle(("/v1/events", "/v1/sessions", "/v1/session"))
    await asyncio.gather(
        *(_repeating(target, lambda: _get(next(paths), target.observer_token, "*/*")) for _ in range(8))
    )


async def fuzzing(target: Target) -> None:
    """Requests made of a seed, most of them wrong, with an observer's token and a moderator's seat."""
    fuzz = Fuzz(1, (target.observer_token, target.seat))
    await asyncio.gather(*(_repeating(target, fuzz.request) for _ in range(8)))


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (silent, dripping, stalling, unread, joining, guessing, reading, fuzzing)
}  # fmt: skip

AWAY: dict[str, Attack] = {attack.__name__: attack for attack in (away_silent, away_dialling, away_guessing)}
"""What strangers in other homes can do."""


def _get(path: str, token: str, accept: str) -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\nAccept: {accept}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode()


def _join(target: Target, name: str) -> bytes:
    body = json.dumps({"name": name})
    head = f"POST /v1/moderators HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {target.observer_token}\r\n"
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


async def _repeating(target: Target, request: Callable[[], bytes]) -> None:
    while True:
        status = await ask(target.port, request(), 2.0)
        target.note(status)
        await asyncio.sleep(0)


async def _holding(target: Target, words: bytes, *, drip: bytes = b"", reads: bool = True) -> None:
    """A connection that says this, then drips, and is opened again whenever it is dropped."""
    loop = asyncio.get_running_loop()
    while True:
        with socket.socket() as one:
            one.setblocking(False)
            if not reads:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            with contextlib.suppress(OSError):
                await loop.sock_connect(one, (HOST, target.port))
                await loop.sock_sendall(one, words)
                target.note("opened")
                await _hold(one, drip, reads=reads)
        await asyncio.sleep(random.uniform(0.05, 0.2))


async def _hold(one: socket.socket, drip: bytes, *, reads: bool) -> None:
    """Return or raise `OSError` once it is dropped."""
    loop = asyncio.get_running_loop()
    while True:
        if reads:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    if not await loop.sock_recv(one, 65536):
                        return
        else:  # whoever does not read notices by saying something
            await asyncio.sleep(1.0)
            await loop.sock_sendall(one, b"\r\n")
        if drip:
            await loop.sock_sendall(one, drip)


async def _main(name: str) -> None:
    target = msgspec.json.decode(sys.stdin.readline(), type=Target)
    attack = asyncio.ensure_future({**ATTACKS, **AWAY}[name](target))
    await asyncio.to_thread(sys.stdin.readline)  # as long as whoever started it wants
    attack.cancel()
    await asyncio.wait([attack])
    sys.stdout.write(json.dumps(target.statuses) + "\n")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
