"""Which relay helps two computers to find each other, and in words who learns what by it."""

from urllib.parse import urlsplit

from sessions.core.errors import LunchroomError

DEFAULT, NONE = "default", "none"

FORMS = '"default", "none" or the address of a relay, such as "https://relay.example.org"'
"""What may be written."""


class AwayError(LunchroomError):
    """Nobody elsewhere can be reached, or be let in; one line that says what to do."""


def checked_relay(written: object) -> str:
    """The relay as it was written: `default`, `none` or an https address. Raises `AwayError` where it is none."""
    if isinstance(written, str):
        if written in (DEFAULT, NONE):
            return written
        if written.isascii() and written.isprintable() and len(written) <= 200 and _is_address(written):
            return written
    raise AwayError(f"relay must be {FORMS}")


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return False
    plain = not (parts.username or parts.password or parts.query or parts.fragment or " " in written)
    return parts.scheme == "https" and bool(parts.hostname) and port != 0 and plain


def contacts(relay: str) -> str:
    """Who is contacted once somebody is invited, or comes, from elsewhere; and what they learn."""
    if relay == NONE:
        return (
            "No relay is used and nobody else is contacted: only computers that reach each other directly, as in one "
            "network, can come."
        )
    whom = (
        "the public relays and the address book of iroh (iroh.link, run by n0)"
        if relay == DEFAULT
        else f"the relay {urlsplit(relay).netloc}"
    )
    return (
        f"This computer then contacts {whom}, by which the two computers find each other. Whoever runs that learns "
        "that they talk, and their addresses, never what: all of it is encrypted from desk to desk."
    )
