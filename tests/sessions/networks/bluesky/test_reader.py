"""A hashtag read by search: every post once, in order, however late it is found and whatever breaks in between."""

import asyncio
import random

import httpx
import msgspec
import pytest

from sessions.networks.account import InMemorySignIns
from sessions.networks.bluesky.reading.reader import BlueskySource
from sessions.networks.source import ResumePoint
from tests.sessions.networks.bluesky.network import ANA, START, Bluesky, account, error, iso, proxy, response
from tests.sessions.networks.bluesky.reading import reading
from tests.sessions.networks.fakes import make_plan
from tests.sessions.networks.virtual_time import VirtualTime
from tests.thorough import sampled

SEARCH = "app.bsky.feed.searchPosts"
MINUTE = 60_000


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime(START)


@pytest.fixture(params=["older search", "newer search"])
def network(time: VirtualTime, request: pytest.FixtureRequest) -> Bluesky:
    network = Bluesky(time.now)
    network.newer_search = request.param == "newer search"
    return network


async def test_what_was_posted_since_a_quarter_hour_before_the_start_comes_oldest_first(
    network: Bluesky, time: VirtualTime
) -> None:
    network.page = 20
    network.post("old", "too early #navasotaisd", at=START - 16 * MINUTE)
    made = [network.post(f"p{n:03}", f"A1 {n} #navasotaisd", at=START - 15 * MINUTE + n * 7_000) for n in range(70)]
    async with reading(network, time) as run:
        assert run.uris == made
        assert run.statuses[-1] == "ok"
        assert "catching up (20)" in run.statuses


async def test_each_post_comes_once_however_often_it_is_found(network: Bluesky, time: VirtualTime) -> None:
    made = []
    async with reading(network, time) as run:
        for number in range(40):
            made.append(network.post(f"p{number:03}", f"A1 {number} #navasotaisd"))
            await time.go_on(5)
        await time.go_on(15)
        assert run.uris == made
        assert run.edited == []
        newer = network.calls[f"{SEARCH}V2"] if network.newer_search else 0
        assert network.calls[SEARCH] + newer == 200 // 12 + 2  # one each 12 seconds


async def test_the_newer_search_asks_for_all_hashtags_at_once_and_the_older_goes_on_beside_it(
    network: Bluesky, time: VirtualTime
) -> None:
    network.newer_search = True
    tags = ("navasotaisd", "TexasEd")
    async with reading(network, time, tags=tags) as run:
        await time.go_on(1)
        late = network.post(
            "late", "written on a train #TexasEd", tags=("TexasEd",), at=START - 14 * MINUTE, lag=40_000
        )
        network.indexed[late], network.posts[late]["indexedAt"] = START + 40_000, iso(START + 40_000)
        await time.go_on(59)
        assert run.uris == [late], "it is found by when the index learnt of it, however old it is"
        asked = [one.url.params for one in network.asked if one.url.path.endswith("V2")]
        assert [one.get_list("hashtags") for one in asked] == [[*tags]] * 4
        assert network.calls[SEARCH] == 2 * len(tags)


async def test_a_server_without_the_newer_search_is_asked_for_it_every_ten_minutes(
    network: Bluesky, time: VirtualTime
) -> None:
    network.newer_search = False
    network.faults[f"{SEARCH}V2"] = [error(404, "XRPCNotSupported", "XRPCNotSupported")]
    async with reading(network, time) as run:
        post = network.post("one", "here #navasotaisd")
        await time.go_on(25 * 60)
        assert run.uris == [post]
        assert run.statuses[-1] == "ok"
        assert network.calls[f"{SEARCH}V2"] == 3


async def test_answers_that_the_thread_leaves_out_are_found_by_the_newer_search(
    network: Bluesky, time: VirtualTime
) -> None:
    network.newer_search = True
    question = network.post("q1", "Q1: Which station? #navasotaisd")
    async with reading(network, time) as run:
        gone = network.post("gone", "A word too much", reply_to=question)
        below = network.post("below", "The one with the lamp", reply_to=gone, by="did:plc:ben")
        network.delete(gone)
        run.ask("q1", question)
        await time.go_on(20)
        assert run.uris == [question, below]


async def test_posts_that_the_index_learns_late_are_found(network: Bluesky, time: VirtualTime) -> None:
    async with reading(network, time) as run:
        late = network.post("late", "slow #navasotaisd", lag=90_000)
        very_late = network.post("verylate", "very slow #navasotaisd", lag=8 * MINUTE)
        await time.go_on(60)
        quick = network.post("quick", "quick #navasotaisd")
        await time.go_on(14)
        assert run.uris == [quick]
        await time.go_on(40)
        assert run.uris == [quick, late]
        await time.go_on(9 * 60)
        assert run.uris == [quick, late, very_late]


