"""An X that fails, limits or refuses, or whose app another program uses: one clear state, and everything once."""

import httpx
import pytest

from sessions.networks.account import InMemorySignIns
from tests.sessions.networks.fakes import START
from tests.sessions.networks.x.ids import names
from tests.sessions.networks.x.simulated import APP, SimulatedX, reading

MINUTE = 60_000


async def test_a_sign_in_that_x_does_not_know_is_said_an_hour_before(x: SimulatedX) -> None:
    x.time.at = START - 60 * MINUTE
    x.trouble["/rules"] = httpx.Response(401, json={"title": "Unauthorized"})
    async with reading(x) as run:
        assert run.status == "signed out: lunchroom login x"


async def test_without_a_sign_in_nothing_is_asked(x: SimulatedX) -> None:
    async with reading(x, account=None) as run:
        await x.time.go_on(3600)
        assert (run.statuses, x.asked) == (["signed out: lunchroom login x"], [])


async def test_a_sign_in_that_comes_later_is_taken_at_once(x: SimulatedX) -> None:
    sign_ins = InMemorySignIns()
    async with reading(x, account=None, sign_ins=sign_ins) as run:
        x.post("hello #devchat", at=START - MINUTE)
        await x.time.go_on(60)
        assert run.status == "signed out: lunchroom login x"
        sign_ins.renew(APP)
        run.source.wake()
        await x.time.settle()
        assert (run.status, run.texts) == ("ok", ["hello #devchat"])


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (httpx.Response(200, content=b"<html>Sign in to the school's network</html>"),
         "X answers with something else than expected, trying again"),
        (httpx.Response(200, json={"errors": [{"title": "Forbidden", "detail": "not today"}]}), "refused: not today"),
        (httpx.Response(200, json={}), "X answers with something else than expected, trying again"),
        (httpx.Response(200, json={"data": [{"id": 7}], "meta": {}}),
         "X answers with something else than expected, trying again"),
        (httpx.Response(302, headers={"Location": "https://api.x.com/2/tweets/search/recent"}),
         "the server redirects in a circle, trying again"),
        (httpx.Response(200, content=b" " * 9_000_000), "the server sends far too much, trying again"),
        (httpx.Response(402, json={"title": "CreditsDepleted"}),
         "refused: the app has no credits left; buy some in X's developer portal"),
        (httpx.Response(429, json={"type": "https://api.twitter.com/2/problems/usage-capped"}),
         "refused: the app has read all posts that it may read this month (X's developer portal)"),
    ],
)  # fmt: skip
async def test_a_search_that_fails_is_one_clear_state_and_the_stream_goes_on(
    x: SimulatedX, trouble: httpx.Response, status: str
) -> None:
    async with reading(x) as run:
        await x.time.go_on(10)
        x.trouble["/recent"] = trouble
        await x.time.go_on(60)
        x.post("A1 #devchat")
        await x.time.settle()
        assert (run.status, run.texts) == (status, ["A1 #devchat"])


async def test_a_hashtag_that_cannot_be_one_is_said(x: SimulatedX) -> None:
    async with reading(x, tags=("two words",)) as run:
        assert run.status == "refused: #two words cannot be a hashtag"
        assert not x.requests("/recent")


async def test_ten_minutes_without_a_network_are_fetched_once_in_order_and_without_a_burst(x: SimulatedX) -> None:
    async with reading(x) as run:
        before = [x.post(f"before {number} #devchat") for number in range(3)]
        await x.time.go_on(60)
        down = httpx.ConnectError("no network")
        x.trouble = {"/search/stream": down, "/recent": down, "/rules": down, "/2/tweets": down}
        x.break_streams(httpx.ReadError("cable"))
        asked, missed = len(x.asked), []
        for number in range(200):
            missed.append(x.post(f"missed {number} #devchat"))
            await x.time.go_on(3)
        assert len(x.asked) - asked < 150, "both readers together ask less than every four seconds"
        assert "trying again" in run.status
        x.trouble.clear()
        asked = len(x.asked)
        await x.time.go_on(120)
        assert [post.id for post in run.posts] == names(*before, *missed)
        assert len(x.asked) - asked < 15
        assert run.status == "ok"


