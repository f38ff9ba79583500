"""What the hub answers to a command, and to any call that it cannot do as asked.

A refusal (409) is a `sessions.core.commands.Refusal`.
"""

import msgspec

UNKNOWN_CALLER = "No valid token. Ask a host for the invite."
"""What a call is answered whose token opens nothing and never did."""


class Accepted(msgspec.Struct, frozen=True):
    """The command is done and saved; `seq` is that of its last event."""

    seq: int


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong, in words; `field` names what of the request it is (empty: the whole)."""

    error: str
    field: str | None = None
