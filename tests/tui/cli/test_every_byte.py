"""Each byte of each small file of ours, with a bit turned or as another value by turns: nothing that reads it fails.

Of a file of some length every fifth byte is tried, and all only where `LUNCHROOM_THOROUGH=1` is set (`tests/thorough`).

What is refused names the file in one line; what is still a value may be read as that. Here the readers of all commands
and of the hub run on their own; whole commands and hubs are run on samples by `test_damaged_bytes`.
"""

import random
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sessions.core.errors import LunchroomError
from sessions.core.identity import Identity
from sessions.files.disk import Disk
from sessions.hub.process.runtime import (
    Runtime,
    damaged_runtimes,
    load_runtime,
    make_runtime_folder,
    running_sessions,
    save_runtime,
)
from sessions.hub.server.entry.access import fresh_keys
from sessions.library.erasure import look
from sessions.library.forgotten import FORGOTTEN_FILE, ForgottenFile, read_forgotten
from sessions.library.index import INDEX_FILE, summaries
from sessions.library.library import Library
from sessions.library.people import PEOPLE_FILE, read_people
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage import reading
from sessions.library.storage.rescue import rescuable
from sessions.networks.account import Secret, ServerAccount
from sessions.networks.accounts.store import AccountStore
from sessions.reports.saved_recap import make_recap
from sessions.reports.series_growth import read_growth
from tests.thorough import sampled
from tests.tui.libraries import save_chat
from tui.apps import my_config
from tui.replay.model import open_replay
from tui.shell.away_config import computer_setting, config_path, relay_setting

SERIES = "navasotaisd"
CONFIG = 'theme = "nord"\nkeep_months = 24\n[keys]\nnext = "f5"\n[away]\nrelay = "none"\ncomputer = "Desk"\n'


