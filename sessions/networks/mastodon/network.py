"""Mastodon's row in the table of networks."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sessions.core.plan import Plan
from sessions.core.plan.words import is_server, is_word, quoted
from sessions.networks.account import Account, ServerAccount, SignIns
from sessions.networks.archived import ArchivedPosts, ArchivedValue, ArchiveOwner, Archiving
from sessions.networks.finder import Finder
from sessions.networks.mastodon.rules import RULES
from sessions.networks.network import LookingUp, Network, Posting, Reading, Signing
from sessions.networks.poster import Greeting, Length, Poster, PostingRules
from sessions.networks.sign_in.findings import Finding
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest
from sessions.networks.source import Source
from sessions.networks.timing import Now, Sleep

if TYPE_CHECKING:
    import httpx


def _open_source(
    spec: str, plan: Plan, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now, sleep: Sleep
) -> Source:
    from sessions.networks.mastodon.reader import MastodonSource

    return MastodonSource(spec, plan, sign_ins, transport=transport, now=now, sleep=sleep)


def _open_poster(
    account: Account,
    _sign_ins: SignIns | None,
    *,
    transport: "httpx.AsyncBaseTransport | None",
    now: Now,
    sleep: Sleep,
) -> Poster:
    from sessions.networks.mastodon.posting import MastodonPoster

    return MastodonPoster(account, transport=transport, now=now, sleep=sleep)


def _open_finder(source: str, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now) -> Finder:
    from sessions.networks.mastodon.finder import MastodonFinder

    return MastodonFinder(source, sign_ins, transport=transport, now=now)


def _source_problem(source: str) -> str:
    if is_server(source.partition(":")[2]):
        return ""
    return f'mastodon needs the name of its server, such as "mastodon:mastodon.social", got {quoted(source)}'


def _is_handle(name: str) -> bool:
    name, at, server = name.partition("@")
    return is_word(name) and (not at or is_server(server))


def _unsigned(source: str) -> str:
    host = source.partition(":")[2]
    return f"read without a sign-in, where the server allows it (`lunchroom login mastodon {host}`)"


def _length(text: str, rules: PostingRules) -> Length:
    from sessions.networks.mastodon.counting import length

    return length(text, rules)


async def _check(client: "httpx.AsyncClient", account: Account, sign_ins: SignIns, *, now: Now) -> list[Finding]:
    from sessions.networks.mastodon.checking import check

    return await check(client, account, sign_ins, now=now)


async def _revoke(client: "httpx.AsyncClient", account: Account) -> bool:
    from sessions.networks.mastodon.sign_in import revoke

    return await revoke(client, account)


async def _lend(client: "httpx.AsyncClient", account: Account) -> Account:
    from sessions.networks.sign_in.lending import lend_token

    return await lend_token(client, account)


def _login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    from sessions.networks.mastodon.login import login

    return login(prompts, request)


def _left(account: Account) -> str:
    """A token that was pasted belongs to an app of its owner's own."""
    return "" if account.secret.client_id else "The token was pasted, so delete it yourself: Preferences > Development."


def _is_archived(one: ArchivedValue) -> bool:
    from sessions.networks.mastodon.archive import knows

    return knows(one)


def _archived(values: Sequence[ArchivedValue], owner: ArchiveOwner) -> ArchivedPosts:
    from sessions.networks.mastodon.archive import read

    return read(values, owner)


MASTODON = Network(
    name="mastodon",
    archiving=Archiving(knows=_is_archived, read=_archived),
    title="Mastodon",
    nicknames=("mastadon",),
    handle=_is_handle,
    reading=Reading(
        example="mastodon:mastodon.social",
        forms=("mastodon:HOST",),
        open=_open_source,
        unsigned=_unsigned,
        needs_sign_in=lambda _source: "by_server",
        problem=_source_problem,
    ),
    posting=Posting(
        open=_open_poster,
        rules=RULES,
        length=_length,
        greeting=Greeting(names=True, answers=True),
        shares=("quote", "boost"),
    ),
    account=ServerAccount,
    heads=("mastodon",),
    in_archive=lambda handle, _author, _post: "@" in handle,
    looking_up=LookingUp(open=_open_finder, unsigned=("tag", "person")),
    signing=Signing(
        servers="many",
        login=_login,
        ways=("token", "code"),
        check=_check,
        revoke=_revoke,
        settings="Preferences > Account > Authorized apps",
        left=_left,
        lend=_lend,
        lent="Whoever runs that computer could also post as you; revoking the app or the token at Mastodon ends it.",
    ),
)
"""Mastodon, and servers that speak its API."""
