"""Whether an exported folder still is what its manifest says. It blocks, and reads nothing outside of the folder.

A manifest may come from anybody: what it names is compared with the files that a walk finds, and only those are opened.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.errors import LunchroomError
from sessions.files.reading import read_file
from sessions.records.manifest import MANIFEST, ExportedFile, Manifest

LARGEST = 64 * 1024 * 1024
"""Bytes of a manifest that is read: about 400,000 files."""

MOST_FILES = 200_000
"""Files of a folder that are looked at."""

_CHUNK = 1024 * 1024

Kind = Literal["changed", "missing", "additional", "link", "refused"]
"""`link`: a link stands there in place of a file; `refused`: the manifest names a place that is none in the folder."""

Progress = Callable[[int, int], None]
"""Told how many of how many files have been read."""


class NotAnExport(LunchroomError):
    """The folder cannot be verified: it has no manifest, or one that makes no sense."""

    exit_code = 2


class Difference(msgspec.Struct, frozen=True, order=True):
    """A file that is not as the manifest says; `path` may be anything that stands there."""

    path: str
    kind: Kind


class Verified(msgspec.Struct, frozen=True):
    """What the manifest says, and where the folder differs from that."""

    manifest: Manifest
    differences: tuple[Difference, ...]


def verify(folder: Path, progress: Progress = lambda _done, _of: None) -> Verified:
    """Compare each file of the folder with the manifest. Raises `NotAnExport`."""
    manifest = _manifest(folder)
    here = _walk(folder)
    found: list[Difference] = []
    named: set[str] = set()
    for done, file in enumerate(manifest.files):
        progress(done, len(manifest.files))
        if file.path in named or not _inside(file.path):
            found.append(Difference(file.path, "refused"))
            continue
        named.add(file.path)
        there = here.get(file.path)
        if there is None:
            found.append(Difference(file.path, "missing"))
        elif not there:
            found.append(Difference(file.path, "link"))
        elif not _same(folder.joinpath(*file.path.split("/")), file):
            found.append(Difference(file.path, "changed"))
    found += [Difference(path, "additional" if file else "link") for path, file in here.items() if path not in named]
    return Verified(manifest, tuple(sorted(found)))


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not folder.is_dir():
        raise NotAnExport(f"There is no folder {folder}: name one that `lunchroom export` wrote.")
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotAnExport(f"{path} is no file: it may lead anywhere, and nothing was read.")
        manifest = read_json(read_file(path, LARGEST), Manifest)
    except FileNotFoundError:
        raise NotAnExport(f"{folder} has no {MANIFEST}: name a folder that `lunchroom export` wrote.") from None
    except OSError as error:
        raise NotAnExport(f"{path} cannot be read: {error.strerror or error}.") from error
    except Unreadable as error:
        raise NotAnExport(f"{path} cannot be used: {error}. Bring back a copy of the whole folder.") from error
    return manifest


def _walk(folder: Path) -> dict[str, bool]:
    """What lies in the folder by its place: whether it is a file. Links and the like are named and never followed."""
    found: dict[str, bool] = {}
    left = [("", folder)]
    while left:
        before, here = left.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda one: one.name)
        except OSError as error:
            raise NotAnExport(f"{here} cannot be read: {error.strerror or error}.") from error
        for entry in entries:
            place = before + entry.name
            if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                left.append((f"{place}/", Path(entry.path)))
            elif place != MANIFEST:
                found[place] = entry.is_file(follow_symlinks=False)
            if len(found) > MOST_FILES:
                raise NotAnExport(f"{folder} has more than {MOST_FILES:,} files: that is no folder of an export.")
    return found


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    """Whether it is what Windows has for links to folders."""
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0))


def _inside(path: str) -> bool:
    """Whether a place of the manifest is one in the folder, on any system."""
    names = path.split("/")
    odd = any(letter in path for letter in "\\:\0")
    return path != MANIFEST and not odd and all(name not in ("", ".", "..") for name in names)


def _same(path: Path, file: ExportedFile) -> bool:
    """Whether the file has these bytes; one of another size is not read."""
    sum_of_it = hashlib.sha256()
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
        with open(handle, "rb") as opened:  # noqa: PTH123 - a handle, not a path
            if os.fstat(handle).st_size != file.size:
                return False
            while chunk := opened.read(_CHUNK):
                sum_of_it.update(chunk)
    except OSError:
        return False
    return sum_of_it.hexdigest() == file.sha256