async def test_a_post_with_two_hashtags_comes_once_and_both_are_asked_for(network: Bluesky, time: VirtualTime) -> None:
    tags = ("navasotaisd", "TexasEd")
    both = network.post("both", "hello #navasotaisd #TexasEd", tags=tags, at=START - 3_000)
    other = network.post("other", "hello #TexasEd", tags=tags, at=START - 2_000)
    one = network.post("one", "hello #navasotaisd", at=START - 1_000)
    async with reading(network, time, tags=tags) as run:
        assert run.uris == [both, other, one]
        assert [request.url.params["tag"] for request in network.asked if SEARCH in str(request.url)] == [*tags]


async def test_a_search_that_matches_more_than_the_hashtag_is_checked(network: Bluesky, time: VirtualTime) -> None:
    network.post("more", "all about #navasotaisdparents", tags=())
    upper = network.post("upper", "look #NavasotaISD", tags=("NavasotaISD",))
    typed = network.post("typed", "typed by a program without facets: #navasotaisd!", tags=())
    async with reading(network, time) as run:
        assert sorted(run.uris) == sorted([upper, typed])


async def test_answers_in_the_thread_of_the_open_question_need_no_hashtag(network: Bluesky, time: VirtualTime) -> None:
    question = network.post("q1", "Q1: Which station? #navasotaisd")
    async with reading(network, time) as run:
        answer = network.post("a1", "The one with the lamp", reply_to=question, by="did:plc:ben")
        below = network.post("a2", "Ours too", reply_to=answer, by="did:plc:tom")
        await time.go_on(20)
        assert run.uris == [question]
        run.ask("q1", question)
        await time.settle()
        assert run.uris == [question, answer, below]
        assert run.new[2].reply_to == f"bluesky:{answer}"
        await time.go_on(60)
        assert run.uris == [question, answer, below]


async def test_removed_posts_are_noticed_when_they_are_missing_twice(network: Bluesky, time: VirtualTime) -> None:
    made = [network.post(f"p{n:03}", f"{n} #navasotaisd", at=START - 500 + n) for n in range(130)]
    async with reading(network, time) as run:
        network.delete(made[129])
        network.delete(made[2])
        await time.go_on(62)
        assert run.removed == []
        await time.go_on(60)
        assert run.removed == [made[129]]
        await time.go_on(180)
        assert run.removed == [made[129], made[2]]
        await time.go_on(300)
        assert sorted(run.removed) == sorted([made[129], made[2]])


async def test_a_post_that_a_server_does_not_know_for_a_moment_is_not_removed(
    network: Bluesky, time: VirtualTime
) -> None:
    network.post("one", "here #navasotaisd")
    async with reading(network, time) as run:
        network.faults["app.bsky.feed.getPosts"] = [httpx.Response(200, json={"posts": []})]
        await time.go_on(300)
        assert run.removed == []


async def test_a_question_whose_thread_is_gone_is_removed(network: Bluesky, time: VirtualTime) -> None:
    question = network.post("q1", "Q1: Which station? #navasotaisd")
    async with reading(network, time) as run:
        run.ask("q1", question)
        network.delete(question)
        await time.go_on(50)
        assert run.removed == [question]


async def test_a_label_that_comes_later_folds_the_post(network: Bluesky, time: VirtualTime) -> None:
    uri = network.post("one", "spam spam #navasotaisd")
    async with reading(network, time) as run:
        network.posts[uri]["labels"] = [{"val": "spam"}]
        await time.go_on(13)
        assert [(one.id, one.post.warning if one.post else "") for one in run.edited] == [(f"bluesky:{uri}", "spam")]


async def test_a_restarted_hub_goes_on_where_it_was(network: Bluesky, time: VirtualTime) -> None:
    network.post("one", "one #navasotaisd")
    async with reading(network, time) as run:
        resume = run.resume()
    await time.go_on(120)
    two = network.post("two", "two #navasotaisd")
    async with reading(network, time, resume=resume) as run:
        assert run.uris == [two]
        since = network.asked[-1].url.params["since"]
        assert since == "2027-01-15T07:50:00.000Z"  # ten minutes before the newest post, not the beginning


async def test_a_reading_that_is_closed_leaves_nothing_running(network: Bluesky, time: VirtualTime) -> None:
    network.post("one", "one #navasotaisd")
    plan = msgspec.structs.replace(make_plan(), hashtags=("navasotaisd",))
    source = BlueskySource(
        "bluesky", plan, InMemorySignIns([account()]), transport=network.transport, now=time.now, sleep=time.sleep
    )
    before = asyncio.all_tasks()
    deliveries = source.read(ResumePoint())
    assert (await anext(deliveries)).items
    await deliveries.aclose()
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("cursor", ["12", "not json", '{"navasotaisd": "3"}'])
async def test_a_cursor_of_another_version_is_passed_over(network: Bluesky, time: VirtualTime, cursor: str) -> None:
    one = network.post("one", "one #navasotaisd")
    async with reading(network, time, resume=ResumePoint(cursor=cursor)) as run:
        assert run.uris == [one]