async def test_a_search_that_breaks_off_between_pages_is_read_again_and_brings_nothing_twice(x: SimulatedX) -> None:
    x.streaming = False
    async with reading(x) as run:
        posts = [x.post(f"post {number} #devchat", at=x.time.at + number) for number in range(150)]
        x.trouble["next_token"] = httpx.Response(503, content=b"<html>busy</html>")
        await x.time.go_on(60)
        assert len(run.posts) == 100, "what was paid for is brought"
        assert run.cursor is None, "but it is not gone on from there"
        assert run.status == "the server has a problem (503), trying again"
        x.trouble.clear()
        await x.time.go_on(120)
        assert sorted(post.id for post in run.posts) == sorted(names(*posts))
        assert run.spent == x.bill


async def test_a_since_id_that_x_refuses_is_replaced_by_its_time(x: SimulatedX) -> None:
    x.streaming = False
    async with reading(x) as run:
        x.post("one #devchat")
        await x.time.go_on(60)
        x.trouble["/recent"] = httpx.Response(400, json={"errors": [{"detail": "no", "parameter": "since_id"}]})
        await x.time.go_on(8)
        x.trouble.clear()
        two = x.post("two #devchat")
        await x.time.go_on(400)
        assert [post.id for post in run.posts][1:] == names(two)
        assert run.status == "ok"


async def test_another_copy_of_the_app_leaves_the_search_and_says_so(x: SimulatedX) -> None:
    x.trouble["/search/stream"] = httpx.Response(
        429, json={"title": "ConnectionException", "connection_issue": "TooManyConnections"}
    )
    async with reading(x) as run:
        x.post("hello #devchat")
        await x.time.go_on(60)
        assert run.texts == ["hello #devchat"]
        assert run.status == "ok, half a minute late: another program reads X with the same app"
        x.trouble.clear()
        await x.time.go_on(400)
        assert run.status == "ok"


async def test_rules_of_others_are_left_alone_and_their_posts_are_not_paid_for(x: SimulatedX) -> None:
    x.rules = {"402": {"id": "402", "value": "has:media"}}
    async with reading(x) as run:
        await x.time.go_on(60)
        assert x.streams == []
        assert x.rules == {"402": {"id": "402", "value": "has:media"}}
        assert run.status == "ok, half a minute late: this app's stream has rules of another program"


async def test_old_rules_of_ours_are_replaced(x: SimulatedX) -> None:
    x.rules = {"7": {"id": "7", "value": "#lastweek -is:retweet", "tag": "lunchroom"}}
    async with reading(x):
        assert [(rule["value"], rule["tag"]) for rule in x.rules.values()] == [("#devchat -is:retweet", "lunchroom")]


async def test_rules_that_somebody_deletes_are_made_again(x: SimulatedX) -> None:
    async with reading(x) as run:
        x.rules.clear()
        x.break_streams()
        await x.time.go_on(60)
        assert len(x.rules) == 1
        x.post("here again #devchat")
        await x.time.settle()
        assert run.texts == ["here again #devchat"]


async def test_no_news_of_the_chat_makes_the_stream_come_back_sooner_than_x_asks(x: SimulatedX) -> None:
    x.trouble["/search/stream"] = httpx.Response(503, content=b"<html>")
    async with reading(x) as run:
        for _ in range(100):
            run.source.wake()
            await x.time.go_on(1)
        assert 4 <= len(x.requests("/search/stream")) <= 6, "after 5, 10, 20 and 40 seconds, and a quarter more"


async def test_a_limit_is_waited_out_whatever_happens_in_the_chat(x: SimulatedX) -> None:
    async with reading(x) as run:
        reset = str((x.time.now() + 300_000) // 1000)
        headers = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
        x.trouble["/recent"] = httpx.Response(429, headers=headers, json={"title": "Too Many Requests"})
        await x.time.go_on(46)
        assert run.status.startswith("waiting ")
        assert run.status.endswith(": rate limit")
        asked = len(x.requests("/recent"))
        for number in range(1, 7):
            run.source.wake()
            x.post(f"A{number} #devchat")
            await x.time.go_on(30)
        assert len(x.requests("/recent")) == asked
        assert len(run.posts) == 6, "the stream has a limit of its own"
        x.trouble.clear()
        await x.time.go_on(200)
        assert run.status == "ok"


async def test_what_is_left_of_the_limit_is_said_where_it_is_little(x: SimulatedX) -> None:
    headers = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "12", "x-rate-limit-reset": "1900000000"}
    x.trouble["/recent"] = httpx.Response(200, headers=headers, json={"meta": {"result_count": 0}})
    async with reading(x) as run:
        await x.time.go_on(60)
        assert run.status == "ok, 12 of 450 requests left"
