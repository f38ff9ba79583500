"""What is said of an account and its server: each by its own name, and that it may post only where it may."""

from typing import Any

import httpx
import msgspec
import pytest

from sessions.networks.account import InMemorySignIns
from sessions.networks.mastodon.checking import check
from sessions.networks.mastodon.wire import WireInstance
from sessions.networks.sign_in.findings import Finding
from tests.sessions.networks.fakes import START
from tests.sessions.networks.mastodon.server import ANA, HOST


async def checked(posting: httpx.Response, *, posts: bool = True, **about: Any) -> tuple[list[Finding], list[str]]:
    """What is found at a server that answers a post so, and the bodies that it was sent."""
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            sent.append(request.content.decode())
            return posting
        if request.url.path.endswith("/instance"):
            return httpx.Response(200, json={"domain": HOST, "version": "4.6.4", **about})
        return httpx.Response(200, json={"id": "1", "acct": "ana"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        account = msgspec.structs.replace(ANA, posts=posts)
        found = await check(client, account, InMemorySignIns([account]), now=lambda: START)
    return found, sent


@pytest.mark.parametrize("status", [422, 400, 500, 429])
async def test_a_token_with_the_right_to_post_may_post(status: int) -> None:
    found, sent = await checked(httpx.Response(status, json={"error": "Validation failed: Text can't be blank"}))
    assert (found[0].ok, found[0].words) == (True, f"@ana@{HOST} works, may post")
    assert sent == ['{"status":"","visibility":"direct"}']


async def test_a_token_without_it_cannot_and_that_is_no_good_account() -> None:
    outside = httpx.Response(403, json={"error": "This action is outside the authorized scopes"})
    found, _ = await checked(outside)
    assert not found[0].ok
    words = f"@ana@{HOST} cannot post: its token lacks the right `write:statuses`. Sign in again to post."
    assert found[0].words == words
    assert found[0].facts["posts"] is False


async def test_an_account_that_only_reads_is_not_tried() -> None:
    found, sent = await checked(httpx.Response(403), posts=False)
    assert (found[0].ok, found[0].words, sent) == (True, f"@ana@{HOST} works, reads only", [])


@pytest.mark.parametrize(
    ("version", "source_url", "named"),
    [
        ("4.6.4", "https://github.com/mastodon/mastodon", ("Mastodon", "4.6.4")),
        ("0.17.3+git-1", "https://codeberg.org/superseriousbusiness/gotosocial", ("GoToSocial", "0.17.3+git-1")),
        ("2.7.2 (compatible; Pleroma 2.9.1)", "", ("Pleroma", "2.9.1")),
        ("2.7.2 (compatible; Akkoma 3.15.2-0-gabc)", "", ("Akkoma", "3.15.2-0-gabc")),
        ("3.5.3 (compatible; Pixelfed 0.12.4)", "", ("Pixelfed", "0.12.4")),
        ("2.8.0 (compatible; Friendica 2024.12-1571)", "", ("Friendica", "2024.12-1571")),
        ("4.2.1 (compatible; Iceshrimp.NET/2025.1)", "", ("Iceshrimp.NET", "2025.1")),
    ],
)
def test_each_server_is_called_by_its_own_name(version: str, source_url: str, named: tuple[str, str]) -> None:
    assert WireInstance("m.example", version, source_url=source_url).software == named
