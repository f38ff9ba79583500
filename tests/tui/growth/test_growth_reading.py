"""Reading the numbers in a thread, without a screen."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sessions.library.library import Library
from tests.tui.libraries import save_chat
from tui.growth.reading import WORDS, GrowthReader


async def test_a_reading_gives_the_numbers_and_tells_how_far_it_came(tmp_path: Path) -> None:
    for week in range(3):
        save_chat(tmp_path, week)
    reader = GrowthReader(Library(tmp_path))
    assert reader.words == WORDS
    found = await reader.read("navasotaisd")
    assert found is not None
    assert len(found.growth.sessions) == 3
    assert reader.words == f"{WORDS} 2 of 3"


@pytest.mark.parametrize("by", ["stop", "another reading"])
async def test_a_reading_ends_without_numbers_when_nobody_waits_for_it(tmp_path: Path, by: str) -> None:
    save_chat(tmp_path, 0)
    reader = GrowthReader(Library(tmp_path))
    held = threading.Event()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    holding = asyncio.create_task(asyncio.to_thread(held.wait))
    reading = asyncio.create_task(reader.read(None))
    await asyncio.sleep(0)  # it has asked for the thread, which is held
    if by == "stop":
        reader.stop()
        held.set()
    else:
        another = asyncio.create_task(reader.read("navasotaisd"))
        await asyncio.sleep(0)
        held.set()
        assert (await another) is not None
    assert await reading is None
    await holding
