"""Plan files on disk: reading, writing, and finding the last one."""

import codecs
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import tzlocal

from sessions.core.plan import Plan
from sessions.core.plan.reading import MAX_CHARACTERS, PlanError, Problem, decode_plan
from sessions.core.zones import zone_called
from sessions.files.kinds import file_kind
from sessions.networks.registry import NETWORKS

_PACKED = b"PK\x03\x04"
"""How documents of Office, and zips, begin."""

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


def read_text(path: Path) -> str:
    """The text of a file that a moderator wrote, in UTF-8, or in UTF-16 as Windows' programs mark it.

    Raises `PlanError` where it is no such text, and `OSError` where the file cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_CHARACTERS * 4 + 1)
    kind = file_kind(raw)
    if kind is not None or raw.startswith(_PACKED):
        what = str(kind) if kind is not None else "this is a document of Word or Excel, or a zip; save it as plain text"
        raise PlanError([Problem(None, what)])
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = None if marked else raw.count(b"\n", 0, error.start) + 1
        raise PlanError([Problem(line, "this is no plain text: save the file as text in UTF-8")]) from error


def read_plan(path: Path, *, default_timezone: str | None = None) -> PlanFile:
    """The plan in a file. Raises as `read_text` and `decode_plan`."""
    text = read_text(path)
    return PlanFile(path, text, decode_plan(text, NETWORKS, default_timezone=default_timezone))


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
                plans.append(PlanFile(path, text, decode_plan(text, NETWORKS, default_timezone=default_timezone)))
        except PlanError as error:
            unreadable.append((path, error))
    return plans, unreadable
