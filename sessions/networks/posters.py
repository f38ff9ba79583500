"""The poster that goes with an account, whatever its network."""

import asyncio
from typing import TYPE_CHECKING

from sessions.networks.account import Account, SignIns
from sessions.networks.pace import Now, Sleep, wall_clock
from sessions.networks.poster import Poster

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
        from sessions.networks.mastodon.posting import MastodonPoster

        return MastodonPoster(account, transport=transport, now=now, sleep=sleep)
    if account.network == "bluesky":
        from sessions.networks.bluesky.posting import BlueskyPoster

        return BlueskyPoster(account, sign_ins, transport=transport, now=now)
    from sessions.networks.x.posting import XPoster

    return XPoster(account, sign_ins, transport=transport, now=now, sleep=sleep)
