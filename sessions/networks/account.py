"""An account of a network with what proves that it is ours. Pure."""

from collections.abc import Iterable
from typing import Protocol

import msgspec


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
    """A sign-in at a network. `id` is the author id of its posts (`bluesky:did:plc:...`, `x:99`).

    `handle` is as `Author` has it (`ana@mastodon.social`), `host` where the account lives. `posts` says that its owner
    has switched posting on. A network whose accounts are found or named in a way of their own has a kind of its own,
    which its row in the registry tells.
    """

    network: str
    host: str
    id: str = ""
    handle: str = ""
    posts: bool = False
    secret: Secret = Secret()

    @property
    def name(self) -> str:
        """How a moderator knows it: `@ana.example.org (bluesky)`, `@ana@mastodon.social`, `x (reading only)`."""
        return f"@{self.handle} ({self.network})" if self.handle else f"{self.network} (reading only)"

    @property
    def source(self) -> str:
        """What it is found by: the source of a plan that it reads (`bluesky`, `mastodon:mastodon.social`)."""
        return self.network

    @property
    def posts_to(self) -> str:
        """Where its posts go, as `posting_begun` names it."""
        return self.network

    @property
    def reads(self) -> bool:
        """Whether a source of a plan is read with it."""
        return True

    @property
    def may_ever_post(self) -> bool:
        """Whether somebody posts as it; else it only reads, whatever its owner switches on."""
        return True


class ServerAccount(Account, frozen=True, omit_defaults=True):
    """An account of a network of many servers: it is found by its own, which its handle names, too."""

    @property
    def name(self) -> str:
        """`@ana@mastodon.social`."""
        return f"@{self.handle}" if self.handle else f"{self.network} (reading only)"

    @property
    def source(self) -> str:
        """`mastodon:mastodon.social`."""
        return f"{self.network}:{self.host}"

    @property
    def posts_to(self) -> str:
        """`mastodon:mastodon.social`."""
        return self.source


class SignIns(Protocol):
    """The accounts that there are, looked up when they are needed, because they come, go and are renewed."""

    def find(self, source: str) -> Account | None:
        """The account that has this `source` (`mastodon:mastodon.social`, `bluesky`), or None.

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
