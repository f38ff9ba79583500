"""What every network is to somebody who posts: rules for a text, and sending it once."""

from typing import Protocol

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import Sharing
from sessions.networks.account import Account


class PostingRules(msgspec.Struct, frozen=True):
    """How long a post may be and how a network counts: `unit` names the count, `most` is its limit, `bytes` a second
    one (0: none), `url` what each address counts (0: its own length). `called` is what the server that says so calls
    itself, empty where it has no name but its network's.
    """

    unit: str
    most: int
    url: int = 0
    bytes: int = 0
    called: str = ""


class Greeting(msgspec.Struct, frozen=True):
    """How a newcomer is greeted on a network: whether the post `names` them by their handle, and whether it `answers`
    their first post. What does not name them has to answer.
    """

    names: bool
    answers: bool


class Length(msgspec.Struct, frozen=True):
    """How much of what a network allows a text takes: `used` of `most`, in the `unit` that runs out first."""

    used: int
    most: int
    unit: str

    @property
    def remaining(self) -> int:
        """What is left; negative for what is too much."""
        return self.most - self.used

    @property
    def words(self) -> str:
        """`12 characters left`, `3 characters too long`."""
        if self.remaining < 0:
            return f"{-self.remaining:,} {self.unit} too long"
        return f"{self.remaining:,} {self.unit} left"


class Outgoing(msgspec.Struct, frozen=True):
    """A post on its way. `key` is its idempotency key, the same at every try of this post and of no other.

    `reply_to` is the id of the post that it answers (`mastodon:https://...`), None where it starts by itself;
    `begun` is the hub's clock when it was begun (UTC milliseconds), behind which a look-up need not look; a poster
    measures the network's clock against it. Where it shares a found post, `how` says as what and `of` is the id of
    that; a boost has no words of its own.
    """

    key: str
    text: str
    begun: int
    reply_to: str | None = None
    language: str = "en"
    how: Sharing | None = None
    of: str = ""


class Published(msgspec.Struct, frozen=True):
    """The post as the network has it: its id as a source gives it, and its address."""

    id: str
    url: str | None = None


class NotSent(LunchroomError):
    """The network has not taken the post, for sure; one line that says why and what to do."""


class Unsure(LunchroomError):
    """No answer came: the post may be out. Only `look_up` tells; trying again blindly might post twice."""


class Poster(Protocol):
    """Posts with one account."""

    @property
    def account(self) -> Account: ...

    async def rules(self) -> PostingRules:
        """How this network (and server) counts. Raises `NotSent` where that cannot be learnt."""
        ...

    async def send(self, post: Outgoing) -> Published:
        """Post it, at most once for its key. Raises `NotSent` or `Unsure`."""
        ...

    async def look_up(self, post: Outgoing) -> Published | None:
        """The post where an earlier try brought it out; None where it did not, for sure. Raises `Unsure`."""
        ...

    async def aclose(self) -> None:
        """Let go of its connections."""
        ...
