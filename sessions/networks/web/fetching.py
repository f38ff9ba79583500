"""Requests to a network: bounded in time, size and redirects, and every failure one of the kinds in `errors`."""

import asyncio
import re
import ssl
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from sessions.core.decoding import Unreadable
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Garbled, Limited, NetworkError, NotThere, Unavailable, Unreached
from sessions.networks.web.forgiving import Lost, read_forgiving
from sessions.networks.web.limits import Headroom, headroom, wait_of
from sessions.networks.web.server_clock import listening

T = TypeVar("T")

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes of an answer that are read; the largest honest one, a thread of 1,000 posts, has about 3 MB."""

REDIRECTS = 5
"""Redirects that are followed before a server counts as lost in a circle."""

CONNECT, READ = 10.0, 20.0
"""Seconds to wait for a connection, and for the next bytes of an answer."""

WHOLE = 60.0
"""Seconds that an answer may take from the request to its last byte: a server may send one byte now and then."""

_SAFE = ("GET", "HEAD")
"""Methods that may be done again elsewhere (RFC 9110, 9.2.1); only these follow redirects."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""What httpx raises before the first byte of a request is on its way."""

_ESCAPE = re.compile(rb"\\(?:(u[dD][89aAbB]..\\u[dD][c-fC-F]..)|(u[dD][89a-fA-F]..)|.)", re.DOTALL)
"""An escape in JSON: two halves of a character, one without the other, or anything else."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

USER_AGENT = "lunchroom (hashtag chats for teachers)"


def open_client(base_url: str = "", transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """The one client of a source; `transport` stands for the network in tests.

    It trusts what the system trusts, because school networks inspect TLS, and honours the environment's proxies.
    """
    return httpx.AsyncClient(
        base_url=base_url,
        transport=transport,
        verify=_trust() if transport is None else True,
        timeout=httpx.Timeout(READ, connect=CONNECT),
        headers={"User-Agent": USER_AGENT},
        follow_redirects=True,
        max_redirects=REDIRECTS,
    )


def _trust() -> ssl.SSLContext:
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Answer(msgspec.Struct, frozen=True):
    """What a server said. `headers` have lower-case names; `headroom` is what is left of its limit, if it says so."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    headroom: Headroom | None = None

    def __repr__(self) -> str:
        return f"Answer({self.status})"  # the body of a sign-in holds tokens

    @property
    def ok(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300

    def read(self, kind: type[T], of: str, lost: Lost[Any] | None = None) -> T:
        """The JSON of the body as `kind`, as `read_forgiving` has it; raises `Garbled`, which names `of`.

        Half a character (a lone surrogate) or bytes that are no UTF-8, which some programs write, cost that character
        and not the whole answer.
        """
        try:
            try:
                return read_forgiving(self.body, kind, lost)
            except Unreadable:
                mended = _ESCAPE.sub(_whole, self.body.decode("utf-8", "replace").encode())
                if mended == self.body:
                    raise
                return read_forgiving(mended, kind, lost)
        except Unreadable:
            raise Garbled(f"{of} answers with something else than expected") from None


def _whole(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape[2] else escape[0]


def is_server(host: str) -> bool:
    """Whether this names a server, with a port behind it or not, and nothing else."""
    try:
        parts = urlsplit(f"//{host}")
        right = bool(parts.hostname) and parts.netloc == host and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        return False
    return right and not any(character.isspace() for character in host)


def server_address(host: str) -> str:
    """The address of the server `host` (a port behind it where it has one).

    Only a server on this very computer is spoken to without TLS.
    """
    bare = host.rsplit(":", 1)[0]
    return f"{'http' if bare in _LOOPBACK or host in _LOOPBACK else 'https'}://{host}"


async def fetch(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    now: Now = wall_clock,
    check: Callable[[Answer, int], None] | None = None,
    within: float = WHOLE,
    **request: Any,
) -> Answer:
    """The answer to a request, whatever its status but those every network means alike.

    Raises `Limited` for 429, `Unreached` where no connection came about, so that nothing was sent, and `Unavailable`
    for none `within` so many seconds, 5xx, a circle of redirects and a body over `BODY_LIMIT`. What changes something
    on a server is never redirected: its answer is the 3xx itself. `check` stands for `raise_for_all` where bodies tell
    one 429 from another; it is given the time by the server's clock, as which a moment in the headers is meant.
    A `now` that is a `ServerClock` hears what the answer says of that.
    No error names the URL or a header: either may hold a token.
    """
    clock = listening(now)
    try:
        async with (
            asyncio.timeout(within),
            client.stream(method, url, follow_redirects=method in _SAFE, **request) as response,
        ):
            headers = {name.lower(): value for name, value in response.headers.items()}
            clock.heard(headers)
            body = await _body(response)
    except (*_NOT_SENT, httpx.InvalidURL) as error:
        raise Unreached(why_unreached(error)) from None
    except (httpx.TimeoutException, TimeoutError):
        raise Unavailable("no answer in time") from None
    except httpx.TooManyRedirects:
        raise Unavailable("the server redirects in a circle") from None
    except (httpx.HTTPError, ssl.SSLError):
        raise Unavailable("the connection broke") from None
    left = headroom(headers, clock.there())
    if left is not None:
        left = msgspec.structs.replace(left, resets_at=clock.ours(left.resets_at))
    answer = Answer(response.status_code, headers, body, left)
    (check or raise_for_all)(answer, clock.there())
    return answer


def why_unreached(error: BaseException) -> str:
    """Why no connection came about, for a moderator: a school network that opens TLS is told from no network at all."""
    if isinstance(error, httpx.ProxyError):
        return "this network's proxy lets nobody through to it"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "this computer does not trust its certificate"
        cause = cause.__cause__ or cause.__context__
    return "cannot be reached"


def raise_for_all(answer: Answer, now: int) -> None:
    """Raise what 429 and 5xx mean on every network."""
    error: NetworkError | None = None
    if answer.status == 429:
        wait = wait_of(answer.headers, now)
        error = Limited(60.0 if wait is None else wait)
    elif answer.status >= 500:
        kind = NotThere if answer.status == 501 else Unavailable
        error = kind(f"the server has a problem ({answer.status})", wait_of(answer.headers, now))
    if error is not None:
        raise error


async def _body(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > BODY_LIMIT:
            raise Unavailable("the server sends far too much")
        parts.append(part)
    return b"".join(parts)
