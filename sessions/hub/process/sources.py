"""What brings posts into a session: the networks, and the practice source."""

import asyncio
from collections.abc import AsyncGenerator, Container, Sequence
from typing import TYPE_CHECKING

from sessions.core.cleaning import clean_name
from sessions.core.events import AnyEvent
from sessions.core.plan import Host, Plan
from sessions.core.plan.words import PRACTICE
from sessions.networks.account import InMemorySignIns, SignIns
from sessions.networks.registry import NETWORKS
from sessions.networks.source import Delivery, ResumePoint, Source, SourceError
from sessions.networks.timing import Now, Sleep, wall_clock

if TYPE_CHECKING:
    import httpx


class AbsentSource:
    """A source that this computer cannot open, of a chat that was begun on another one; `why` in words."""

    rehearsal = False
    hosts: tuple[Host, ...] = ()
    regulars: Container[str] = frozenset()

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self._why = why

    def on_event(self, event: AnyEvent) -> None:
        """It has nothing to learn."""

    async def read(self, _resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """That it is not here, and no more."""
        yield Delivery(status="not on this computer", details=(self._why,))


def open_source(
    spec: str,
    plan: Plan,
    *,
    speed: float = 1.0,
    hosts: Sequence[str] = (),
    follow: bool = False,
    zone: str | None = None,
    steady: bool = False,
    sign_ins: SignIns | None = None,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Now = wall_clock,
    sleep: Sleep = asyncio.sleep,
) -> Source:
    """The source that `spec` stands for (what `--source` or the plan's `sources` say); the rest as `practice_source`.

    A network is read with what `sign_ins` has for it, over `transport` where that is given.

    Raises `SourceError`, one line, where there is no such source or it cannot be opened.
    """
    name = spec.partition(":")[0]
    if name == PRACTICE:
        from sessions.rehearsal.practice import practice_source  # with it comes the whole cast

        return practice_source(
            spec, plan, speed=speed, hosts=hosts, follow=follow, zone=zone, steady=steady, now=now, sleep=sleep
        )
    network = NETWORKS.get(name)
    if network is None:
        *most, last = (form for known in NETWORKS.values() for form in known.reading.forms)
        known = ", ".join([PRACTICE, f"{PRACTICE}:FILE", *most])
        raise SourceError(f"{clean_name(spec)}: no such source; write {known} or {last}")
    return network.reading.open(spec, plan, sign_ins or InMemorySignIns(), transport=transport, now=now, sleep=sleep)
