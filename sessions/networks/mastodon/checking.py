"""Whether an account of a Mastodon server works, and what the server can do."""

import httpx
import msgspec

from sessions.networks.account import Account, SignIns
from sessions.networks.mastodon.api import MastodonApi, base_url, bearer
from sessions.networks.mastodon.wire import WireInstance
from sessions.networks.sign_in.findings import Finding, skewed, timed, works
from sessions.networks.timing import Now
from sessions.networks.web.fetching import Answer, fetch


async def check(client: httpx.AsyncClient, account: Account, _sign_ins: SignIns, *, now: Now) -> list[Finding]:
    """What is to be said of it. Raises `NetworkError` and `SourceError`."""
    api = MastodonApi(client, account.host, now=now)
    server = await api.instance()
    url = f"{base_url(account.host)}/api/v1/accounts/verify_credentials"
    answer, skew = await timed(fetch(client, "GET", url, headers=bearer(account), now=now), now)
    if not answer.ok:
        raise api.refusal(answer.status, answer.body)
    found = [works(account, answer, skew, now), _server(account, server), *skewed(account, skew)]
    if account.posts and not await api.may_post(account):
        found[0] = _may_not_post(account, answer, skew, now)
    return found


def _may_not_post(account: Account, answer: Answer, skew: int | None, now: Now) -> Finding:
    """That its token has not the right to post that this account was signed in for."""
    reads = works(msgspec.structs.replace(account, posts=False), answer, skew, now)
    words = f"{account.name} cannot post: its token lacks the right `write:statuses`. Sign in again to post."
    return Finding(reads.about, False, words, reads.facts)


def _server(account: Account, server: WireInstance) -> Finding:
    """What the server can do, as it says itself; before 4.5 it does not say who may read hashtags."""
    kind, version = server.software
    access = server.configuration.timelines_access.hashtag_feeds
    streams = bool(server.configuration.urls.streaming) and not server.gotosocial
    anonymous = not server.gotosocial and access.local == access.remote == "public"
    most = server.configuration.statuses.max_characters
    words = [
        f"{kind} {version}".strip(),
        f"posts of {most} characters",
        "live by stream" if streams else "no stream of hashtags: read by asking again",
        "hashtags open to all" if anonymous else "hashtags for those who are signed in only",
    ]
    if server.gotosocial:
        words.append("answers only in the thread of the question")
    facts = {"kind": kind, "version": version, "max_characters": most, "streaming": streams,
             "anonymous_hashtags": anonymous}  # fmt: skip
    return Finding(f"{account.source} server", "disabled" not in (access.local, access.remote), ", ".join(words), facts)
