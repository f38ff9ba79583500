"""A server that fails, limits or refuses: one clear state on the desk, and everything once when it is over."""

import httpx
import pytest

from sessions.hub.process.sources import open_source
from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.source import SourceError
from tests.sessions.networks.fakes import make_plan
from tests.sessions.networks.mastodon.recorded import response
from tests.sessions.networks.mastodon.server import ANA, HOST, Server, iso, reading
from tests.sessions.networks.virtual_time import VirtualTime


@pytest.fixture
def server() -> Server:
    return Server(VirtualTime())


ELSE = f"{HOST} answers with something else than expected, trying again"
SIGNED_OUT = f"signed out: lunchroom login mastodon {HOST}"
NOT_ONE = f"refused: {HOST} is no Mastodon server; check the name in the plan's sources"


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (httpx.Response(500, html="<html>"), "the server has a problem (500), trying again"),
        (httpx.Response(503, headers={"Retry-After": "30"}), "the server has a problem (503), trying again"),
        (httpx.Response(200, html="<html>log in to the school's network</html>"),
         ELSE),
        (httpx.Response(200, json={"errors": ["no"]}), ELSE),
        (httpx.Response(200, content=b"[" * 9_000_000), "the server sends far too much, trying again"),
        (httpx.Response(302, headers={"Location": f"https://{HOST}/api/v1/timelines/again"}),
         "the server redirects in a circle, trying again"),
        (httpx.Response(403, json={"error": "Your login is currently disabled"}),
         "refused: Your login is currently disabled"),
        (httpx.Response(401, json={"error": "The access token is invalid"}), SIGNED_OUT),
        (httpx.ConnectError("no such name"), "cannot be reached, trying again"),
        (httpx.ReadTimeout("late"), "no answer in time, trying again"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_one_line_and_goes_when_it_is_over(
    server: Server, trouble: httpx.Response | Exception, status: str
) -> None:
    server.post()
    async with reading(server) as run:
        server.trouble["timelines"] = trouble
        await server.time.go_on(13)
        assert run.status == status
        server.trouble.clear()
        missed = server.post()
        await server.time.go_on(310)
        assert run.status == "ok"
        assert missed["uri"] in run.uris


async def test_a_limit_is_waited_out_as_the_server_states_it(server: Server) -> None:
    server.post()
    async with reading(server, account=ANA) as run:
        over = server.time.at + 12_000 + 240_000
        headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": iso(over)}
        server.trouble["api/v1"] = httpx.Response(429, headers=headers, json={"error": "Too many requests"})
        await server.time.go_on(12.5)
        assert run.status == "waiting 4 min: rate limit"
        asked = len(server.asked)
        run.source.wake()  # whatever happens in the chat
        await server.time.go_on(235)
        assert len(server.asked) == asked  # nothing more was asked by any reader
        server.trouble.clear()
        post = server.post()
        await server.time.go_on(10)
        assert (run.status, run.uris[-1]) == ("ok", post["uri"])


async def test_the_recorded_limit_is_said(server: Server) -> None:
    server.trouble["timelines"] = response("gotosocial_429")
    server.time.at = 1_795_310_946_000
    async with reading(server) as run:
        assert run.status == "waiting 5 min: rate limit"


async def test_a_server_that_names_its_pause_is_asked_no_sooner(server: Server) -> None:
    server.trouble["timelines"] = httpx.Response(503, headers={"Retry-After": "30"})
    async with reading(server):
        await server.time.go_on(95)
        assert server.requests("timelines") == [0.0, 30.0, 60.0, 90.0]


async def test_little_that_is_left_is_shown(server: Server) -> None:
    page = httpx.Response(200, headers={"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "40",
                                        "X-RateLimit-Reset": iso(server.time.at + 60_000)}, json=[])  # fmt: skip
    server.trouble["timelines"] = page
    async with reading(server) as run:
        await server.time.go_on(13)
        assert run.deliveries[-1].status == "ok, 40 of 300 requests left"


# Servers that are none, or give nothing


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<html>a blog</html>"),
        httpx.Response(404, html="<html>nothing here</html>"),
        httpx.Response(200, json={"software": "another"}),
        httpx.Response(200, json=[]),
    ],
)
async def test_what_is_no_mastodon_server_is_said_so_and_not_asked_all_the_time(
    server: Server, answer: httpx.Response
) -> None:
    server.trouble["instance"] = answer
    async with reading(server) as run:
        await server.time.go_on(200)
        assert {one.status for one in run.deliveries} == {NOT_ONE}
        assert len({*server.requests("instance")}) == 1
        assert server.requests("timelines") == []


