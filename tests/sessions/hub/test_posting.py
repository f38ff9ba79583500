"""Postings and what reading costs, at a live hub: durable, told to moderators alone, known after a restart."""

from pathlib import Path

from sessions.core.events import PostingBegun, PostSeen, SourceChanged
from sessions.core.posts import Author, Post
from sessions.core.state import SourceState
from sessions.networks.source import Delivery, NewPost
from tests.sessions.hub.live import Feed, live_hub

BEGUN = {
    "key": "key-00000001",
    "source": "mastodon:mastodon.social",
    "account": "coteacher@mastodon.social",
    "purpose": "question",
    "subject": "q1",
    "text": "Q1: What about station 1? #navasotaisd",
}
ID = "mastodon:https://mastodon.social/users/coteacher/statuses/1"


async def test_the_own_post_that_comes_back_is_the_question(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        await ana.done("begin_posting", **BEGUN)
        author = Author("mastodon:9", "coteacher@mastodon.social", "Co")
        feed.put(Delivery((NewPost(Post(ID, author, BEGUN["text"], live.session.clock.now_ms())),)))
        await live.until(lambda session: ID in session.durable.posts)
        await ana.done("finish_posting", key=BEGUN["key"], post=ID, url="https://mastodon.social/@coteacher/1")
        (seen,) = [event for event in await ana.read() if isinstance(event, PostSeen)]
        assert (seen.kind, seen.filed is not None and seen.filed.question, seen.newcomer) == ("question", "q1", False)


async def test_observers_learn_nothing_of_what_is_about_to_go_out(tmp_path: Path) -> None:
    async with live_hub(tmp_path, sources=[Feed()]) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        await ana.done("begin_posting", **BEGUN)
        await ana.done("fail_posting", key=BEGUN["key"], reason="no permission")
        await ana.done("begin_posting", **(BEGUN | {"key": "key-00000002"}))
        await ana.done("finish_posting", key="key-00000002", post=ID)
        await ana.done("allow_spending", source="x", ceiling=9)
        told = (await olga.http.get("/v1/events")).text
        for secret in ("posting_", "coteacher", "key-0", "spending_allowed"):
            assert secret not in told
        assert (await olga.do("begin_posting", **BEGUN)).status_code == 403


async def test_a_posting_that_was_begun_is_there_after_the_hub_comes_back(tmp_path: Path) -> None:
    async with live_hub(tmp_path, sources=[Feed()]) as live:
        await (await live.join("Ana")).done("begin_posting", **BEGUN)
        path = live.file.path
    async with live_hub(tmp_path, path=path, sources=[Feed()]) as live:
        posting = live.session.durable.postings["key-00000001"]
        assert isinstance(posting.begun, PostingBegun)
        assert posting.unfinished


async def test_what_reading_costs_is_noted_shown_and_told_to_the_source_that_comes_back(tmp_path: Path) -> None:
    feed = Feed("x")
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        feed.put(Delivery(spent=1250, cursor="7"))
        feed.put(Delivery(status="waiting 12 s"))
        await live.until(lambda session: session.durable.sources.get("x") == SourceState("waiting 12 s", "7", 1250))
        (shown,) = (await ana.show())["sources"]
        assert shown["spent"] == 1250
        changes = [event for event in await ana.read() if isinstance(event, SourceChanged)]
        assert [change.spent for change in changes] == [1250, 1250]
        path = live.file.path
    back = Feed("x")
    async with live_hub(tmp_path, path=path, sources=[back]) as live:
        back.put(Delivery(status="ok"))
        await live.until(lambda session: session.durable.sources["x"].status == "ok")
        assert (back.resumes[0].cursor, back.resumes[0].spent) == ("7", 1250)
