"""What brings posts into a session: the networks, and the practice source."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sessions.core.cleaning import clean_name
from sessions.core.plan import Plan
from sessions.core.plan.words import source_problem
from sessions.networks.account import InMemorySignIns, SignIns
from sessions.networks.pace import Now, Sleep, wall_clock
from sessions.networks.source import Source, SourceError
from sessions.rehearsal.practice import practice_source

if TYPE_CHECKING:
    import httpx


def open_source(
    spec: str,
    plan: Plan,
    *,
    speed: float = 1.0,
    hosts: Sequence[str] = (),
    follow: bool = False,
    zone: str | None = None,
    sign_ins: SignIns | None = None,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Now = wall_clock,
    sleep: Sleep = asyncio.sleep,
) -> Source:
    """The source that `spec` stands for (what `--source` or the plan's `sources` say); the rest as `practice_source`.

    A network is read with what `sign_ins` has for it, over `transport` where that is given.

    Raises `SourceError`, one line, where there is no such source or it cannot be opened.
    """
    network = spec.partition(":")[0]
    if network == "practice":
        return practice_source(spec, plan, speed=speed, hosts=hosts, follow=follow, zone=zone, now=now, sleep=sleep)
    if network == "mastodon":
        from sessions.networks.mastodon.reader import MastodonSource

        return MastodonSource(spec, plan, sign_ins or InMemorySignIns(), transport=transport, now=now, sleep=sleep)
    if network == "bluesky":
        return _bluesky(spec, plan, sign_ins or InMemorySignIns(), transport, now, sleep)
    if network == "x":
        from sessions.networks.x.reader import XSource

        return XSource(spec, plan, sign_ins or InMemorySignIns(), transport=transport, now=now, sleep=sleep)
    raise SourceError(f"{clean_name(spec)}: no such source; write practice, practice:FILE, mastodon:HOST, bluesky or x")


def _bluesky(
    spec: str, plan: Plan, sign_ins: SignIns, transport: "httpx.AsyncBaseTransport | None", now: Now, sleep: Sleep
) -> Source:
    """By search with a sign-in, or, as `bluesky:jetstream` and `bluesky:jetstream:SERVER`, from the stream of all."""
    if problem := source_problem(spec):
        raise SourceError(problem)
    if ":" in spec:
        from sessions.networks.bluesky.jetstream import JetstreamSource

        return JetstreamSource(spec, plan, transport=transport, now=now, sleep=sleep)
    from sessions.networks.bluesky.reader import BlueskySource

    return BlueskySource(spec, plan, sign_ins, transport=transport, now=now, sleep=sleep)
