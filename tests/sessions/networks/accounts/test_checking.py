"""What doctor finds about each account, without anything that costs money."""

import datetime
import email.utils
import json
from typing import Any

import httpx
import msgspec
import pytest

from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.accounts.checking import Finding, check_account
from sessions.networks.x.account import XAccount
from tests.sessions.networks.sign_in.servers import HOST, HTML, RULES, Answers, Server, mastodon_server, recorded

NOW = 1_785_592_000_000
ANA = ServerAccount("mastodon", HOST, f"mastodon:ana@{HOST}", f"ana@{HOST}", True, Secret("t0ken"))
ALICE = Account(
    "bluesky", "bsky.social", "bluesky:did:plc:alice", "alice.test", secret=Secret("t0ken", "refresh", NOW + 3_600_000)
)
GET_SESSION = "/xrpc/com.atproto.server.getSession"


def http_date(at: int) -> str:
    """A moment as a server's `Date` says it."""
    return email.utils.format_datetime(datetime.datetime.fromtimestamp(at / 1000, datetime.UTC), usegmt=True)


async def checked(server: Server, account: Account, sign_ins: InMemorySignIns | None = None) -> dict[str, Finding]:
    """What is found, by what it is about."""
    found = await check_account(server.client, account, sign_ins or InMemorySignIns([account]), now=lambda: NOW)
    for one in found:
        assert "t0ken" not in one.words + json.dumps(msgspec.to_builtins(one.facts))
    return {one.about: one for one in found}


def credentials(**headers: str) -> httpx.Response:
    """A server's answer to who asks."""
    answer = recorded("mastodon/m464_verify_credentials")
    return httpx.Response(200, headers={**headers}, content=answer.content)


async def test_an_account_that_works_is_told_with_what_is_left_and_what_its_server_can_do() -> None:
    left = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "41", "X-RateLimit-Reset": "2026-08-01T13:48:40Z"}
    found = await checked(mastodon_server(verify_credentials=credentials(Date=http_date(NOW), **left)), ANA)
    account, server = found[f"mastodon:{HOST}"], found[f"mastodon:{HOST} server"]
    assert account.ok
    assert account.words == f"@ana@{HOST} works, may post, 41 of 300 requests left for 2 min"
    assert account.facts["limit"]["remaining"] == 41
    assert account.facts["clock_skew_ms"] == 0
    assert server.ok
    assert server.words.startswith("Mastodon 4.6.4, posts of 500 characters, live by stream")
    assert set(server.facts) == {"kind", "version", "max_characters", "streaming", "anonymous_hashtags"}


async def test_what_gotosocial_lacks_is_told() -> None:
    server = mastodon_server(
        instance=recorded("mastodon/gotosocial_instance_v2"),
        verify_credentials=recorded("mastodon/gotosocial_verify_credentials"),
    )
    words = (await checked(server, ANA))[f"mastodon:{HOST} server"].words
    assert words.startswith("GoToSocial")
    assert "no stream of hashtags" in words
    assert "signed in only" in words
    assert "only in the thread of the question" in words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(240_000, "4 min ahead of that of"), (-60_000, "60 s behind that of"), (20_000, None), (-20_000, None)],
)
async def test_a_clock_that_is_wrong_is_told(ahead: int, words: str | None) -> None:
    found = await checked(mastodon_server(verify_credentials=credentials(Date=http_date(NOW - ahead))), ANA)
    assert ("clock" in found) == (words is not None)
    if words is not None:
        assert not found["clock"].ok
        assert words in found["clock"].words


async def test_a_server_without_a_date_or_with_a_strange_one_says_nothing_of_the_clock() -> None:
    for headers in ({}, {"Date": "yesterday"}):
        found = await checked(mastodon_server(verify_credentials=credentials(**headers)), ANA)
        assert "clock" not in found


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"verify_credentials": recorded("mastodon/m464_error_401")}, "again: lunchroom login mastodon m.example"),
        ({"verify_credentials": recorded("mastodon/gotosocial_429")}, "wants to be left alone"),
        ({"instance": httpx.ConnectError("offline")}, "m.example cannot be reached. Check the name"),
        ({"instance": httpx.ReadTimeout("late")}, "no answer in time"),
        ({"instance": HTML}, "is no Mastodon server"),
    ],
)
async def test_an_account_that_does_not_work_is_told_with_what_to_do(other: Any, words: str) -> None:
    found = (await checked(mastodon_server(**other), ANA))[f"mastodon:{HOST}"]
    assert not found.ok
    assert words in found.words


async def test_bluesky_is_asked_for_the_session_and_renews_it_where_it_has_run_out() -> None:
    answers: Answers = {
        GET_SESSION: httpx.Response(200, json={"did": "did:plc:alice", "handle": "alice.test"}),
        "/xrpc/com.atproto.server.refreshSession": recorded("bluesky/refreshSession_ok"),
    }
    assert (await checked(Server(answers), ALICE))["bluesky"].words == "@alice.test (bluesky) works, reads only"
    old = msgspec.structs.replace(ALICE, secret=Secret("t0ken-old", "refresh", NOW - 1))
    sign_ins = InMemorySignIns([old])
    assert (await checked(Server(answers), old, sign_ins))["bluesky"].ok
    renewed = sign_ins.find("bluesky")
    assert renewed is not None
    assert renewed.secret.token not in ("", "t0ken-old")


@pytest.mark.parametrize("name", ["getSession_garbage_token", "getSession_no_auth"])
async def test_bluesky_s_refusals_say_to_sign_in_again(name: str) -> None:
    ended = {GET_SESSION: recorded(f"bluesky/{name}")}
    account = msgspec.structs.replace(ALICE, secret=Secret("t0ken", "", NOW + 3_600_000))
    found = (await checked(Server(ended), account))["bluesky"]
    assert not found.ok
    assert "Sign in again: lunchroom login bluesky" in found.words


async def test_x_s_app_is_asked_and_its_person_is_not_because_that_costs() -> None:
    server = Server({RULES: recorded("x/playground_rules_get")})
    app = XAccount("x", "api.x.com", secret=Secret("t0ken-bearer"))
    person = XAccount("x", "api.x.com", "x:99", "ana", True, Secret("t0ken-user", "t0ken-next"))
    assert (await checked(server, app))["x"].ok
    assert (await checked(server, person))["x:post"].words == "@ana (x): not tried, because X charges for it"
    assert server.paths == [RULES]
    for_good = msgspec.structs.replace(person, secret=Secret("t0ken-user"))
    assert (await checked(server, for_good))["x:post"].ok
    ended = msgspec.structs.replace(person, secret=Secret("t0ken-user", "", NOW - 1))
    found = (await checked(server, ended))["x:post"]
    assert not found.ok
    assert "lunchroom login x" in found.words
    refused = (await checked(Server({RULES: httpx.Response(402)}), app))["x"]
    assert not refused.ok
    assert "no credits left" in refused.words
