"""A hub whose clock is minutes off reads, files, waits and finds its posts again as one whose clock is right."""

import json
from typing import Any

import httpx
import pytest

from sessions.networks.account import Secret, ServerAccount
from sessions.networks.bluesky.posting import BlueskyPoster
from sessions.networks.mastodon.posting import MastodonPoster
from sessions.networks.poster import Outgoing, Poster, Unsure
from sessions.networks.x.posting import XPoster
from tests.sessions.networks.bluesky.network import Bluesky, account
from tests.sessions.networks.fakes import START
from tests.sessions.networks.mastodon.recorded import load
from tests.sessions.networks.mastodon.server import iso
from tests.sessions.networks.virtual_time import VirtualTime
from tests.sessions.networks.wrong_clock import AHEAD, MINUTE, NETWORKS, Dated, Network, chat_on
from tests.sessions.networks.x.simulated import when
from tests.sessions.networks.x.test_posting import ANA as PERSON

HELLO = "Hello from Bryan Station, glad to see you all again tonight"
ROTATE = "We rotate three tables every twelve minutes with a bell"
BASKETS = "Mine stay where they are and the baskets travel instead"
TIMER = "A sand timer for each table and a helper who says when to move"

everywhere = pytest.mark.parametrize("name", NETWORKS)
off = pytest.mark.parametrize("ahead", [0, *AHEAD], ids=lambda ahead: f"{ahead // MINUTE:+} min")


@everywhere
@off
async def test_answers_are_filed_as_with_a_right_clock(name: str, ahead: int) -> None:
    network = Network(name)
    posted: dict[str, float] = {}

    def post(text: str) -> None:
        posted[text] = network.time.at
        network.post(text, who=f"p{len(posted)}")

    async with chat_on(network, ahead=ahead) as chat:
        post(HELLO)
        await network.time.go_on(60)
        chat.ask("q1")
        await network.time.go_on(5)
        post(ROTATE)
        await network.time.go_on(60)
        post(BASKETS)
        await network.time.go_on(3)
        chat.ask("q2")
        await network.time.go_on(3)
        post(TIMER)
        await network.time.go_on(60)
        assert chat.filed == {
            HELLO: ("introduction", None),
            ROTATE: ("answer", "q1"),
            BASKETS: ("answer", "q1"),
            TIMER: ("answer", "q2"),
        }
        for one in chat.posts:
            at = posted[one.text.removesuffix(" #devchat")]
            assert 0 <= one.posted_at - at - ahead < 1000, "by the hub's own clock, as what it is compared with"


@everywhere
@off
async def test_a_chat_that_begins_now_by_a_wrong_clock_has_what_came_before(name: str, ahead: int) -> None:
    """A plan that was made to begin at once begins by this computer's clock."""
    network = Network(name)
    network.post(HELLO, ago=10 * MINUTE)
    async with chat_on(network, ahead=ahead, starts_at=START + ahead) as chat:
        await network.time.go_on(1)
        network.post(ROTATE)
        await network.time.go_on(60)
        assert [one.removesuffix(" #devchat") for one in (post.text for post in chat.posts)] == [HELLO, ROTATE]


@everywhere
@off
async def test_a_chat_that_begins_by_the_clock_on_the_wall_is_read_from_its_beginning(name: str, ahead: int) -> None:
    network = Network(name)
    network.post(HELLO, ago=10 * MINUTE)
    async with chat_on(network, ahead=ahead) as chat:
        await network.time.go_on(60)
        assert [post.text for post in chat.posts] == [f"{HELLO} #devchat"]


@everywhere
@off
async def test_a_limit_is_waited_out_and_no_longer(name: str, ahead: int) -> None:
    network = Network(name)
    async with chat_on(network, ahead=ahead) as chat:
        await network.time.go_on(20)
        network.limit(91)
        limited = network.time.at
        await network.time.go_on(25)
        left = next(one.status for one in chat.deliveries if "rate limit" in one.status)
        assert 60 <= int(left.removeprefix("waiting ").partition(" ")[0]) <= 91
        network.mend()
        network.post(ROTATE, who="tom")
        arrived = None
        while arrived is None and network.time.at < limited + 20 * MINUTE:
            await network.time.go_on(1)
            arrived = network.time.at if chat.posts and chat.status.startswith("ok") else None
        assert arrived is not None
        assert 89_000 <= arrived - limited <= 135_000 or name == "x", "X's stream brings the post in the meantime"
        assert arrived - limited <= 135_000


@everywhere
@off
async def test_the_desk_is_told_from_half_a_minute_on(name: str, ahead: int) -> None:
    network = Network(name)
    async with chat_on(network, ahead=ahead) as chat:
        await network.time.go_on(30)
        words = "60 s" if abs(ahead) == MINUTE else f"{abs(ahead) // MINUTE} min"
        way, of = ("ahead", "ahead of") if ahead > 0 else ("behind", "behind")
        assert chat.status == (f"ok, clock {words} {way}" if ahead else "ok")
        told = (f"The clock of the hub's computer is {words} {of} the network's. Set it right.",)
        assert chat.deliveries[-1].details == (told if ahead else ())


@everywhere
async def test_a_few_seconds_are_nobody_s_business(name: str) -> None:
    network = Network(name)
    async with chat_on(network, ahead=29_000) as chat:
        await network.time.go_on(30)
        assert (chat.status, chat.deliveries[-1].details) == ("ok", ())


