"""A slow chat is hosted again on any day: which saved chat its plan goes on with, and what the plan says otherwise now.

It is known by its series and its start; whether it is a rehearsal has to be the same, too.
"""

import contextlib
from pathlib import Path

import msgspec

from sessions.core.plan import Plan
from sessions.core.plan.labels import question_name
from sessions.files.errors import StorageError
from sessions.hub.process.runtime import Runtime, running_sessions
from sessions.library.library import Library, describe
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.reading import Head, read_head


class ComingBack(msgspec.Struct, frozen=True):
    """The chat that goes on: its file, its plan as it is stored, and its hub, where one runs here."""

    path: Path
    plan: Plan
    started: int
    events: int
    hub: Runtime | None = None


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
    return ComingBack(path, head.opened.plan, head.session.started, head.events, hub)


def changed_questions(stored: Plan, now: Plan) -> tuple[str, ...]:
    """The names of the questions that the plan's file says otherwise than the chat, which keeps its own."""
    before = {question.label: (question.text, question.opens_at) for question in stored.questions}
    after = {question.label: (question.text, question.opens_at) for question in now.questions}
    labels = dict.fromkeys([*before, *after])
    return tuple(question_name(label) for label in labels if before.get(label) != after.get(label))


def _head(path: Path, plan: Plan, *, rehearsal: bool) -> tuple[Path, Head] | None:
    """The file with its head if it holds a chat of the plan; what was torn is mended first."""
    name = FILE_NAME.fullmatch(path.name)
    if name is None or name[1] != f"{plan.starts:%Y-%m-%d}" or describe(path).damaged:
        return None
    with contextlib.suppress(StorageError):  # deleted or damaged meanwhile
        head = read_head(path)
        stored = head.opened.plan
        same = (stored.series, stored.starts_at, stored.slow) == (plan.series, plan.starts_at, True)
        if same and head.ended is None and head.opened.rehearsal == rehearsal:
            return path, head
    return None
