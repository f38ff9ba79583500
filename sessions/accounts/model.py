"""An account of a network with what proves that it is ours. Pure."""

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

Network = Literal["mastodon", "bluesky", "x"]
"""The networks that have accounts."""

NETWORKS: tuple[Network, ...] = ("mastodon", "bluesky", "x")

HOSTS: dict[Network, str] = {"bluesky": "bsky.social", "x": "api.x.com"}
"""The host of an account where the network has one entrance for all."""


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
    """A sign-in. `id` is the author id of its posts (`mastodon:42`, `bluesky:did:plc:...`, `x:99`), `handle` as
    `Author` has it (`ana@mastodon.social`), `host` where it lives; id and handle are empty of an X app that only reads. `posts` says that its owner has switched posting on.
    """

    network: Network
    host: str
    id: str = ""
    handle: str = ""
    posts: bool = False
    secret: Secret = Secret()

    @property
    def name(self) -> str:
        """How a moderator knows it: `@ana@mastodon.social`, `@ana.example.org (bluesky)`."""
        if not self.handle:
            return f"{self.network} (reading only)"
        return (
            f"@{self.handle.removesuffix('@' + self.host)}@{self.host}"
            if self.network == "mastodon"
            else (f"@{self.handle} ({self.network})")
        )

    @property
    def source(self) -> str:
        """The source of a plan that it reads: `mastodon:mastodon.social`, `bluesky`, `x`."""
        return f"{self.network}:{self.host}" if self.network == "mastodon" else self.network


class SignIns(Protocol):
    """The accounts that there are, looked up when they are needed, because they come, go and are renewed."""

    def find(self, source: str) -> Account | None:
        """The account for a source of a plan (`mastodon:mastodon.social`, `bluesky`, `x`), or None."""
        ...

    def renew(self, account: Account) -> None:
        """Keep the account with the secret it has now (a refreshed token) in the place of the old one; never raises."""
        ...


class Handed:
    """Accounts that are kept in memory only: handed to a hub by a desk elsewhere, or by a test."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._accounts = {account.source: account for account in accounts}

    def find(self, source: str) -> Account | None:
        """As `SignIns`."""
        return self._accounts.get(source)

    def renew(self, account: Account) -> None:
        """As `SignIns`; also takes a new account in."""
        self._accounts[account.source] = account
