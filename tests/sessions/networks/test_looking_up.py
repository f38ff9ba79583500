"""Looking up on each network by recorded answers: what is asked and found, how it goes on, costs and fails."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.finder import FoundPage, Query, query_of
from sessions.networks.registry import NETWORKS, open_finder, places
from sessions.networks.web.errors import Garbled, Limited, Missing, NetworkError, Rejected, SignedOut, Unavailable
from sessions.networks.x.account import XAccount
from sessions.networks.x.finder import search_of
from sessions.networks.x.reading.query import LONGEST
from tests.paths import TESTS
from tests.sessions.core.building import a_plan

NOW = 1_800_000_000_000
ANA = ServerAccount("mastodon", "m.example", "mastodon:1", "ana@m.example", secret=Secret("t"))
SKY = Account("bluesky", "pds.example", "bluesky:did:plc:ana", "ana.example.org", secret=Secret("t"))
APP = XAccount("x", "api.x.com", secret=Secret("bearer"))

Answer = Callable[[httpx.Request], httpx.Response]


def recorded(name: str) -> httpx.Response:
    loaded = json.loads((TESTS / "recorded" / f"{name}.json").read_text(encoding="utf-8"))
    return httpx.Response(loaded["status"], json=loaded["body"])


def by_path(asked: list[httpx.Request], **answers: str | httpx.Response) -> Answer:
    """Answers by how the path ends, recordings by their names; what was asked is kept."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        path = request.url.path.replace("/", "_").replace(".", "_")
        found = next((one for end, one in answers.items() if path.endswith(end)), None)
        assert found is not None, request.url
        return recorded(found) if isinstance(found, str) else found

    return answer


async def looked_up(
    source: str, query: Query, answer: Answer, accounts: Sequence[Account] = (), place: str | None = None
) -> FoundPage:
    finder = open_finder(source, InMemorySignIns(accounts), transport=httpx.MockTransport(answer), now=lambda: NOW)
    try:
        return await finder.find(query, place)
    finally:
        await finder.aclose()


# What somebody types


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("#PBL", Query("tag", "PBL")),
        (" ＃PBL ", Query("tag", "PBL")),
        ("@ana@m.example", Query("person", "ana@m.example")),
        ("exit  tickets", Query("words", "exit tickets")),
        ("#PBL and more", Query("words", "#PBL and more")),
        ("#", None),
        ("@@", None),
        ("  ", None),
    ],
)
def test_a_mark_says_what_is_meant(typed: str, query: Query | None) -> None:
    assert query_of(typed) == query


@given(st.text())
def test_whatever_is_typed_is_something_or_nothing(typed: str) -> None:
    query = query_of(typed)
    assert query is None or (query.text and query.text == " ".join(query.text.split()))
    if query is not None and query.looks_for != "words":
        assert query_of(query.words) == query


@given(st.text(min_size=1), st.sampled_from(["tag", "words", "person"]))
@example(")-", "words")
@example("a --OR (-b)", "words")
def test_no_words_are_operators_of_the_search_of_x(text: str, looks_for: Any) -> None:
    try:
        sought = search_of(Query(looks_for, text))
    except Rejected:
        return
    assert len(sought) <= LONGEST
    assert sought.endswith(" -is:retweet")
    bare = sought.removesuffix(" -is:retweet").removeprefix("from:")
    assert not set('"():') & set(bare)
    assert not any(word.startswith("-") or word in ("OR", "AND") for word in bare.split())


# Where one can look


def test_one_looks_where_one_is_signed_in_and_where_the_plan_reads() -> None:
    plan = a_plan(sources=("mastodon:m.example", "bluesky:jetstream", "practice"))
    assert places(plan, InMemorySignIns([APP])) == ("x", "mastodon:m.example", "bluesky")
    assert places(None, InMemorySignIns([ANA])) == ("mastodon:m.example",)


def test_each_network_can_be_looked_in_but_a_meeting() -> None:
    assert [network.name for network in NETWORKS.values() if network.looking_up is None] == ["hook"]


# Mastodon


