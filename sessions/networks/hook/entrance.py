"""What is let in: for whom a request is, its token, how often. Nothing of it is logged."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

PATHS = ("/", "/post")
METHODS = ("POST", "PUT")

_HERE = ("127.0.0.1", "localhost", "[::1]")
"""What this computer is called by who means it; any other name was made to lead here (DNS rebinding)."""

_PREFLIGHT_HOLDS = "600"


@dataclass(frozen=True)
class Limits:
    """How much is taken: bytes of a request, requests at once (`burst`) and `a_second` beyond them, seconds `within`
    which a request has to be there, and connections. So many `wrong` tokens at once are told so, and one a second then:
    they cost the others nothing."""

    body: int = 64 * 1024
    burst: int = 1_000
    a_second: float = 200.0
    within: float = 10.0
    connections: int = 100
    wrong: int = 20


@dataclass(frozen=True)
class Head:
    """The head of a request, names of headers in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What is answered: a status, one line of words, and headers."""

    status: int
    words: str = ""
    headers: tuple[tuple[str, str], ...] = ()


class Bucket:
    """Lets `burst` through at once and `a_second` after that. `clock` is in seconds."""

    def __init__(self, burst: int, a_second: float, clock: Callable[[], float]) -> None:
        self._most, self._a_second, self._clock = float(burst), a_second, clock
        self._left, self._at = self._most, clock()

    def take(self) -> bool:
        """Whether one more may go through."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def refused(head: Head, token: str) -> Answer | None:
    """Why a request is not taken whose body nobody has to read for that, or what a browser asks before one; None where
    it may come. `token` is what opens, empty: nothing does."""
    host = head.headers.get("host", "").lower()
    if host.rpartition(":")[0] not in _HERE and host not in _HERE:
        return Answer(421, "Only 127.0.0.1 and localhost are served here.")
    parts = urlsplit(head.target) if head.target.startswith("/") else None
    if parts is None or parts.path not in PATHS:
        return Answer(404, "There is nothing here: post to /post.")
    if head.method not in (*METHODS, "OPTIONS"):
        return Answer(405, "Only POST and PUT are taken.", (("Allow", ", ".join(METHODS)),))
    if not _opens(_given(head, parts.query), token):
        return Answer(401, "The token is wrong: `lunchroom login hook` makes one.", (("WWW-Authenticate", "Bearer"),))
    if head.method == "OPTIONS":
        return Answer(204, headers=(*allowed(head), *_preflight(head)))
    return None


def allowed(head: Head) -> tuple[tuple[str, str], ...]:
    """What lets a page in a browser read the answer to a request that came with the right token: that page alone, and
    never with cookies."""
    origin = head.headers.get("origin", "")
    fit = origin.isascii() and origin.isprintable() and 0 < len(origin) < 300
    return (("Access-Control-Allow-Origin", origin), ("Vary", "Origin")) if fit else ()


def _preflight(head: Head) -> tuple[tuple[str, str], ...]:
    if not allowed(head):
        return ()
    private = head.headers.get("access-control-request-private-network") == "true"
    return (
        ("Access-Control-Allow-Methods", ", ".join(METHODS)),
        ("Access-Control-Allow-Headers", "Content-Type, Authorization"),
        ("Access-Control-Max-Age", _PREFLIGHT_HOLDS),
        *((("Access-Control-Allow-Private-Network", "true"),) if private else ()),
    )


def _given(head: Head, query: str) -> str:
    """The token in the `Authorization` header, or in the address, for programs that can be given only that."""
    scheme, _, bearer = head.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bearer.strip()
    try:
        return parse_qs(query, max_num_fields=20).get("token", [""])[0]
    except ValueError:
        return ""


def _opens(given: str, token: str) -> bool:
    """Digests are compared, of one length each and in constant time, so that timing tells nothing."""
    one, other = (hashlib.sha256(word.encode(errors="replace")).digest() for word in (given, token))
    return hmac.compare_digest(one, other) and token != ""
