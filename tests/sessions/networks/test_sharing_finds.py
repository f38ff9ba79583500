"""A found post as a boost or a quote on each network: what is sent, once, and how it is found again."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sessions.core.events import Sharing
from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.bluesky.posting import record_key
from sessions.networks.poster import NotSent, Outgoing, Published, Unsure
from sessions.networks.registry import open_poster
from sessions.networks.x.account import XAccount
from tests.paths import TESTS

NOW = 1_800_000_000_000
ANA = ServerAccount("mastodon", "m.example", "mastodon:1", "ana@m.example", posts=True, secret=Secret("t"))
SKY = Account("bluesky", "pds.example", "bluesky:did:plc:ana", "ana.example.org", posts=True, secret=Secret("t"))
X = XAccount("x", "api.x.com", "x:99", "ana", True, Secret("t"))

TOOT = "https://other.example/users/jo/statuses/7"
SKEET = "at://did:plc:jo/app.bsky.feed.post/7"

Answer = Callable[[httpx.Request], httpx.Response]


def body_of(name: str) -> Any:
    return json.loads((TESTS / "recorded" / f"{name}.json").read_text(encoding="utf-8"))["body"]


async def sent(account: Account, answer: Answer, how: Sharing, of: str) -> Published:
    return await _with(account, answer, lambda poster, post: poster.send(post), how, of)


async def looked_up(account: Account, answer: Answer, how: Sharing, of: str) -> Published | None:
    return await _with(account, answer, lambda poster, post: poster.look_up(post), how, of)


async def _with(account: Account, answer: Answer, does: Any, how: Sharing, of: str) -> Any:
    async def at_once(_seconds: float) -> None:
        return

    poster = open_poster(
        account, sign_ins=InMemorySignIns([account]), now=lambda: NOW, sleep=at_once,
        transport=httpx.MockTransport(answer),
    )  # fmt: skip
    try:
        return await does(poster, Outgoing("key-1", "Look at this #navasotaisd", NOW, how=how, of=of))
    finally:
        await poster.aclose()


class Mastodon:
    """A server that knows one post of another server, by its search; `version` is what it says of itself."""

    def __init__(self, version: str = "4.5.1") -> None:
        self.version = version
        self.sent: list[tuple[str, Any]] = []
        self.boosted = False
        self.lost = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "POST":
            self.sent.append((path, json.loads(request.content)))
            self.boosted = self.boosted or path.endswith("/reblog")
            if self.lost:
                raise httpx.ReadTimeout("no answer")
            name = "mastodon/m464_reblog" if path.endswith("/reblog") else "mastodon/m464_status_created_with_tag"
            return httpx.Response(200, json=body_of(name))
        if path == "/api/v2/instance":
            return httpx.Response(200, json=body_of("mastodon/m464_instance_v2") | {"version": self.version})
        if path == "/api/v2/search":
            known = body_of("mastodon/m464_status_created_with_tag") | {"id": "42", "uri": TOOT}
            return httpx.Response(200, json={"statuses": [known]})
        if path.endswith("verify_credentials"):
            return httpx.Response(200, json=body_of("mastodon/m464_verify_credentials"))
        if path.endswith("/statuses"):
            made = body_of("mastodon/m464_reblog")
            mine = made | {"reblog": made["reblog"] | {"uri": TOOT}}
            return httpx.Response(200, json=[mine] if self.boosted else [])
        return httpx.Response(404, json={"error": "Record not found"})


async def test_a_boost_on_mastodon_is_asked_for_by_the_server_s_own_id() -> None:
    server = Mastodon()
    published = await sent(ANA, server, "boost", f"mastodon:{TOOT}")
    assert server.sent == [("/api/v1/statuses/42/reblog", {"visibility": "public"})]
    assert published.id == f"mastodon:{body_of('mastodon/m464_reblog')['uri']}"


async def test_a_boost_without_an_answer_is_found_again_by_what_it_boosts() -> None:
    server = Mastodon()
    assert await looked_up(ANA, server, "boost", f"mastodon:{TOOT}") is None
    server.lost = True
    with pytest.raises(Unsure):
        await sent(ANA, server, "boost", f"mastodon:{TOOT}")
    assert await looked_up(ANA, server, "boost", f"mastodon:{TOOT}") is not None


async def test_a_quote_on_mastodon_names_the_post_and_keeps_its_key() -> None:
    server = Mastodon()
    await sent(ANA, server, "quote", f"mastodon:{TOOT}")
    ((path, body),) = server.sent
    assert (path, body["quoted_status_id"], body["status"]) == ("/api/v1/statuses", "42", "Look at this #navasotaisd")


@pytest.mark.parametrize("version", ["4.4.9", "4.2.1 (compatible; Pleroma 5.9)", "0.19.1+git"])
async def test_a_server_that_would_leave_the_quote_out_is_sent_nothing(version: str) -> None:
    server = Mastodon(version)
    with pytest.raises(NotSent, match="cannot quote"):
        await sent(ANA, server, "quote", f"mastodon:{TOOT}")
    assert server.sent == []


async def test_a_post_that_the_server_does_not_have_is_not_shared() -> None:
    def empty(request: httpx.Request) -> httpx.Response:
        found = request.url.path == "/api/v2/search"
        return httpx.Response(200, json={"statuses": []}) if found else httpx.Response(404, json={"error": "no"})

    with pytest.raises(NotSent, match="does not have the post that is shared"):
        await sent(ANA, empty, "boost", f"mastodon:{TOOT}")


class Bluesky:
    """Bluesky with one post by Jo; `viewer` is what its author lets others do."""

    def __init__(self, **viewer: bool) -> None:
        self.viewer = viewer
        self.put: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition(".")[2]
        if name == "getPosts":
            view = body_of("bluesky/getPosts")["posts"][0] | {"uri": SKEET, "cid": "cid-7", "viewer": self.viewer}
            return httpx.Response(200, json={"posts": [view]})
        if name == "putRecord":
            self.put.append(json.loads(request.content))
            uri = f"at://did:plc:ana/{self.put[-1]['collection']}/{self.put[-1]['rkey']}"
            return httpx.Response(200, json={"uri": uri, "cid": "c"})
        if name == "getRecord":
            here = [one for one in self.put if one["collection"] == request.url.params["collection"]]
            return httpx.Response(200, json={"uri": "at://x/y/z", "cid": "c"}) if here else _missing()
        return httpx.Response(200, json={})


def _missing() -> httpx.Response:
    return httpx.Response(400, json={"error": "RecordNotFound", "message": "no"})


async def test_a_boost_on_bluesky_is_a_repost_under_a_key_of_our_own() -> None:
    network = Bluesky()
    assert await looked_up(SKY, network, "boost", f"bluesky:{SKEET}") is None
    published = await sent(SKY, network, "boost", f"bluesky:{SKEET}")
    (body,) = network.put
    assert (body["collection"], body["rkey"]) == ("app.bsky.feed.repost", record_key("key-1"))
    assert body["record"]["subject"] == {"uri": SKEET, "cid": "cid-7"}
    assert published.url == "https://bsky.app/profile/did:plc:jo/post/7"
    assert await looked_up(SKY, network, "boost", f"bluesky:{SKEET}") is not None


async def test_a_quote_on_bluesky_embeds_the_post_as_it_is_now() -> None:
    network = Bluesky()
    await sent(SKY, network, "quote", f"bluesky:{SKEET}")
    (body,) = network.put
    assert body["collection"] == "app.bsky.feed.post"
    assert body["record"]["embed"] == {
        "$type": "app.bsky.embed.record", "record": {"uri": SKEET, "cid": "cid-7"},
    }  # fmt: skip
    assert body["record"]["facets"]


async def test_who_lets_nobody_quote_on_bluesky_is_not_quoted() -> None:
    network = Bluesky(embeddingDisabled=True)
    with pytest.raises(NotSent, match="lets nobody like you quote"):
        await sent(SKY, network, "quote", f"bluesky:{SKEET}")
    assert network.put == []


class OnX:
    """X as an account sees it that has reposted what it has."""

    def __init__(self, refusal: httpx.Response | None = None) -> None:
        self.refusal = refusal
        self.reposted: list[str] = []
        self.lost = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            assert request.url.path == "/2/users/99/retweets"
            if self.refusal is not None:
                return self.refusal
            self.reposted.append(json.loads(request.content)["tweet_id"])
            if self.lost:
                raise httpx.ReadTimeout("no answer")
            return httpx.Response(200, json={"data": {"retweeted": True}})
        posts = [
            {"id": f"9{one}", "text": "RT", "edit_history_tweet_ids": [f"9{one}"],
             "referenced_tweets": [{"type": "retweeted", "id": one}]}
            for one in self.reposted
        ]  # fmt: skip
        return httpx.Response(200, json={"data": posts, "meta": {"result_count": len(posts)}})


async def test_a_boost_on_x_is_a_repost_that_is_found_again() -> None:
    network = OnX()
    network.lost = True
    with pytest.raises(Unsure):
        await sent(X, network, "boost", "x:1134")
    found = await looked_up(X, network, "boost", "x:1134")
    assert found == Published("x:1134/by/99", "https://x.com/i/status/1134")
    assert await looked_up(X, network, "boost", "x:1135") is None
    network.lost = False
    assert await sent(X, network, "boost", "x:1135") == Published("x:1135/by/99", "https://x.com/i/status/1135")


async def test_x_refuses_a_boost_in_words() -> None:
    with pytest.raises(NotSent, match="no credits left"):
        await sent(X, OnX(httpx.Response(402, json={})), "boost", "x:1134")
