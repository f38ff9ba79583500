"""From where a call came, as its `Host` and `Origin` say: no page of the web may speak with a hub through a browser.

A page can make a browser call any address, under a name of its own that it lets point here ("DNS rebinding"). Such a
name has a dot and is none of this computer's; programs of people send the name or address that they were given.
"""

import ipaddress
import re
import socket
from collections.abc import Collection

from starlette.datastructures import Headers

from sessions.hub.server.responses import ApiError

_HOST = re.compile(r"(?P<name>\[[0-9A-Za-z:.%_-]+\]|[^\s:\[\]/@]+)(?::[0-9]{0,5})?", re.ASCII)


def own_names() -> frozenset[str]:
    """What this computer is called on its network, without asking the network."""
    name = socket.gethostname().rstrip(".").lower()
    return frozenset({name, f"{name.partition('.')[0]}.local"} - {""})


def check_asking(headers: Headers, names: Collection[str]) -> None:
    """Raise 421 where the hub is called by a name that is not its own, and 403 where a web page calls.

    `names` are those with a dot that it has; a name without one, and any IP address, is nobody's on the web.
    """
    host = headers.get("host", "")
    if not _is_ours(host, names):
        raise ApiError(421, "The hub is not called that. Use the address in the invite.")
    origin = headers.get("origin")
    if origin is not None and origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}"):
        raise ApiError(403, "Web pages may not speak with a hub. Use the address in the invite, with lunchroom join.")


def _is_ours(host: str, names: Collection[str]) -> bool:
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match["name"].rstrip(".").lower()
    if name.startswith("["):
        name = name[1:-1].partition("%")[0]
    return ("." not in name and ":" not in name) or name in names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
