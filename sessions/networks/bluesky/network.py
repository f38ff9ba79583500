"""Bluesky's row in the table of networks."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sessions.core.plan import Plan
from sessions.core.plan.words import bare_source_problem, is_server, is_word, quoted
from sessions.networks.account import Account, SignIns
from sessions.networks.archived import ArchivedPosts, ArchivedValue, ArchiveOwner, Archiving
from sessions.networks.bluesky.rules import ENTRYWAY, RULES
from sessions.networks.finder import Finder
from sessions.networks.network import LookingUp, Need, Network, Posting, Reading, Signing
from sessions.networks.poster import Greeting, Length, Poster, PostingRules
from sessions.networks.sign_in.findings import Finding
from sessions.networks.sign_in.prompts import Prompts, SignedIn, SignInRequest
from sessions.networks.source import Source, SourceError
from sessions.networks.timing import Now, Sleep

if TYPE_CHECKING:
    import httpx

_FEED_PAGE = re.compile(r"(?:bluesky:feed:)?https://bsky\.app/profile/([^/?#\s]+)/feed/([^/?#\s]+)/?")
_FEED_URI = re.compile(r"at://([^/]+)/app\.bsky\.feed\.generator/([A-Za-z0-9._~:-]{1,512})")
FEED = "bluesky:feed:"
"""Before the AT-URI of a feed, whose authority may be a handle."""

_EXAMPLE_FEED = "https://bsky.app/profile/edu.example.org/feed/teachers"

_DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,180}")


def _open_source(
    spec: str, plan: Plan, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now, sleep: Sleep
) -> Source:
    """By search with a sign-in; as `bluesky:jetstream` and `bluesky:jetstream:SERVER` from the stream of all; as
    `bluesky:feed:at://...` what a feed shows."""
    if problem := _source_problem(spec):
        raise SourceError(problem)
    if spec.startswith(FEED):
        from sessions.networks.bluesky.reading.custom_feed import FeedSource

        return FeedSource(spec, plan, sign_ins, transport=transport, now=now, sleep=sleep)
    if ":" in spec:
        from sessions.networks.bluesky.reading.jetstream import JetstreamSource

        return JetstreamSource(spec, plan, transport=transport, now=now, sleep=sleep)
    from sessions.networks.bluesky.reading.reader import BlueskySource

    return BlueskySource(spec, plan, sign_ins, transport=transport, now=now, sleep=sleep)


def _open_poster(
    account: Account,
    sign_ins: SignIns | None,
    *,
    transport: "httpx.AsyncBaseTransport | None",
    now: Now,
    sleep: Sleep,  # noqa: ARG001 - it waits for nothing
) -> Poster:
    from sessions.networks.bluesky.posting import BlueskyPoster

    return BlueskyPoster(account, sign_ins, transport=transport, now=now)


def _source_problem(source: str) -> str:
    """Bluesky can also be read without a sign-in: `bluesky:jetstream`, with another's server behind it or not."""
    rest = source.partition(":")[2]
    if rest.partition(":")[0] == "feed":
        found = _FEED_URI.fullmatch(source.removeprefix(FEED))
        if found is not None and _is_handle(found[1]):
            return ""
        return f'a feed is "{FEED}" and its address, such as {_EXAMPLE_FEED}, got {quoted(source)}'
    if rest.partition(":")[0] != "jetstream":
        return bare_source_problem(source)
    server = rest.removeprefix("jetstream")
    if not server or is_server(server[1:]):
        return ""
    return f'jetstream is "bluesky:jetstream" or has a server behind it, got {quoted(source)}'


def _is_handle(name: str) -> bool:
    return is_word(name) or _DID.fullmatch(name) is not None


def _feed_at(address: str) -> str:
    """The source that the page of a feed, or its AT-URI, is."""
    if page := _FEED_PAGE.fullmatch(address):
        return f"{FEED}at://{page[1].lower()}/app.bsky.feed.generator/{page[2]}"
    return f"{FEED}{address}" if _FEED_URI.fullmatch(address) else ""


def _needs_sign_in(source: str) -> Need:
    if source.startswith(FEED):
        return "by_server"
    return "always" if source == "bluesky" else "never"


def _unsigned(source: str) -> str:
    if source.startswith(FEED):
        return "read without a sign-in where the feed allows it"
    return "not read before `lunchroom login bluesky`" if source == "bluesky" else "read without a sign-in"


def _length(text: str, rules: PostingRules) -> Length:
    from sessions.networks.bluesky.counting import length

    return length(text, rules)


def _open_finder(source: str, sign_ins: SignIns, *, transport: "httpx.AsyncBaseTransport | None", now: Now) -> Finder:
    from sessions.networks.bluesky.finder import BlueskyFinder

    return BlueskyFinder(source, sign_ins, transport=transport, now=now)


async def _check(client: "httpx.AsyncClient", account: Account, sign_ins: SignIns, *, now: Now) -> list[Finding]:
    from sessions.networks.bluesky.checking import check

    return await check(client, account, sign_ins, now=now)


async def _revoke(client: "httpx.AsyncClient", account: Account) -> bool:
    from sessions.networks.bluesky.sign_in import revoke

    return await revoke(client, account)


async def _lend(client: "httpx.AsyncClient", account: Account) -> Account:
    from sessions.networks.bluesky.sign_in import lend

    return await lend(client, account)


def _login(prompts: Prompts, request: SignInRequest) -> Iterator[SignedIn]:
    from sessions.networks.bluesky.login import login

    return login(prompts, request)


def _is_archived(one: ArchivedValue) -> bool:
    from sessions.networks.bluesky.archive import knows

    return knows(one)


def _archived(values: Sequence[ArchivedValue], owner: ArchiveOwner) -> ArchivedPosts:
    from sessions.networks.bluesky.archive import read

    return read(values, owner)


BLUESKY = Network(
    name="bluesky",
    archiving=Archiving(knows=_is_archived, read=_archived),
    title="Bluesky",
    nicknames=("bsky",),
    handle=_is_handle,
    reading=Reading(
        example="bluesky",
        forms=("bluesky",),
        open=_open_source,
        unsigned=_unsigned,
        needs_sign_in=_needs_sign_in,
        problem=_source_problem,
        by_tag=lambda source: not source.startswith(FEED),
        at_address=_feed_at,
        account=lambda source: "bluesky" if source.startswith(FEED) else source,
    ),
    posting=Posting(
        open=_open_poster,
        rules=RULES,
        length=_length,
        greeting=Greeting(names=False, answers=True),  # an answer tells them by itself
        shares=("quote", "boost"),
    ),
    looking_up=LookingUp(open=_open_finder, unsigned=("person",)),
    sites=("bsky.app",),
    heads=("bluesky",),
    in_archive=lambda _handle, author, post: author.startswith("did:") or post.startswith("at://"),
    signing=Signing(
        servers="some",
        host=ENTRYWAY,
        login=_login,
        check=_check,
        revoke=_revoke,
        settings="Settings > App passwords",
        lend=_lend,
        lent=(
            "It gets a session of its own and not your password. Whoever runs that computer could also post as you; "
            "deleting the app password at Bluesky ends it."
        ),
    ),
)
"""Bluesky, by search, by Jetstream or by a feed."""
