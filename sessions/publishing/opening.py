"""The poster that goes with an account, whatever its network."""

import asyncio
from typing import TYPE_CHECKING

from sessions.accounts.model import Account, SignIns
from sessions.publishing.poster import Poster
from sessions.sources.pace import Now, Sleep, wall_clock

if TYPE_CHECKING:
    import httpx


def open_poster(
    account: Account,
    *,
    sign_ins: SignIns | None = None,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Now = wall_clock,
    sleep: Sleep = asyncio.sleep,
) -> Poster:
    """What posts with this account, over `transport` where that is given; tokens that it renews go to `sign_ins`.

    Nothing is sent by opening it; close it with `aclose`.
    """
    if account.network == "mastodon":
        from sessions.sources.mastodon.posting import MastodonPoster

        return MastodonPoster(account, transport=transport, now=now, sleep=sleep)
    if account.network == "bluesky":
        from sessions.sources.bluesky.posting import BlueskyPoster

        return BlueskyPoster(account, sign_ins, transport=transport, now=now)
    from sessions.sources.x.posting import XPoster

    return XPoster(account, sign_ins, transport=transport, now=now, sleep=sleep)
