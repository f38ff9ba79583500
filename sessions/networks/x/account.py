"""The accounts of X. Pure."""

from sessions.networks.account import Account

HOST = "api.x.com"
"""Where all of them live."""

POSTING = "x:post"
"""What the person who posts is found by; `x` is the app that reads."""


class XAccount(Account, frozen=True, omit_defaults=True):
    """An account of X, of which there may be two, since its stream is open to apps only: the app that reads, which has
    no id and no handle and whose token is the app's bearer token, and the person who posts.
    """

    @property
    def source(self) -> str:
        """`x` for the app, `POSTING` for the person."""
        return POSTING if self.id else self.network

    @property
    def reads(self) -> bool:
        """Whether it is the app."""
        return not self.id

    @property
    def may_ever_post(self) -> bool:
        """Whether it is the person."""
        return bool(self.id)
