"""What a plan has to know of the networks that it names; who decodes or schedules one hands them in. Pure."""

from collections.abc import Mapping
from typing import Protocol


class PlanNetwork(Protocol):
    """A network in a plan: its sources, its hosts' handles, and how long a post of it may be."""

    @property
    def name(self) -> str:
        """As in `sources` and before handles: `mastodon`."""
        ...

    @property
    def title(self) -> str:
        """As teachers read it: `Mastodon`."""
        ...

    @property
    def nicknames(self) -> tuple[str, ...]:
        """What people write for its name, in lower case: `twitter`."""
        ...

    @property
    def example(self) -> str:
        """A source of it: `mastodon:mastodon.social`."""
        ...

    @property
    def most(self) -> int:
        """How much a post may have of `unit`."""
        ...

    @property
    def unit(self) -> str:
        """What the network counts: `characters`."""
        ...

    def source_problem(self, source: str) -> str:
        """Why posts cannot come from this source of it (`mastodon:...`), or the empty string."""
        ...

    def source_at(self, address: str) -> str:
        """The source of it that somebody means by an address (`https://...`), or the empty string."""
        ...

    def takes_handle(self, name: str) -> bool:
        """Whether somebody can be called so there (without the network in front)."""
        ...

    def too_long(self, text: str) -> bool:
        """Whether this is more than one post."""
        ...


PlanNetworks = Mapping[str, PlanNetwork]
"""The networks that there are, by their names."""
