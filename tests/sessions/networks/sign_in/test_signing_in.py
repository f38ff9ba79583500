"""Signing in at each network, against answers that real servers gave, and every way in which it fails in one line."""

import asyncio
import base64
import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from sessions.networks.account import Account, Secret, ServerAccount
from sessions.networks.bluesky import sign_in as bluesky
from sessions.networks.mastodon import sign_in as mastodon
from sessions.networks.sign_in.errors import SignInFailed
from sessions.networks.sign_in.loopback import Loopback, loopback
from sessions.networks.sign_in.oauth import Consent, ask, challenge
from sessions.networks.sign_in.parsing import host_of, is_app_password, token_of
from sessions.networks.x import sign_in as x
from sessions.networks.x.account import XAccount
from tests.sessions.networks.sign_in.servers import HOST, HTML, RULES, TOKEN, Server, mastodon_server, recorded
from tests.waiting import PATIENCE

APP = mastodon.App(HOST, "app-id", "app-s3cret", "http://127.0.0.1:9/")


async def failing(work: Awaitable[object]) -> str:
    """The one line in which it fails, which holds no secret."""
    with pytest.raises(SignInFailed) as failed:
        await work
    words = str(failed.value)
    assert "\n" not in words
    assert not [secret for secret in ("t0ken", "s3cret", "c0de", "abcd-efgh") if secret in words], words
    assert words.endswith(".") or words.endswith("?")
    return words


# What is typed and pasted


@pytest.mark.parametrize(
    "typed", ["mastodon.social", " Mastodon.Social ", "https://mastodon.social/@ana", "@ana@mastodon.social", "http://mastodon.social"]
)  # fmt: skip
def test_a_server_is_known_however_it_is_written(typed: str) -> None:
    assert host_of(typed) == "mastodon.social"


def test_a_token_is_one_long_word_and_may_bring_its_label() -> None:
    assert token_of(" Bearer abc-DEF_123=\n") == "abc-DEF_123="
    for wrong in ("", "short", "two words of it", "abcdefgh\r\nX-Evil: 1", "abcdéfghijk", "abc…xyz-12345"):
        assert token_of(wrong) is None


def test_app_passwords_are_told_from_passwords() -> None:
    assert is_app_password("abcd-efgh-ijkl-mn27")
    for wrong in ("correct horse battery staple", "abcd-efgh-ijkl", "ABCD-EFGH-IJKL-MNOP", "abcd-efgh-ijkl-mno1"):
        assert not is_app_password(wrong)


# Consent in the browser


