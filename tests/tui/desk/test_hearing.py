"""What a desk caused is waited for until the desk knows it, and not for ever."""

import asyncio

from tests.waiting import patience
from tui.desk.sending.hearing import Hearing


async def test_one_waits_until_it_is_heard_and_no_longer() -> None:
    known: list[int] = []
    hearing = Hearing(latest=3600)
    async with patience(), asyncio.TaskGroup() as tasks:
        first = tasks.create_task(hearing.until(lambda: 1 in known))
        second = tasks.create_task(hearing.until(lambda: 2 in known))
        await asyncio.sleep(0)
        known.append(2)
        hearing.heard()
        await second
        assert not first.done()
        known.append(1)
        hearing.heard()
        hearing.heard()
    await hearing.until(lambda: 1 in known)


async def test_who_waits_for_what_never_comes_goes_on() -> None:
    hearing = Hearing(latest=0)
    async with patience():
        await hearing.until(lambda: False)
    hearing.heard()
