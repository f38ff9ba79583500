"""How much of a network's limit is left, as its headers state it. Pure."""

import datetime
import email.utils
from collections.abc import Mapping

import msgspec

LOW = 0.2
"""The share of a limit below which what is left is shown."""

LONGEST_WAIT = 24 * 3600.0
"""Seconds; no network states more, so a header that does is a mistake."""

_PREFIXES = ("x-ratelimit-", "x-rate-limit-", "ratelimit-")
"""Mastodon and GoToSocial, X, Bluesky."""


class Headroom(msgspec.Struct, frozen=True):
    """How many requests of `limit` are left until `resets_at` (UTC milliseconds)."""

    limit: int
    remaining: int
    resets_at: int

    @property
    def low(self) -> bool:
        """Whether a moderator should know."""
        return self.remaining < self.limit * LOW


def headroom(headers: Mapping[str, str], now: int) -> Headroom | None:
    """What is left, at `now` (UTC milliseconds); None where the headers (lower-case names) do not say it.

    The reset is a moment in ISO 8601 (Mastodon), epoch seconds (X, Bluesky) or, below a year's worth, seconds from now.
    """
    for prefix in _PREFIXES:
        limit, remaining = _number(headers.get(f"{prefix}limit")), _number(headers.get(f"{prefix}remaining"))
        resets_at = _moment(headers.get(f"{prefix}reset"), now)
        if limit is not None and remaining is not None and resets_at is not None:
            return Headroom(round(limit), round(remaining), resets_at)
    return None


def wait_of(headers: Mapping[str, str], now: int) -> float | None:
    """Seconds that the network asks to be left alone: by `Retry-After` (RFC 9110, 10.2.3), else until its reset."""
    after = headers.get("retry-after", "").strip()
    seconds = _number(after)
    if seconds is None and after:
        seconds = _seconds_until(after, now)
    if seconds is None:
        found = headroom(headers, now)
        seconds = None if found is None or found.remaining > 0 else (found.resets_at - now) / 1000
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT)


def _seconds_until(http_date: str, now: int) -> float | None:
    try:
        moment = email.utils.parsedate_to_datetime(http_date)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:  # `-0000`: UTC by somebody who will not say where
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.timestamp() - now / 1000


def _moment(text: str | None, now: int) -> int | None:
    if text is None:
        return None
    seconds = _number(text)
    if seconds is not None:
        return round(seconds * 1000) if seconds > 366 * 86_400 else now + round(seconds * 1000)
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return round(moment.timestamp() * 1000)


def _number(text: str | None) -> float | None:
    digits = (text or "").strip()
    return float(digits) if digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) < 20 else None
