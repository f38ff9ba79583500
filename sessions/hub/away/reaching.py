"""Trying by which ways this computer can be reached from other homes; contacts what `contacts` says, nobody else."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from sessions.hub.away.endpoint import ALPN, ONLINE_WITHIN, new_secret, open_endpoint, udp_port
from sessions.hub.away.relay import DEFAULT, NONE

if TYPE_CHECKING:
    from iroh import Endpoint, EndpointAddr

DIAL_WITHIN = 5.0
"""Seconds that a dial may take here."""


class Reach(msgspec.Struct, frozen=True):
    """What was found out: the UDP `port`, the addresses that this computer has, and those it is seen at from outside.

    `by_udp` are milliseconds that a connection between two endpoints of this computer took, `by_relay` those of one
    through `relay`, the relay that answered; None where there was none.
    """

    port: int
    own: tuple[str, ...]
    outside: tuple[str, ...]
    by_udp: int | None
    relay: str = ""
    by_relay: int | None = None


async def try_ways(relay: str, *, within: float = ONLINE_WITHIN) -> Reach:
    """Be an endpoint with a key of its own, and dial it, directly and by its relay, which has `within` seconds.

    `relay` is as `checked_relay` has it. Raises `AwayError`.
    """
    import iroh

    async with _endpoint(relay, accepting=True, within=within) as here, _endpoint(relay, within=within) as there:
        answering = asyncio.create_task(_answer(here))
        try:
            at = here.addr()
            id_, home = at.id(), at.relay_url()
            addresses = at.direct_addresses()
            own = tuple(one for one in addresses if _is_own(one))
            port = udp_port(here)
            near = [f"127.0.0.1:{port}", *own]
            by_relay = None
            if home is not None:
                by_relay = await _dial(there, iroh.EndpointAddr(id_, home, []))
            async with _endpoint(NONE, within=within) as third:  # has no way but the direct one
                by_udp = await _dial(third, iroh.EndpointAddr(id_, None, near))
            outside = tuple(one for one in addresses if one not in own)
            return Reach(port, own, outside, by_udp, home or "", by_relay)
        finally:
            answering.cancel()
            await asyncio.wait([answering])


def needed(relay: str) -> Mapping[str, str]:
    """Which hosts and ports a firewall must let this computer speak with, and for what."""
    anywhere = {"any address, UDP, any port (out)": "the direct way; without it all goes by the relay"}
    if relay == NONE:
        return {"the other computer, UDP, any port": "the only way without a relay"}
    if relay == DEFAULT:
        return {
            "*.relay.n0.iroh.link, TCP 443": "the relays; their TLS must not be opened on the way",
            "dns.iroh.link, TCP 443, and its names by DNS": "the address book",
            "*.relay.n0.iroh.link, UDP 7842": "learning from where one is seen, for the direct way",
            **anywhere,
        }
    address = urlsplit(relay)
    return {
        f"{address.hostname}, TCP {address.port or 443}": "the relay; its TLS must not be opened on the way",
        f"{address.hostname}, UDP 7842": "learning from where one is seen, for the direct way",
        **anywhere,
    }


@contextlib.asynccontextmanager
async def _endpoint(relay: str, *, accepting: bool = False, within: float) -> "AsyncIterator[Endpoint]":
    endpoint = await open_endpoint(new_secret(), relay, accepting=accepting, online_within=within)
    try:
        yield endpoint
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DIAL_WITHIN):
                await endpoint.close()


async def _answer(endpoint: "Endpoint") -> None:
    """Take in who dials."""
    import iroh

    kept = []  # a connection that nobody holds is closed
    while (incoming := await endpoint.accept_next()) is not None:
        with contextlib.suppress(iroh.IrohError):
            kept.append(await (await incoming.accept()).connect())


async def _dial(endpoint: "Endpoint", address: "EndpointAddr") -> int | None:
    """Milliseconds that a connection took; None where there is none."""
    import iroh

    began = time.monotonic()
    try:
        async with asyncio.timeout(DIAL_WITHIN):
            connection = await endpoint.connect(address, ALPN)
    except (TimeoutError, iroh.IrohError):
        return None
    took = round((time.monotonic() - began) * 1000)
    connection.close(0, b"tried")
    return took


def _is_own(address: str) -> bool:
    """Whether this computer has this address, rather than a router in front of it."""
    host = address.rpartition(":")[0].strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True
