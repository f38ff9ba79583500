"""Networks of Linux for tests: namespaces joined by a cable that can be pulled, or by a line of ours, slow and lossy.

Root and `ip` of iproute2 are needed; where they are not to be had, what asks for a network skips with the reason.
"""

import asyncio
import contextlib
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import pytest

from sessions.hub.away.endpoint import address_in
from sessions.hub.client.client import Invite
from tests.paths import ROOT
from tests.waiting import PATIENCE

_numbers = itertools.count(1)


def ip(*words: str) -> None:
    """Run `ip`; fails where it does."""
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


class Network:
    """A computer on a network of its own: a namespace, its end of a cable and its address."""

    def __init__(self, name: str, device: str, address: str) -> None:
        self.name = name
        self.device = device
        self.address = address

    def argv(self, *program: str) -> list[str]:
        """What runs a program there."""
        return ["ip", "netns", "exec", self.name, *program]

    def pull(self) -> None:
        """Pull the cable."""
        ip("-n", self.name, "link", "set", self.device, "down")

    def plug(self) -> None:
        """Put it in again."""
        ip("-n", self.name, "link", "set", self.device, "up")

    def move(self, address: str) -> None:
        """Get another address of the same network, as from a router that was started anew."""
        ip("-n", self.name, "addr", "del", f"{self.address}/24", "dev", self.device)
        ip("-n", self.name, "addr", "add", f"{address}/24", "dev", self.device)
        self.address = address


@contextmanager
def two_networks(*, apart: bool = False) -> Iterator[tuple[Network, Network]]:
    """That of a hub and that of a desk, joined by a cable; skips where they cannot be made.

    `apart` joins neither to the other, but each to this computer, which has the first address of both networks and
    passes nothing on.
    """
    if sys.platform != "linux" or shutil.which("ip") is None:
        pytest.skip("there is no `ip` of iproute2")
    number = f"{os.getpid() % 100_000}x{next(_numbers)}"
    nets = [os.getpid() % 200 + 20, os.getpid() % 200 + 20 + apart]
    made = [
        Network(f"lunchroom-{kind}{number}", f"l{kind}{number}", f"10.{77 + place * apart}.{net}.{2 + place}")
        for place, (kind, net) in enumerate(zip("hd", nets, strict=True))
    ]
    try:
        for one in made:
            ip("netns", "add", one.name)
        if apart:
            for one in made:
                ip("link", "add", f"{one.device}r", "type", "veth", "peer", "name", one.device)
                ip("addr", "add", f"{gateway(one)}/24", "dev", f"{one.device}r")
                ip("link", "set", f"{one.device}r", "up")
        else:
            ip("link", "add", made[0].device, "type", "veth", "peer", "name", made[1].device)
        for one in made:
            ip("link", "set", one.device, "netns", one.name)
            ip("-n", one.name, "addr", "add", f"{one.address}/24", "dev", one.device)
            for device in (one.device, "lo"):
                ip("-n", one.name, "link", "set", device, "up")
    except (OSError, subprocess.CalledProcessError) as error:
        _remove(made)
        pytest.skip(f"no network namespaces can be made: {getattr(error, 'stderr', error)}")
    try:
        yield made[0], made[1]
    finally:
        _remove(made)


def gateway(network: Network) -> str:
    """The address of this computer in a network that is apart."""
    return f"{network.address.rpartition('.')[0]}.1"


def _remove(networks: Sequence[Network]) -> None:
    for one in networks:
        subprocess.run(["ip", "netns", "del", one.name], capture_output=True, check=False)