async def test_a_name_that_nobody_has_is_tried_again_because_it_may_be_the_network(server: Server) -> None:
    server.trouble["/"] = httpx.ConnectError("Name or service not known")
    async with reading(server) as run:
        await server.time.go_on(60)
        assert {one.status for one in run.deliveries} == {"cannot be reached, trying again"}


@pytest.mark.parametrize(
    "spec", ["mastodon", "mastodon:", "mastodon:a b", "mastodon:https://m.example", "mastodon:m.example/x"]
)
def test_a_source_that_names_no_server_is_refused_at_once(spec: str) -> None:
    with pytest.raises(SourceError, match=r"such as mastodon:mastodon\.social"):
        open_source(spec, make_plan())


def access(server: Server, local: str, remote: str) -> None:
    server.about["configuration"]["timelines_access"] = {"hashtag_feeds": {"local": local, "remote": remote}}


async def test_a_server_that_shows_nobody_its_hashtags_is_a_clear_state(server: Server) -> None:
    access(server, "disabled", "disabled")
    async with reading(server) as run:
        assert run.status == f"refused: {HOST} shows nobody its hashtags"
        assert server.requests("timelines") == []


async def test_a_server_that_says_so_is_tried_with_an_account(server: Server) -> None:
    access(server, "disabled", "disabled")
    post = server.post()
    async with reading(server, account=ANA) as run:
        assert (run.uris, run.status) == ([post["uri"]], "ok")


async def test_a_server_that_shows_a_part_is_read(server: Server) -> None:
    access(server, "public", "disabled")
    post = server.post()
    async with reading(server) as run:
        assert (run.uris, run.status) == ([post["uri"]], "ok")


async def test_a_server_that_wants_an_account_says_so_instead_of_an_empty_page(server: Server) -> None:
    access(server, "public", "authenticated")
    async with reading(server) as run:
        assert run.status == SIGNED_OUT
    async with reading(server, account=ANA) as run:
        assert run.status == "ok"


async def test_a_sign_in_that_comes_later_is_used(server: Server) -> None:
    server.wants_account = True  # as a GoToSocial
    post = server.post()
    async with reading(server) as run:
        assert run.status == SIGNED_OUT
        run.source.sign_ins.renew(ANA)
        run.source.wake()
        await server.time.settle()
        assert (run.status, run.uris) == ("ok", [post["uri"]])


@pytest.mark.parametrize("tag", ["two words", "a-b", "2026"])
async def test_a_hashtag_that_cannot_be_one_is_said_and_the_other_is_read(server: Server, tag: str) -> None:
    post = server.post()
    async with reading(server, tags=(tag, "devchat")) as run:
        await server.time.go_on(60)
        assert run.status == f"refused: #{tag} cannot be a hashtag: letters, digits and _ only, and one letter at least"
        assert run.uris == [post["uri"]]


async def test_a_hashtag_that_the_server_does_not_take_is_a_clear_state(server: Server) -> None:
    """GoToSocial answers 400 to what Mastodon takes."""
    server.trouble["timelines"] = httpx.Response(400, json={"error": "Bad Request: invalid hashtag"})
    async with reading(server, tags=("a·b",)) as run:
        assert run.status == "refused: Bad Request: invalid hashtag"


# Ten minutes without a network


@pytest.mark.parametrize("account", [None, ANA])
async def test_after_ten_minutes_offline_everything_comes_once_in_order_without_a_burst(
    server: Server, account: Account | None
) -> None:
    made = [server.post()]
    async with reading(server, account=account) as run:
        await server.time.go_on(30)
        server.trouble["/"] = httpx.ConnectError("network is unreachable")
        for stream in server.streams:
            stream.put(httpx.ReadError("network is unreachable"))
        for _ in range(120):
            made.append(server.post())
            await server.time.go_on(5)
        assert "cannot be reached" in run.status
        tried = len([at for at, _ in server.asked if at > server.time.at - 300_000])
        assert tried < 80
        server.trouble.clear()
        asked = len(server.asked)
        await server.time.go_on(61)
        assert run.uris == [post["uri"] for post in made]
        assert run.status == "ok"
        assert len(server.asked) - asked < 25  # of 300


