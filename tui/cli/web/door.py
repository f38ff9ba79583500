"""Who may come to a desk in a browser: whoever opens the one-time address first, and keeps the cookie that it gives.

Other programs and users of this computer reach the port, and any page of the web can make a browser call it.
"""

import hmac
import re
import secrets

_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)


class Door:
    """Gives out one-time addresses and knows whom they let in; the newest browser alone is in.

    `place` is the folder of the desk's pages. Browsers send cookies to every port of a computer, but only where the
    folder is the same, so that no other server here is sent this one's.
    """

    def __init__(self) -> None:
        self.place = f"/desk-{secrets.token_hex(8)}/"
        self._once = ""
        self._cookie = ""

    def new_address(self) -> str:
        """The path of an address that works once; the one before it works no more. Whoever is in stays."""
        self._once = secrets.token_urlsafe(32)
        return f"/{self._once}"

    def enter(self, once: str) -> str | None:
        """The cookie that is given for the address; None where it is none, or was used. It ends all other cookies."""
        if not self._once or not _same(once, self._once):
            return None
        self._once = ""
        self._cookie = secrets.token_urlsafe(32)
        return self._cookie

    def admits(self, cookie: str | None) -> bool:
        """Whether this is the cookie of whoever is in."""
        return bool(self._cookie) and _same(cookie or "", self._cookie)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), known.encode())


def is_own_host(host: str | None) -> bool:
    """Whether a `Host` header names this computer itself, at whatever port: `ssh -L` may have another one.

    A page of the web can let its own name point here ("DNS rebinding"), but never one of these.
    """
    return _HOST.fullmatch(host or "") is not None


def is_own_page(origin: str | None, host: str) -> bool:
    """Whether an `Origin` header is that of a page of ours, which was called by `host`; False where there is none."""
    return origin is not None and hmac.compare_digest(origin.lower().encode(), f"http://{host.lower()}".encode())
