"""What desks and hubs of one session ask each other with, where no token may be told."""

import hashlib
import hmac


def asking(token: str) -> str:
    """What whoever has this token asks others with; it opens no seat."""
    return hmac.new(token.encode(), b"lunchroom: who runs it?", hashlib.sha256).hexdigest()