class Unsynced(Disk):
    """A disk that nobody waits for."""

    def sync(self, handle: int) -> None:
        """Be done at once."""

    def sync_folder(self, folder: Path) -> None:
        """Be done at once."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that nobody writes is not read again and again, and no address is looked up that a byte made of ours."""

    def refuse(*_where: object, **_how: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(reading, "_ATTEMPTS", 1)
    monkeypatch.setattr(socket, "create_connection", refuse)


@dataclass
class Shelf:
    """A library with two small chats."""

    library: Library
    first: Path
    second: Path

    @property
    def folder(self) -> Path:
        return self.library.folder


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    library = Library(tmp_path / "chats")
    first, second = (save_chat(library.folder, week, people=1, questions=1, hosts=()) for week in (0, 1))
    return Shelf(library, first, second)


LONG = 200
"""Bytes of a file of which not all are tried each time."""


def flipped(data: bytes) -> Iterator[bytes]:
    """The file with one bit of a byte turned, and with the next byte another value, and so on."""
    return sampled(_flipped(data), 5 if len(data) > LONG else 1)


def _flipped(data: bytes) -> Iterator[bytes]:
    dice = random.Random(len(data))
    for place, byte in enumerate(data):
        turned, other = (
            byte ^ 1 << dice.randrange(8),
            dice.choice([value for value in b'\0\xff\xe9"9{\\' if value != byte]),
        )
        yield data[:place] + bytes([other if place % 2 else turned]) + data[place + 1 :]


def told(path: Path, *readers: Callable[[], object]) -> list[str]:
    """What those said that refused to read it: each one line with the file's name."""
    words = []
    for read in readers:
        try:
            read()
        except LunchroomError as error:
            words.append(str(error))
    assert all(path.name in one and "\n" not in one for one in words), words
    return words


def test_of_a_chat(shelf: Shelf) -> None:
    disk, first = Unsynced(), shelf.first
    clean = first.read_bytes()
    (second,) = (one for one in summaries(shelf.library, disk) if one.path == shelf.second)
    damaged = tried = 0
    for data in flipped(clean):
        tried += 1
        first.write_bytes(data)
        words = told(
            first,
            lambda: reading.read_head(first),
            lambda: open_replay(first).final,
            lambda: make_recap(shelf.folder, first, "abc234", "json"),
        )
        told(
            first,
            lambda: read_growth(shelf.library, SERIES),
            lambda: shelf.library.earlier_people(SERIES),
            lambda: rescuable(first),
        )
        listed = summaries(shelf.library, disk)
        assert [one for one in listed if one.path == shelf.second] == [second]
        (one,) = (one for one in listed if one.path != shelf.second)
        damaged += one.damaged
        assert words or not one.damaged
        if first.read_bytes() != data:  # what was torn is mended, and what it was stands beside it
            for path in shelf.folder.glob(f"{first.name}.*"):
                path.unlink()
    assert damaged > tried // 2


def test_of_people_json(shelf: Shelf) -> None:
    rebuild_people(shelf.library)
    path = shelf.folder / PEOPLE_FILE
    for data in flipped(path.read_bytes()):
        path.write_bytes(data)
        words = told(path, lambda: read_people(shelf.folder))
        also = told(
            path,
            lambda: make_recap(shelf.folder, shelf.first, "abc234", "json"),
            lambda: read_growth(shelf.library, SERIES),
            lambda: shelf.library.earlier_people(SERIES),
        )
        assert bool(words) == bool(also)


def test_of_index_json_it_is_made_anew_without_a_word(shelf: Shelf) -> None:
    disk = Unsynced()
    path, whole = shelf.folder / INDEX_FILE, summaries(shelf.library, disk)
    clean = path.read_bytes()
    for data in flipped(clean):
        path.write_bytes(data)
        assert summaries(shelf.library, disk) == whole
        assert path.read_bytes() == clean


def test_of_forgotten_json(shelf: Shelf) -> None:
    who = Identity(frozenset({"mastodon:gone"}), frozenset({"mastodon:gone@a.example"}))
    ForgottenFile(shelf.folder).add(who)
    path, events = shelf.folder / FORGOTTEN_FILE, reading.read_events(shelf.first)
    for data in flipped(path.read_bytes()):
        path.write_bytes(data)
        told(
            path,
            lambda: read_forgotten(shelf.folder).respected(events),
            lambda: look([shelf.folder], "teacher0"),
            ForgottenFile(shelf.folder).with_key,
        )
        assert path.read_bytes() == data


def test_of_a_runtime_file(shelf: Shelf) -> None:
    path = make_runtime_folder() / "abc234.json"
    save_runtime(Runtime("abc234", "A chat", "http://127.0.0.1:9", 1, "a.json", 1_764_637_200_000, fresh_keys()))
    for data in flipped(path.read_bytes()):
        path.write_bytes(data)
        damaged = damaged_runtimes()
        assert [found for found, _ in damaged] == ([path] if load_runtime("abc234") is None else [])
        assert all("\n" not in why for _, why in damaged)
        assert len(running_sessions()) == 1 - len(damaged)


def test_of_config_toml() -> None:
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    for data in flipped(CONFIG.encode()):
        path.write_bytes(data)
        problem = my_config().problem
        assert "\n" not in problem
        assert not problem or path.name in problem
        assert computer_setting()
        told(path, relay_setting)


@pytest.mark.parametrize("name", ["accounts.json", "tokens.json"])
def test_of_the_accounts(name: str) -> None:
    store = AccountStore()
    account = ServerAccount("mastodon", "a.example", "mastodon:1", "ana@a.example", posts=True, secret=Secret("t0ken"))
    store.save(account)
    path = store.folder / name
    for data in flipped(path.read_bytes()):
        path.write_bytes(data)
        told(path, store.load)
        assert all("\n" not in store.trouble(source) for source, _ in store.known())
        assert "t0ken" not in "".join(store.trouble(source) for source, _ in store.known())
