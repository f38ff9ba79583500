"""One row of the table of networks: all that the rest of the program has to know of a network.

What needs a connection, or takes long to import, is a function of the network's folder that imports it when it is
called, so that the table costs nothing to have.
"""

import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sessions.core.events import LooksFor, Sharing
from sessions.core.plan import Plan
from sessions.core.plan.words import bare_source_problem, is_word
from sessions.networks.account import Account, SignIns
from sessions.networks.archived import Archiving
from sessions.networks.finder import Finder, Query
from sessions.networks.poster import Greeting, Length, Poster, PostingRules
from sessions.networks.sign_in.findings import Finding
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest, Way
from sessions.networks.source import Source
from sessions.networks.spending import Estimate
from sessions.networks.timing import Now, Sleep

if TYPE_CHECKING:
    import httpx

Servers = Literal["many", "some", "one"]
"""Where accounts live: `many` servers, of which a source names one and a sign-in, too; `some`, one of which most have;
`one` for all."""


Need = Literal["always", "by_server", "never"]
"""Whether a source is read with a sign-in only; `by_server` where its server may, or may not, show it to all."""


class OpenSource(Protocol):
    """Opens what reads a source of the network (`mastodon:mastodon.social`) for a plan."""

    def __call__(
        self,
        spec: str,
        plan: Plan,
        sign_ins: SignIns,
        /,
        *,
        transport: "httpx.AsyncBaseTransport | None",
        now: Now,
        sleep: Sleep,
    ) -> Source:
        """Raises `SourceError` where it cannot be opened."""
        ...


class OpenPoster(Protocol):
    """Opens what posts with an account of the network; tokens that it renews go to `sign_ins`, where there are any."""

    def __call__(
        self,
        account: Account,
        sign_ins: SignIns | None,
        /,
        *,
        transport: "httpx.AsyncBaseTransport | None",
        now: Now,
        sleep: Sleep,
    ) -> Poster: ...


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a network is read. `example` is a source of it, `forms` are all that it takes, with HOST where a server's
    name goes.

    `problem` says why a source cannot be one of it, empty where it can; `unsigned` how it is read where nobody is
    signed in, in words that go on its name, `signed` the same where somebody is, empty where the account says it, and
    `needs_sign_in` whether it is read then at all. `by_tag` says of a source whether only what has a hashtag of the
    plan comes from it, `at_address` which source an address of a web page is, empty where it is none, and `account` the
    `source` of the account that it is read with.
    `estimate` tells what a chat of so many minutes will cost by earlier ones (posts, people, minutes), where reading is
    paid for.
    """

    example: str
    forms: tuple[str, ...]
    open: OpenSource
    unsigned: Callable[[str], str]
    signed: str = ""
    by_tag: Callable[[str], bool] = field(default=lambda _source: True)
    at_address: Callable[[str], str] = field(default=lambda _address: "")
    account: Callable[[str], str] = field(default=lambda source: source)
    needs_sign_in: Callable[[str], Need] = field(default=lambda _source: "always")
    problem: Callable[[str], str] = bare_source_problem
    estimate: Callable[[float, Sequence[tuple[int, int, float]]], Estimate] | None = None


class OpenFinder(Protocol):
    """Opens what looks up at a source of the network (`mastodon:mastodon.social`) with the sign-in that there is."""

    def __call__(
        self, source: str, sign_ins: SignIns, /, *, transport: "httpx.AsyncBaseTransport | None", now: Now
    ) -> Finder: ...


@dataclass(frozen=True, kw_only=True)
class LookingUp:
    """How something is looked up on a network.

    `unsigned` is what can be looked up where nobody is signed in; `most` what a page costs at most, in thousandths of a
    dollar, 0 where nothing does.
    """

    open: OpenFinder
    unsigned: tuple[LooksFor, ...] = ()
    most: Callable[[Query], int] = field(default=lambda _query: 0)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """How posts go out. `rules` hold as long as an account's own server has not been asked; `length` counts by rules.

    `price` says what a post of this text costs, empty where none does; `dear` which of the posts, by their names, cost
    more than others and why. `shares` are the ways in which a post of the network that somebody found is shared there,
    beside a new post with a link to it; `boost_price` says what is to be said of what a boost costs.
    """

    open: OpenPoster
    rules: PostingRules
    length: Callable[[str, PostingRules], Length]
    greeting: Greeting
    shares: tuple[Sharing, ...] = ()
    boost_price: str = ""
    price: Callable[[str], str] = field(default=lambda _text: "")
    dear: Callable[[Mapping[str, str]], str] = field(default=lambda _posts: "")


class Check(Protocol):
    """Asks the network whether an account works; what costs money is not asked."""

    async def __call__(
        self, client: "httpx.AsyncClient", account: Account, sign_ins: SignIns, /, *, now: Now
    ) -> list[Finding]:
        """Raises `NetworkError`, `SignInFailed` and `SourceError`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Signing:
    """How accounts come and go. `host` is where most accounts live, empty where each server must be named.

    `login` asks a person and gives the accounts that come of it, each to be kept before the next is asked for; `ways`
    are those it has beside the usual one. `revoke` makes an account's token worth nothing and says whether the network
    did; `settings` is where a person does so by hand, and `left` what is to be said instead where no network could,
    empty where it could. `lend` makes of an account what another computer may read with, None where none may; `lent`
    says what whoever runs that could do with it, and `reader` what reads, where it is not the network's own name.
    """

    servers: Servers
    login: Callable[[Prompts, SignInRequest], Iterator[SignedIn]]
    check: Check
    revoke: "Callable[[httpx.AsyncClient, Account], Coroutine[Any, Any, bool]]"
    settings: str
    lend: "Callable[[httpx.AsyncClient, Account], Coroutine[Any, Any, Account]] | None" = None
    lent: str = ""
    host: str = ""
    ways: tuple[Way, ...] = ()
    left: Callable[[Account], str] = field(default=lambda _account: "")
    reader: str = ""


