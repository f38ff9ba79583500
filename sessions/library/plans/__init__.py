"""Plan files on disk: reading, writing, and finding the last one.

* `languages`, `language_file`: languages of a moderator's own, and what such a file says
* `texts`: text files that moderators wrote
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import tzlocal

from sessions.core.plan import Plan
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.zones import zone_called
from sessions.library.plans.languages import needed_for
from sessions.library.plans.texts import read_text
from sessions.networks.registry import NETWORKS

_PLANLIKE = re.compile(r"^\s*(starts|\[\[questions\]\])", re.MULTILINE)


class PlanFile(msgspec.Struct, frozen=True):
    """A plan with the file that it was read from; `text` is as it stands there, line ends and all."""

    path: Path
    text: str
    plan: Plan


class LatestPlan(msgspec.Struct, frozen=True):
    """The plan whose chat is the last, if there is any, and plan files that could not be read."""

    found: PlanFile | None
    unreadable: tuple[tuple[Path, PlanError], ...]


def system_timezone() -> str | None:
    """The IANA name of this system's timezone, or None where it cannot be told."""
    try:
        name = tzlocal.get_localzone_name()
    except (LookupError, ValueError, OSError):  # tzlocal: no settings, settings that contradict, settings not readable
        return None
    return name if zone_called(name) is not None else None


def read_plan(path: Path, *, default_timezone: str | None = None) -> PlanFile:
    """The plan in a file. Raises as `read_text` and `decode_plan`."""
    text = read_text(path)
    return PlanFile(path, text, _decoded(text, default_timezone))


def _decoded(text: str, default_timezone: str | None) -> Plan:
    """The plan that the text holds, in a language of the moderator's own too."""
    languages = needed_for(text).found
    return decode_plan(text, NETWORKS, default_timezone=default_timezone, languages=languages)


def write_plan(path: Path, text: str) -> None:
    """Write a new plan file; its folder is made. Raises `FileExistsError` rather than touch one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(text)


def latest_plan(folders: Iterable[Path], *, default_timezone: str | None = None) -> LatestPlan:
    """Of the plans (`*.toml`) directly in the folders the one that starts last, of equals the one written last.

    The date of the chat decides and not that of the file, because copying and synchronising changes the latter.
    TOML files that are no plans and folders that are not there are passed over.
    """
    plans, unreadable = _plans_in(folders, default_timezone)
    last = max(plans, key=lambda file: (file.plan.starts_at, file.path.stat().st_mtime), default=None)
    return LatestPlan(last, tuple(unreadable))


def following_plan(
    folders: Iterable[Path], plan: Plan, now: int, *, default_timezone: str | None = None
) -> PlanFile | None:
    """Of the plans (`*.toml`) directly in the folders the next of the same series behind `plan` and behind `now` (UTC
    milliseconds), or None.

    Files that cannot be read are passed over: this one is only looked for, nobody named it.
    """
    plans, _ = _plans_in(folders, default_timezone)
    since = max(plan.starts_at, now)
    behind = [file for file in plans if file.plan.series == plan.series and file.plan.starts_at > since]
    return min(behind, key=lambda file: file.plan.starts_at, default=None)


def _plans_in(
    folders: Iterable[Path], default_timezone: str | None
) -> tuple[list[PlanFile], list[tuple[Path, PlanError]]]:
    """The plans directly in the folders, and those files that look like plans and cannot be read."""
    plans: list[PlanFile] = []
    unreadable: list[tuple[Path, PlanError]] = []
    for path in sorted({path.resolve() for folder in folders for path in folder.glob("*.toml") if path.is_file()}):
        try:
            text = read_text(path)
            if _PLANLIKE.search(text):
                plans.append(PlanFile(path, text, _decoded(text, default_timezone)))
        except PlanError as error:
            unreadable.append((path, error))
    return plans, unreadable
