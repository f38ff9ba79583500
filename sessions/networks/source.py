"""What every source is to the hub: a stream of deliveries, told from where to go on and what the chat did."""

from collections.abc import AsyncGenerator, Container
from typing import Literal, Protocol, Union, runtime_checkable

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import AnyEvent
from sessions.core.plan import Host
from sessions.core.posts import Post


class SourceError(LunchroomError):
    """A source cannot be opened. The message is one line for the person at the keyboard that says what to do next."""

    exit_code = 2


class NewPost(msgspec.Struct, frozen=True, tag=True):
    """A post that the source has not delivered before."""

    post: Post


class EditedPost(msgspec.Struct, frozen=True, tag=True):
    """The author changed the text of the post with this id; whoever never saw it takes it as a new one from `post`."""

    id: str
    text: str
    post: Post | None = None


class RemovedPost(msgspec.Struct, frozen=True, tag=True):
    """The author took the post with this id off the network."""

    id: str


Item = Union[NewPost, EditedPost, RemovedPost]


class Delivery(msgspec.Struct, frozen=True):
    """What a source has just learnt.

    `status` is its health in words that a teacher reads (`ok`, `catching up`, `waiting 12 s: rate limit`, `signed out`,
    `finished`); `cursor` is what `read` needs to go on from behind these items, null where the posts' own ids do.
    `spent` is what reading has cost in this session so far, in thousandths of a dollar, null where it costs nothing.
    `details` are lines that tell more of its health than there is room for beside its name. `called` is what the server
    calls itself (`GoToSocial`), empty where it is of the network's own make, null where that is not known. `current`
    says that all was brought that there was when reading began. The times of posts are by the session's clock.
    """

    items: tuple[Item, ...] = ()
    status: str = "ok"
    cursor: str | None = None
    spent: int | None = None
    details: tuple[str, ...] = ()
    called: str | None = None
    current: bool = False


class ResumePoint(msgspec.Struct, frozen=True):
    """From where a source goes on: its last stored cursor, and the ids of the posts that the session already has.

    `spent` is what reading it has cost in this session before, in thousandths of a dollar.
    """

    cursor: str | None = None
    known: Container[str] = frozenset()
    spent: int = 0


class Source(Protocol):
    """A network, or what stands for one.

    The hub runs `read` in a task of its own and restarts it with backoff when it raises; it ends when the source has
    nothing more to bring. `hosts` are hosts the source knows of beyond the plan's, `regulars` the author ids that
    count as returning in a rehearsal, and `rehearsal` says that what it brings is no real chat.
    """

    @property
    def name(self) -> str:
        """As in the plan: `mastodon:mastodon.social`, `practice`."""
        ...

    @property
    def rehearsal(self) -> bool: ...

    @property
    def hosts(self) -> tuple[Host, ...]: ...

    @property
    def regulars(self) -> Container[str]: ...

    def on_event(self, event: AnyEvent) -> None:
        """Hear what happened in the session, in order, also what was stored before a restart (then before `read`)."""
        ...

    def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        """Deliver until there is nothing more; to be cancelled or closed at any time, and closed before read anew."""
        ...


Tried = Literal["now", "later"]
"""What came of asking a source to try again: it does, or its network asked to be left alone until later."""


@runtime_checkable
class TryingAgain(Protocol):
    """A source that tries again by itself what failed, and can be asked to do so at once."""

    @property
    def next_try(self) -> int | None:
        """When it tries again what failed (UTC milliseconds by the session's clock); None where nothing fails."""
        ...

    def try_now(self) -> Tried | None:
        """Try again now; None where nothing fails."""
        ...
