"""What `doctor` asks the network of each account: whether it works, what is left of the limit, what the server can do.

Nothing that costs money is asked.
"""

import asyncio
import email.utils
from collections.abc import Coroutine
from typing import Any

import httpx
import msgspec

from sessions.networks.account import X_POSTING, Account, SignIns
from sessions.networks.bluesky.session import Session
from sessions.networks.mastodon.api import MastodonApi, base_url, bearer
from sessions.networks.mastodon.wire import WireInstance
from sessions.networks.pace import Now, wall_clock
from sessions.networks.sign_in.errors import SignInFailed, in_words
from sessions.networks.source import SourceError
from sessions.networks.web.errors import NetworkError, SignedOut, spoken
from sessions.networks.web.fetching import Answer, fetch
from sessions.networks.web.limits import Headroom
from sessions.networks.x import sign_in as x
from sessions.networks.x.refusals import refusal

SKEW = 30_000
"""Milliseconds by which this computer's clock may differ from a server's: their `Date` is in whole seconds, and a
proxy may have kept the answer for a while."""

WITHIN = 25.0
"""Seconds for all questions to one network."""


class Finding(msgspec.Struct, frozen=True):
    """What was found about something. `ok` is false where it does not work; `facts` are for programs."""

    about: str
    ok: bool
    words: str
    facts: dict[str, Any] = {}


async def check_account(
    client: httpx.AsyncClient, account: Account, sign_ins: SignIns, *, now: Now = wall_clock
) -> list[Finding]:
    """What is to be said of an account. Never raises."""
    try:
        async with asyncio.timeout(WITHIN):
            if account.network == "mastodon":
                return await _mastodon(client, account, now)
            if account.network == "bluesky":
                return await _bluesky(client, account, sign_ins, now)
            return await _x(client, account, now)
    except TimeoutError:
        return [Finding(account.source, False, f"{account.host} does not answer in time.")]
    except NetworkError as trouble:
        again = f" Sign in again: {_login(account)}" if isinstance(trouble, SignedOut) else ""
        return [Finding(account.source, False, f"{in_words(trouble, account.host)}{again}")]
    except (SignInFailed, SourceError) as error:
        return [Finding(account.source, False, str(error))]


async def _mastodon(client: httpx.AsyncClient, account: Account, now: Now) -> list[Finding]:
    api = MastodonApi(client, account.host, now=now)
    server = await api.instance()
    url = f"{base_url(account.host)}/api/v1/accounts/verify_credentials"
    answer, skew = await _timed(fetch(client, "GET", url, headers=bearer(account), now=now), now)
    if not answer.ok:
        raise api.refusal(answer.status, answer.body)
    return [_works(account, answer, skew, now), _server(account, server), *_skewed(account, skew)]


def _server(account: Account, server: WireInstance) -> Finding:
    """What the server can do, as it says itself; before 4.5 it does not say who may read hashtags."""
    kind = "GoToSocial" if server.gotosocial else "Mastodon"
    access = server.configuration.timelines_access.hashtag_feeds
    streams = bool(server.configuration.urls.streaming) and not server.gotosocial
    anonymous = not server.gotosocial and access.local == access.remote == "public"
    most = server.configuration.statuses.max_characters
    words = [
        f"{kind} {server.version}",
        f"posts of {most} characters",
        "live by stream" if streams else "no stream of hashtags: read by asking again",
        "hashtags open to all" if anonymous else "hashtags for those who are signed in only",
    ]
    if server.gotosocial:
        words.append("answers only in the thread of the question")
    facts = {"kind": kind, "version": server.version, "max_characters": most, "streaming": streams,
             "anonymous_hashtags": anonymous}  # fmt: skip
    return Finding(f"{account.source} server", "disabled" not in (access.local, access.remote), ", ".join(words), facts)


async def _bluesky(client: httpx.AsyncClient, account: Account, sign_ins: SignIns, now: Now) -> list[Finding]:
    session = Session(client, lambda: sign_ins.find(account.source), sign_ins.renew, now=now)
    answer, skew = await _timed(session.ask("GET", "com.atproto.server.getSession"), now)
    return [_works(account, answer, skew, now), *_skewed(account, skew)]


async def _x(client: httpx.AsyncClient, account: Account, now: Now) -> list[Finding]:
    if account.source == X_POSTING:
        until = account.secret.expires_at
        lasting = account.secret.refresh or not until or until > now()
        words = "not tried, because X charges for it" if lasting else f"has run out; sign in again: {_login(account)}"
        return [Finding(account.source, bool(lasting), f"{account.name}: {words}", {"posts": account.posts})]
    answer, skew = await _timed(x.ask_app(client, account.secret.token, now=now), now)
    if not answer.ok:
        raise refusal(answer.status, answer.body)
    return [_works(account, answer, skew, now), *_skewed(account, skew)]


def _works(account: Account, answer: Answer, skew: int | None, now: Now) -> Finding:
    parts = [f"{account.name} works", "may post" if account.posts else "reads only"]
    left = answer.headroom
    if left is not None:
        parts.append(_left(left, now()))
    facts: dict[str, Any] = {"account": account.handle, "posts": account.posts, "clock_skew_ms": skew}
    if left is not None:
        facts["limit"] = msgspec.to_builtins(left)
    return Finding(account.source, True, ", ".join(parts), facts)


def _left(left: Headroom, now: int) -> str:
    return f"{left.remaining} of {left.limit} requests left for {spoken(max(left.resets_at - now, 0) / 1000)}"


def _skewed(account: Account, skew: int | None) -> list[Finding]:
    """That this computer's clock is wrong, where it is."""
    if skew is None or abs(skew) <= SKEW:
        return []
    way = "ahead of" if skew > 0 else "behind"
    words = f"This computer's clock is {spoken(abs(skew) / 1000)} {way} that of {account.host}. Set it right."
    return [Finding("clock", False, words, {"clock_skew_ms": skew})]


async def _timed(asking: Coroutine[Any, Any, Answer], now: Now) -> tuple[Answer, int | None]:
    """The answer, and by how much this computer's clock is ahead of the server's (milliseconds), if it has one."""
    asked = now()
    answer = await asking
    between = (asked + now()) // 2
    try:
        there = email.utils.parsedate_to_datetime(answer.headers.get("date", "")).timestamp() * 1000
    except (ValueError, OverflowError):
        return answer, None
    return answer, round(between - there)


def _login(account: Account) -> str:
    return f"lunchroom login {account.network}" + (f" {account.host}" if account.network == "mastodon" else "")