def test_the_address_holds_the_challenge_and_never_the_verifier() -> None:
    consent = ask("https://m.example/oauth/authorize", "app-id", "http://127.0.0.1:9/", ("read:statuses", "write"))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(consent.address).query).items()}
    digest = hashlib.sha256(consent.verifier.encode()).digest()
    assert asked == {
        "response_type": "code",
        "client_id": "app-id",
        "redirect_uri": "http://127.0.0.1:9/",
        "scope": "read:statuses write",
        "state": consent.state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    assert consent.verifier not in consent.address + repr(consent)
    assert 43 <= len(consent.verifier) <= 128
    assert ask(*[""] * 3, ()).state != ask(*[""] * 3, ()).state


def test_the_challenge_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def browse(address: str) -> tuple[int, str]:
    """What a browser is shown at the address."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


async def brought(consent: Consent, *answers: dict[str, str]) -> tuple[str, list[tuple[int, str]]]:
    """The code, after a browser has brought these answers, and what it was shown then."""
    shown: list[tuple[int, str]] = []
    async with loopback() as page:

        def visit(address: str) -> None:
            assert address == consent.address
            for path in ("favicon.ico", "?nothing=1", *(f"?{urlencode(answer)}" for answer in answers)):
                shown.append(browse(page.redirect_uri + path))

        browser = ThreadPoolExecutor(1)
        try:
            code = await page.code(consent, partial(browser.submit, visit), patience=5)
        finally:
            await asyncio.to_thread(browser.shutdown)
    assert [status for status, _ in shown[:2]] == [404, 404]
    assert "c0de" not in str(shown)
    return code, shown[2:]


CONSENT = ask("https://m.example/oauth/authorize", "app-id", "http://127.0.0.1:9/", ())


async def test_the_browser_brings_the_code_to_this_computer(capfd: pytest.CaptureFixture[str]) -> None:
    code, shown = await brought(CONSENT, {"code": "c0de", "state": CONSENT.state})
    assert code == "c0de"
    assert [(status, "go back to the terminal" in words) for status, words in shown] == [(200, True)]
    assert "c0de" not in "".join(capfd.readouterr())


async def test_answers_to_other_requests_are_turned_away_and_the_right_one_is_waited_for() -> None:
    """Any page in the browser can send one, and a browser that comes back opens the tab of an earlier sign-in."""
    others = [{"code": "0ther", "state": "another"}, {"code": "0ther"}, {"error": "0ther", "state": "ä"}]
    code, shown = await brought(CONSENT, *others, {"code": "c0de", "state": CONSENT.state})
    assert code == "c0de"
    assert [(status, "another sign-in" in words) for status, words in shown] == [(404, True)] * 3 + [(200, False)]


async def test_nothing_is_taken_before_it_is_asked_for() -> None:
    async with loopback() as page:
        for state in ("", CONSENT.state):
            query = urlencode({"code": "c0de", "state": state})
            assert (await asyncio.to_thread(browse, f"{page.redirect_uri}?{query}"))[0] == 404


async def test_what_asks_for_nonsense_is_nobody_s_trouble(capfd: pytest.CaptureFixture[str]) -> None:
    async with loopback() as page:
        address = urlsplit(page.redirect_uri)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(b"GET http://[ HTTP/1.1\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "access_denied", "state": CONSENT.state}, "not agreed to in the browser: access_denied"),
        (
            {"error": "access_denied", "error_description": "The owner said\x1b[2J no.", "state": CONSENT.state},
            "not agreed to in the browser: The owner said[2J no.",
        ),
    ],
)
async def test_a_no_is_a_failure_in_words(answer: dict[str, str], words: str) -> None:
    assert words in await failing(brought(CONSENT, answer))


async def test_nobody_is_waited_for_longer_than_a_person_needs() -> None:
    async with loopback() as page:
        assert "Nobody agreed" in await failing(page.code(CONSENT, str, patience=0.01))


async def test_two_sign_ins_cannot_share_a_port_and_it_is_free_afterwards() -> None:
    async with loopback() as page:
        port = urlsplit(page.redirect_uri).port
        assert port is not None

        async def second() -> Loopback:
            async with loopback(port) as other:
                return other

        assert f"Port {port} of this computer is taken" in await failing(second())
    async with loopback(port) as page:
        assert page.redirect_uri == f"http://127.0.0.1:{port}/"


# Mastodon


async def test_an_app_is_made_known_and_a_code_becomes_an_account() -> None:
    server = mastodon_server()
    app = await mastodon.register(server.client, HOST, APP.redirect_uri)
    assert app == APP
    assert server.form("/api/v1/apps")["scopes"] == "read:statuses read:accounts read:search write:statuses"
    consent = app.consent()
    account = await mastodon.redeem(server.client, app, consent, " c0de\n")
    home = json.loads(recorded("mastodon/m464_instance_v2").content)["domain"]
    assert account == ServerAccount(
        "mastodon",
        HOST,
        f"mastodon:mastodonpy_test@{home}",
        f"mastodonpy_test@{home}",
        secret=Secret("t0ken-given", client_id="app-id", client_secret="app-s3cret"),
    )
    form = server.form("/oauth/token")
    assert (form["code"], form["code_verifier"], form["client_secret"]) == ("c0de", consent.verifier, "app-s3cret")
    assert "t0ken" not in repr(app) + repr(account)
    assert "s3cret" not in repr(app) + repr(account)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"instance": httpx.Response(404)}, "does not answer as a Mastodon server does"),
        ({"instance": HTML}, "does not answer as a Mastodon server does"),
        ({"instance": httpx.ConnectError("no")}, "m.example cannot be reached. Check the name"),
        ({"instance": httpx.ReadTimeout("late")}, "m.example: no answer in time. Try again later."),
        ({"instance": httpx.Response(503)}, "the server has a problem (503). Try again later."),
        ({"instance": recorded("mastodon/gotosocial_429")}, "wants to be left alone for"),
        ({"apps": HTML}, "answers with something else than expected"),
        ({"apps": httpx.Response(422, json={"error": "Validation failed"})}, "m.example refuses: Validation failed."),
        ({"apps": httpx.Response(403, html="<html>no</html>")}, "m.example refuses: it answers 403."),
        ({"apps": httpx.Response(302, headers={"Location": "https://evil.example/"})}, "it answers 302"),
    ],
)
async def test_what_is_no_server_is_told_before_a_browser_opens(other: Any, words: str) -> None:
    assert words in await failing(mastodon.register(mastodon_server(**other).client, HOST, APP.redirect_uri))


@pytest.mark.parametrize("host", ["a b", "ana@m.example", "m.example/x", "", "m.example:port"])
async def test_what_names_no_server_is_asked_nothing(host: str) -> None:
    server = mastodon_server()
    assert "names no server" in await failing(mastodon.register(server.client, host, APP.redirect_uri))
    assert "names no server" in await failing(mastodon.whose(server.client, host, Secret("t0ken")))
    assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (recorded("mastodon/m464_oauth_error_400"), "m.example refuses: The provided authorization grant is invalid"),
        (HTML, "something else than expected"),
        (httpx.ReadTimeout("late"), "no answer in time"),
    ],
)
async def test_a_code_that_is_not_taken_is_told(answer: httpx.Response | Exception, words: str) -> None:
    server = mastodon_server(token=answer)
    assert words in await failing(mastodon.redeem(server.client, APP, APP.consent(), "c0de"))


@pytest.mark.parametrize(
    "answer", [recorded("mastodon/m464_error_401"), HTML, httpx.Response(502), httpx.ConnectError("gone")]
)
async def test_a_token_whose_owner_cannot_be_learnt_is_given_back(answer: httpx.Response | Exception) -> None:
    server = mastodon_server(verify_credentials=answer)
    await failing(mastodon.redeem(server.client, APP, APP.consent(), "c0de"))
    assert server.form("/oauth/revoke")["token"] == "t0ken-given"


async def test_a_pasted_token_is_checked_and_only_its_owner_can_end_it() -> None:
    server = mastodon_server()
    account = await mastodon.whose(server.client, HOST, Secret("t0ken-pasted"))
    assert account.handle.startswith("mastodonpy_test@")
    assert not await mastodon.revoke(server.client, account)
    wrong = mastodon_server(verify_credentials=recorded("mastodon/m464_error_401"))
    assert "does not know this token" in await failing(mastodon.whose(wrong.client, HOST, Secret("t0ken-wrong")))


async def test_signing_out_says_whether_the_server_ended_the_token() -> None:
    account = ServerAccount("mastodon", HOST, secret=Secret("t0ken", client_id="app-id", client_secret="app-s3cret"))
    assert await mastodon.revoke(mastodon_server().client, account)
    for answer in (httpx.ConnectError("gone"), httpx.Response(403, json={"error": "unauthorized_client"})):
        assert not await mastodon.revoke(mastodon_server(revoke=answer).client, account)


# Bluesky

CREATE, DELETE = "/xrpc/com.atproto.server.createSession", "/xrpc/com.atproto.server.deleteSession"


async def test_an_app_password_becomes_a_session_and_stays_for_the_next_one() -> None:
    server = Server({CREATE: recorded("bluesky/createSession_ok")})
    account = await bluesky.sign_in(server.client, "bsky.social", "@alice.test", "abcd-efgh-ijkl-mnop")
    assert (account.id, account.handle) == ("bluesky:did:plc:pswslc4wyhrvooog6bea6h2u", "alice.test")
    assert account.secret.password == "abcd-efgh-ijkl-mnop"
    assert account.secret.refresh
    assert account.secret.expires_at > 0
    assert json.loads(server.asked[0].content)["identifier"] == "alice.test"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (recorded("bluesky/createSession_wrong_password"), "does not know this handle with this app password"),
        (recorded("bluesky/createSession_unknown_user"), "does not know this handle with this app password"),
        (recorded("bluesky/createSession_missing_field"), "Missing required key"),
        (recorded("bluesky/createSession_429"), "bsky.social wants to be left alone for"),
        (httpx.Response(403, html="<html>blocked</html>"), "may block this network"),
        (HTML, "something else than expected"),
        (httpx.ConnectError("no"), "bsky.social cannot be reached"),
    ],
)
async def test_bluesky_s_refusals_are_told(answer: httpx.Response | Exception, words: str) -> None:
    server = Server({CREATE: answer})
    signing_in = bluesky.sign_in(server.client, "bsky.social", "alice.test", "abcd-efgh-ijkl-mnop")
    assert words in await failing(signing_in)


async def test_the_code_of_the_e_mail_is_asked_for_and_sent() -> None:
    wanted = httpx.Response(401, json={"error": "AuthFactorTokenRequired", "message": "A sign in code has been sent"})
    with pytest.raises(bluesky.CodeWanted):
        await bluesky.sign_in(Server({CREATE: wanted}).client, "bsky.social", "alice.test", "main")
    server = Server({CREATE: recorded("bluesky/createSession_ok")})
    await bluesky.sign_in(server.client, "bsky.social", "alice.test", "main", " ABC-12 ")
    assert json.loads(server.asked[0].content)["authFactorToken"] == "ABC-12"


async def test_bluesky_s_session_is_ended_by_the_refresh_token() -> None:
    account = Account("bluesky", "bsky.social", "bluesky:did:plc:x", "x.test", secret=Secret("access", "refresh"))
    server = Server({DELETE: httpx.Response(200)})
    assert await bluesky.revoke(server.client, account)
    assert server.asked[0].headers["Authorization"] == "Bearer refresh"
    assert not await bluesky.revoke(Server({DELETE: httpx.ConnectError("gone")}).client, account)


# X

ME, X_TOKEN, X_REVOKE = "/2/users/me", "/2/oauth2/token", "/2/oauth2/revoke"


async def test_an_app_s_bearer_token_is_tried_by_what_costs_nothing() -> None:
    server = Server({RULES: recorded("x/playground_rules_get")})
    assert await x.reader(server.client, "t0ken-bearer") == XAccount("x", "api.x.com", secret=Secret("t0ken-bearer"))
    assert server.paths == [RULES]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (recorded("x/playground_no_auth"), "X does not know this bearer token"),
        (httpx.Response(402, json={"title": "CreditsDepleted"}), "no credits left"),
        (httpx.Response(429), "X wants to be left alone"),
        (httpx.Response(503, html="<html>over capacity</html>"), "X: the server has a problem (503)"),
        (httpx.ConnectError("no"), "X cannot be reached"),
    ],
)
async def test_x_s_refusals_of_an_app_are_told(answer: httpx.Response | Exception, words: str) -> None:
    assert words in await failing(x.reader(Server({RULES: answer}).client, "t0ken-bearer"))


def x_token(**fields: Any) -> httpx.Response:
    """What X gives for a code."""
    return httpx.Response(200, json={"access_token": "t0ken-user", "refresh_token": "t0ken-next", **fields})


@pytest.mark.parametrize("client_secret", ["", "app-s3cret"])
async def test_a_person_who_agreed_posts_and_the_token_renews_itself(client_secret: str) -> None:
    server = Server({X_TOKEN: x_token(expires_in=7200), ME: recorded("x/tw_users_me")})
    consent = x.consent("app-id", f"http://127.0.0.1:{x.PORT}/")
    assert consent.scopes == ("tweet.read", "users.read", "tweet.write", "offline.access")
    account = await x.redeem(server.client, consent, "c0de", client_secret, now=lambda: 1_000)
    assert (account.id, account.handle, account.source) == ("x:1072250532645998596", "TweepyDev", "x:post")
    assert account.secret == Secret("t0ken-user", "t0ken-next", 7_201_000, "app-id", client_secret)
    basic = server.asked[0].headers.get("Authorization", "")
    assert basic.startswith("Basic ") == bool(client_secret)
    assert server.form(X_TOKEN)["code_verifier"] == consent.verifier


@pytest.mark.parametrize(
    "answer", [recorded("x/playground_me_app_only_403"), HTML, httpx.Response(402), httpx.ReadTimeout("late")]
)
async def test_x_s_token_whose_owner_cannot_be_learnt_is_given_back(answer: httpx.Response | Exception) -> None:
    server = Server({X_TOKEN: x_token(), ME: answer, X_REVOKE: httpx.Response(200, json={"revoked": True})})
    consent = x.consent("app-id", f"http://127.0.0.1:{x.PORT}/")
    await failing(x.redeem(server.client, consent, "c0de", "app-s3cret"))
    assert server.form(X_REVOKE)["token"] == "t0ken-next"


async def test_an_app_s_token_is_not_ended_and_a_person_s_is() -> None:
    server = Server({X_REVOKE: httpx.Response(200, json={"revoked": True})})
    assert not await x.revoke(server.client, XAccount("x", "api.x.com", secret=Secret("bearer")))
    assert server.asked == []
    assert await x.revoke(server.client, XAccount("x", "api.x.com", "x:99", secret=Secret("user", client_id="app-id")))


# Ctrl+C in the middle


@pytest.mark.parametrize(
    "redeeming",
    [
        lambda client: mastodon.redeem(client, APP, APP.consent(), "c0de"),
        lambda client: x.redeem(client, x.consent("app-id", "http://127.0.0.1:1/"), "c0de", ""),
    ],
)
async def test_a_token_is_given_back_where_its_owner_stops(
    redeeming: Callable[[httpx.AsyncClient], Awaitable[Account]],
) -> None:
    learning = asyncio.Event()
    revoked: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path in ("/oauth/token", X_TOKEN):
            return httpx.Response(200, json=TOKEN)
        if request.url.path in ("/oauth/revoke", X_REVOKE):
            revoked.append(parse_qs(request.content.decode())["token"][0])
            return httpx.Response(200, json={})
        learning.set()
        return await asyncio.Future()

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        signing_in = asyncio.ensure_future(redeeming(client))
        await learning.wait()
        signing_in.cancel()
        with pytest.raises(asyncio.CancelledError):
            await signing_in
    assert revoked == ["t0ken-given"]