async def test_a_long_catch_up_is_spread_so_that_it_does_not_trip_the_limit(server: Server) -> None:
    made = [server.post()]
    async with reading(server) as run:
        server.page = 2
        made += [server.post() for _ in range(200)]
        await server.time.go_on(160)
        assert run.uris == [post["uri"] for post in made]
        begun = server.requests("timelines")
        assert max(len([at for at in begun if start <= at < start + 10]) for start in begun) <= 30


async def test_a_poster_of_nonsense_ids_cannot_make_it_ask_for_ever(server: Server) -> None:
    """A server that gives the same page whatever is asked for."""
    made = [server.post() for _ in range(3)]
    server.trouble["timelines"] = httpx.Response(200, json=made[::-1])
    async with reading(server) as run:
        await server.time.go_on(60)
        assert run.uris == [post["uri"] for post in made]
        assert len(server.requests("timelines")) < 25


async def test_the_token_is_in_no_state_and_no_delivery(server: Server) -> None:
    secret = ServerAccount("mastodon", HOST, handle=f"ana@{HOST}", secret=Secret("tok-very-secret"))
    server.trouble["timelines"] = httpx.ConnectError("https://m.example/?access_token=tok-very-secret")
    async with reading(server, account=secret) as run:
        await server.time.go_on(20)
        assert "tok-very-secret" not in repr(run.deliveries)
        assert "tok-very-secret" not in repr(secret)
        assert "tok-very-secret" not in repr(InMemorySignIns([secret]).find(f"mastodon:{HOST}"))


# After an outage


@pytest.mark.parametrize("outage", [5, 60, 1_000, 7_200])
@pytest.mark.parametrize(
    "trouble",
    [httpx.ConnectError("no such name"), httpx.ReadTimeout("late"), httpx.Response(502, html="<html>")],
    ids=["unreached", "silent", "broken"],
)
async def test_reading_goes_on_within_fifteen_seconds_of_the_end_of_an_outage(
    server: Server, trouble: httpx.Response | Exception, outage: int
) -> None:
    server.post()
    async with reading(server, tags=("devchat", "edchat")) as run:
        server.trouble[""] = trouble
        await server.time.go_on(13 + outage)
        assert run.status.endswith(", trying again")
        server.trouble.clear()
        missed = server.post()
        assert run.source.next_try is not None
        assert run.source.next_try - server.time.at <= 15_000
        await server.time.go_on(15)
        assert (run.status, run.source.next_try) == ("ok", None)
        assert missed["uri"] in run.uris


async def test_what_failed_is_tried_at_once_where_somebody_asks_for_it(server: Server) -> None:
    server.post()
    async with reading(server) as run:
        assert run.source.try_now() is None
        server.trouble["timelines"] = httpx.Response(403, json={"error": "Your login is currently disabled"})
        await server.time.go_on(13)
        assert run.source.next_try == server.time.at - 1_000 + 300_000
        asked = len(server.requests("timelines"))
        for _ in range(20):
            assert run.source.try_now() == "now"
            await server.time.settle()
        assert len(server.requests("timelines")) == asked + 1
        server.trouble.clear()
        missed = server.post()
        await server.time.go_on(2)
        assert run.source.try_now() == "now"
        await server.time.settle()
        assert (run.status, run.uris[-1], run.source.next_try) == ("ok", missed["uri"], None)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_pause_that_the_server_asked_for_is_kept_whoever_asks(server: Server, status: int) -> None:
    server.trouble["timelines"] = httpx.Response(status, headers={"Retry-After": "200"})
    async with reading(server) as run:
        asked = len(server.asked)
        assert run.source.next_try == server.time.at + 200_000
        assert run.source.try_now() == "later"
        await server.time.go_on(199)
        assert len(server.asked) == asked
