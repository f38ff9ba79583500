"""How a session goes on where its hub cannot, as a desk sees it: what its moderator can do, and who else could."""

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Literal, Protocol

import msgspec

from sessions.core.commands import Command
from sessions.core.events import AnyEvent
from sessions.hub.client.client import Accepted, HubUpdate, Refusal, SavedView, Unsaved


class Reach(msgspec.Struct, frozen=True):
    """Which of the session's sources could be read at the computer of `name`, by their names in the plan.

    `reads` for sure, `unsigned` without a sign-in where their server allows it, and `lacks` not.
    """

    name: str
    reads: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class GoingOn(msgspec.Struct, frozen=True):
    """What can be done now.

    `take_over`: the hub has been silent for `seconds`, or where it `answers` could not save so long, and this desk can
    go on; `others` could, too. `go_over`: the chat goes on at the computer of `by`, and what `only_here` counts is not
    in it. `none`: nothing need be done; `others` are those who could go on if this hub died, `ready` whether this desk
    could. `own` and `reach` are what could be read here and at theirs, where that is known.
    """

    can: Literal["none", "take_over", "go_over"]
    seconds: float = 0.0
    answers: bool = False
    others: tuple[str, ...] = ()
    ready: bool = False
    by: str = ""
    only_here: int = 0
    own: Reach | None = None
    reach: tuple[Reach, ...] = ()


class Successor(Protocol):
    """Follows a session from one hub to the next."""

    def follow(self) -> AsyncGenerator[HubUpdate, None]:
        """What happens, from the first event on, whichever hub tells it."""

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        """As the hub's client."""

    async def saved(self) -> Sequence[SavedView]:
        """As the hub's client."""

    async def events(self, session_id: str) -> Sequence[AnyEvent]:
        """As the hub's client."""

    def now(self) -> GoingOn:
        """What can be done now."""

    def notify_with(self, notify: Callable[[str], None]) -> None:
        """Call `notify`, in the event loop, with a sentence on what the moderator did not do by a key."""

    async def act(self) -> str:
        """Do what can be done, and tell in words what came of it."""

    async def run(self) -> None:
        """Say where this desk is, and ask the others while the hub is away; to be cancelled."""
