"""The keeper of a copy writes beside the desk: never keeps it waiting, and says what goes wrong in one sentence."""

import asyncio
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sessions.files.small_file import SmallFile
from sessions.library.copies.copy_keeper import CopyKeeper, keep_copy
from sessions.library.copies.session_copy import SessionCopy
from sessions.library.library import Library
from sessions.library.people import PEOPLE_FILE, PeopleFile
from sessions.library.storage.reading import read_events, read_session
from sessions.library.storage.session_file import SessionFile
from tests.sessions.library.building import FaultyDisk
from tests.sessions.library.test_session_copy import CHAT, the_copy
from tests.waiting import PATIENCE, patience, until


class Desk:
    """What a keeper tells, and a way to wait for it."""

    def __init__(self, keeper: CopyKeeper) -> None:
        self.said: list[tuple[str, bool]] = []
        self._news = asyncio.Event()
        keeper.notify_with(self._told)

    def _told(self, words: str, trouble: bool) -> None:
        self.said.append((words, trouble))
        self._news.set()

    async def hears(self, number: int) -> None:
        """Return once so many sentences were said."""
        async with patience():
            while len(self.said) < number:
                self._news.clear()
                await self._news.wait()


class SlowDisk(FaultyDisk):
    """A disk whose syncs wait until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.go = threading.Event()

    def sync(self, handle: int) -> None:
        self.reached.set()
        assert self.go.wait(PATIENCE)
        super().sync(handle)


async def test_a_slow_disk_keeps_nobody_waiting_and_all_is_saved_at_the_end(tmp_path: Path) -> None:
    disk = SlowDisk()
    async with keep_copy(the_copy(tmp_path, disk)) as keeper:
        keeper.receive(CHAT[:3])
        assert await asyncio.to_thread(disk.reached.wait, PATIENCE)
        for event in CHAT[3:]:
            keeper.receive([event])
        assert not disk.go.is_set(), "all of that came back while the disk had not answered yet"
        disk.go.set()
    assert keeper.path is not None
    assert len(read_events(keeper.path)) == len(CHAT)
    assert keeper.last_words() == f"Your copy of the chat is saved in {keeper.path}."


async def test_who_leaves_early_is_told_where_it_is_and_how_it_goes_on(tmp_path: Path) -> None:
    async with keep_copy(the_copy(tmp_path)) as keeper:
        keeper.receive(CHAT[:4])
    assert keeper.path is not None
    assert str(keeper.path) in keeper.last_words()
    assert "The next `lunchroom join` completes it" in keeper.last_words()


def cut_short(file: Path) -> None:
    """The last lines of the file did not outlive something."""
    file.write_bytes(file.read_bytes()[:-300])


def cut_out(file: Path) -> None:
    """Somebody deleted it."""
    file.unlink()


@pytest.mark.parametrize("lost", [cut_short, cut_out])
@pytest.mark.skipif(sys.platform == "win32", reason="an open file is not changed by others on Windows")
async def test_what_was_lost_of_a_copy_on_the_disk_is_there_again_when_a_hub_goes_on_with_it(
    tmp_path: Path, lost: Callable[[Path], None]
) -> None:
    async with keep_copy(the_copy(tmp_path)) as keeper:
        keeper.receive(CHAT[:8])
        await keeper.rest()
        assert keeper.path is not None
        keeper.again()
        keeper.receive(CHAT[8:9])
        await until(lambda: len(read_events(keeper.path or Path())) == 9)
        lost(keeper.path)
        await keeper.rest(CHAT[9:10])
        assert [event.seq for event in read_events(keeper.path)] == list(range(1, 11))
        assert keeper.trouble == ""


async def test_a_people_json_that_cannot_be_written_is_said_and_the_copy_is_whole(tmp_path: Path) -> None:
    PeopleFile(tmp_path).path.mkdir()
    async with keep_copy(the_copy(tmp_path)) as keeper:
        keeper.receive(CHAT)
    assert keeper.last_words().startswith(f"Your copy of the chat is saved in {keeper.path}. ")
    assert keeper.last_words().endswith("`lunchroom people rebuild` takes the chat in later.")


async def test_a_full_disk_is_said_once_and_so_is_its_end(tmp_path: Path) -> None:
    disk = FaultyDisk()
    async with keep_copy(the_copy(tmp_path, disk), retry=0.01) as keeper:
        desk = Desk(keeper)
        disk.room = 0
        keeper.receive(CHAT[:4])
        await desk.hears(1)
        for event in CHAT[4:]:
            keeper.receive([event])
            await asyncio.sleep(0)
        disk.room = None
        await desk.hears(2)
    full = (
        "Your copy is not saved: the disk is full. Free some space; saving goes on by itself.",
        True,
    )
    assert desk.said == [full, ("Your copy of the chat is saved again.", False)]
    assert keeper.path is not None
    assert len(read_events(keeper.path)) == len(CHAT)


def _blocked(folder: Path) -> SessionCopy:
    folder.write_text("a file where the library should be")
    return the_copy(folder / "chats")


def _strange(folder: Path) -> SessionCopy:
    return SessionCopy(folder, "../../etc")


@pytest.mark.parametrize(
    ("copy", "words"),
    [(_blocked, "Your copy is not saved. Chats cannot be saved in"), (_strange, "You get no copy")],
)
async def test_where_there_can_be_no_copy_it_is_said_once_and_when_leaving(
    tmp_path: Path, copy: Callable[[Path], SessionCopy], words: str
) -> None:
    async with keep_copy(copy(tmp_path / "here"), retry=0.01) as keeper:
        desk = Desk(keeper)
        keeper.receive(CHAT[:2])
        await desk.hears(1)
        keeper.receive(CHAT[2:])
    assert [trouble for _, trouble in desk.said] == [True]
    assert desk.said[0][0].startswith(words)
    assert "\n" not in desk.said[0][0]
    assert keeper.last_words() == desk.said[0][0]


async def test_where_the_library_has_the_file_already_nothing_is_said(tmp_path: Path) -> None:
    theirs = the_copy(tmp_path)
    theirs.take(CHAT[:2])
    async with keep_copy(the_copy(tmp_path), retry=0.01) as keeper:
        desk = Desk(keeper)
        keeper.receive(CHAT)
    theirs.close()
    assert (desk.said, keeper.last_words(), keeper.path) == ([], "", None)
    assert theirs.path is not None
    assert read_events(theirs.path) == CHAT[:2]


async def test_others_may_write_the_file_once_the_chat_is_closed_though_the_desk_stays_open(tmp_path: Path) -> None:
    copy = the_copy(tmp_path)
    async with keep_copy(copy) as keeper:
        keeper.receive(CHAT)
        await until(lambda: copy.whole)
        assert keeper.path is not None
        await asyncio.to_thread(Library(tmp_path).rename, keeper.path, "Another title")
    (listed,) = Library(tmp_path).saved_chats()
    assert listed.title == "Another title"


async def test_a_copy_counts_as_whole_only_once_others_may_write_it(tmp_path: Path) -> None:
    copy = the_copy(tmp_path)
    async with keep_copy(copy) as keeper:
        with SmallFile(tmp_path / PEOPLE_FILE).locked():  # so the chat cannot come among the people yet
            keeper.receive(CHAT)
            await until(lambda: keeper.path is not None and read_session(keeper.path).ended is not None)
            assert not copy.whole
        await until(lambda: copy.whole)
        assert keeper.path is not None
        SessionFile.open(keeper.path).close()
