"""The one table of networks: whoever has to know which there are, or what one of them is like, asks it.

A new network is a folder beside the others and a row here.
"""

import asyncio
from typing import TYPE_CHECKING

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.plan import Plan
from sessions.core.plan.words import meant, quoted
from sessions.networks.account import Account, SignIns
from sessions.networks.bluesky.network import BLUESKY
from sessions.networks.finder import Finder
from sessions.networks.hook.network import HOOK
from sessions.networks.mastodon.network import MASTODON
from sessions.networks.network import Network, Posting
from sessions.networks.poster import Poster
from sessions.networks.timing import Now, Sleep, wall_clock
from sessions.networks.x.network import X

if TYPE_CHECKING:
    import httpx

NETWORKS: dict[str, Network] = {network.name: network for network in (MASTODON, BLUESKY, X, HOOK)}
"""The networks by their names, in the order in which they are listed."""


class UnknownNetwork(LunchroomError):
    """There is no network of this name."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"{quoted(name)} is no network that Lunchroom knows: {meant(name, NETWORKS)}")


def network_named(name: str) -> Network:
    """The network of this name. Raises `UnknownNetwork`."""
    network = NETWORKS.get(name)
    if network is None:
        raise UnknownNetwork(name)
    return network


def networks_of(plan: Plan | None) -> tuple[str, ...]:
    """The names of the networks that the plan reads, in its order."""
    named = [source.partition(":")[0] for source in (plan.sources if plan is not None else ())]
    return tuple(dict.fromkeys(name for name in named if name in NETWORKS))


def read_by_tag(source: str) -> bool:
    """Whether only posts with a hashtag of the plan come from this source."""
    network = NETWORKS.get(source.partition(":")[0])
    return network is None or network.reading.by_tag(source)


def account_source(source: str) -> str:
    """The `source` of the account that this source of a plan is read with: `bluesky` of a feed there."""
    network = NETWORKS.get(source.partition(":")[0])
    return source if network is None else network.reading.account(source)


def posted_to(plan: Plan | None) -> tuple[str, ...]:
    """Those of the networks that the plan reads to which something can be posted."""
    return tuple(name for name in networks_of(plan) if NETWORKS[name].posting is not None)


def posting_of(name: str) -> Posting:
    """How posts go out to the network of this name. Raises `UnknownNetwork`, also where nothing can be posted to it."""
    posting = network_named(name).posting
    if posting is None:
        raise UnknownNetwork(name)
    return posting


def of_its_kind(account: Account) -> Account:
    """The account as one of its network's own kind: what was read from a file or sent only says its network.

    Raises `UnknownNetwork`.
    """
    return network_named(account.network).account(**msgspec.structs.asdict(account))


def open_poster(
    account: Account,
    *,
    sign_ins: SignIns | None = None,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Now = wall_clock,
    sleep: Sleep = asyncio.sleep,
) -> Poster:
    """What posts with this account, over `transport` where that is given; tokens that it renews go to `sign_ins`.

    Nothing is sent by opening it; close it with `aclose`. Raises `UnknownNetwork`.
    """
    return posting_of(account.network).open(account, sign_ins, transport=transport, now=now, sleep=sleep)


def places(plan: Plan | None, sign_ins: SignIns) -> tuple[str, ...]:
    """The sources at which something can be looked up: those with a sign-in, then the others that the plan reads."""
    sources = (*(account.source for account in sign_ins.all()), *(plan.sources if plan is not None else ()))
    rows = ((source, NETWORKS.get(source.partition(":")[0])) for source in sources)
    found = (source if row.many_servers else row.name for source, row in rows if row is not None and row.looking_up)
    return tuple(dict.fromkeys(found))


def open_finder(
    source: str,
    sign_ins: SignIns,
    *,
    transport: "httpx.AsyncBaseTransport | None" = None,
    now: Now = wall_clock,
) -> Finder:
    """What looks up at this source, one of `places`; close it with `aclose`. Raises `UnknownNetwork`."""
    network = network_named(source.partition(":")[0])
    if network.looking_up is None:
        raise UnknownNetwork(source)
    return network.looking_up.open(source, sign_ins, transport=transport, now=now)
