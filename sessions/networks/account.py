"""An account of a network with what proves that it is ours. Pure."""

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

Network = Literal["mastodon", "bluesky", "x"]
"""The networks that have accounts."""

NETWORKS: tuple[Network, ...] = ("mastodon", "bluesky", "x")

HOSTS: dict[Network, str] = {"bluesky": "bsky.social", "x": "api.x.com"}
"""The host of an account where the network has one entrance for all."""


X_POSTING = "x:post"
"""What the person of X who posts is found by; `x` is the app that reads."""


class Secret(msgspec.Struct, frozen=True, omit_defaults=True):
    """What proves who one is; never printed, logged, put into an argument or a session file.

    `token` is sent with each request and holds until `expires_at` (UTC milliseconds, 0: for good); `refresh` gets the
    next one; `client_id` and `client_secret` are those of the app it was given to; `password` is a Bluesky app password
    where only that can bring a new session.
    """

    token: str = ""
    refresh: str = ""
    expires_at: int = 0
    client_id: str = ""
    client_secret: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return "Secret(...)"


class Account(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sign-in. `id` is the author id of its posts (`mastodon:ana@mastodon.social`, `bluesky:did:plc:...`, `x:99`).

    `handle` is as `Author` has it (`ana@mastodon.social`), `host` where the account lives. Of X there may be two, since
    its stream is open to apps only: the app that reads, which has no id and no handle and whose token is the app's
    bearer token, and the person who posts. `posts` says that its owner has switched posting on.
    """

    network: Network
    host: str
    id: str = ""
    handle: str = ""
    posts: bool = False
    secret: Secret = Secret()

    @property
    def name(self) -> str:
        """How a moderator knows it: `@ana@mastodon.social`, `@ana.example.org (bluesky)`, `x (reading only)`."""
        if not self.handle:
            return f"{self.network} (reading only)"
        if self.network == "mastodon":
            return f"@{self.handle}"
        return f"@{self.handle} ({self.network})"

    @property
    def source(self) -> str:
        """What it is found by: the source of a plan that it reads (`mastodon:mastodon.social`, `bluesky`, `x`), and
        `X_POSTING` for a person of X."""
        if self.network == "mastodon":
            return f"{self.network}:{self.host}"
        return X_POSTING if self.network == "x" and self.id else self.network


class SignIns(Protocol):
    """The accounts that there are, looked up when they are needed, because they come, go and are renewed."""

    def find(self, source: str) -> Account | None:
        """The account for a source of a plan (`mastodon:mastodon.social`, `bluesky`, `x`) or `X_POSTING`, or None.

        Returns at once: readers ask before each request.
        """
        ...

    def all(self) -> tuple[Account, ...]:
        """All accounts, in the order of `source`; those with `posts` may be posted with."""
        ...

    def renew(self, account: Account) -> None:
        """Keep the account with the secret it has now (a refreshed token) in the place of the old one.

        Returns at once and never raises; `find` gives the new one from then on.
        """
        ...


class InMemorySignIns:
    """Accounts that are kept in memory only: handed to a hub by a desk elsewhere, or by a test."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._accounts = {account.source: account for account in accounts}

    def find(self, source: str) -> Account | None:
        """As `SignIns`."""
        return self._accounts.get(source)

    def all(self) -> tuple[Account, ...]:
        """As `SignIns`."""
        return tuple(self._accounts[source] for source in sorted(self._accounts))

    def renew(self, account: Account) -> None:
        """As `SignIns`; also takes a new account in."""
        self._accounts[account.source] = account

    def forget(self, source: str) -> None:
        """Give an account up, if there is one."""
        self._accounts.pop(source, None)
