"""A session that is open in this process, with all that reads for it, whether it is served or not."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sessions.core.channel.months import CHANNEL, month_of_plan, reading_plan
from sessions.core.events import AnyEvent, SessionOpened
from sessions.core.plan import Plan
from sessions.core.posts import Author
from sessions.files.disk import Disk
from sessions.files.errors import SaveFailed
from sessions.hub.process.month.hours import Hours
from sessions.hub.process.month.source import MonthSource
from sessions.hub.process.sources import AbsentSource, open_source
from sessions.hub.protocol.takeover import SourceSettings
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.hub.server.clock import HubClock
from sessions.hub.server.newcomers import Newcomers
from sessions.hub.server.service import LiveSession
from sessions.library.library import EarlierPeople, Library
from sessions.library.storage.session_file import SessionFile
from sessions.networks.account import SignIns
from sessions.networks.source import Source, SourceError
from sessions.networks.timing import Now, Sleep, wall_clock

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Reading:
    """By which clock sources read and how they wait, and over which network, where that is not the real one."""

    now: Now = wall_clock
    sleep: Sleep = asyncio.sleep
    transport: "httpx.AsyncBaseTransport | None" = None


AS_IT_IS = Reading()
"""By the clock on the wall, and over the network."""


class Opened(msgspec.Struct, frozen=True):
    """An open session; `file` is locked, `events` are those in it."""

    session_id: str
    file: SessionFile
    events: tuple[AnyEvent, ...]
    plan: Plan
    clock: HubClock
    library: Library
    newcomers: Newcomers
    sources: tuple[Source, ...]
    settings: SourceSettings
    sign_ins: HubSignIns

    @property
    def channel(self) -> bool:
        """Whether it is a month of a channel."""
        opened = self.events[0]
        return isinstance(opened, SessionOpened) and opened.kind == CHANNEL

    def live(self) -> LiveSession:
        """The live session; in the event loop that will run it."""
        return LiveSession(
            self.session_id,
            self.file,
            self.events,
            clock=self.clock,
            newcomer=self.newcomers,
            from_channel=_never if self.channel else self.newcomers.from_channel,
            noted=self.newcomers.noted,
            probe=probe_beside(self.file.path),
            follow=self.settings.follow,
            sources=[source.name for source in self.sources],
        )


def _never(_author: Author) -> bool:
    return False


def session_sources(
    settings: SourceSettings,
    opened: SessionOpened,
    session: str,
    library: Library,
    sign_ins: SignIns,
    clock: HubClock,
    *,
    absent: bool = False,
    reading: Reading = AS_IT_IS,
) -> tuple[Source, ...]:
    """The sources of a session that goes on, by its first event; those of a channel end with their month."""
    if opened.kind != CHANNEL:
        return open_sources(settings, opened.plan, sign_ins, clock, absent=absent)
    hours = Hours(library, opened, session, clock.now_ms, reading.sleep)
    plan = reading_plan(opened.plan, goes_on=hours.goes_on)
    sources = open_sources(settings, plan, sign_ins, clock, absent=absent, steady=True, reading=reading)
    month = month_of_plan(opened.plan)
    return tuple(MonthSource(one, month, hours, goes_on=hours.goes_on) for one in sources)


def newcomers_of(library: Library, earlier: EarlierPeople, started: int, sources: Sequence[Source]) -> Newcomers:
    """Who is new of those whom the sources bring, given who is not."""
    return Newcomers(library, earlier, started=started, regulars=[source.regulars for source in sources])


def open_sources(
    settings: SourceSettings,
    plan: Plan,
    sign_ins: SignIns,
    clock: HubClock,
    *,
    absent: bool = False,
    steady: bool = False,
    reading: Reading = AS_IT_IS,
) -> tuple[Source, ...]:
    """All of them; where some may be `absent`, as on another computer, one that cannot be opened says so."""

    def opened(spec: str) -> Source:
        try:
            return open_source(
                _located(spec, settings.folder),
                plan,
                speed=settings.speed,
                hosts=settings.hosts,
                follow=settings.follow,
                zone=settings.zone,
                steady=steady,
                sign_ins=sign_ins,
                now=clock.now_ms,
                sleep=reading.sleep,
                transport=reading.transport,
            )
        except SourceError as error:
            if not absent:
                raise
            return AbsentSource(spec, str(error))

    return tuple(map(opened, settings.sources))


def _located(spec: str, folder: str) -> str:
    """A source that is a file, by a path that holds from here where it does not lie here any more."""
    network, _, file = spec.partition(":")
    if network == "practice" and file and not Path(file).expanduser().exists():
        elsewhere = Path(folder, file)
        if elsewhere.exists():
            return f"{network}:{elsewhere}"
    return spec


def probe_beside(path: Path, disk: Disk | None = None) -> Callable[[], None]:
    """What tries whether the disk of a session file takes something again, without touching the file itself."""
    disk = disk or Disk()
    beside = path.with_name(path.name + ".probe")

    def probe() -> None:
        try:
            disk.write_whole(beside, b" " * 4096)
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        finally:
            beside.unlink(missing_ok=True)

    return probe
