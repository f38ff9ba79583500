"""Every body that was recorded, as the calls of the API understand it."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from sessions.networks.account import Secret
from sessions.networks.web.errors import Limited, Missing, NetworkError, Rejected, SignedOut
from sessions.networks.web.fetching import open_client
from sessions.networks.x.account import XAccount
from sessions.networks.x.api import BASE, XApi
from sessions.networks.x.posts import Joined, to_post
from sessions.networks.x.refusals import WRONG_SIGN_IN, BadRequest, refusal
from sessions.networks.x.sign_in import consent, redeem
from tests.sessions.networks.x.recorded import FOLDER, answering, load
from tests.sessions.networks.x.simulated import APP

ANA = XAccount("x", "api.x.com", "x:0", "playground_user", True, Secret("user-token"))

Call = Callable[[XApi], Awaitable[Any]]


async def asked(call: Call, *names: str) -> Any:
    """What comes of a call that is answered so."""
    transport, _ = answering(*names)
    async with open_client(transport=transport) as client:
        return await call(XApi(client, now=lambda: 1_795_310_199_000))


async def search(api: XApi) -> Any:
    return await api.search("#devchat -is:retweet", APP, most=10)


async def post(api: XApi) -> Any:
    return await api.post({"text": "x"}, ANA)


def all_posts(found: Any) -> list[Any]:
    joined = Joined(found.includes)
    return [to_post(one, joined, now=1_900_000_000_000, first_of=lambda x_id: x_id) for one in found.posts]


async def test_a_page_of_the_playground() -> None:
    found = await asked(search, "playground_search_recent")
    posts = all_posts(found)
    assert [post.id for post in posts] == ["x:397", "x:399", "x:398", "x:400"]
    assert posts[0].text == "Q1: What was your first program? #devchat"
    assert (posts[0].author.id, posts[0].author.handle, posts[0].author.name) == (
        "x:0",
        "playground_user",
        "Playground User",
    )
    assert posts[0].url == "https://x.com/playground_user/status/397"
    assert posts[0].posted_at == 1_795_310_194_162
    assert posts[2].tags == ("devchat", "Retro")
    assert (found.newest, found.next) == ("400", None)


@pytest.mark.parametrize(
    ("name", "newest"), [("tw_search_recent", "1578516068309794817"), ("tw_search_recent_async", "1578522194770296832")]
)
async def test_a_page_of_x_without_expansions_has_ids_for_times_and_nobody_known(name: str, newest: str) -> None:
    found = await asked(search, name)
    posts = all_posts(found)
    assert (len(posts), found.newest, found.next is not None) == (10, newest, True)
    assert {post.author.id for post in posts} == {"x:unknown"}
    written = next(post for post in posts if post.text.startswith("2022-10-07 22:"))
    hour, minute, second = written.text.split()[1].split(":")
    assert written.posted_at // 1000 % 3600 == pytest.approx(int(minute) * 60 + float(second), abs=3)
    assert hour == "22"


async def test_what_was_posted() -> None:
    assert (await asked(post, "tw_create_201")).id == "1456012973835788293"
    assert (await asked(post, "playground_post_created")).id == "397"
    assert (await asked(post, "playground_post_reply")).id == "398"
    assert (await asked(post, "playground_post_duplicate")).id == "400", "the playground takes a text twice, X does not"


async def test_rules() -> None:
    rules = await asked(lambda api: api.rules(APP), "playground_rules_get")
    assert [(rule.id, rule.value, rule.tag) for rule in rules] == [
        ("402", "has:media", None),
        ("401", "#devchat", "devchat"),
    ]
    for name in ("playground_rules_add", "playground_rules_add_dup"):
        await asked(lambda api: api.add_rule("#devchat", "devchat", APP), name)


@pytest.mark.parametrize(
    ("name", "call", "kind", "status"),
    [
        ("playground_no_auth", search, SignedOut, "signed out: lunchroom login x"),
        ("playground_429", search, Limited, "waiting 60 s: rate limit"),
        ("playground_search_bad_max_results", search, BadRequest, "refused: max_results must be at least 10"),
        ("playground_search_no_query", search, BadRequest, "refused: The `query` query parameter can not be empty"),
        ("playground_unknown_path", search, Missing, "refused: Endpoint not found: GET /2/nope"),
        ("playground_post_empty", post, BadRequest, "refused: text field is required"),
        ("playground_post_too_long", post, BadRequest, "refused: text field exceeds maximum length of 280 characters"),
        ("playground_post_app_only_403", post, Rejected, f"refused: {WRONG_SIGN_IN}"),
    ],
)  # fmt: skip
async def test_errors_in_words(name: str, call: Call, kind: type[NetworkError], status: str) -> None:
    with pytest.raises(kind) as caught:
        await asked(call, name)
    assert caught.value.status == status


async def test_a_field_that_x_does_not_know_is_asked_for_by_its_other_name_once() -> None:
    transport, requests = answering("playground_search_bad_field", "playground_search_recent")
    async with open_client(transport=transport) as client:
        api = XApi(client)
        assert len((await search(api)).posts) == 4
        await search(api)
    assert ["tweet.fields" in one.url.params for one in requests] == [True, False, False]
    assert "post.fields" in api.fields(f"{BASE}/tweets/search/recent", authors=True)


async def test_a_server_that_takes_neither_name_is_not_asked_for_ever() -> None:
    transport, requests = answering("playground_search_bad_field")
    async with open_client(transport=transport) as client:
        api = XApi(client)
        for _ in range(2):
            with pytest.raises(BadRequest, match="invalid value 'nope' at index 0"):
                await search(api)
            assert "tweet.fields" in api.fields(f"{BASE}/tweets/search/recent", authors=True)
    assert len(requests) == 4


def test_an_app_is_nobody() -> None:
    recording = load("playground_me_app_only_403")
    words = refusal(recording["status"], httpx.Response(403, json=recording["body"]).content).status
    assert words == f"refused: {WRONG_SIGN_IN}"


@pytest.mark.parametrize(
    ("name", "who"),
    [("playground_me", ("x:0", "playground_user")), ("tw_users_me", ("x:1072250532645998596", "TweepyDev"))],
)
async def test_whose_a_sign_in_is(name: str, who: tuple[str, str]) -> None:
    recorded, _ = answering(name)

    def answer(request: httpx.Request) -> httpx.Response:
        token = {"access_token": "a", "refresh_token": "r", "expires_in": 7200, "token_type": "bearer"}
        return (
            httpx.Response(200, json=token) if request.url.path.endswith("/token") else recorded.handle_request(request)
        )

    async with open_client(transport=httpx.MockTransport(answer)) as client:
        account = await redeem(client, consent("client", "http://127.0.0.1:47017/"), "code", "")
    assert (account.id, account.handle) == who


def test_every_recording_is_read_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [path.stem for path in FOLDER.glob("*.json") if f'"{path.stem}"' not in here] == []
