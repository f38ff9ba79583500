"""Posting on X: once, whatever breaks on the way, and with a token that is renewed and kept."""

import base64
import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs

import httpx
import msgspec
import pytest

from sessions.networks.account import InMemorySignIns, Secret
from sessions.networks.poster import NotSent, Outgoing, Published, Unsure
from sessions.networks.registry import open_poster
from sessions.networks.x.account import POSTING, XAccount
from sessions.networks.x.posting import SAME_TEXT, SETTLE, XPoster
from sessions.networks.x.rules import RULES
from tests.sessions.networks.x.simulated import iso, when

NOW = 1_800_000_000_000
HOUR = 3_600_000
ANA = XAccount("x", "api.x.com", "x:99", "ana", True,
    Secret("token-1", refresh="refresh-1", expires_at=NOW + HOUR, client_id="the-client"),
)  # fmt: skip
QUESTION = Outgoing("k1", "Q1: What is new? See example.org/a & more #devchat", NOW - 1000)
URL = "https://x.com/ana/status/"

Do = Callable[[], httpx.Response]


class Account99:
    """X as one account that posts sees it. `lost` posts are made, and then the connection breaks."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []
        self.asked: list[httpx.Request] = []
        self.token = "token-1"
        self.refreshes = ["refresh-1"]
        self.lost = False
        self.hidden = 0
        self.page = 100
        self.endless = False
        self.trouble: dict[str, httpx.Response | Exception] = {}

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        path = request.url.path
        for part, trouble in self.trouble.items():
            if path.endswith(part):
                if isinstance(trouble, Exception):
                    raise trouble
                return httpx.Response(trouble.status_code, headers=trouble.headers, content=trouble.content)
        if path.endswith("/oauth2/token"):
            return self._renew(parse_qs(request.content.decode()))
        if request.headers["Authorization"] != f"Bearer {self.token}":
            return httpx.Response(401, json={"title": "Unauthorized"})
        if request.method == "GET":
            assert path == "/2/users/99/tweets"
            self.hidden -= 1
            here = [] if self.hidden >= 0 else self.made[::-1]
            first = int(request.url.params.get("pagination_token", 0))
            after = first + min(int(request.url.params["max_results"]), self.page)
            meta = {"next_token": str(after)} if after < len(here) or self.endless else {}
            here = here[first:after]
            return httpx.Response(
                200, json={"data": here, "meta": meta} if here else {"meta": {"result_count": 0, **meta}}
            )
        return self._post(json.loads(request.content))

    def _renew(self, form: dict[str, list[str]]) -> httpx.Response:
        assert form["grant_type"] == ["refresh_token"]
        if form["refresh_token"][0] != self.refreshes[-1]:
            return httpx.Response(
                400, json={"error": "invalid_request", "error_description": "Value passed was invalid"}
            )
        number = len(self.refreshes) + 1
        self.refreshes.append(f"refresh-{number}")
        self.token = f"token-{number}"
        given = {"access_token": self.token, "refresh_token": self.refreshes[-1], "expires_in": 7200}
        return httpx.Response(200, json=given)

    def _post(self, body: dict[str, Any]) -> httpx.Response:
        assert set(body) <= {"text", "reply"}
        shown = body["text"].replace("&", "&amp;").replace("example.org/a", "https://t.co/abc")
        if any(one["text"] == shown for one in self.made):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return httpx.Response(403, json={"detail": detail, "type": "about:blank", "title": "Forbidden"})
        made = {"id": str(1000 + len(self.made)), "text": shown, "created_at": iso(NOW), "author_id": "99"}
        made["entities"] = {"urls": [{"url": "https://t.co/abc", "expanded_url": "https://example.org/a"}]}
        if "reply" in body:
            made["referenced_tweets"] = [{"type": "replied_to", "id": body["reply"]["in_reply_to_tweet_id"]}]
        self.made.append(made)
        if self.lost:
            raise httpx.ReadTimeout("no answer")
        return httpx.Response(201, json={"data": {"id": made["id"], "text": body["text"]}})


@pytest.fixture
def x() -> Account99:
    return Account99()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def sign_ins() -> InMemorySignIns:
    return InMemorySignIns([ANA])


@pytest.fixture
async def poster(x: Account99, sign_ins: InMemorySignIns, slept: list[float]) -> AsyncIterator[XPoster]:
    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    made = open_poster(ANA, sign_ins=sign_ins, transport=x.transport, now=lambda: NOW, sleep=sleep)
    assert isinstance(made, XPoster)
    yield made
    await made.aclose()


async def test_a_post_goes_out_with_the_token_of_the_person(x: Account99, poster: XPoster) -> None:
    assert await poster.send(QUESTION) == Published("x:1000", f"{URL}1000")
    assert json.loads(x.asked[0].content) == {"text": QUESTION.text}
    assert await poster.rules() == RULES


async def test_an_answer_names_what_it_answers(x: Account99, poster: XPoster) -> None:
    await poster.send(msgspec.structs.replace(QUESTION, reply_to="x:77"))
    assert json.loads(x.asked[0].content)["reply"] == {"in_reply_to_tweet_id": "77"}


async def test_what_was_lost_on_the_way_back_is_found_and_not_sent_again(x: Account99, poster: XPoster) -> None:
    x.lost = True
    with pytest.raises(Unsure):
        await poster.send(QUESTION)
    assert await poster.look_up(QUESTION) == Published("x:1000", f"{URL}1000")
    assert len(x.made) == 1
    assert when(x.asked[-1].url.params["start_time"]) == QUESTION.begun - 120_000, "and no further back"


async def test_the_duplicate_of_a_lost_post_is_that_post(x: Account99, poster: XPoster) -> None:
    x.lost = True
    with pytest.raises(Unsure):
        await poster.send(QUESTION)
    x.lost = False
    assert await poster.send(QUESTION) == Published("x:1000", f"{URL}1000")
    assert len(x.made) == 1


async def test_a_post_that_x_shows_late_is_found_at_the_second_look(
    x: Account99, poster: XPoster, slept: list[float]
) -> None:
    await poster.send(QUESTION)
    x.hidden = 1
    assert await poster.look_up(QUESTION) == Published("x:1000", f"{URL}1000")
    assert slept == [SETTLE]


async def test_a_post_is_found_behind_all_that_the_account_posted_since(x: Account99, poster: XPoster) -> None:
    await poster.send(QUESTION)
    for number in range(12):
        await poster.send(msgspec.structs.replace(QUESTION, text=f"@somebody{number} Welcome!"))
    x.page = 5
    assert await poster.look_up(QUESTION) == Published("x:1000", f"{URL}1000")


async def test_where_not_all_can_be_read_nobody_says_that_it_is_not_there(x: Account99, poster: XPoster) -> None:
    x.endless = True
    with pytest.raises(Unsure):
        await poster.look_up(QUESTION)


async def test_a_duplicate_that_is_not_found_was_posted_at_another_time(x: Account99, poster: XPoster) -> None:
    await poster.send(QUESTION)
    x.hidden = 9
    with pytest.raises(NotSent, match=SAME_TEXT):
        await poster.send(QUESTION)


async def test_what_never_went_out_is_absent(poster: XPoster) -> None:
    assert await poster.look_up(QUESTION) is None


async def test_other_posts_of_the_account_are_others(x: Account99, poster: XPoster) -> None:
    await poster.send(msgspec.structs.replace(QUESTION, text="Q2: And now? example.org/a #devchat"))
    assert await poster.look_up(QUESTION) is None
    assert (
        await poster.look_up(msgspec.structs.replace(QUESTION, text="Q2: And now? example.org/a #devchat")) is not None
    )


async def test_the_same_words_as_an_answer_are_another_post(x: Account99, poster: XPoster) -> None:
    await poster.send(QUESTION)
    assert await poster.look_up(msgspec.structs.replace(QUESTION, reply_to="x:77")) is None


@pytest.mark.parametrize(
    ("trouble", "kind", "words"),
    [
        (httpx.Response(402, json={}), NotSent, "the app has no credits left"),
        (httpx.Response(403, json={"detail": "no"}), NotSent, "X: refused: no"),
        (httpx.Response(429, headers={"retry-after": "30"}, json={}), NotSent, "waiting 30 s: rate limit"),
        (httpx.ConnectError("down"), NotSent, "cannot be reached"),
        (httpx.ReadTimeout("slow"), Unsure, "no answer in time"),
        (httpx.ReadError("cut"), Unsure, "the connection broke"),
        (httpx.Response(503, content=b"<html>"), Unsure, "the server has a problem"),
        (httpx.Response(201, content=b"<html>"), Unsure, "something else than expected"),
    ],
)
async def test_what_is_certain_and_what_is_not(
    x: Account99, poster: XPoster, trouble: Any, kind: type[Exception], words: str
) -> None:
    x.trouble["/2/tweets"] = trouble
    with pytest.raises(kind, match=words):
        await poster.send(QUESTION)
    assert len(x.asked) == 1


async def test_a_refused_answer_says_whom_x_lets_one_answer(x: Account99, poster: XPoster) -> None:
    x.trouble["/2/tweets"] = httpx.Response(403, json={"detail": "You are not permitted to perform this action."})
    with pytest.raises(NotSent, match="only people who mentioned its account"):
        await poster.send(msgspec.structs.replace(QUESTION, reply_to="x:77"))


async def test_a_look_up_without_an_answer_tells_nothing(x: Account99, poster: XPoster) -> None:
    x.trouble["/users/99/tweets"] = httpx.ConnectError("down")
    with pytest.raises(Unsure):
        await poster.look_up(QUESTION)


# The token, which holds for two hours


def worn(sign_ins: InMemorySignIns) -> None:
    """The token has run out an hour ago."""
    sign_ins.renew(msgspec.structs.replace(ANA, secret=msgspec.structs.replace(ANA.secret, expires_at=NOW - HOUR)))


async def test_a_token_that_ran_out_is_renewed_and_kept(
    x: Account99, poster: XPoster, sign_ins: InMemorySignIns
) -> None:
    worn(sign_ins)
    x.token = "token-0"
    assert (await poster.send(QUESTION)).id == "x:1000"
    kept = sign_ins.find(POSTING)
    assert kept is not None
    assert (kept.secret.token, kept.secret.refresh, kept.secret.expires_at) == ("token-2", "refresh-2", NOW + 2 * HOUR)
    assert (kept.secret.client_id, kept.posts) == ("the-client", True)
    await poster.send(msgspec.structs.replace(QUESTION, text="Q2 #devchat"))
    assert len(x.refreshes) == 2


async def test_a_token_that_x_takes_no_more_is_renewed_once(x: Account99, poster: XPoster) -> None:
    x.token = "of somebody else"
    assert (await poster.send(QUESTION)).id == "x:1000"
    assert len(x.refreshes) == 2


async def test_a_token_that_another_program_renewed_is_taken_from_where_it_is_kept(
    x: Account99, poster: XPoster, sign_ins: InMemorySignIns
) -> None:
    x.token = "token-7"
    sign_ins.renew(msgspec.structs.replace(ANA, secret=Secret("token-7", "refresh-7", NOW + HOUR, "the-client")))
    assert (await poster.send(QUESTION)).id == "x:1000"
    assert x.refreshes == ["refresh-1"]


async def test_a_refresh_that_x_takes_no_more_means_signing_in_again(
    x: Account99, poster: XPoster, sign_ins: InMemorySignIns
) -> None:
    worn(sign_ins)
    x.refreshes = ["another"]
    with pytest.raises(NotSent, match="signed out: lunchroom login x"):
        await poster.send(QUESTION)
    assert x.made == []


async def test_a_post_that_waits_for_its_token_was_not_sent(
    x: Account99, poster: XPoster, sign_ins: InMemorySignIns
) -> None:
    worn(sign_ins)
    x.trouble["/oauth2/token"] = httpx.ReadTimeout("slow")
    with pytest.raises(NotSent, match="no answer in time"):
        await poster.send(QUESTION)


async def test_an_app_with_a_secret_says_it_in_the_header(x: Account99, sign_ins: InMemorySignIns) -> None:
    secret = Secret("token-1", "refresh-1", NOW - HOUR, "the-client", "the-secret")
    confidential = msgspec.structs.replace(ANA, secret=secret)
    poster = XPoster(confidential, InMemorySignIns([confidential]), transport=x.transport, now=lambda: NOW)
    await poster.send(QUESTION)
    await poster.aclose()
    expected = base64.b64encode(b"the-client:the-secret").decode()
    assert x.asked[0].headers["Authorization"] == f"Basic {expected}"


async def test_no_token_is_in_what_is_said_or_logged(
    x: Account99, poster: XPoster, sign_ins: InMemorySignIns, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    worn(sign_ins)
    said = [repr(poster), repr(poster.account), repr(await poster.send(QUESTION))]
    for trouble in (httpx.Response(401), httpx.ConnectError("Bearer token-2"), httpx.Response(403, content=b"token")):
        x.trouble["/2/tweets"] = trouble
        with pytest.raises((NotSent, Unsure)) as caught:
            await poster.send(msgspec.structs.replace(QUESTION, text="other words"))
        said += [repr(caught.value), str(caught.value.__cause__), str(caught.value)]
    everything = "\n".join([*said, caplog.text])
    assert not [secret for secret in ("token-1", "token-2", "refresh-1", "refresh-2") if secret in everything]
