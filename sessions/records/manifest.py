"""The list of what is in an exported folder, with a checksum of each file. Pure."""

from typing import Annotated, Literal

import msgspec

from sessions.library.removals import Act

MANIFEST = "manifest.json"

SUMS = "SHA256SUMS"
"""The same checksums as `sha256sum -c` and `shasum -a 256 -c` read them."""


class ExportedFile(msgspec.Struct, frozen=True):
    """A file by its place in the folder, with `/` between names; its `size` in bytes."""

    path: str
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class ExportedChat(msgspec.Struct, frozen=True):
    """A chat of the folder; `left_out` says why it has no files there, empty where it has."""

    session: str
    date: str
    title: str
    left_out: str = ""


class Removal(msgspec.Struct, frozen=True):
    """On a `day` (UTC) something was removed, which is not in the folder; it is not told what."""

    day: str
    act: Act


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`made` is when (ISO 8601, UTC) and `by` which version; `people` is how many people the files name."""

    lunchroom_export: Literal[1] = 1
    series: str
    made: str
    by: str
    people: int
    chats: tuple[ExportedChat, ...]
    removals: tuple[Removal, ...] = ()
    files: tuple[ExportedFile, ...]
