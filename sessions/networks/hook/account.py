"""The token of the hook, kept like a sign-in. Pure."""

from sessions.core.plan.words import quoted
from sessions.networks.account import Account

HOST = "127.0.0.1"
"""Where it listens: this computer alone."""

PORT = 47020
"""Where it listens unless the plan says otherwise."""

NAME = "hook"

CALLED = "meeting"
"""How desks call it: what it brings was said in one."""


class HookAccount(Account, frozen=True, omit_defaults=True):
    """The token with which other programs post to the chat."""

    @property
    def name(self) -> str:
        """`the hook`."""
        return f"the {self.network}"

    @property
    def reads(self) -> bool:
        """It opens this computer's own door; nothing is read elsewhere with it."""
        return False

    @property
    def may_ever_post(self) -> bool:
        """Nothing can be posted back."""
        return False


def port_of(source: str) -> int | None:
    """The port of a source (`hook`, `hook:47021`; 0: any that is free), None where it names none."""
    _, colon, port = source.partition(":")
    if not colon:
        return PORT
    fit = port.isascii() and port.isdecimal() and len(port) <= 5
    return int(port) if fit and (int(port) == 0 or 1024 <= int(port) <= 65535) else None


def source_problem(source: str) -> str:
    """Why this cannot be where it listens, or the empty string."""
    if port_of(source) is not None:
        return ""
    return f'write "hook", or "hook:47021" with a port of your own from 1024 to 65535, got {quoted(source)}'