async def test_ten_minutes_without_a_network_are_fetched_once_in_order(network: Bluesky, time: VirtualTime) -> None:
    network.page = 25
    made = [network.post("p000", "0 #navasotaisd")]
    async with reading(network, time) as run:
        network.offline = True
        await time.go_on(13)
        assert run.statuses[-1] == "cannot be reached, trying again"
        for number in range(1, 101):
            made.append(network.post(f"p{number:03}", f"{number} #navasotaisd"))
            await time.go_on(6)
        asked = network.calls.total()
        network.offline = False
        await time.go_on(61)
        assert run.uris == made
        assert run.statuses[-1] == "ok"
        assert network.calls.total() - asked < 40


@pytest.mark.parametrize("seed", sampled(range(3), 3))
async def test_a_whole_chat_with_everything_that_can_go_wrong_arrives_once(
    network: Bluesky, time: VirtualTime, seed: int
) -> None:
    """Half an hour, 150 posts under two hashtags, found up to 8 minutes late, while every third call fails somehow."""
    chance = random.Random(seed)
    network.page = 20
    tags = ("navasotaisd", "TexasEd")

    def fault() -> httpx.Response | Exception:
        made = [
            lambda: httpx.Response(429, headers={"retry-after": "20"}, json={"error": "RateLimitExceeded"}),
            lambda: proxy(502),
            lambda: proxy(200),
            lambda: httpx.ReadTimeout("no answer"),
            lambda: httpx.ConnectError("no network"),
            lambda: error(400, "ExpiredToken"),
            lambda: httpx.Response(200, content=b'{"posts": [{"uri"'),
        ]
        return chance.choice(made)()

    made = []
    async with reading(network, time, tags=tags) as run:
        for number in range(150):
            used = chance.choice([tags[:1], tags[1:], tags])
            words = " ".join(f"#{tag}" for tag in used)
            lag = chance.choice([0, 0, 2_000, 60_000, 8 * MINUTE])
            made.append(network.post(f"p{number:03}", f"A1 {number} {words}", tags=used, lag=lag))
            if chance.random() < 0.3:
                network.faults.setdefault(SEARCH, []).append(fault())
            await time.go_on(chance.uniform(0, 24))
        network.faults.clear()
        await time.go_on(20 * 60)
        assert sorted(run.uris) == sorted(made)
        assert (run.edited, run.removed, run.statuses[-1]) == ([], [], "ok")


async def test_a_rate_limit_is_waited_out_as_its_reset_says(network: Bluesky, time: VirtualTime) -> None:
    limited = response("createSession_429")
    del limited.headers["retry-after"]
    limited.headers["ratelimit-reset"] = str(START // 1000 + 250)
    network.faults[SEARCH] = [limited]
    made = network.post("one", "one #navasotaisd")
    async with reading(network, time) as run:
        assert run.statuses[-1] == "waiting 4 min: rate limit"
        await time.go_on(249)
        assert network.calls[SEARCH] == 1
        await time.go_on(2)
        assert (run.uris, run.statuses[-1]) == ([made], "ok")


async def test_what_is_left_of_the_limit_is_told_when_it_is_little(network: Bluesky, time: VirtualTime) -> None:
    network.faults[SEARCH] = [
        httpx.Response(
            200,
            json={"posts": []},
            headers={
                "ratelimit-limit": "3000",
                "ratelimit-remaining": "120",
                "ratelimit-reset": str(START // 1000 + 99),
            },
        )
    ]
    async with reading(network, time) as run:
        assert run.statuses[-1] == "ok, 120 of 3000 requests left"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (proxy(403), "refused: Bluesky's gate answers 403; it may block this network"),
        (proxy(502), "the server has a problem (502), trying again"),
        (proxy(200), "Bluesky answers with something else than expected, trying again"),
        (
            httpx.Response(200, json={"errors": [{"message": "no"}]}),
            "Bluesky answers with something else than expected, trying again",
        ),
        (error(501, "MethodNotImplemented"), "the server has a problem (501), trying again"),
        (error(403, "Forbidden", "no\n[@click]way"), "refused: no [@click]way"),
        (error(400, "InvalidRequest", "x" * 5_000), f"refused: {'x' * 119}…"),
    ],
)
async def test_a_trouble_is_told_in_words_and_passes(
    network: Bluesky, time: VirtualTime, fault: object, told: str
) -> None:
    network.faults[SEARCH] = [fault]  # type: ignore[list-item]
    made = network.post("one", "one #navasotaisd")
    async with reading(network, time) as run:
        assert run.statuses[-1] == told
        await time.go_on(301)
        assert (run.uris, run.statuses[-1]) == ([made], "ok")


