"""Endpoints of iroh: binding one, the ticket by which it is dialled, and which key somebody has."""

import asyncio
import contextlib
import re
import secrets
from typing import TYPE_CHECKING

from sessions.hub.away.relay import DEFAULT, NONE, AwayError

if TYPE_CHECKING:
    from iroh import Endpoint, EndpointAddr, EndpointId, IrohError, RelayMode

ALPN = b"lunchroom/1"
"""What is spoken over a connection: each stream of it carries one HTTP/1.1 connection to the hub."""

TICKET = re.compile(r"endpoint[a-z2-7]{40,2000}", re.ASCII)
"""What a ticket looks like."""

ONLINE_WITHIN = 10.0
"""Seconds that a relay may take to answer; the ways without it have to do then."""


def unavailable() -> str:
    """Why this computer can have no endpoint, in one line; empty where it can. Loads the library."""
    try:
        import iroh  # noqa: F401
    except (ImportError, OSError):  # there is none for this system, or none that its own libraries fit
        return (
            "Two homes do not work here. Sit at one computer, or come to it over ssh: the library for two homes is "
            "made for Windows x64, Macs with Apple chips, and Linux with glibc."
        )
    return ""


def new_secret() -> bytes:
    """The secret half of a new key."""
    return secrets.token_bytes(32)


def key_of(id_: "EndpointId") -> str:
    """The public half of a key, in 64 letters."""
    return id_.to_bytes().hex()


async def open_endpoint(
    secret: bytes, relay: str, *, accepting: bool = False, port: int = 0, online_within: float = ONLINE_WITHIN
) -> "Endpoint":
    """Bind an endpoint with this key, at this UDP port where that is free; `relay` is as `checked_relay` has it.

    It contacts what `contacts` says. One that is `accepting` is waited for until its relay answers, so that its ticket
    names that, at most `online_within` seconds. Raises `AwayError`.
    """
    why = await asyncio.to_thread(unavailable)
    if why:
        raise AwayError(why)
    import iroh

    endpoint: Endpoint | None = None
    for at in dict.fromkeys((port, 0)):
        try:
            endpoint = await iroh.Endpoint.bind(
                iroh.EndpointOptions(
                    preset=iroh.preset_n0() if relay == DEFAULT else iroh.preset_minimal(),
                    relay_mode=_mode(relay),
                    secret_key=secret,
                    alpns=[ALPN] if accepting else None,
                    bind_addr=f"0.0.0.0:{at}",
                )
            )
            break
        except iroh.IrohError as error:
            if at == 0:
                raise AwayError(f"No way to another computer can be opened here ({words_of(error)}).") from error
    assert endpoint is not None
    if accepting and online_within > 0 and relay != NONE:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(online_within):
                await endpoint.online()
    return endpoint


def _mode(relay: str) -> "RelayMode":
    import iroh

    if relay == DEFAULT:
        return iroh.RelayMode.default_mode()
    return iroh.RelayMode.disabled() if relay == NONE else iroh.RelayMode.custom_from_urls([relay])


def public_key(secret: bytes) -> str:
    """The public half of this key, as `key_of` has it."""
    import iroh

    return key_of(iroh.SecretKey.from_bytes(secret).public())


def udp_port(endpoint: "Endpoint") -> int:
    """The UDP port at which it is bound for IPv4; 0 where it has none."""
    ports = (socket.rpartition(":")[2] for socket in endpoint.bound_sockets() if not socket.startswith("["))
    return next((int(port) for port in ports if port.isdecimal()), 0)


def ticket_of(endpoint: "Endpoint") -> str:
    """What to dial this endpoint by, as it can be reached now."""
    import iroh

    return str(iroh.EndpointTicket.from_addr(endpoint.addr()))


def address_in(ticket: str) -> "EndpointAddr":
    """Whom to dial. Raises `AwayError` where it is no ticket."""
    import iroh

    try:
        return iroh.EndpointTicket.from_string(ticket).endpoint_addr()
    except iroh.IrohError as error:
        raise AwayError("The invite is cut short or mistyped. Copy the whole line.") from error


def words_of(error: "IrohError") -> str:
    """What a failure is, in a few words: the innermost cause, without where in the library it came from."""
    lines = [line.strip() for line in str(error.message()).splitlines() if line.strip()]
    last = lines[-1] if lines else "no reason is given"
    return "".join(letter for letter in last.partition(" (/")[0] if letter.isprintable())[:200]
