"""Whatever breaks while a post is sent, it stands once: its key on the network comes from its idempotency key."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.account import InMemorySignIns
from sessions.networks.bluesky.posting import BlueskyPoster, record_key
from sessions.networks.poster import NotSent, Outgoing, Unsure
from tests.sessions.networks.bluesky.network import ANA, START, Bluesky, account, error, proxy, response

PUT = "com.atproto.repo.putRecord"
GET = "com.atproto.repo.getRecord"


@pytest.fixture
def network() -> Bluesky:
    return Bluesky(lambda: START)


@pytest.fixture
async def poster(network: Bluesky) -> AsyncIterator[BlueskyPoster]:
    made = BlueskyPoster(account(), transport=network.transport, now=network.now)
    yield made
    await made.aclose()


def outgoing(text: str = "Q1: Which station? #navasotaisd", **more: object) -> Outgoing:
    return Outgoing(**{"key": "k1", "text": text, "begun": START, **more})  # type: ignore[arg-type]


async def test_a_post_stands_with_its_facets_and_its_address(network: Bluesky, poster: BlueskyPoster) -> None:
    published = await poster.send(
        outgoing("Q1: é #navasotaisd with @ben.example.org, @nobody.example and example.org/a")
    )
    (uri,) = network.posts
    assert published.id == f"bluesky:{uri}"
    assert published.url == f"https://bsky.app/profile/ana.example.org/post/{record_key('k1')}"
    record = network.posts[uri]["record"]
    assert (record["createdAt"], record["langs"]) == ("2027-01-15T08:00:00.000Z", ["en"])
    assert [one["features"][0] for one in record["facets"]] == [
        {"$type": "app.bsky.richtext.facet#tag", "tag": "navasotaisd"},
        {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ben"},
        {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/a"},
    ]
    assert record["facets"][0]["index"] == {"byteStart": 7, "byteEnd": 19}


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_record_key_is_a_tid_the_same_for_the_same_post_alone(one: str, other: str) -> None:
    key = record_key(one)
    assert len(key) == 13
    assert set(key) <= set("234567abcdefghijklmnopqrstuvwxyz")
    assert key[0] in "234567abcdefghij"  # atproto.com/specs/tid: the highest bit is zero
    assert (key == record_key(other)) == (one == other)


@pytest.mark.parametrize("arrived", [True, False])
async def test_after_a_timeout_the_look_up_tells_and_a_second_try_makes_no_second_post(
    network: Bluesky, arrived: bool
) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(PUT) and not network.posts:
            if arrived:
                network.answer(request)
            raise httpx.ReadTimeout("no answer", request=request)
        return network.answer(request)

    poster = BlueskyPoster(account(), transport=httpx.MockTransport(broken), now=network.now)
    with pytest.raises(Unsure, match="did not say whether it is out"):
        await poster.send(outgoing())
    assert (await poster.look_up(outgoing()) is not None) is arrived
    await poster.aclose()
    poster = BlueskyPoster(account(), transport=network.transport, now=network.now)  # the desk that comes back
    again = await poster.send(outgoing(begun=START + 1_234))  # what it knows of the moment is not to the millisecond
    assert again.id == f"bluesky:at://{ANA}/app.bsky.feed.post/{record_key('k1')}"
    assert len(network.posts) == 1
    created = next(iter(network.posts.values()))["record"]["createdAt"]
    assert created == ("2027-01-15T08:00:00.000Z" if arrived else "2027-01-15T08:00:01.234Z"), "the first one stays"
    await poster.aclose()


@pytest.mark.parametrize(
    "fault",
    [
        httpx.ReadTimeout("no answer"),
        httpx.RemoteProtocolError("closed"),
        response("createRecord_same_rkey_again"),
        proxy(502),
        proxy(200),
    ],
)
async def test_what_may_have_arrived_is_unsure(network: Bluesky, poster: BlueskyPoster, fault: object) -> None:
    network.faults[PUT] = [fault]  # type: ignore[list-item]
    with pytest.raises(Unsure):
        await poster.send(outgoing())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (httpx.ConnectError("no network"), "Bluesky: cannot be reached."),
        (response("createSession_429"), "Bluesky lets this account do nothing for 5 min. Try again then."),
        (response("createRecord_no_auth"), "Bluesky: signed out: lunchroom login bluesky."),
        (
            response("createRecord_too_long_301"),
            "Bluesky: Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text.",
        ),
        (proxy(403), "Bluesky: Bluesky's gate answers 403; it may block this network."),
    ],
)
async def test_what_was_not_taken_for_sure_is_said_in_words(
    network: Bluesky, poster: BlueskyPoster, fault: object, told: str
) -> None:
    network.faults[PUT] = [fault]  # type: ignore[list-item]
    with pytest.raises(NotSent) as raised:
        await poster.send(outgoing())
    assert str(raised.value) == told
    assert not network.posts
    assert await poster.look_up(outgoing()) is None


@pytest.mark.parametrize("fault", [httpx.ReadTimeout("no answer"), proxy(502), response("createRecord_no_auth")])
async def test_a_look_up_without_an_answer_is_unsure(network: Bluesky, poster: BlueskyPoster, fault: object) -> None:
    network.faults[GET] = [fault]  # type: ignore[list-item]
    with pytest.raises(Unsure, match="cannot be asked whether it is out"):
        await poster.look_up(outgoing())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x" * 301, "This is 1 characters too long for Bluesky. Make it shorter."),
        ("👩‍👩‍👧‍👦" * 130, "This is 250 bytes too long for Bluesky. Make it shorter."),
    ],
)
async def test_what_is_too_long_is_not_even_sent(network: Bluesky, poster: BlueskyPoster, text: str, told: str) -> None:
    with pytest.raises(NotSent) as raised:
        await poster.send(outgoing(text))
    assert str(raised.value) == told
    assert network.calls.total() == 0


async def test_300_characters_go_out_also_as_emoji(network: Bluesky, poster: BlueskyPoster) -> None:
    assert await poster.send(outgoing("👩🏽" * 300))
    assert (await poster.rules()).most == 300


async def test_a_reply_names_what_it_answers_and_the_first_of_the_thread(
    network: Bluesky, poster: BlueskyPoster
) -> None:
    first = network.post("first", "Q1 #navasotaisd")
    answer = network.post("answer", "A1", reply_to=first, by="did:plc:tom")
    for key, to in (("k1", first), ("k2", answer)):
        await poster.send(outgoing("Welcome", key=key, reply_to=f"bluesky:{to}"))
    made = [network.posts[f"at://{ANA}/app.bsky.feed.post/{record_key(key)}"]["record"] for key in ("k1", "k2")]
    assert [(one["reply"]["root"]["uri"], one["reply"]["parent"]["uri"]) for one in made] == [
        (first, first),
        (first, answer),
    ]
    assert made[0]["reply"]["parent"]["cid"] == "cid-first"


async def test_a_reply_to_what_is_gone_or_may_not_be_answered_is_not_sent(
    network: Bluesky, poster: BlueskyPoster
) -> None:
    with pytest.raises(NotSent, match="the post that it answers is not there any more"):
        await poster.send(outgoing(reply_to="bluesky:at://did:plc:tom/app.bsky.feed.post/gone"))
    closed = network.post("closed", "only my followers", by="did:plc:tom")
    network.posts[closed]["viewer"] = {"replyDisabled": True}
    with pytest.raises(NotSent, match="its author lets nobody like you answer"):
        await poster.send(outgoing(reply_to=f"bluesky:{closed}"))
    assert len(network.posts) == 1


async def test_a_token_that_has_run_out_is_renewed_for_the_sign_ins_and_the_post_goes_out_once(
    network: Bluesky,
) -> None:
    sign_ins = InMemorySignIns([account(token="gone")])
    poster = BlueskyPoster(account(token="gone"), sign_ins, transport=network.transport, now=network.now)
    assert await poster.send(outgoing())
    assert sign_ins.find("bluesky") == poster.account != account(token="gone")
    assert len(network.posts) == 1
    await poster.aclose()


async def test_a_poster_keeps_to_its_person_when_somebody_else_signs_in(network: Bluesky) -> None:
    other = account(token="other")
    sign_ins = InMemorySignIns([other.__class__("bluesky", other.host, "bluesky:did:plc:ben", "ben.example.org")])
    poster = BlueskyPoster(account(token="gone"), sign_ins, transport=network.transport, now=network.now)
    await poster.send(outgoing())
    assert json.loads(network.asked[-1].content)["repo"] == ANA
    assert sign_ins.find("bluesky") != poster.account
    await poster.aclose()


async def test_an_own_key_that_was_written_elsewhere_is_found_and_not_written_over(
    network: Bluesky, poster: BlueskyPoster
) -> None:
    network.faults[PUT] = [error(400, "InvalidSwap", "Record was at bafy")]
    network.post(record_key("k1"), "what stands there")
    assert (await poster.send(outgoing())).id.endswith(record_key("k1"))
    assert [view["record"]["text"] for view in network.posts.values()] == ["what stands there"]
