"""What a source could not read is counted, once, and told: how many beside `ok`, and which."""

from typing import Any

import httpx
import pytest

from sessions.networks.source import NewPost
from sessions.networks.web.feed import Feed
from tests.sessions.networks.bluesky.jetstream import BASE, created, serving, source_of, until
from tests.sessions.networks.bluesky.reading import running
from tests.sessions.networks.test_wrong_clock import HELLO, ROTATE
from tests.sessions.networks.web.test_feed import new
from tests.sessions.networks.wrong_clock import MINUTE, NETWORKS, Network, chat_on

NOW = BASE + 59_000_000

everywhere = pytest.mark.parametrize("name", NETWORKS)


@everywhere
async def test_posts_that_cannot_be_read_are_counted_once_and_named(name: str) -> None:
    network = Network(name)
    if name == "x":
        network.server.streaming = False  # type: ignore[union-attr]
    async with chat_on(network, ahead=0) as chat:
        network.post(HELLO)
        network.spoil()
        await network.time.go_on(90)
        assert (chat.status, len(chat.deliveries[-1].details)) == ("ok, 1 post could not be read", 1)
        network.post(ROTATE, who="tom")
        network.post(HELLO)
        network.spoil()
        await network.time.go_on(400)
        assert [post.text for post in chat.posts] == [f"{ROTATE} #devchat"]
        assert chat.status == "ok, 2 posts could not be read"
        host = {"mastodon": "https://m.example/@", "bluesky": "https://bsky.app/profile/did", "x": "https://x.com/i/"}
        assert all(one.startswith(f"Could not be read: {host[name]}") for one in chat.deliveries[-1].details)
        assert len(set(chat.deliveries[-1].details)) == 2


@pytest.mark.parametrize("name", ["mastodon", "bluesky"])
async def test_what_was_posted_before_the_chat_is_nobody_s_business(name: str) -> None:
    network = Network(name)
    network.post(HELLO, ago=40 * MINUTE)
    network.spoil()
    async with chat_on(network, ahead=0) as chat:
        await network.time.go_on(90)
        assert (chat.status, chat.posts) == ("ok", [])


async def test_one_that_is_mended_is_read_and_counts_no_more() -> None:
    network = Network("mastodon")
    network.post(ROTATE)
    network.spoil()
    async with chat_on(network, ahead=0) as chat:
        await network.time.go_on(30)
        assert chat.status == "ok, 1 post could not be read"
        network.spoiled.clear()
        await network.time.go_on(90)
        assert (chat.status, chat.deliveries[-1].details, len(chat.posts)) == ("ok", (), 1)


async def test_a_post_that_is_not_for_all_is_not_told_of() -> None:
    network = Network("mastodon")
    network.post(ROTATE)
    network.spoil()
    network.server.posts[-1]["visibility"] = "private"  # type: ignore[index]
    async with chat_on(network, ahead=0) as chat:
        await network.time.go_on(30)
        assert chat.status == "ok" or "something else" in chat.status
        assert chat.deliveries[-1].details == ()


async def test_what_x_bills_is_counted_also_where_it_cannot_be_read() -> None:
    network = Network("x")
    network.server.streaming = False  # type: ignore[union-attr]
    network.post(HELLO)
    network.post(ROTATE)
    network.spoil()
    async with chat_on(network, ahead=0) as chat:
        await network.time.go_on(60)
        assert max(one.spent or 0 for one in chat.deliveries) == network.server.bill  # type: ignore[union-attr]


async def test_of_the_stream_of_all_only_ours_are_counted() -> None:
    async with serving() as server, running(source_of(server)) as run:
        strange: tuple[Any, Any] = {"said": "something"}, {"said": "A1 to #DevChat"}
        await server.tell(created("a", strange[0]), created("b", strange[1]), created("c", "A1 #devchat", time_us=NOW))
        await until(run, lambda: bool(run.uris) and run.statuses[-1] == "ok, 1 post could not be read")
        assert run.deliveries[-1].details == ("Could not be read: https://bsky.app/profile/did:plc:ana/post/b",)


async def test_very_many_are_not_counted_one_by_one() -> None:
    """Each change of the words is an event for ever; somebody may post rubbish under a hashtag all evening."""
    feed = Feed()
    said = set()
    for number in range(300):
        feed.could_not_read(f"test:{number}", "x" * 500 + "\x1b[2J")
        said.add(feed.status)
    assert feed.status == "ok, more than 99 posts could not be read"
    assert len(said) == 100
    assert len(feed.details) == 20
    assert all(len(one) < 250 and one.isprintable() for one in feed.details)


async def test_what_was_read_after_all_counts_no_more() -> None:
    feed = Feed()
    feed.could_not_read("test:1", "one")
    feed.could_not_read("test:2", "two")
    item = new(1)
    assert isinstance(item, NewPost)
    await feed.bring([item])
    assert (feed.status, feed.details) == ("ok, 1 post could not be read", ("Could not be read: two",))


async def test_a_page_of_something_else_is_no_post() -> None:
    network = Network("mastodon")
    network.server.trouble["/timelines/"] = httpx.Response(200, json=[{"error": "no"}])  # type: ignore[union-attr]
    async with chat_on(network, ahead=0) as chat:
        await network.time.go_on(30)
        assert chat.status == "m.example answers with something else than expected, trying again"