async def test_a_hashtag_on_mastodon_needs_no_sign_in_and_goes_on_behind_a_full_page() -> None:
    asked: list[httpx.Request] = []
    one = json.loads((TESTS / "recorded/mastodon/m464_tag_timeline.json").read_text("utf-8"))["body"][0]
    page = httpx.Response(
        200, json=[one | {"id": str(900 - place), "uri": f"https://m/{place}"} for place in range(40)]
    )
    answer = by_path(asked, instance="mastodon/m464_instance_v2", tag_PBL=page)
    found = await looked_up("mastodon:m.example", Query("tag", "PBL"), answer, place="950")
    assert len(found.posts) == 40
    assert (found.next, found.spent) == ("861", 0)
    assert asked[-1].url.params["max_id"] == "950"
    assert "authorization" not in asked[-1].headers


async def test_a_private_post_on_mastodon_is_not_found() -> None:
    one = json.loads((TESTS / "recorded/mastodon/m464_tag_timeline.json").read_text("utf-8"))["body"][0]
    page = httpx.Response(200, json=[one | {"visibility": "private"}, one | {"visibility": "unlisted"}])
    answer = by_path([], instance="mastodon/m464_instance_v2", tag_PBL=page)
    assert len((await looked_up("mastodon:m.example", Query("tag", "PBL"), answer)).posts) == 1


async def test_a_gotosocial_that_shows_no_hashtag_to_all_says_so() -> None:
    answer = by_path(
        [], instance="mastodon/gotosocial_instance_v2", tag_devchat="mastodon/gotosocial_tag_timeline_no_auth"
    )
    with pytest.raises(SignedOut, match="lunchroom login mastodon"):
        await looked_up("mastodon:m.example", Query("tag", "devchat"), answer)


async def test_words_on_mastodon_are_searched_for_with_a_sign_in() -> None:
    asked: list[httpx.Request] = []
    status = json.loads((TESTS / "recorded/mastodon/m464_tag_timeline.json").read_text("utf-8"))["body"][0]
    search = httpx.Response(200, json={"statuses": [status], "accounts": [], "hashtags": []})
    answer = by_path(asked, instance="mastodon/m464_instance_v2", v2_search=search)
    found = await looked_up("mastodon:m.example", Query("words", "exit tickets"), answer, [ANA])
    assert [post.author.network for post in found.posts] == ["mastodon"]
    assert (asked[-1].url.params["q"], asked[-1].url.params["type"]) == ("exit tickets", "statuses")
    with pytest.raises(SignedOut):
        await looked_up("mastodon:m.example", Query("words", "exit tickets"), answer)


async def test_what_somebody_wrote_on_mastodon_is_found_by_their_handle_without_their_boosts() -> None:
    asked: list[httpx.Request] = []
    answer = by_path(
        asked,
        instance="mastodon/m464_instance_v2",
        accounts_lookup="mastodon/m464_verify_credentials",
        statuses="mastodon/m464_tag_timeline",
    )
    found = await looked_up("mastodon:m.example", Query("person", "ana@m.example"), answer)
    assert len(found.posts) == 1
    assert asked[-2].url.params["acct"] == "ana@m.example"
    assert asked[-1].url.params["exclude_reblogs"] == "true"


async def test_who_is_nobody_on_mastodon_is_told_by_name() -> None:
    answer = by_path([], instance="mastodon/m464_instance_v2", accounts_lookup="mastodon/m464_error_404")
    with pytest.raises(Missing, match=r"nobody called @zz@m\.example"):
        await looked_up("mastodon:m.example", Query("person", "zz@m.example"), answer)


# Bluesky


async def test_a_hashtag_on_bluesky_is_searched_for_with_a_sign_in_and_goes_on_by_its_cursor() -> None:
    asked: list[httpx.Request] = []
    body = json.loads((TESTS / "recorded/bluesky/searchPosts_page1.json").read_text("utf-8"))["body"]
    answer = by_path(asked, searchPosts=httpx.Response(200, json=body | {"cursor": "3"}))
    found = await looked_up("bluesky", Query("tag", "devchat"), answer, [SKY])
    assert found.posts
    assert all("devchat" in post.tags for post in found.posts)
    assert found.next == "3"
    assert (asked[0].url.params["q"], asked[0].url.params["tag"]) == ("#devchat", "devchat")
    await looked_up("bluesky", Query("tag", "devchat"), answer, [SKY], found.next)
    assert asked[-1].url.params["cursor"] == found.next


async def test_a_search_of_bluesky_that_finds_another_hashtag_is_left_out() -> None:
    answer = by_path([], searchPosts="bluesky/searchPosts_page1")
    assert (await looked_up("bluesky", Query("tag", "dev"), answer, [SKY])).posts == ()