async def test_one_hashtag_that_is_refused_leaves_the_other(network: Bluesky, time: VirtualTime) -> None:
    network.faults[SEARCH] = [error(400, "InvalidRequest", "bad tag")]
    made = network.post("one", "one #TexasEd", tags=("TexasEd",))
    async with reading(network, time, tags=("navasotaisd", "TexasEd")) as run:
        assert (run.uris, run.statuses[-1]) == ([made], "refused: bad tag")


async def test_without_a_sign_in_it_says_how_to_get_one_and_goes_on_with_it(
    network: Bluesky, time: VirtualTime
) -> None:
    made = network.post("one", "one #navasotaisd")
    sign_ins = InMemorySignIns()
    async with reading(network, time, sign_ins=sign_ins) as run:
        assert run.statuses[-1] == "signed out: lunchroom login bluesky"
        assert network.calls.total() == 0
        sign_ins.renew(account())
        run.source.wake()
        await time.settle()
        assert (run.uris, run.statuses[-1]) == ([made], "ok")


async def test_an_access_token_that_has_run_out_is_renewed_and_kept(network: Bluesky, time: VirtualTime) -> None:
    made = network.post("one", "one #navasotaisd")
    sign_ins = InMemorySignIns([account(token="access-0")])
    async with reading(network, time, sign_ins=sign_ins) as run:
        assert (run.uris, run.statuses[-1]) == ([made], "ok")
        kept = sign_ins.find("bluesky")
        assert kept is not None
        assert kept.secret.refresh == network.refresh != "refresh-1"
        assert kept.secret.token in network.tokens
        assert kept.posts


async def test_a_sign_in_that_holds_no_more_is_told_and_not_tried_again_and_again(
    network: Bluesky, time: VirtualTime
) -> None:
    sign_ins = InMemorySignIns([account(token="access-0", refresh="refresh-0")])
    async with reading(network, time, sign_ins=sign_ins) as run:
        assert run.statuses[-1] == "signed out: lunchroom login bluesky"
        await time.go_on(3600)
        assert network.calls_of("refreshSession") == 1


async def test_a_malformed_post_costs_only_itself(network: Bluesky, time: VirtualTime) -> None:
    bad = network.post("bad", "bad #navasotaisd")
    network.posts[bad]["cid"] = None
    strange = network.post("strange", "A1 strange #navasotaisd")
    network.posts[strange]["record"]["facets"] = "none"
    long = network.post("long", f"#navasotaisd {'x' * 100_000}")
    async with reading(network, time) as run:
        assert run.uris == [long, strange]
        assert len(run.new[0].text) == 5_000
        assert run.new[1].text == "A1 strange #navasotaisd"


async def test_a_thread_as_deep_as_an_answer_may_be_is_read(network: Bluesky, time: VirtualTime) -> None:
    question = network.post("q1", "Q1: Which station? #navasotaisd")
    deep: dict[str, object] = {}
    for number in range(400):
        network.post(f"a{number}", f"answer {number}")
        view = network.posts.pop(f"at://{ANA}/app.bsky.feed.post/a{number}")
        deep = {"$type": "app.bsky.feed.defs#threadViewPost", "post": view, "replies": [deep] if deep else []}
    asked = {"$type": "app.bsky.feed.defs#threadViewPost", "post": network.posts[question], "replies": [deep]}
    async with reading(network, time) as run:
        network.faults["app.bsky.feed.getPostThread"] = [httpx.Response(200, json={"thread": asked})]
        run.ask("q1", question)
        await time.settle()
        assert len(run.uris) == 401


async def test_a_post_full_of_hashtags_keeps_some_of_them(network: Bluesky, time: VirtualTime) -> None:
    network.post("many", " ".join(f"#tag{number}" for number in range(30_000)) + " #navasotaisd")
    async with reading(network, time) as run:
        assert len(run.new[0].tags) == 51
        assert run.new[0].tags[0] == "navasotaisd"


async def test_times_that_cannot_be_believed_are_those_of_the_index(network: Bluesky, time: VirtualTime) -> None:
    network.post("future", "from the future #navasotaisd", createdAt="2999-01-01T00:00:00Z")
    async with reading(network, time) as run:
        assert [post.posted_at for post in run.new] == [START]


async def test_a_chat_without_hashtags_asks_for_nothing(network: Bluesky, time: VirtualTime) -> None:
    async with reading(network, time, tags=()) as run:
        await time.go_on(60)
        assert network.calls[SEARCH] == 0
        assert (run.uris, run.statuses) == ([], ["ok"])