@asynccontextmanager
async def process(network: Network, module: str, *arguments: str) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """A module of the tests in a network; killed at the end if it did not end by itself."""
    running = await asyncio.create_subprocess_exec(
        *network.argv(sys.executable, "-m", module, *arguments),
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield running
    finally:
        if running.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                running.kill()
            await running.wait()


async def says(running: asyncio.subprocess.Process, line: str) -> None:
    """Return once it says this line."""
    assert running.stdout is not None
    async with asyncio.timeout(2 * PATIENCE):
        while (heard := (await running.stdout.readline()).decode().strip()) != line:
            assert heard or not running.stdout.at_eof(), f"it ended before it said {line!r}"


class Line:
    """A line for datagrams between two networks that are apart, of which the desk's side sees one address.

    `delay` are seconds one way, `loss` is the share that is lost each way, `rate` bytes a second each way (0: as fast
    as it goes); while it is `cut` nothing passes. Losses are seeded.
    """

    def __init__(self, delay: float = 0.0, loss: float = 0.0, rate: float = 0.0) -> None:
        self.delay, self.loss, self.rate = delay, loss, rate
        self.cut = False
        self.passed = 0
        self._random = random.Random(1)
        self._free_at = {True: 0.0, False: 0.0}
        self._near: asyncio.DatagramTransport | None = None
        self._far: dict[object, asyncio.DatagramTransport] = {}

    async def open(self, near: str, far: tuple[str, int], far_from: str) -> tuple[str, int]:
        """Pass on what comes to the address `near`, from `far_from` to `far`; at which address and port it comes."""
        loop = asyncio.get_running_loop()
        line = self

        class Inward(asyncio.DatagramProtocol):
            """What comes back for one desk."""

            def __init__(self, desk: object) -> None:
                self.desk = desk

            def datagram_received(self, data: bytes, _addr: object) -> None:
                assert line._near is not None
                line._pass(data, line._near, self.desk, outward=False)

        class Outward(asyncio.DatagramProtocol):
            """What desks send."""

            def datagram_received(self, data: bytes, addr: object) -> None:
                transport = line._far.get(addr)
                if transport is not None:
                    line._pass(data, transport, None, outward=True)
                else:
                    opening.add(task := asyncio.ensure_future(first(data, addr)))
                    task.add_done_callback(opening.discard)

        opening: set[asyncio.Future[None]] = set()

        async def first(data: bytes, addr: object) -> None:
            transport, _ = await loop.create_datagram_endpoint(
                lambda: Inward(addr), remote_addr=far, local_addr=(far_from, 0)
            )
            line._far[addr] = transport
            line._pass(data, transport, None, outward=True)

        self._near, _ = await loop.create_datagram_endpoint(Outward, local_addr=(near, 0))
        host, port = self._near.get_extra_info("sockname")[:2]
        return host, port

    def _pass(self, data: bytes, transport: asyncio.DatagramTransport, to: object, *, outward: bool) -> None:
        if self.cut or self._random.random() < self.loss:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        self.passed += len(data)
        free = max(now, self._free_at[outward])
        if self.rate:
            if free - now > 0.5:  # a router's buffer is full
                return
            free += len(data) / self.rate
        self._free_at[outward] = free
        loop.call_at(free + self.delay, _send, transport, data, to)

    def close(self) -> None:
        """Let all sockets go."""
        for one in (self._near, *self._far.values()):
            if one is not None:
                one.close()


def _send(transport: asyncio.DatagramTransport, data: bytes, to: object) -> None:
    if not transport.is_closing():
        transport.sendto(data, to)  # type: ignore[arg-type] # as it came


def through(invite: str, at: tuple[str, int]) -> str:
    """The invite with this address and port as the one at which its hub is dialled."""
    import iroh

    parsed = Invite.parse(invite)
    address = iroh.EndpointAddr(address_in(parsed.ticket).id(), None, [f"{at[0]}:{at[1]}"])
    return f"lunchroom://{iroh.EndpointTicket.from_addr(address)}#{parsed.token}"


@asynccontextmanager
async def beyond(line: Line, networks: tuple[Network, Network], *serving: str) -> AsyncGenerator[dict[str, str], None]:
    """A hub of which desks in the other network know the line alone; its ready line, the invite as it is for them."""
    at_hub, at_desk = networks
    async with process(at_hub, "tests.sessions.hub.serve_child", *serving, "--away", "yes") as hub:
        assert hub.stdout is not None
        ready = json.loads(await hub.stdout.readline())
        invite = ready["invites"]["moderator"]
        found = address_in(Invite.parse(invite).ticket).direct_addresses()
        port = int(next(one for one in found if one.startswith(at_hub.address)).rpartition(":")[2])
        at = await line.open(gateway(at_desk), (at_hub.address, port), gateway(at_hub))
        try:
            yield {**ready, "there": through(invite, at)}
        finally:
            line.close()
