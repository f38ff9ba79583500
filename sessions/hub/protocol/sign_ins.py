"""`POST /v1/sign-ins`: a desk lends a `sessions.networks.account.Account`, and the hub says what it reads with it."""

import msgspec


class Lent(msgspec.Struct, frozen=True):
    """A sign-in that a hub reads with from now on: for which source, and the account's name."""

    source: str
    name: str
