"""What is packed: zips, gzip and tar, opened in memory and never onto the disk, and only as far as is read.

Of an own archive of X or Mastodon the files with the posts are taken, and whose it is from the file that says so; of
an export of Slack the days of all channels, and who is who; of any other the one file that may hold posts.
"""

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

import msgspec

from sessions.core.cleaning import clean_handle, clean_name
from sessions.core.decoding import Unreadable, read_any_json
from sessions.files.kinds import packed_document
from sessions.importing.formats.errors import CannotImport
from sessions.importing.formats.slack import CHANNEL, CLOSED, LISTS, PEOPLE, channels_of, people_of, root_of
from sessions.importing.formats.texts import SIZE_LIMIT
from sessions.networks.archived import ArchiveOwner

FILES_LIMIT = 200_000
"""Files that an archive may have: X's has one for every picture."""

_OWNER_LIMIT = 1024 * 1024
_SHOWN = 5
_X_POSTS = re.compile(r"(?:.*/)?data/(?:tweets?|note-tweet|community-tweet)(?:-part\d{1,4})?\.js")
_X_OLD_POSTS = re.compile(r"(?:.*/)?data/js/tweets/\d{4}_\d\d\.js")
_X_ACCOUNT = re.compile(r"(?:.*/)?data/account\.js")
_OUTBOX = re.compile(r"(?:[^/]{0,100}/)?outbox\.json")
_ACTOR = re.compile(r"(?:[^/]{0,100}/)?actor\.json")
_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson")
_OTHERS = (".json", ".js", ".html", ".htm", ".txt", ".vtt", ".sbv")
_BAD = (
    zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, RuntimeError, NotImplementedError,
    OSError, ValueError,
)  # fmt: skip
"""What broken and hostile archives raise."""

Opener = Callable[[], IO[bytes]]


class Part(msgspec.Struct, frozen=True):
    """A file out of an archive, or the file itself: its name in it (empty for itself), its bytes, and what else the
    archive says of what stands in it."""

    name: str
    raw: bytes
    beside: Mapping[str, Any] = {}


class Unpacked(msgspec.Struct, frozen=True):
    """What is to be read of a file, and whose own archive it is where a file in it says so."""

    parts: tuple[Part, ...]
    owner: ArchiveOwner = ArchiveOwner()


