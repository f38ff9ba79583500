"""What goes wrong between a desk and its hub, apart from the client: a replay, which has no hub, loads no HTTP."""

from sessions.core.errors import LunchroomError


class HubUnreachable(LunchroomError):
    """The hub does not answer; one line for the moderator. Whether a command came through is not known."""


class HubRefused(LunchroomError):
    """The hub does not let this token in, or not under this name; one line for the moderator."""


class SeatGone(HubRefused):
    """The seat is none any more: it was taken back, or the hub never knew it."""
