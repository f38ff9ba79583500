"""A session is renewed before it runs out, once for all who wait, and made anew by password as rarely as can be."""

import asyncio

import httpx
import pytest

from sessions.networks.account import Account, InMemorySignIns
from sessions.networks.bluesky.session import CodeWanted, Session, sign_in
from sessions.networks.web.errors import Limited, Rejected, SignedOut, Unavailable
from sessions.networks.web.fetching import server_address
from tests.sessions.networks.bluesky.network import ANA, PDS, START, Bluesky, account, error, response
from tests.sessions.networks.virtual_time import VirtualTime

METHOD = "app.bsky.feed.getPosts"


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime(START)


@pytest.fixture
def network(time: VirtualTime) -> Bluesky:
    return Bluesky(time.now)


def session(network: Bluesky, sign_ins: InMemorySignIns) -> Session:
    client = httpx.AsyncClient(transport=network.transport)
    return Session(client, lambda: sign_ins.find("bluesky"), sign_ins.renew, now=network.now)


async def ask(used: Session) -> int:
    return (await used.ask("GET", METHOD, params={"uris": ["at://a"]})).status


async def test_a_token_that_holds_is_used_as_it_is(network: Bluesky) -> None:
    assert await ask(session(network, InMemorySignIns([account(expires_at=START + 120_000)]))) == 200
    assert network.calls.total() == 1


async def test_a_token_is_renewed_a_minute_before_its_end(network: Bluesky) -> None:
    sign_ins = InMemorySignIns([account(expires_at=START + 59_000)])
    assert await ask(session(network, sign_ins)) == 200
    assert network.calls_of("refreshSession") == 1


async def test_many_who_wait_get_one_renewal(network: Bluesky) -> None:
    used = session(network, InMemorySignIns([account(token="gone")]))
    assert await asyncio.gather(*(ask(used) for _ in range(20))) == [200] * 20
    assert network.calls_of("refreshSession") == 1


async def test_a_token_that_another_process_renewed_is_taken(network: Bluesky) -> None:
    sign_ins = InMemorySignIns([account(token="gone", refresh="used up")])
    used = session(network, sign_ins)

    def other(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("refreshSession"):  # meanwhile the desk has renewed it
            sign_ins.renew(account())
        return network.answer(request)

    used._client = httpx.AsyncClient(transport=httpx.MockTransport(other))
    assert await ask(used) == 200


async def test_a_password_brings_a_new_session_but_not_more_than_one_in_five_minutes(
    network: Bluesky, time: VirtualTime
) -> None:
    sign_ins = InMemorySignIns([account(token="", refresh="", password="app-pass-word-1234")])
    used = session(network, sign_ins)
    assert await ask(used) == 200
    kept = sign_ins.find("bluesky")
    assert kept is not None
    assert (kept.secret.password, kept.posts) == ("app-pass-word-1234", True)
    for _ in range(10):
        sign_ins.renew(account(token="", refresh="", password="app-pass-word-1234"))
        with pytest.raises(SignedOut):
            await ask(used)
    assert network.calls_of("createSession") == 1
    time.at += 300_000
    assert await ask(used) == 200


async def test_a_wrong_password_is_tried_once(network: Bluesky, time: VirtualTime) -> None:
    sign_ins = InMemorySignIns([account(token="", refresh="", password="wrong")])
    used = session(network, sign_ins)
    with pytest.raises(Rejected, match="does not know this handle with this app password"):
        await ask(used)
    for _ in range(5):
        time.at += 600_000
        with pytest.raises(SignedOut):
            await ask(used)
    assert network.calls_of("createSession") == 1


async def test_a_renewal_without_an_answer_leaves_the_sign_in_as_it_was(network: Bluesky) -> None:
    sign_ins = InMemorySignIns([account(token="gone")])
    used = session(network, sign_ins)
    network.faults["com.atproto.server.refreshSession"] = [httpx.ReadTimeout("no answer")]
    with pytest.raises(Unavailable, match="no answer in time"):
        await ask(used)
    assert sign_ins.find("bluesky") == account(token="gone")
    assert await ask(used) == 200


async def test_a_call_that_stays_stale_is_not_made_for_ever(network: Bluesky) -> None:
    network.faults[METHOD] = [error(400, "ExpiredToken")] * 9
    with pytest.raises(SignedOut):
        await ask(session(network, InMemorySignIns([account()])))
    assert network.calls[METHOD] == 2


async def test_after_a_rate_limit_nobody_asks_until_the_moment_it_names(network: Bluesky, time: VirtualTime) -> None:
    network.faults[METHOD] = [response("createSession_429")]
    used = session(network, InMemorySignIns([account()]))
    for seconds, told in ((0, "waiting 5 min"), (200, "waiting 90 s"), (89, "waiting 1 s")):
        time.at += seconds * 1000
        with pytest.raises(Limited, match=told):
            await used.ask("GET", METHOD)
    assert network.calls.total() == 1
    time.at += 1_000
    assert await ask(used) == 200


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        (error(401, "AuthFactorTokenRequired", "A sign in code has been sent"), CodeWanted, "take an app password"),
        (error(401, "AccountTakedown", "Account has been taken down"), Rejected, "this account may not be used"),
        (httpx.Response(200, json={"accessJwt": "a"}), Unavailable, "something else than expected"),
        (
            httpx.Response(
                200,
                json={"accessJwt": "a", "refreshJwt": "b", "did": ANA, "active": False, "status": "deactivated"},
            ),
            Rejected,
            "this account is deactivated",
        ),
    ],
)
async def test_a_sign_in_that_fails_says_why(
    network: Bluesky, answer: httpx.Response, kind: type[Exception], told: str
) -> None:
    network.faults["com.atproto.server.createSession"] = [answer]
    with pytest.raises(kind, match=told) as raised:
        await sign_in(httpx.AsyncClient(transport=network.transport), "ana.example.org", "hunter2")
    assert "hunter2" not in repr(raised.value)


async def test_the_code_of_the_mail_is_sent_along(network: Bluesky) -> None:
    client = httpx.AsyncClient(transport=network.transport)
    assert isinstance(await sign_in(client, "ana.example.org", "app-pass-word-1234", code=" ABC-12 "), Account)
    assert b'"authFactorToken":"ABC-12"' in network.asked[-1].content.replace(b": ", b":")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://evil.example.org",  # a token without TLS
        "https://user:word@evil.example.org",
        "ftp://evil.example.org",
        "https://",
        "https://host:99999",
        {"not": "a text"},
        "",
    ],
)
async def test_a_token_goes_to_no_server_that_may_not_have_it(network: Bluesky, endpoint: object) -> None:
    doc = {"service": [{"id": "#atproto_pds", "serviceEndpoint": endpoint}]}
    body = {"accessJwt": "a.b.c", "refreshJwt": "b", "did": ANA, "handle": "handle.invalid", "didDoc": doc}
    network.faults["com.atproto.server.createSession"] = [httpx.Response(200, json=body)]
    made = await sign_in(httpx.AsyncClient(transport=network.transport), "ana.example.org", "word")
    assert (made.host, made.handle, made.secret.expires_at) == ("bsky.social", "", 0)


def test_only_a_server_on_this_computer_is_asked_without_tls() -> None:
    assert server_address(PDS) == f"https://{PDS}"
    assert [server_address(host) for host in ("localhost:2583", "127.0.0.1", "[::1]:80")] == [
        "http://localhost:2583",
        "http://127.0.0.1",
        "http://[::1]:80",
    ]
    assert server_address("localhost.example.org") == "https://localhost.example.org"
