"""Who of the new ones has the name of somebody in an earlier chat on another network: `/v1/people/same-names`."""

from collections.abc import Sequence

import msgspec


class SameName(msgspec.Struct, frozen=True):
    """A person of this chat and an account of an earlier one, by their ids, that have one name.

    `handle` is the account's, with its network (`x:merle46`). `sure` says that nobody else here and nobody else there
    has the name, and that it is of two words or more.
    """

    person: str
    account: str
    handle: str
    sure: bool


class SameNames(msgspec.Struct, frozen=True):
    """All of them; one person or one account may be in several."""

    pairs: Sequence[SameName]
