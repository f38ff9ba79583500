"""A desk that keeps a copy: what is heard is in it, and a disk that refuses is said while the chat goes on."""

from pathlib import Path

import pytest

from sessions.library.copies.copy_keeper import keep_copy
from sessions.library.copies.session_copy import SessionCopy
from sessions.library.storage.reading import read_events
from tests.sessions.hub.live import Feed, live_hub
from tests.sessions.library.building import FaultyDisk
from tests.tui.desks import desk_on


async def test_the_copy_has_what_the_desk_heard(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        copy = SessionCopy(tmp_path / "mine", live.session.id)
        async with keep_copy(copy) as keeper, desk_on(live, "Ben", keeper=keeper) as ben:
            feed.post("A1: stations")
            await ben.sees("A1: stations")
        assert copy.path is not None
        heard = read_events(copy.path)
        assert heard == live.session.log.events()[: len(heard)]
        assert "PostSeen" in [type(event).__name__ for event in heard]


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_a_full_disk_is_one_line_in_the_status_and_the_chat_goes_on(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    feed, disk = Feed(), FaultyDisk()
    async with live_hub(tmp_path, sources=[feed]) as live:
        copy = SessionCopy(tmp_path / "mine", live.session.id, disk=disk)
        disk.room = 0
        async with keep_copy(copy, retry=0.01) as keeper, desk_on(live, "Ben", keeper=keeper, size=size) as ben:
            await ben.sees("! Your copy is not saved: the disk is full. Free some space")
            feed.post("A1: stations")
            await ben.sees("A1: stations")
            disk.room = None
            await ben.sees("Your copy of the chat is saved again.")
        assert copy.path is not None
        assert "PostSeen" in [type(event).__name__ for event in read_events(copy.path)]


async def test_a_chat_whose_computer_is_lost_goes_on_from_the_copy(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        copy = SessionCopy(tmp_path / "ben", live.session.id)
        async with keep_copy(copy) as keeper, desk_on(live, "Ben", keeper=keeper) as ben:
            feed.post("A1: stations")
            await ben.sees("A1: stations")
    assert copy.path is not None
    async with live_hub(tmp_path / "ben", path=copy.path, sources=[Feed()]) as again, desk_on(again, "Ben") as ben:
        await ben.sees("A1: stations")
        assert again.session.id == live.session.id
