"""Notes whom a program calls, before the system is asked: each Python that has this folder on its path does so.

A line `EVENT ADDRESS` for each call in the file that LUNCHROOM_CALLS names.
"""

import os
import socket
import sys

NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
CALLS = ("socket.connect", "socket.sendto", "socket.sendmsg")


def note(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: a host that is looked up, or an address that is called."""
    if event in NAMES:
        _write(event, arguments[0])
    elif event in CALLS and isinstance(arguments[0], socket.socket) and arguments[0].family != socket.AF_UNIX:
        address = arguments[1] or arguments[0].getpeername()
        _write(event, address[0] if isinstance(address, tuple) else address)


def _write(event: str, host: object) -> None:
    file = os.open(os.environ["LUNCHROOM_CALLS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, f"{event} {host}\n".encode())
    finally:
        os.close(file)


if "LUNCHROOM_CALLS" in os.environ:
    sys.addaudithook(note)
