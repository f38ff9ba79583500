"""Who asked to be forgotten: a list of keyed hashes beside the saved chats, which imports and copies respect.

It holds no name and no handle. Whoever has the file can still test a guess against it, as with any such list.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import AnyEvent, PostEdited
from sessions.core.identity import UNNAMED_NETWORKS, Identity, authors_in, canonical, handle_key, posts_in
from sessions.core.posts import Author
from sessions.core.redaction.forgetting import without
from sessions.core.redaction.handles import handles_in
from sessions.files.disk import Disk
from sessions.files.errors import LibraryError
from sessions.files.small_file import SmallFile

FORGOTTEN_FILE = "forgotten.json"


_Hex = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""32 bytes: a damaged one would never match again, without a word."""


class _Key(msgspec.Struct, frozen=True):
    key: _Hex


class _Hash(msgspec.Struct, frozen=True):
    hash: _Hex


class _Contents(msgspec.Struct, frozen=True):
    """The file as TinyDB reads it: a table with the key, and one with a document for each hash."""

    key: dict[Literal["1"], _Key]
    forgotten: dict[str, _Hash]


class Forgotten:
    """The list at one moment, and the `key` of its hashes. Without a file nobody is on it."""

    def __init__(self, key: bytes, hashes: frozenset[str]) -> None:
        self.key = key
        self.hashes = hashes

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def is_forgotten(self, author: Author) -> bool:
        """Whether this account belongs to somebody who asked to be forgotten: by its id, or its network and handle.

        What comes from an archive that names no network is also known by the handle alone.
        """
        if canonical(author.id) != author.id:
            author = msgspec.structs.replace(author, id=canonical(author.id))
        wanted = {f"id:{author.id}"}
        if author.handle:
            wanted |= self._names_of_handle(handle_key(author))
        return any(self._hash(what) in self.hashes for what in wanted)

    def respected(self, events: Sequence[AnyEvent]) -> list[AnyEvent]:
        """The events of one session without whoever is on the list, as `forget` would have left them.

        For everything that comes into the library: an import, a copy of the other moderator's file. As many events as
        before, with the same seqs.
        """
        if not self:
            return list(events)
        kept = list(events)
        for who in self._found(events):
            kept = without(kept, who, self.pseudonym)
        return kept

    def concerns(self, events: Sequence[AnyEvent]) -> bool:
        """Whether somebody of the list wrote in these events or is mentioned: else `respected` changes nothing.

        What holds of none of several parts of a session holds of all of it.
        """
        return bool(self) and bool(self._found(events))

    def pseudonym(self, identifier: str) -> str:
        """Ten letters for an id or a name, the same each time in this library."""
        return self._hash(f"pseudonym:{identifier}")[:10]

    def hashes_of(self, who: Identity) -> frozenset[str]:
        """What the list holds of a person."""
        wanted = {f"id:{identifier}" for identifier in who.ids}
        for handle in who.handles:
            network, _, bare = handle.partition(":")
            wanted |= {f"handle:{handle}", f"bare:{bare}", f"mention:{handle}"}
            wanted.add(f"mention:{network}:{bare.partition('@')[0]}")
        return frozenset(self._hash(what) for what in wanted)

    def _found(self, events: Iterable[AnyEvent]) -> list[Identity]:
        """Those of the list who wrote in these events, each account for itself, and those who are only mentioned."""
        authors: dict[str, Identity] = {}
        mentions: set[str] = set()
        events = tuple(events)
        for author in authors_in(events):
            if author.id not in authors and self.is_forgotten(author):
                handles = frozenset({handle_key(author)} if author.handle else ())
                authors[author.id] = Identity(frozenset({canonical(author.id)}), handles)
        for post in posts_in(events):
            mentions |= {f"{post.author.network}:{named}" for named in handles_in(post.text)}
        for event in events:
            if isinstance(event, PostEdited):
                network = event.post.partition(":")[0]
                mentions |= {f"{network}:{named}" for named in handles_in(event.text)}
        known = frozenset(key for key in mentions if self._is_mention(key))
        return [*authors.values(), *([Identity(handles=known)] if known else [])]

    def _is_mention(self, key: str) -> bool:
        """Whether somebody of the list is mentioned so; a handle with its server names the same person anywhere."""
        bare = key.partition(":")[2]
        wanted = {f"mention:{key}"} | ({f"bare:{bare}"} if "@" in bare else set())
        return any(self._hash(what) in self.hashes for what in wanted)

    def _names_of_handle(self, key: str) -> set[str]:
        network, _, handle = key.partition(":")
        return {f"handle:{key}"} | ({f"bare:{handle}"} if network in UNNAMED_NETWORKS else set())

    def _hash(self, what: str) -> str:
        return hmac.new(self.key, what.casefold().encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


class ForgottenFile:
    """`forgotten.json` in the library `folder`."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._file = SmallFile(folder / FORGOTTEN_FILE, disk)

    def read(self) -> Forgotten:
        """The list as it is. Raises `LibraryError` where it is damaged: then nothing may come in."""
        raw = self._file.read()
        if raw is None:
            return Forgotten(b"", frozenset())
        try:
            contents = read_json(raw, _Contents)
            key = bytes.fromhex(contents.key["1"].key)
        except (Unreadable, KeyError) as error:
            raise LibraryError(
                f"{self._file.path} is damaged, and it says who asked to be forgotten. Bring back a copy of it, or "
                "delete it and forget them again."
            ) from error
        return Forgotten(key, frozenset(entry.hash for entry in contents.forgotten.values()))

    def with_key(self) -> Forgotten:
        """The list, with a new random key if there was none; written. Raises `LibraryError`, `SaveFailed`."""
        with self._file.locked():
            known = self.read()
            if not known.key:
                known = Forgotten(secrets.token_bytes(32), frozenset())
                self._write(known)
            return known

    def add(self, who: Identity) -> None:
        """Put a person on the list, durably. Raises `LibraryError`, `SaveFailed`."""
        self.with_key()
        with self._file.locked():
            known = self.read()
            self._write(Forgotten(known.key, known.hashes | known.hashes_of(who)))

    def _write(self, known: Forgotten) -> None:
        documents = {str(number): _Hash(each) for number, each in enumerate(sorted(known.hashes), start=1)}
        self._file.write(msgspec.json.encode(_Contents({"1": _Key(known.key.hex())}, documents)))


def read_forgotten(folder: Path) -> Forgotten:
    """Who asked to be forgotten in the library `folder`. Raises `LibraryError` where the list is damaged."""
    return ForgottenFile(folder).read()
