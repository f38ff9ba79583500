"""A desk in a process of its own, ready to start: `python -m tests.faults.desk_child`.

Its first line on standard input is a `Work`. It tells each `Asked` on a line of its standard output, then `done`; with
the next line it says its last, and tells how it ended as a `Left`.
"""

import asyncio
import os
import random
import sys
from pathlib import Path

import msgspec

from tests.faults.desk import Asked, Desk


class Work(msgspec.Struct):
    """Where a desk joins under which name, and what it does there."""

    name: str
    url: str
    token: str
    library: str
    seed: str
    count: int
    env: dict[str, str]


class Left(msgspec.Struct):
    """What the desk knew when it left, and where its copy is."""

    seq: int
    digest: str
    copy: str


def tell(what: Asked | Left) -> None:
    """A line of the output, in one write, so that a kill leaves none in part."""
    os.write(1, msgspec.json.encode(what) + b"\n")


async def main(work: Work) -> None:
    """Work until told to end."""
    choose = random.Random(work.seed)
    desk = Desk(work.name, work.url, work.token, Path(work.library), tell)
    async with desk:
        await desk.work(choose, work.count)
        os.write(1, b"done\n")
        seq = int(await asyncio.to_thread(sys.stdin.readline) or 0)
        last = await desk.say_last(choose)
        await desk.heard(max(seq, last.seq))
    tell(Left(desk.state.seq, desk.state.digest(), str(desk.copy)))


if __name__ == "__main__":
    given = msgspec.json.decode(sys.stdin.readline(), type=Work)
    os.environ.update(given.env)
    asyncio.run(main(given))
