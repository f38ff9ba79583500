"""What signing in asks of the person at the keyboard, whatever the network."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from sessions.networks.account import Account

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

Way = Literal["token", "code"]
"""Other ways to sign in than the usual one of a network: to paste a `token`, or the `code` that a server shows."""


class Prompts(Protocol):
    """The person who signs in, and their connection. Each may raise whatever ends the sign-in, also Ctrl+C."""

    def say(self, words: str) -> None:
        """Tell them something."""
        ...

    def ask(self, question: str) -> str:
        """What they type."""
        ...

    def ask_hidden(self, question: str, *, optional: bool = False) -> str:
        """What they type or paste without its being shown."""
        ...

    def agree(self, question: str) -> bool:
        """Whether they say yes."""
        ...

    def show_in_browser(self, address: str) -> None:
        """Open the address in their browser, or tell it."""
        ...

    def with_client(self, work: "Callable[[httpx.AsyncClient], Coroutine[Any, Any, T]]") -> T:
        """What the work with the network gives. It must ask nothing: there Ctrl+C would not get through."""
        ...


@dataclass(frozen=True)
class SignInRequest:
    """How somebody wants to sign in: at which `host`, in which `way` (None: the usual one), and whether the account is
    to be posted with (None: they are asked)."""

    host: str
    way: Way | None = None
    posting: bool | None = None


@dataclass(frozen=True)
class SignedIn:
    """An account that came of a sign-in, not kept yet, and whether it is to be posted with (None: ask)."""

    account: Account
    posting: bool | None = None
