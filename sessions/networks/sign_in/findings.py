"""What is found out about an account when its network is asked, as `doctor` tells it."""

import email.utils
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import msgspec

from sessions.networks.account import Account
from sessions.networks.timing import Now
from sessions.networks.web.errors import spoken
from sessions.networks.web.limits import Headroom

if TYPE_CHECKING:
    from sessions.networks.web.fetching import Answer

SKEW = 30_000
"""Milliseconds by which this computer's clock may differ from a server's: their `Date` is in whole seconds, and a
proxy may have kept the answer for a while."""


class Finding(msgspec.Struct, frozen=True):
    """What was found about something. `ok` is false where it does not work; `facts` are for programs."""

    about: str
    ok: bool
    words: str
    facts: dict[str, Any] = {}


async def timed(asking: "Coroutine[Any, Any, Answer]", now: Now) -> "tuple[Answer, int | None]":
    """The answer, and by how much this computer's clock is ahead of the server's (milliseconds), if it has one."""
    asked = now()
    answer = await asking
    between = (asked + now()) // 2
    try:
        there = email.utils.parsedate_to_datetime(answer.headers.get("date", "")).timestamp() * 1000
    except (ValueError, OverflowError):
        return answer, None
    return answer, round(between - there)


def works(account: Account, answer: "Answer", skew: int | None, now: Now) -> Finding:
    """That the account works, by an answer that it got; `skew` as `timed` gives it."""
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


def skewed(account: Account, skew: int | None) -> list[Finding]:
    """That this computer's clock is wrong, where it is."""
    if skew is None or abs(skew) <= SKEW:
        return []
    way = "ahead of" if skew > 0 else "behind"
    words = f"This computer's clock is {spoken(abs(skew) / 1000)} {way} that of {account.host}. Set it right."
    return [Finding("clock", False, words, {"clock_skew_ms": skew})]
