"""Why a sign-in did not come about, or does not work any more, in one line for whoever is at the keyboard."""

from sessions.core.errors import LunchroomError
from sessions.networks.web.errors import Garbled, Limited, NetworkError, SignedOut, Unavailable, Unreached, spoken


class SignInFailed(LunchroomError):
    """Nothing was kept; the text is one line that says what to do next."""


def in_words(error: NetworkError, host: str) -> str:
    """What `host` did, as a sentence; nothing is tried again here, other than by a source."""
    if isinstance(error, SignedOut):
        return f"{host} does not accept the sign-in."
    if isinstance(error, Limited):
        return f"{host} wants to be left alone for {spoken(error.wait or 60.0)}: too many requests."
    if isinstance(error, Unreached):
        return f"{host} cannot be reached. Check the name and the connection."
    if isinstance(error, Garbled):
        return f"{host} answers with something else than expected: a login page of the network, or another server?"
    if isinstance(error, Unavailable):
        return f"{host}: {error.status.removesuffix(', trying again')}. Try again later."
    return f"{host} refuses: {error.status.removeprefix('refused: ').rstrip('.')}."
