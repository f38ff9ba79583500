"""X's filtered stream: the rules that are ours, one connection, and how long to wait before the next."""

import random
from collections.abc import Awaitable, Callable

import httpx

from sessions.core.decoding import Unreadable
from sessions.networks.account import Account
from sessions.networks.timing import Now
from sessions.networks.web.errors import Limited, NetworkError, Rejected, Unavailable
from sessions.networks.web.feed import LASTING_WAIT
from sessions.networks.web.fetching import Answer
from sessions.networks.web.forgiving import read_forgiving
from sessions.networks.web.limits import headroom
from sessions.networks.web.server_clock import listening
from sessions.networks.web.streaming import lines, streaming
from sessions.networks.x.api import STREAM, XApi, bearer, misspelled
from sessions.networks.x.refusals import BadRequest, NoRules, told_by
from sessions.networks.x.wire import WireLine

OURS = "lunchroom"
"""The tag of our rules; those with others are not ours to touch."""

SILENCE = 25.0
"""Seconds without a byte after which the stream is dead: X sends an empty line every 20."""

STEADY = 30_000
"""Milliseconds for which a connection has to hold before the next failure counts as the first."""

_REFUSAL = 64 * 1024
"""Bytes that are read of an answer that is no stream."""


class Shared(Rejected):
    """The app's stream has rules that are not ours: what they bring would be paid for with ours."""

    def __init__(self) -> None:
        super().__init__("this app's stream has rules of another program")


class XStream:
    """The one stream of a developer app."""

    def __init__(self, api: XApi, client: httpx.AsyncClient, *, now: Now, silence: float = SILENCE) -> None:
        self.open = False
        self._api = api
        self._client = client
        self._now = listening(now)
        self._silence = silence
        self._value: str | None = None
        self._answered = False
        self._opened_at = 0
        self._failures = 0
        self._not_before = 0

    def due(self) -> float:
        """Seconds that are left of what `wait` said, which no news makes shorter."""
        return max(self._not_before - self._now(), 0) / 1000

    async def prepare(self, value: str, account: Account) -> None:
        """Let the stream have one rule of ours, `value`, and no old ones; raises `Shared` where others have some."""
        if self._value == value:
            return
        rules = await self._api.rules(account)
        if any(rule.tag != OURS and rule.value != value for rule in rules):
            raise Shared
        old = [rule.id for rule in rules if rule.tag == OURS and rule.value != value]
        if old:
            await self._api.delete_rules(old, account)
        if all(rule.value != value for rule in rules):
            await self._api.add_rule(value, OURS, account)
        self._value = value

    async def run(
        self, account: Account, on_open: Callable[[], None], on_post: Callable[[WireLine], Awaitable[None]]
    ) -> None:
        """Call `on_open` once it stands and `on_post` with each post until the stream ends.

        It does so by raising a `NetworkError`.
        """
        try:
            await self._connect(account, on_open, on_post)
        except BadRequest as error:
            if not misspelled(error):
                raise
            self._api.other_fields(STREAM)
            await self._connect(account, on_open, on_post)
        except NoRules:
            self._value = None
            raise
        finally:
            self.open = False

    def wait(self, error: NetworkError) -> float:
        """Seconds before the next try (docs.x.com, consuming streaming data): at once, then ever longer.

        Up to a quarter more by chance, so that many who lost the same thing do not come back at once.
        """
        if self._opened_at and self._now() - self._opened_at >= STEADY:
            self._failures = 0
        self._opened_at = 0
        self._failures += 1
        doubled = 2.0 ** min(self._failures - 1, 10)
        if isinstance(error, NoRules):
            wait = min(5.0 * doubled, 320.0)
        elif error.lasts:
            wait = LASTING_WAIT
        elif isinstance(error, Limited):
            wait = max(min(60.0 * doubled, 960.0), error.wait or 0)
        elif self._answered:
            wait = max(min(5.0 * doubled, 320.0), error.wait or 0)
        else:
            wait = min(0.25 * (self._failures - 1), 16.0)
        wait *= random.uniform(1, 1.25)
        self._not_before = 0 if error.lasts else self._now() + round(wait * 1000)
        return wait

    async def _connect(
        self, account: Account, on_open: Callable[[], None], on_post: Callable[[WireLine], Awaitable[None]]
    ) -> None:
        self._answered = False
        self._api.need_open(STREAM)
        params = self._api.fields(STREAM, authors=True)
        async with streaming(
            self._client, "GET", STREAM, params=params, headers=bearer(account), silence=self._silence
        ) as response:
            self._now.heard({name.lower(): value for name, value in response.headers.items()})
            await self._need_stream(response)
            self.open = True
            self._opened_at = self._now()
            on_open()
            async for line in lines(response):
                wire = _read(line)
                if wire.data is not None:
                    await on_post(wire)
                elif wire.errors:
                    raise told_by(wire.errors)
        raise Unavailable("the stream ended")

    async def _need_stream(self, response: httpx.Response) -> None:
        if response.status_code == 200:
            return
        self._answered = True
        body = b""
        async for part in response.aiter_bytes():
            body += part
            if len(body) > _REFUSAL:
                break
        headers = {name.lower(): value for name, value in response.headers.items()}
        there = self._now.there()
        self._api.check(STREAM, Answer(response.status_code, headers, body, headroom(headers, there)), there)
        raise Unavailable("the stream is none")


def _read(line: str) -> WireLine:
    """A line; an empty one keeps the connection alive, and one of an unknown kind is passed over."""
    try:
        return read_forgiving(line, WireLine) if line.strip() else WireLine()
    except Unreadable:
        return WireLine()
