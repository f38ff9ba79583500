"""What can go wrong with a network, in the words that stand beside its name on the desk."""

from sessions.core.cleaning import clean_name
from sessions.core.errors import LunchroomError

_REASON_LIMIT = 120
"""Characters of a network's own explanation that are shown."""


class NetworkError(LunchroomError):
    """A request did not do what it should. `status` is what a moderator reads beside the source's name.

    `lasts` says that trying again soon changes nothing; `wait` is how many seconds the network asked to be left alone.
    """

    lasts = False
    wait: float | None = None

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(status)


class SignedOut(NetworkError):
    """The network does not know the sign-in (any more), or wants one where there is none."""

    lasts = True

    def __init__(self, network: str) -> None:
        super().__init__(f"signed out: lunchroom login {network}")


class Rejected(NetworkError):
    """The network understood and will not do it: no permission, no credits, a hashtag that cannot be one."""

    lasts = True

    def __init__(self, reason: str) -> None:
        super().__init__(f"refused: {clean_name(reason, _REASON_LIMIT) or 'no reason given'}")


class Missing(Rejected):
    """What was asked for is not there (any more); for a post that means that it was removed."""


class Limited(NetworkError):
    """Too many requests; worth trying again after `wait` seconds."""

    def __init__(self, wait: float) -> None:
        self.wait = max(wait, 1.0)
        super().__init__(f"waiting {spoken(self.wait)}: rate limit")


class Unavailable(NetworkError):
    """No answer, or one that makes no sense; it may pass. `wait` is what the network asked for, where it did."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(f"{clean_name(reason, _REASON_LIMIT)}, trying again")


class Unreached(Unavailable):
    """No connection came about: whatever was to be sent has not left, for sure."""


class NotThere(Unavailable):
    """The server does not have this call (501): an older one, or another program."""


class Garbled(Unavailable):
    """An answer came that is not what it should be (HTML in the place of JSON); what was asked may have been done."""


def spoken(seconds: float) -> str:
    """A wait as a teacher says it: `12 s`, `4 min`."""
    return f"{round(seconds)} s" if seconds < 100 else f"{round(seconds / 60)} min"