def is_zip(beginning: bytes) -> bool:
    """Whether a file that begins so is a zip."""
    return beginning.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unzipped(path: Path) -> Unpacked:
    """The parts of a zip with posts. Raises `CannotImport`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries: dict[str, Opener] = {}
            for info in archive.infolist():
                if len(entries) > FILES_LIMIT:
                    raise CannotImport(f"{path}: more than {FILES_LIMIT} files in it; unpack it and give one")
                if not info.is_dir():
                    entries[info.filename.replace("\\", "/")] = lambda info=info: archive.open(info)  # type: ignore[misc]
            mimetype = _start(entries["mimetype"]) if "mimetype" in entries else ""
            document = packed_document(frozenset(entries), mimetype)
            if document is not None:
                raise CannotImport(f"{path}: {document}")
            return _chosen(path, entries)
    except _BAD as error:
        raise _broken(path, error) from None


def ungzipped(path: Path, raw: bytes) -> Unpacked:
    """What gzip packed: a file, or the parts of a tar with posts. Raises `CannotImport`."""
    try:
        with gzip.open(io.BytesIO(raw)) as stream:
            inner = _bounded(stream, SIZE_LIMIT, str(path))
        if inner[257:262] != b"ustar":
            return Unpacked((Part("", inner),))
        with tarfile.open(fileobj=io.BytesIO(inner)) as archive:
            return _chosen(path, dict(_members(archive)))
    except _BAD as error:
        raise _broken(path, error) from None


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, Opener]]:
    for member in archive:
        if member.isfile():
            yield member.name, lambda member=member: archive.extractfile(member) or io.BytesIO()  # type: ignore[misc]


def _broken(path: Path, error: BaseException) -> CannotImport:
    if "password" in str(error) or "encrypted" in str(error):
        return CannotImport(f"{path}: it is locked with a password; unpack it and give the file that holds the posts")
    return CannotImport(f"{path}: this archive cannot be unpacked; take another copy of it, or unpack it by hand")


def _chosen(path: Path, entries: Mapping[str, Opener]) -> Unpacked:
    names = [name for name in entries if not _is_hidden(name)]

    def matching(form: re.Pattern[str]) -> list[str]:
        return sorted(name for name in names if form.fullmatch(name) is not None)

    own = matching(_X_POSTS) or matching(_X_OLD_POSTS)
    if own:
        return Unpacked(_read(path, own, entries), _x_owner(matching(_X_ACCOUNT), entries))
    outboxes = matching(_OUTBOX)
    if outboxes:
        return Unpacked(_read(path, outboxes[:1], entries), _mastodon_owner(matching(_ACTOR), entries))
    slack = root_of(names)
    if slack is not None:
        return Unpacked(_slack_parts(path, slack, names, entries))
    for endings in (_TABLES, _OTHERS):
        found = sorted(name for name in names if name.casefold().endswith(endings))
        if len(found) == 1:
            return Unpacked(_read(path, found, entries))
        if found:
            shown = ", ".join(clean_name(name) for name in found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
            raise CannotImport(
                f"{path}: {len(found)} files in it may hold posts: {shown}; unpack it and give those that do"
            )
    raise CannotImport(f"{path}: none of the {len(entries)} files in it is of a kind that holds posts")


def _slack_parts(path: Path, root: str, names: list[str], entries: Mapping[str, Opener]) -> tuple[Part, ...]:
    """The days of an export of Slack, channel by channel."""
    lists = {name: _json_in([f"{root}{name}"], entries, SIZE_LIMIT) for name in LISTS if f"{root}{name}" in names}
    people = people_of(lists.get("users.json") or lists.get("org_users.json"))
    parts: list[Part] = []
    left = SIZE_LIMIT
    for channel in channels_of(names, root, lists):
        beside = {PEOPLE: people, CHANNEL: clean_name(channel.name), CLOSED: channel.closed}
        days = _read(path, list(channel.days), entries, left)
        left -= sum(len(part.raw) for part in days)
        parts += [msgspec.structs.replace(part, beside=beside) for part in days]
    return tuple(parts)


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _read(path: Path, names: list[str], entries: Mapping[str, Opener], left: int = SIZE_LIMIT) -> tuple[Part, ...]:
    """The files, as large together as one file may be."""
    parts: list[Part] = []
    for name in names:
        with entries[name]() as stream:
            raw = _bounded(stream, left, f"{path}: {clean_name(name)}")
        left -= len(raw)
        parts.append(Part(clean_name(name), raw))
    return tuple(parts)


def _bounded(stream: IO[bytes] | gzip.GzipFile, limit: int, where: str) -> bytes:
    """What the stream gives, whatever size it claims."""
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise CannotImport(f"{where}: larger than {SIZE_LIMIT // 1024 // 1024} MB unpacked; cut it into shorter pieces")
    return raw


def _start(opener: Opener) -> str:
    with opener() as stream:
        return stream.read(200).decode("ascii", "replace")


def _json_in(names: list[str], entries: Mapping[str, Opener], limit: int = _OWNER_LIMIT) -> Any:
    """The value in the first of the files, behind the name that a script gives it; None where there is none."""
    if not names:
        return None
    with entries[names[0]]() as stream:
        raw = stream.read(limit)
    try:
        return read_any_json(re.sub(rb"\A[^\[{]{0,200}=\s*", b"", raw))
    except Unreadable:
        return None


def _x_owner(names: list[str], entries: Mapping[str, Opener]) -> ArchiveOwner:
    value = _json_in(names, entries)
    first = value[0] if isinstance(value, list) and value else None
    account = first.get("account") if isinstance(first, dict) else None
    said = account if isinstance(account, dict) else {}
    return ArchiveOwner(
        handle=clean_handle(_text(said.get("username"))),
        name=clean_name(_text(said.get("accountDisplayName"))),
        id=clean_handle(_text(said.get("accountId"))),
    )


def _mastodon_owner(names: list[str], entries: Mapping[str, Opener]) -> ArchiveOwner:
    value = _json_in(names, entries)
    said = value if isinstance(value, dict) else {}
    try:
        host = urlsplit(_text(said.get("id"))).hostname or ""
    except ValueError:
        host = ""
    user = clean_handle(_text(said.get("preferredUsername")))
    return ArchiveOwner(handle=f"{user}@{host}" if user and host else "", name=clean_name(_text(said.get("name"))))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
