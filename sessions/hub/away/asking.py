"""What desks and hubs of one session ask each other with, where no token may be told, and how they prove to be some."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable


def asking(token: str) -> str:
    """What whoever has this token asks others with; it opens no seat."""
    return hmac.new(token.encode(), b"lunchroom: who runs it?", hashlib.sha256).hexdigest()


_SCHEME = "challenge"
_CHALLENGE = re.compile(r"([0-9a-f]{64})\.([0-9a-f]{64})", re.ASCII)


class Challenge:
    """What whoever asks with `ask` first sends to an address on its own computer, where anybody's program may listen.

    Only who knows the asker's digest can answer, and only for the address at which it listens itself, so that what
    another program passes on to a desk proves nothing.
    """

    def __init__(self, ask: str) -> None:
        self._digest = _sha256(ask)
        self._nonce = secrets.token_hex(32)

    @property
    def authorization(self) -> str:
        """The header in which it is sent; it tells nothing with which one can ask."""
        return f"{_SCHEME} {_sha256(self._digest)}.{self._nonce}"

    def met_by(self, proof: str, url: str) -> bool:
        """Whether the program that listens at `url` is one of the session."""
        return hmac.compare_digest(proof.encode(), _proof(self._digest, self._nonce, url).encode())


def proof_for(authorization: str | None, known: Iterable[str], url: str) -> str | None:
    """What the one who listens at `url` answers a challenge of those whose digests are `known`; None to all else."""
    scheme, _, sent = (authorization or "").partition(" ")
    match = _CHALLENGE.fullmatch(sent) if scheme.lower() == _SCHEME and url else None
    if match is None:
        return None
    asker = next((one for one in known if _sha256(one) == match[1]), None)
    return None if asker is None else _proof(asker, match[2], url)


def _proof(digest: str, nonce: str, url: str) -> str:
    return hmac.new(digest.encode(), f"lunchroom: {nonce} at {url}".encode(), hashlib.sha256).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
