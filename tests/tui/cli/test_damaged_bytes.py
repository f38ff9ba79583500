"""No byte stops a library: whichever byte of whichever file is another, that one file is told and all else goes on.

Each file of ours is spoiled at places spread over it and at those that give it its structure; then everything that
looks at a library is run in this process, and a hub opens on it.
"""

import contextlib
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pytest

from sessions.core.errors import LunchroomError
from sessions.core.identity import Identity
from sessions.files.errors import LibraryError
from sessions.hub.process.runtime import (
    Runtime,
    damaged_runtimes,
    load_runtime,
    make_runtime_folder,
    runtime_folder,
    save_runtime,
)
from sessions.hub.process.starting import ServeOptions, start
from sessions.hub.server.entry.access import fresh_keys
from sessions.library.erasure import look
from sessions.library.forgotten import FORGOTTEN_FILE, ForgottenFile, read_forgotten
from sessions.library.index import INDEX_FILE, Summary, summaries
from sessions.library.library import Library
from sessions.library.people import PEOPLE_FILE, read_people
from sessions.library.people_rebuild import rebuild_people
from sessions.library.storage.rescue import rescue
from sessions.reports.saved_recap import make_recap
from sessions.reports.series_growth import read_growth
from tests.sessions.core.building import a_plan
from tests.tui.libraries import save_chat
from tui.apps import my_config
from tui.replay.model import open_replay
from tui.shell.away_config import config_path

VALUES = (0xFF, 0x00, 0xE9, *b'"9e-{[\\')
STRUCTURE = frozenset(b'{}[]",:\\.')
PLACES = 4
"""Places of each file beside its first and last byte: all that looks at a library is run at each."""

BESIDE = [(PEOPLE_FILE, "config.toml"), (FORGOTTEN_FILE, "abc234.json"), (INDEX_FILE,)]
"""The files beside the chats; those that nothing reads together are spoiled together."""


@dataclass
class Home:
    library: Library
    first: Path
    second: Path
    runtime: Path
    clean: dict[Path, bytes]

    def restore(self) -> None:
        """Make all files what they were, and remove what came since."""
        for path in [*self.library.folder.iterdir(), *self.runtime.parent.glob("*.json")]:
            if path not in self.clean and path.suffix != ".lock" and path.is_file():
                path.unlink()
        for path, data in self.clean.items():
            path.write_bytes(data)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    library = Library(tmp_path / "chats")
    first, second = (save_chat(library.folder, week, people=2) for week in (0, 1))
    rebuild_people(library)
    ForgottenFile(library.folder).add(Identity(frozenset({"mastodon:gone"}), frozenset({"mastodon:gone@a.example"})))
    summaries(library)
    make_runtime_folder()
    save_runtime(Runtime("abc234", "A chat", "http://127.0.0.1:9", 1, str(first), 1_764_637_200_000, fresh_keys()))
    config = config_path()
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('theme = "nord"\nkeep_months = 24\n\n[keys]\nnext = "f5"\n')
    files = [*library.folder.glob("*.json"), runtime_folder() / "abc234.json", config]
    return Home(library, first, second, runtime_folder() / "abc234.json", {path: path.read_bytes() for path in files})


