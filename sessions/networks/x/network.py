"""X's row in the table of networks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sessions.core.plan import Plan
from sessions.networks.account import Account, SignIns
from sessions.networks.archived import ArchivedPosts, ArchivedValue, ArchiveOwner, Archiving
from sessions.networks.finder import Finder, Query
from sessions.networks.network import LookingUp, Network, Posting, Reading, Signing
from sessions.networks.poster import Greeting, Length, Poster, PostingRules
from sessions.networks.sign_in.findings import Finding
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest
from sessions.networks.source import Source
from sessions.networks.spending import Estimate, dollars
from sessions.networks.timing import Now, Sleep
from sessions.networks.x.account import HOST, XAccount
from sessions.networks.x.ids import given_at
from sessions.networks.x.rules import RULES

if TYPE_CHECKING:
    import httpx


def _open_source(
    spec: str, plan: Plan, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now, sleep: Sleep
) -> Source:
    from sessions.networks.x.reading.reader import XSource

    return XSource(spec, plan, sign_ins, transport=transport, now=now, sleep=sleep)


def _open_poster(
    account: Account,
    sign_ins: SignIns | None,
    *,
    transport: "httpx.AsyncBaseTransport | None",
    now: Now,
    sleep: Sleep,
) -> Poster:
    from sessions.networks.x.posting import XPoster

    return XPoster(account, sign_ins, transport=transport, now=now, sleep=sleep)


def _length(text: str, rules: PostingRules) -> Length:
    from sessions.networks.x.counting import length

    return length(text, rules)


def _price(text: str) -> str:
    from sessions.networks.x.prices import price_words

    return price_words(text)


def _open_finder(source: str, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now) -> Finder:
    from sessions.networks.x.finder import XFinder

    return XFinder(source, sign_ins, transport=transport, now=now)


async def _check(client: "httpx.AsyncClient", account: Account, sign_ins: SignIns, *, now: Now) -> list[Finding]:
    from sessions.networks.x.checking import check

    return await check(client, account, sign_ins, now=now)


async def _revoke(client: "httpx.AsyncClient", account: Account) -> bool:
    from sessions.networks.x.sign_in import revoke

    return await revoke(client, account)


async def _lend(client: "httpx.AsyncClient", account: Account) -> Account:
    from sessions.networks.x.sign_in import lend

    return await lend(client, account)


def _login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    from sessions.networks.x.login import login

    return login(prompts, request)


def _left(account: Account) -> str:
    """The token of the app that reads is nobody's to end."""
    return "" if account.id else "The bearer token is your app's and holds on; X's developer portal renews it."


def _estimate(minutes: float, chats: Sequence[tuple[int, int, float]]) -> Estimate:
    from sessions.networks.x.prices import estimate

    return estimate(minutes, chats)


def _found_page(_query: Query) -> int:
    from sessions.networks.x.prices import found_page

    return found_page()


def _dear(posts: Mapping[str, str]) -> str:
    from sessions.networks.x.counting import has_link
    from sessions.networks.x.prices import POST, POST_WITH_LINK

    linked = ", ".join(name for name, text in posts.items() if has_link(text))
    dear, cheap = dollars(POST_WITH_LINK), dollars(POST)
    return f"A link makes a post on X cost {dear} instead of {cheap}: {linked}." if linked else ""


def _is_archived(one: ArchivedValue) -> bool:
    from sessions.networks.x.archive import knows

    return knows(one)


def _archived(values: Sequence[ArchivedValue], owner: ArchiveOwner) -> ArchivedPosts:
    from sessions.networks.x.archive import read

    return read(values, owner)


def _is_nameless(one: ArchivedValue) -> bool:
    from sessions.networks.x.archive import nameless

    return nameless(one)


X = Network(
    name="x",
    archiving=Archiving(knows=_is_archived, read=_archived, nameless=_is_nameless),
    title="X",
    nicknames=("twitter",),
    reading=Reading(
        example="x",
        forms=("x",),
        open=_open_source,
        unsigned=lambda _source: "not read before `lunchroom login x`",
        estimate=_estimate,
    ),
    posting=Posting(
        open=_open_poster,
        rules=RULES,
        length=_length,
        greeting=Greeting(names=True, answers=False),  # a self-serve account may answer only those who mentioned it
        shares=("boost",),  # quoting by the API is for large customers (docs.x.com changelog, 16 April 2026)
        boost_price="What X charges for a repost stands in X's developer portal.",
        price=_price,
        dear=_dear,
    ),
    looking_up=LookingUp(open=_open_finder, most=_found_page),
    account=XAccount,
    sites=("twitter.com", "x.com"),
    heads=("twitter", "x"),
    usual_archive=True,
    given_at=given_at,
    signing=Signing(
        servers="one",
        host=HOST,
        login=_login,
        check=_check,
        revoke=_revoke,
        settings="Settings > Apps and sessions",
        left=_left,
        lend=_lend,
        lent="It reads with your app, and your credits pay for what it reads.",
        reader="the app of x",
    ),
)
"""X, formerly Twitter."""
