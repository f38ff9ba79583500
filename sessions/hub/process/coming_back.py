"""A slow chat is hosted again on any day: which saved chat its plan goes on with, and what the plan says otherwise now.

It is known by its series and its start; whether it is a rehearsal has to be the same, too. A file that is damaged is
none to go on with, and is told: it may be rescued first.
"""

import contextlib
from pathlib import Path

import msgspec

from sessions.core.events import SessionClosed, SessionOpened
from sessions.core.plan import Plan
from sessions.files.errors import StorageError
from sessions.hub.process.heritage import load_heritage
from sessions.hub.process.runtime import Runtime, running_sessions
from sessions.library.index import candidates
from sessions.library.library import Library, describe
from sessions.library.storage.layout import ASIDE, FILE_NAME
from sessions.library.storage.reading import Head, read_head
from sessions.library.storage.rescue import salvage
from sessions.library.storage.session_file import file_slug


class ComingBack(msgspec.Struct, frozen=True):
    """The chat that goes on: its file, its plan as it is stored, and its hub, where one runs here.

    Where its hub was on another computer, `copy_of` is the moderator whose copy the file is.
    """

    path: Path
    plan: Plan
    started: int
    events: int
    hub: Runtime | None = None
    copy_of: str = ""


def coming_back(folder: Path, plan: Plan, *, rehearsal: bool) -> ComingBack | None:
    """The chat of this slow plan in the library's folder that is not ended, the longest of several; blocks.

    None for a plan of an hour: that begins anew each time.
    """
    found = (
        [_head(path, plan, rehearsal=rehearsal) for path in Library(folder, make=False).paths()] if plan.slow else []
    )
    longest = max((one for one in found if one is not None), key=lambda one: one[1].events, default=None)
    if longest is None:
        return None
    path, head = longest
    hubs = (running.runtime for running in running_sessions() if running.alive)
    hub = next((hub for hub in hubs if hub.session == head.session.id), None)
    heritage = load_heritage(head.session.id) if hub is None else None
    copy_of = heritage.name if heritage is not None and not heritage.near else ""
    return ComingBack(path, head.opened.plan, head.session.started, head.events, hub, copy_of)


class DamagedChat(msgspec.Struct, frozen=True):
    """A file that holds the chat, or by its name may hold it, and cannot be read; `events` of it can be rescued."""

    path: Path
    events: int


def damaged_chats(folder: Path, plan: Plan, *, rehearsal: bool) -> tuple[DamagedChat, ...]:
    """The damaged files of this slow plan's chat in the library's folder, one with the most to rescue first; blocks.

    Of one in which nothing can be read only its name tells whose it is.
    """
    named = f"{plan.starts:%Y-%m-%d}", file_slug(plan.series)
    found = []
    for path in candidates(Library(folder, make=False)) if plan.slow else ():
        aside = ASIDE.fullmatch(path.name)
        name = FILE_NAME.fullmatch(aside[1] if aside else path.name)
        if name is None or name.groups()[:2] != named or not (aside or describe(path).damaged):
            continue
        events = []
        with contextlib.suppress(OSError):  # what cannot even be read is told, too
            events = salvage(path.read_bytes())
        opened = events[0] if events else None
        ours = isinstance(opened, SessionOpened) and _same(opened, plan, rehearsal=rehearsal)
        if not events or (ours and not isinstance(events[-1], SessionClosed)):
            found.append(DamagedChat(path, len(events)))
    return tuple(sorted(found, key=lambda one: -one.events))


def changed_questions(stored: Plan, now: Plan) -> tuple[str, ...]:
    """The names of the questions that the plan's file says otherwise than the chat, which keeps its own."""
    before = {question.name: (question.text, question.opens_at) for question in stored.questions}
    after = {question.name: (question.text, question.opens_at) for question in now.questions}
    return tuple(name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name))


def _head(path: Path, plan: Plan, *, rehearsal: bool) -> tuple[Path, Head] | None:
    """The file with its head if it holds a chat of the plan; what was torn is mended first."""
    name = FILE_NAME.fullmatch(path.name)
    if name is None or name[1] != f"{plan.starts:%Y-%m-%d}" or describe(path).damaged:
        return None
    with contextlib.suppress(StorageError):  # deleted or damaged meanwhile
        head = read_head(path)
        if head.ended is None and _same(head.opened, plan, rehearsal=rehearsal):
            return path, head
    return None


def _same(opened: SessionOpened, plan: Plan, *, rehearsal: bool) -> bool:
    """Whether the chat that was opened so is the plan's."""
    stored = opened.plan
    same = (stored.series, stored.starts_at, stored.slow) == (plan.series, plan.starts_at, True)
    return same and opened.rehearsal == rehearsal
