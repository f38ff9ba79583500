"""What dialogs have in common in which something is written that two could write at once."""

from sessions.hub.protocol.presence import Claim


class Claiming:
    """Part of a dialog: while it is open the other moderators' desks show what is written in it."""

    claim: Claim | None = None
    """What is written and about whom or what; None where that is nobody's concern."""
