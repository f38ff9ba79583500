"""The invite: how to get into a session, as one line of text that a host reads out or sends."""

import ipaddress
import re
from urllib.parse import urlsplit

import msgspec

from sessions.core.errors import LunchroomError
from sessions.hub.away.endpoint import TICKET

_AWAY = re.compile(rf"lunchroom://(?P<ticket>{TICKET.pattern})#(?P<code>[A-Za-z0-9_-]{{16,200}})", re.ASCII)
_FORM = re.compile(r"lunchroom://(?P<address>[^\s#/?@]+)#(?P<token>[A-Za-z0-9_-]{16,200})", re.ASCII)


ELSEWHERE = "http://elsewhere"
"""What a hub in another home is called; it is dialled by its ticket."""


class InviteError(LunchroomError):
    """The text is no invite; the message is one line that says what an invite looks like."""

    exit_code = 2


class Invite(msgspec.Struct, frozen=True):
    """Where the hub is and a token for it: the session's or observers' to join with, or one's own.

    As text it is `lunchroom://HOST:PORT#TOKEN`. It works for whoever has it, also another account of the machine.
    One for another home is `lunchroom://TICKET#CODE`; it works for the first computer that uses it, alone.
    """

    url: str
    token: str
    ticket: str = ""

    @classmethod
    def parse(cls, text: str) -> "Invite":
        """The invite in a text, perhaps pasted with white space around it. Raises `InviteError`."""
        away = _AWAY.fullmatch(text.strip())
        if away is not None:
            return cls(url=ELSEWHERE, token=away["code"], ticket=away["ticket"])
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise InviteError(
                "An invite is one line that begins with lunchroom:// and has a # in it. Copy the whole line."
            )
        try:
            url = urlsplit(f"http://{match['address']}")
            complete = bool(url.hostname) and bool(url.port)
        except ValueError:  # a port that is none, an unclosed bracket
            complete = False
        if not complete:
            raise InviteError(f"The invite has no HOST:PORT in {match['address']!r}. Copy the whole line.")
        return cls(url=f"http://{match['address']}", token=match["token"])

    @property
    def private(self) -> bool:
        """Whether nobody on the way can read what is sent: this very computer, another home, or TLS."""
        if self.ticket:
            return True
        parts = urlsplit(self.url)
        return parts.scheme == "https" or _is_loopback(parts.hostname or "")

    def __str__(self) -> str:
        if self.ticket:
            return f"lunchroom://{self.ticket}#{self.token}"
        return f"lunchroom://{self.url.removeprefix('http://')}#{self.token}"

    def __repr__(self) -> str:  # tokens stay out of logs and tracebacks
        return f"Invite(url={self.url!r}, token=...)"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
