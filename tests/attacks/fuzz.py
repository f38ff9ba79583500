"""Requests made of a seed: right ones, ones with a part that is wrong, and bytes that are no request."""

import asyncio
import contextlib
import json
import random
import re
import typing
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import inspect

from sessions.core.commands import Close, Command

DEEPEST = 3
"""How deep a value of the generator nests, but for those that are nothing else."""

WITHIN = 10.0
"""Seconds after which a request counts as answered by nothing: a stream, or a body that never comes."""

PATHS = (
    "/v1/moderators", "/v1/session", "/v1/events", "/v1/commands", "/v1/sessions", "/v1/sessions/abcdef/events",
    "/v1/sign-ins", "/v1/people", "/v1/sources/try", "/v1/deputies", "/v1/term", "/v1", "/", "/v1/nothing",
)  # fmt: skip

OTHERS = ("/v1/moderators", "/v1/people", "/v1/sessions", "/v1/sign-ins", "/v1/deputies", "/v1/term")

METHODS = ("GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW")

TEXTS = (
    "", " ", "a", "Ana", "q1", "\x00", "\ud800", "\udfff x", "\u202e", "\ufffd", "x" * 5000, "é" * 61, "\u202eabc",
    "﷽" * 20,
    "../../etc/passwd", "{{7*7}}", "<b>", "\n\n", "12", "-1", "1e400", "9\n", "٣", "🏳️\u200d🌈", "mastodon:1", "%s%n",
    "\u2028",
)  # fmt: skip

NUMBERS = (0, -1, 1, 2**31, 2**63 - 1, 2**63, -(2**64), 10**400, 1e308, -1e308, 0.1, 1e-320)

RAW = (
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 6000, b"[" * 5000, b'{"a":' * 2000, b'"\xff\xfe"',
    b"\xef\xbb\xbf{}",
    b'"\\ud800"', b'"\\u0000"', b"nul", b"{", b"", b'{"a":1,"a":2}', b"\x00",
)  # fmt: skip


def commands() -> list[type[Any]]:
    """Each command but the one that ends the chat, behind which all is refused."""
    return [kind for kind in typing.get_args(Command) if kind is not Close]


