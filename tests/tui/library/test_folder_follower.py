"""Following a folder of saved chats without a screen."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path

from tests.tui.libraries import save_chat
from tests.tui.library.library_stand_in import LibraryStandIn, stand_in_on
from tests.waiting import until
from tui.library.folder_follower import FolderFollower


@contextlib.asynccontextmanager
async def following(folder: Path) -> AsyncGenerator[tuple[LibraryStandIn, FolderFollower]]:
    with stand_in_on(folder) as (port, _, follower):
        task = asyncio.create_task(follower.follow())
        try:
            yield port, follower
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def test_what_other_programs_save_and_delete_is_handed_on(tmp_path: Path) -> None:
    async with following(tmp_path) as (port, _):
        path = save_chat(tmp_path, 0, title="Stations")
        await until(lambda: port.shown[-1] == ["Stations"])
        path.unlink()
        await until(lambda: port.shown[-1] == [])
        assert port.warned == []


async def test_nothing_is_read_again_where_nothing_differs_until_somebody_asks(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title="Stations")
    async with following(tmp_path) as (port, follower):
        await until(lambda: len(port.shown) == 2)
        follower.look_again()
        await until(lambda: len(port.shown) == 3)


async def test_a_change_hands_on_the_chats_as_they_are_then_and_gives_its_result(tmp_path: Path) -> None:
    with stand_in_on(tmp_path) as (port, _, follower):
        path = await follower.change(lambda: save_chat(tmp_path, 0, title="Stations"))
        assert path is not None
        assert path.exists()
        assert port.shown[-1] == ["Stations"]


async def test_a_change_that_fails_is_told_in_the_systems_words_and_gives_none(tmp_path: Path) -> None:
    with stand_in_on(tmp_path) as (port, _, follower):
        assert await follower.change((tmp_path / "nothing here").read_bytes) is None
        assert port.warned == ["No such file or directory"]
