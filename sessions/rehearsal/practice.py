"""The practice source: a recorded chat, a saved session or the built-in cast, without a network or an account."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from sessions.core.plan import Plan
from sessions.library.storage.layout import is_session_file
from sessions.networks.source import Source, SourceError
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.rehearsal.cast import CastSource
from sessions.rehearsal.chat_file import read_chat_file, time_zone
from sessions.rehearsal.pace import FASTEST, SLOWEST
from sessions.rehearsal.recorded import RecordedSource
from sessions.rehearsal.recording import NETWORK, ChatFileError, Recording, hosts_of
from sessions.rehearsal.saved_session import read_saved_session
from sessions.rehearsal.steady import SteadyRecording

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes that a recording may have; a hundred thousand posts are about 30 MB."""


def practice_source(
    spec: str,
    plan: Plan,
    *,
    speed: float = 1.0,
    hosts: Sequence[str] = (),
    follow: bool = False,
    zone: str | None = None,
    steady: bool = False,
    now: Now = wall_clock,
    sleep: Sleep = asyncio.sleep,
) -> Source:
    """The source that `practice` (the built-in cast) or `practice:FILE` (a recording) stands for.

    `speed` is how many times as fast as it was; `hosts` are handles that host besides the plan's; with `follow` the
    cast's hosts ask by themselves (in a recording they do anyway). `zone` is the zone of recorded times that carry
    none. With `steady` a recording goes by the clock, as `SteadyRecording` has it. Raises `SourceError`.
    """
    name, _, file = spec.partition(":")
    if name != NETWORK:
        raise SourceError(f"{spec}: not a practice source; write practice or practice:FILE")
    if not SLOWEST <= speed <= FASTEST:
        raise SourceError(f"--speed must be from {SLOWEST:.0f} to {FASTEST:.0f}, got {speed:g}")
    if zone is not None:
        time_zone(zone)
    if not file:
        return CastSource(plan, speed=speed, follow=follow, now=now, sleep=sleep)
    path = Path(file).expanduser()
    recording = read_recording(path, zone)
    found = hosts_of(recording, plan.hosts, hosts, file)
    if steady:
        return SteadyRecording(spec, recording, found, speed=speed, now=now, sleep=sleep)
    return RecordedSource(spec, recording, found, speed=speed, now=now, sleep=sleep)


def read_recording(path: Path, zone: str | None = None) -> Recording:
    """Read the chat file or the saved session that `path` is; raises `ChatFileError`."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise ChatFileError(f"{path}: larger than {SIZE_LIMIT // 1024 // 1024} MB; take a shorter recording")
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ChatFileError(f"{path}: {reason}; give the path of a recorded chat") from None
    return read_saved_session(path) if is_session_file(raw) else read_chat_file(path, raw, zone)