async def test_words_on_bluesky_want_a_sign_in() -> None:
    with pytest.raises(SignedOut):
        await looked_up("bluesky", Query("words", "exit tickets"), by_path([]))


async def test_what_somebody_wrote_on_bluesky_is_open_to_all_without_their_reposts() -> None:
    asked: list[httpx.Request] = []
    answer = by_path(asked, getAuthorFeed="bluesky/getAuthorFeed_with_repost")
    found = await looked_up("bluesky", Query("person", "bob.test"), answer)
    assert asked[0].url.host == "public.api.bsky.app"
    assert {post.author.handle for post in found.posts} == {"bob.test"}
    await looked_up("bluesky", Query("person", "bob.test"), answer, [SKY])
    assert asked[-1].url.host == "pds.example"


async def test_who_is_nobody_on_bluesky_is_told_by_name() -> None:
    answer = by_path([], getAuthorFeed="bluesky/getProfile_not_found")
    with pytest.raises(Missing, match=r"@nobody\.test: Profile not found"):
        await looked_up("bluesky", Query("person", "nobody.test"), answer)


# X


async def test_a_page_on_x_is_small_and_counted_as_it_is_billed() -> None:
    asked: list[httpx.Request] = []
    answer = by_path(asked, search_recent="x/playground_search_recent")
    found = await looked_up("x", Query("tag", "devchat"), answer, [APP])
    body = json.loads((TESTS / "recorded/x/playground_search_recent.json").read_text("utf-8"))["body"]
    posts = {one["id"] for one in (*body["data"], *body["includes"].get("tweets", ()))}
    people = {one["id"] for one in body["includes"].get("users", ())}
    assert found.spent == 5 * len(posts) + 10 * len(people)
    assert asked[0].url.params["query"] == "#devchat -is:retweet"
    assert asked[0].url.params["max_results"] == "10"
    assert found.posts
    row = NETWORKS["x"].looking_up
    assert row is not None
    assert row.most(Query("tag", "devchat")) == 200


async def test_what_is_paid_once_on_x_is_not_counted_again_the_same_day() -> None:
    finder = open_finder(
        "x", InMemorySignIns([APP]), now=lambda: NOW,
        transport=httpx.MockTransport(by_path([], search_recent="x/playground_search_recent")),
    )  # fmt: skip
    first, again = [await finder.find(Query("tag", "devchat")) for _ in range(2)]
    await finder.aclose()
    assert (first.spent > 0, again.spent) == (True, 0)


async def test_x_goes_on_by_its_token() -> None:
    asked: list[httpx.Request] = []
    answer = by_path(asked, search_recent="x/tw_search_recent")
    found = await looked_up("x", Query("person", "ana_teaches"), answer, [APP], "b26v")
    assert found.next is not None
    assert (asked[0].url.params["query"], asked[0].url.params["next_token"]) == (
        "from:ana_teaches -is:retweet", "b26v",
    )  # fmt: skip


async def test_nothing_is_asked_of_x_without_a_sign_in() -> None:
    with pytest.raises(SignedOut):
        await looked_up("x", Query("tag", "devchat"), by_path([]))


# Whatever goes wrong is one of the kinds, of one line


@pytest.mark.parametrize(
    ("source", "accounts", "answer", "kind"),
    [
        ("mastodon:m.example", (), "mastodon/gotosocial_429", Limited),
        ("mastodon:m.example", (), httpx.Response(200, html="<html>portal</html>"), NetworkError),
        ("bluesky", (SKY,), httpx.Response(403, html="<html>gate</html>"), Rejected),
        ("bluesky", (SKY,), httpx.Response(200, json={"posts": 5}), Garbled),
        ("x", (APP,), httpx.Response(402, json={}), Rejected),
        ("x", (APP,), httpx.Response(503), Unavailable),
    ],
)
async def test_what_goes_wrong_is_told_in_one_line(
    source: str, accounts: Sequence[Account], answer: str | httpx.Response, kind: type[NetworkError]
) -> None:
    with pytest.raises(kind) as error:
        await looked_up(
            source, Query("tag", "PBL"), lambda _r: recorded(answer) if isinstance(answer, str) else answer, accounts
        )
    assert "\n" not in error.value.status