@everywhere
async def test_a_clock_that_jumps_in_the_chat_is_noticed_with_the_next_answer(name: str) -> None:
    network = Network(name)
    jumped = {"by": 0}
    async with chat_on(network, ahead=lambda: jumped["by"]) as chat:
        await network.time.go_on(30)
        jumped["by"] = 3 * MINUTE
        await network.time.go_on(60)
        chat.ask("q1")
        await network.time.go_on(5)
        network.post(ROTATE)
        await network.time.go_on(60)
        assert chat.filed == {ROTATE: ("answer", "q1")}
        assert chat.status == "ok, clock 3 min ahead"


# Posting

ANA = ServerAccount("mastodon", "m.example", handle="ana@m.example", posts=True, secret=Secret("hidden-token"))


class Silent:
    """A server that ignores idempotency keys, takes each post, and gives no answer to the first."""

    def __init__(self, time: VirtualTime) -> None:
        self.time = time
        self.made: list[dict[str, Any]] = []
        self.lost = True

    def answer(self, request: httpx.Request) -> httpx.Response:
        raise NotImplementedError

    def take(self, made: dict[str, Any], answer: httpx.Response) -> httpx.Response:
        self.made.append(made)
        if self.lost:
            self.lost = False
            raise httpx.ReadTimeout("no answer")
        return answer

    @property
    def transport(self) -> Dated:
        return Dated(httpx.MockTransport(self.answer), self.time.now)


class GoToSocial(Silent):
    """As `Silent`."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            made = load("m464_status_created_with_tag")["body"] | {"created_at": iso(self.time.at)}
            made |= {"content": json.loads(request.content)["status"], "id": str(len(self.made))}
            return self.take(made, httpx.Response(200, json=made))
        if request.url.path.endswith("verify_credentials"):
            return httpx.Response(200, json=load("m464_verify_credentials")["body"])
        if request.url.path.endswith("/statuses"):
            return httpx.Response(200, json=self.made[::-1])
        return httpx.Response(200, json=load("gotosocial_instance_v2")["body"])


class X(Silent):
    """As `Silent`; it refuses to look for what was posted after now."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            made = {"id": str(len(self.made) + 1), "text": json.loads(request.content)["text"],
                    "created_at": iso(self.time.at)}  # fmt: skip
            return self.take(made, httpx.Response(201, json={"data": made}))
        start = when(request.url.params["start_time"])
        if start > self.time.at:
            return httpx.Response(400, json={"errors": [{"message": "start_time", "parameters": {"start_time": []}}]})
        here = [one for one in self.made if when(one["created_at"]) >= start]
        return httpx.Response(200, json={"data": here[::-1]} if here else {"meta": {"result_count": 0}})


class Sky(Silent):
    """As `Silent`."""

    def __init__(self, time: VirtualTime) -> None:
        super().__init__(time)
        self.network = Bluesky(time.now)

    def answer(self, request: httpx.Request) -> httpx.Response:
        answer = self.network.answer(request)
        if request.method == "POST":
            return self.take(json.loads(request.content)["record"], answer)
        return answer


def poster_on(server: Silent, ahead: int) -> Poster:
    """What posts there from a desk whose hub's clock is so far ahead."""

    def now() -> int:
        return server.time.now() + ahead

    async def no_wait(_seconds: float) -> None:
        return

    if isinstance(server, GoToSocial):
        return MastodonPoster(ANA, transport=server.transport, now=now, sleep=no_wait)
    if isinstance(server, Sky):
        return BlueskyPoster(account(), transport=server.transport, now=now)
    return XPoster(PERSON, transport=server.transport, now=now, sleep=no_wait)


@pytest.mark.parametrize("kind", [GoToSocial, Sky, X])
@pytest.mark.parametrize("killed", [False, True], ids=["", "killed"])
@off
async def test_a_post_whose_answer_is_lost_is_found_and_goes_out_once(
    kind: type[Silent], killed: bool, ahead: int
) -> None:
    server = kind(VirtualTime(START + 300))
    post = Outgoing("k1", "Q1: What is new? #devchat", server.time.now() + ahead)
    poster = poster_on(server, ahead)
    with pytest.raises(Unsure):
        await poster.send(post)
    if killed:  # the desk comes back: it has heard nothing of the network's clock
        await poster.aclose()
        server.time.at += 30_000
        poster = poster_on(server, ahead)
    found = await poster.look_up(post)
    assert found is not None
    assert len(server.made) == 1
    created = server.made[0]["created_at" if "created_at" in server.made[0] else "createdAt"]
    assert abs(when(created) - START) < 1500
    await poster.aclose()


@pytest.mark.parametrize("kind", [GoToSocial, X])
@off
async def test_the_same_words_of_a_quarter_of_an_hour_before_are_not_taken_for_it(
    kind: type[Silent], ahead: int
) -> None:
    server = kind(VirtualTime(START + 300))
    server.lost = False
    poster = poster_on(server, ahead)
    await poster.send(Outgoing("k0", "Q1: What is new? #devchat", server.time.now() + ahead))
    await poster.aclose()
    server.time.at += 15 * MINUTE
    poster = poster_on(server, ahead)
    assert await poster.look_up(Outgoing("k1", "Q1: What is new? #devchat", server.time.now() + ahead)) is None
    await poster.aclose()