@dataclass(frozen=True, kw_only=True)
class Network:
    """A network. `name` stands in plans, ids, files and commands, `title` in what teachers read.

    `posting` is None where nothing can be posted from here.

    `nicknames` are what people write for the name, in lower case. `handle` says whether somebody can be called so, and
    `account` is the kind of its accounts. `sites` are the web hosts whose pages are those of its people and posts, and
    `heads` what a column of handles may be called in a list of people. `in_archive` tells by the handle, the author's
    and the post's id of a row whether an archive has it from here; one in which no row tells is from the network with
    `usual_archive`. `archiving` reads the JSON of its own, where it has any. `given_at` tells by the id of a post when
    it was given (UTC milliseconds), where ids say so.
    """

    name: str
    title: str
    reading: Reading
    posting: Posting | None
    signing: Signing
    looking_up: LookingUp | None = None
    nicknames: tuple[str, ...] = ()
    handle: Callable[[str], bool] = is_word
    account: type[Account] = Account
    sites: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    in_archive: Callable[[str, str, str], bool] = field(default=lambda _handle, _author, _post: False)
    usual_archive: bool = False
    archiving: Archiving | None = None
    given_at: Callable[[str], int | None] = field(default=lambda _post: None)

    def login(self, host: str = "") -> str:
        """The command that signs in, at the account's server where there are many."""
        return f"lunchroom login {self.name}" + (f" {host or 'SERVER'}" if self.signing.servers == "many" else "")

    # As `PlanNetwork` and `DirectoryNetwork` have it

    @property
    def many_servers(self) -> bool:
        """Whether people's pages are on many servers, as `https://SERVER/@name`."""
        return self.signing.servers == "many"

    @property
    def example(self) -> str:
        """A source of it."""
        return self.reading.example

    @property
    def most(self) -> int:
        """How much a post may have of `unit`; what is never posted may be as long as it likes."""
        return sys.maxsize if self.posting is None else self.posting.rules.most

    @property
    def unit(self) -> str:
        """What the network counts."""
        return "" if self.posting is None else self.posting.rules.unit

    def source_problem(self, source: str) -> str:
        """Why posts cannot come from this source of it, or the empty string."""
        return self.reading.problem(source)

    def source_at(self, address: str) -> str:
        """The source of it that is at an address, or the empty string."""
        return self.reading.at_address(address)

    def takes_handle(self, name: str) -> bool:
        """Whether somebody can be called so there."""
        return self.handle(name)

    def too_long(self, text: str) -> bool:
        """Whether this is more than one post."""
        return self.posting is not None and self.posting.length(text, self.posting.rules).remaining < 0