class Fuzz:
    """Makes requests; the same seed makes the same ones. `ids` are of posts, people and questions that there are."""

    def __init__(self, seed: int, tokens: Sequence[str], ids: Sequence[str] = ()) -> None:
        self._random = random.Random(seed)
        self._tokens = tokens
        self._ids = (*ids, "q1", "q2", "driver", "mastodon:1")
        self._commands = commands()

    def request(self) -> bytes:
        """The bytes of a request, after which nothing more is sent."""
        choose = self._random.random()
        if choose < 0.03:
            return self._random.randbytes(self._random.randrange(1, 300))
        method, path = self._random.choice(METHODS), self._path()
        body = self._body(path)
        if choose < 0.6:
            method = "POST"
            path = self._random.choice(
                (*["/v1/commands"] * 6, "/v1/moderators", "/v1/people", "/v1/sessions", "/v1/sign-ins")
            )
            body = self._body(path)
        head = f"{method} {path} HTTP/1.{self._random.choice('1111110')}\r\n".encode("utf-8", "surrogatepass")
        head += b"".join(self._headers(len(body)))
        written = head + b"\r\n" + body
        if self._random.random() < 0.05:
            written = self._bent(written)
        return written

    def _mostly(self, usual: Any, others: Sequence[Any]) -> Any:
        return usual if self._random.random() < 0.93 else self._random.choice(others)

    def _path(self) -> str:
        path = self._random.choice(PATHS)
        if self._random.random() < 0.3:
            path += self._random.choice(
                ("?after=", "?after=-1", "?after=9" + "9" * 30, "?after=%ff&after=1", "?%00", "?a[]=1")
            )
        if self._random.random() < 0.15:
            path += self._random.choice(("/", "//", "/%00", "/%ff%fe", "/..%2f..", "%", ";x", "#", "/" + "x" * 3000))
        return path

    def _headers(self, length: int) -> list[bytes]:
        pick = self._random
        headers = [b"Host: " + self._mostly(b"hub", (b"127.0.0.1:1", b"[::1]", b"evil.example", b"\xff", b""))]
        token = self._mostly(pick.choice(self._tokens), ("no", "", "\xff"))
        scheme = self._mostly("Bearer", ("bearer ", "Basic", "\xa0"))
        headers.append(f"Authorization: {scheme} {token}".encode("latin-1"))
        said = self._mostly(length, (length + 5, 0, "-1", "x", "9" * 25, ""))
        if said != "":
            headers.append(f"Content-Length: {said}".encode())
        if pick.random() < 0.02:
            headers.append(b"Transfer-Encoding: chunked")
        for name, values in (
            (b"Last-Event-ID", (b"0", b"-1", b"\xff", b"9" * 40, b"1 2")),
            (b"Accept", (b"text/event-stream", b"*/*", b"\x7f", b"application/x-ndjson")),
            (b"Origin", (b"null", b"http://hub", b"https://evil.example", b"\xff")),
            (b"Content-Type", (b"application/json", b"multipart/form-data", b"\xff")),
            (b"Upgrade", (b"websocket", b"h2c")),
            (b"Expect", (b"100-continue", b"x")),
            (b"X" * 50, (b"y" * 9000,)),
        ):
            if pick.random() < 0.04:
                headers.append(name + b": " + pick.choice(values))
        headers.append(b"Connection: close")
        return [header + b"\r\n" for header in headers]

    def _body(self, path: str) -> bytes:
        choose = self._random.random()
        if choose < 0.1:
            return self._random.choice(RAW)
        if path == "/v1/commands" and choose < 0.9:
            return self._json(self.command())
        if path == "/v1/moderators" and choose < 0.9:
            return self._json({"name": self._random.choice(TEXTS)})
        if path == "/v1/people":
            return self._json({"people": [self._thing(PERSON) for _ in range(self._random.randrange(3))]})
        if path == "/v1/sign-ins":
            return self._json(self._thing(SIGN_IN))
        if path == "/v1/sessions":
            return self._json(self._thing(CHAT))
        return self._json(self._value())

    def know(self, ids: Sequence[str]) -> None:
        """Take these for the ids of posts, people and questions that there are."""
        self._ids = (*ids, "driver")

    def command(self) -> dict[str, Any]:
        """A command, most of whose members are of the right type."""
        info = inspect.type_info(self._random.choice(self._commands))
        assert isinstance(info, inspect.StructType)
        body = {field.encode_name: self._member(field.type) for field in info.fields if self._random.random() < 0.97}
        return {"type": info.tag, **body, "id": self._mostly(f"id-{self._random.random()}", TEXTS)}

    def _member(self, kind: inspect.Type) -> Any:
        pick = self._random.choice
        if self._random.random() < 0.08:
            return self._value()
        match kind:
            case inspect.StrType():
                return pick((pick(self._ids), pick(TEXTS)))
            case inspect.IntType():
                return pick((60, *(number for number in NUMBERS if isinstance(number, int))))
            case inspect.FloatType():
                return pick(NUMBERS)
            case inspect.LiteralType():
                return pick(kind.values)
            case inspect.UnionType():
                return self._member(pick(kind.types))
            case inspect.NoneType():
                return None
            case inspect.ListType() | inspect.VarTupleType() | inspect.SetType():
                return [self._member(kind.item_type) for _ in range(self._random.randrange(4))]
            case inspect.StructType():
                return {field.encode_name: self._member(field.type) for field in kind.fields}
        return self._value()

    def _thing(self, like: dict[str, Any]) -> dict[str, Any]:
        """Something like this, one member of which is something else."""
        thing = dict(like)
        thing[self._random.choice([*like, "extra"])] = self._value()
        return thing

    def _value(self, depth: int = 0) -> Any:
        choose = self._random.randrange(10 if depth < DEEPEST else 7)
        if choose < 4:
            return self._random.choice(TEXTS)
        if choose == 4:
            return self._random.choice(NUMBERS)
        if choose < 7:
            return self._random.choice((None, True, False, 60, *self._ids))
        if choose < 9:
            return [self._value(depth + 1) for _ in range(self._random.randrange(4))]
        keys = ("id", "label", "text", "minutes", "seconds", "secret", "token", *TEXTS[:6])
        return {self._random.choice(keys): self._value(depth + 1) for _ in range(self._random.randrange(4))}

    def _json(self, value: Any) -> bytes:
        written = json.dumps(value, ensure_ascii=self._random.random() < 0.5).encode("utf-8", "surrogatepass")
        if self._random.random() < 0.05 and len(written) > 2:
            place = self._random.randrange(len(written))
            written = written[:place] + self._random.choice(RAW) + written[place + 1 :]
        return written

    def _bent(self, written: bytes) -> bytes:
        place = self._random.randrange(len(written))
        return written[:place] + self._random.randbytes(self._random.randrange(3)) + written[place + 1 :]


PERSON = {
    "name": "Ana",
    "handle": "ana",
    "accounts": ["mastodon:@ana"],
    "chats": ["abcdef"],
    "notes": "x",
    "school": "y",
}
SIGN_IN = {"network": "mastodon", "host": "mastodon.example", "id": "1", "handle": "ana", "secret": {"token": "x"}}
CHAT = {"id": "abcdef", "title": "A chat", "events": [{"seq": 1, "at": 1, "by": None, "command": None, "type": "x"}]}

_STATUS = re.compile(rb"HTTP/1\.1 ([0-9]{3})")


async def ask(port: int, request: bytes, within: float = WITHIN) -> int | None:
    """The status with which the hub answers these bytes; None where it says nothing or hangs up."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(within):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                match = _STATUS.match(await reader.read(4096))
                return int(match[1]) if match else None
            finally:
                writer.transport.abort()
    return None


async def fuzzed(
    port: int, tokens: Sequence[str], count: int, seed: int, *, ids: Sequence[str] = (), at_once: int = 8
) -> Counter[int | None]:
    """How often so many requests were answered with which status."""
    fuzz = Fuzz(seed, tokens, ids)
    statuses: Counter[int | None] = Counter()
    left = iter(range(count))

    async def asking() -> None:
        for _ in left:
            statuses[await ask(port, fuzz.request(), 2.0)] += 1

    await asyncio.gather(*(asking() for _ in range(at_once)))
    return statuses
