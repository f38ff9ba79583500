"""The whole way of a sign-in at a real server process: the app, consent, the code, the token, and its end."""

import logging

import httpx
import pytest

from sessions.networks.account import InMemorySignIns
from sessions.networks.accounts.checking import check_account
from sessions.networks.mastodon import sign_in as mastodon
from sessions.networks.web.fetching import open_client
from tests.sessions.networks.mastodon.mock_server import MockServer


def agree(server: MockServer, consent: httpx.QueryParams) -> str:
    """Somebody agrees on the server's page as `reader`; the code with which it sends them back."""
    form = {name: consent[name] for name in ("redirect_uri", "client_id", "scope", "state")}
    sent = server.http.post("/oauth/authorize", data={**form, "username": "reader"})
    back = httpx.URL(sent.headers["Location"])
    assert str(back).startswith(consent["redirect_uri"])
    assert back.params["state"] == consent["state"]
    return back.params["code"]


async def test_a_sign_in_from_the_first_page_to_its_end(mock: MockServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    host = f"127.0.0.1:{mock.port}"
    async with open_client() as client:
        app = await mastodon.register(client, host, "http://127.0.0.1:9/")
        consent = app.consent()
        code = agree(mock, httpx.URL(consent.address).params)
        caplog.clear()  # that was the browser
        account = await mastodon.redeem(client, app, consent, code)
        assert account.source == f"mastodon:{host}"
        assert account.handle == f"reader@{mock.host}"
        works = await check_account(client, account, InMemorySignIns([account]))
        assert [one.ok for one in works] == [True, True]
        assert await mastodon.revoke(client, account)
        (ended,) = await check_account(client, account, InMemorySignIns([account]))
        assert not ended.ok
        assert f"lunchroom login mastodon {host}" in ended.words
    assert "send_request_headers" in caplog.text  # httpcore tells of every step
    secrets = (code, consent.verifier, app.client_secret, account.secret.token)
    assert [secret for secret in secrets if secret in caplog.text] == []