def spoiled(data: bytes) -> Iterator[bytes]:
    """The file with one byte another, at places of its structure and anywhere."""
    dice = random.Random(len(data))
    structure = [place for place, byte in enumerate(data) if byte in STRUCTURE]
    places = {0, len(data) - 1, *dice.sample(structure, min(len(structure), PLACES // 2))}
    places |= set(dice.sample(range(len(data)), min(len(data), PLACES // 2)))
    for place in sorted(places):
        value = dice.choice([value for value in VALUES if value != data[place]])
        yield data[:place] + bytes([value]) + data[place + 1 :]
    yield from (b"", b"\0" * len(data), data[: len(data) // 2], b"[" * 100_000, b'{"a": ' + b"9" * 6000 + b"}")
    yield from (b"\xef\xbb\xbf" + data, data.decode().encode("utf-16"), data + data)


def everything(home: Home, told: list[str]) -> list[Summary]:
    """Run what looks at a library; `told` gets the words of what was refused. Gives the listing."""

    def heard(what: Callable[[], object]) -> None:
        try:
            what()
        except LunchroomError as error:
            told.append(str(error))

    library, folder = home.library, home.library.folder
    listed = summaries(library)
    assert {one.id for one in library.saved_chats()} == {one.id for one in listed}
    for one in listed:
        heard(lambda path=one.path: open_replay(path).final)
        heard(lambda one=one: make_recap(folder, one.path, one.id, "markdown"))
    heard(lambda: read_growth(library, "navasotaisd"))
    heard(lambda: look([folder], "teacher0"))
    heard(lambda: read_people(folder))
    heard(lambda: read_forgotten(folder))
    told += filter(None, (my_config().problem, *(why for _, why in damaged_runtimes())))
    assert all(words and "\n" not in words for words in told)
    load_runtime("abc234")
    started = start(ServeOptions(library=folder, plan=a_plan(sources=("practice",))))
    started.listening.close()
    started.file.close()
    started.file.path.unlink()
    return listed


@pytest.mark.parametrize("names", BESIDE, ids=" and ".join)
def test_a_byte_of_a_file_beside_the_chats_costs_that_file_alone(home: Home, names: tuple[str, ...]) -> None:
    paths = [next(path for path in home.clean if path.name == name) for name in names]
    silent: list[str] = []
    whole = everything(home, silent)
    assert silent == []
    for together in zip_longest(*(spoiled(home.clean[path]) for path in paths)):
        written = {path: data for path, data in zip(paths, together, strict=True) if data is not None}
        for path, data in written.items():
            path.write_bytes(data)
        told: list[str] = []
        assert everything(home, told) == whole
        for path, data in written.items():
            if path.name == INDEX_FILE:
                assert told == [], "it is made anew without a word"
            elif path.exists():
                assert path.read_bytes() == data, "nothing is overwritten"
        home.restore()


def test_a_byte_of_a_people_json_is_told_and_a_rebuild_makes_it_anew(home: Home) -> None:
    path = home.library.folder / PEOPLE_FILE
    whole = read_people(home.library.folder)
    damaged = 0
    for data in spoiled(home.clean[path]):
        path.write_bytes(data)
        done = rebuild_people(home.library)
        if done.aside is not None:
            damaged += 1
            assert done.aside.path.read_bytes() == data
            assert [one.ids for one in read_people(home.library.folder)] == [one.ids for one in whole]
        home.restore()
    assert damaged > PLACES // 4


def test_a_byte_of_a_forgotten_list_is_told_before_anything_comes_in(home: Home) -> None:
    path = home.library.folder / FORGOTTEN_FILE
    for data in spoiled(home.clean[path]):
        path.write_bytes(data)
        with contextlib.suppress(LibraryError):
            assert read_forgotten(home.library.folder).key
        home.restore()


HOSTILE = {
    "an hour of 1e308 minutes": (rb'"minutes":60.0', b'"minutes":1e308'),
    "an hour of -1e308 minutes": (rb'"minutes":60.0', b'"minutes":-1e308'),
    "questions of 1e308 minutes": (rb'"minutes":8.3[0-9]*', b'"minutes":1e308'),
    "introductions": (rb'"introductions":8.0', b'"introductions":1e308'),
    "close": (rb'"close":2.0', b'"close":-1e308'),
    "a label with a line's end": (rb'"label":"1"', rb'"label":"9\\n"'),
    "a label of 6,000 digits": (rb'"label":"1"', b'"label":"' + b"9" * 6000 + b'"'),
    "a label of other digits": (rb'"label":"1"', rb'"label":"\\u00b2"'),
    "the planned time": (rb'"starts_at":[0-9]*', b'"starts_at":9223372036854775807'),
    "the year 9999": (rb'"starts":"[^"]*"', b'"starts":"9999-12-31T23:59:59"'),
    "the year 1": (rb'"starts":"[^"]*"', b'"starts":"0001-01-01T00:00:00"'),
    "a zone that is none": (rb'"timezone":"[^"]*"', b'"timezone":"Nowhere/Land"'),
    "when it happened": (rb'"at":17646372[0-9]*', b'"at":9223372036854775806'),
    "when it was posted": (rb'"posted_at":[0-9]*', b'"posted_at":-9223372036854775808'),
    "when it began and ended": (rb'"(started|ended)":[0-9]*', rb'"\1":99999999999999999999'),
    "a number of 6,000 digits": (rb'"posted_at":[0-9]*', b'"posted_at":' + b"9" * 6000),
    "a key of 6,000 digits": (rb'"2": \{', b'"' + b"9" * 6000 + b'": {'),
    "half a letter": (rb'"text":"A1: station 0"', rb'"text":"\\ud800"'),
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_value_costs_at_most_that_chat(home: Home, value: tuple[bytes, bytes]) -> None:
    (second,) = (one for one in summaries(home.library) if one.path == home.second)
    data, changed = re.subn(*value, home.clean[home.first])
    assert changed
    home.first.write_bytes(data)
    told: list[str] = []
    assert [one for one in everything(home, told) if one.path == home.second] == [second]
    assert all(home.first.name in words for words in told)
    rebuild_people(home.library)
    with contextlib.suppress(LunchroomError):
        for form in ("html", "csv", "json"):
            make_recap(home.library.folder, home.first, "abcdef", form)
    with contextlib.suppress(LunchroomError):
        started = start(ServeOptions(library=home.library.folder, resume=home.first))
        started.listening.close()
        started.file.close()
    with contextlib.suppress(LunchroomError):
        rescue(home.first)


def test_a_byte_of_a_chat_costs_that_chat_alone(home: Home) -> None:
    (second,) = (one for one in summaries(home.library) if one.path == home.second)
    damaged = 0
    for data in spoiled(home.clean[home.first]):
        home.first.write_bytes(data)
        told: list[str] = []
        listed = everything(home, told)
        assert [one for one in listed if one.path == home.second] == [second]
        (one,) = (one for one in listed if one.path != home.second)
        assert all(home.first.name in words for words in told), "whatever is refused names the file"
        if one.damaged:
            damaged += 1
            assert told, "and it is told"
            with contextlib.suppress(LunchroomError):
                rescue(one.path)
                assert not next(one for one in summaries(home.library) if one.path == home.first).damaged
        with contextlib.suppress(LunchroomError):
            started = start(ServeOptions(library=home.library.folder, resume=home.first))
            started.listening.close()
            started.file.close()
        home.restore()
    assert damaged > PLACES // 4
