"""The live session: what sources bring, post by post and in deliveries of many, and how their state is told."""

from pathlib import Path

from sessions.core import events as e
from sessions.core.events import decode_event, encode_event
from sessions.core.evolve import fold
from sessions.core.posts import Author, Post
from sessions.hub.server import rules
from sessions.hub.server.service import LiveSession
from sessions.library.storage.reading import read_events
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.live import Feed, live_hub, seen
from tests.sessions.library.building import FaultyDisk

# What sources bring


async def test_the_same_post_twice_is_one_post_also_after_a_restart(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        post = await seen(live, feed, "A1: tables")
        feed.post("A1: tables", name=post)
        await seen(live, feed, "A1: rugs", "jim")
        path = live.file.path
    feed = Feed()
    async with live_hub(tmp_path, path=path, sources=[feed]) as live:
        assert post in feed.resumes[0].known
        feed.post("A1: tables", name=post)
        await seen(live, feed, "A1: chairs", "tom")
        assert len(live.session.durable.posts) == 3


async def test_an_edited_post_is_judged_again_and_a_moderators_filing_survives(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        post, filed = await seen(live, feed, "A1: tables"), await seen(live, feed, "A1: rugs", "jim")
        await ana.done("file", post=filed, question="q4")
        feed.edit(post, "A2: tables")
        feed.edit(filed, "A3: rugs")
        feed.edit(filed, "A3: rugs")
        await live.until(lambda session: session.durable.text(filed) == "A3: rugs")
        state = live.session.durable
        assert (state.filed(post).question, state.filed(filed).question) == ("q2", "q4")  # type: ignore[union-attr]
        feed.remove(post)
        feed.remove(post)
        await live.until(lambda session: session.durable.folded(post))
        await seen(live, feed, "A1: more", "tom")
        types = await ana.types()
        assert (types.count("PostEdited"), types.count("PostRemoved")) == (2, 1)
        assert (await ana.show())["counts"]["posts"] == 2


async def test_a_source_is_noted_only_when_it_changes(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        for delivery in (
            Delivery(),
            Delivery(cursor="5"),
            Delivery(),
            Delivery(cursor="5"),
            Delivery(status="signed out"),
        ):
            feed.put(delivery)
        await live.until(lambda session: session.durable.sources.get(feed.name, None) is not None)
        await live.until(lambda session: session.durable.sources[feed.name].status == "signed out")
        changes = [event for event in live.session.log.events() if isinstance(event, e.SourceChanged)]
        assert [(event.status, event.cursor) for event in changes] == [("ok", None), ("ok", "5"), ("signed out", "5")]
        path = live.file.path
    again = Feed()
    async with live_hub(tmp_path, path=path, sources=[again]) as live:
        await seen(live, again, "A1: back")
        assert again.resumes[0].cursor == "5"


async def test_a_source_that_fails_stops_neither_the_hub_nor_another(tmp_path: Path) -> None:
    bad, good = Feed("bluesky"), Feed()
    async with live_hub(tmp_path, sources=[bad, good]) as live:
        bad.put(RuntimeError("boom"))
        await live.until(lambda session: "bluesky" in session.durable.sources)
        assert (await live.invited().show())["sources"][0]["status"] == "not answering, trying again"
        await seen(live, good, "A1: still here")


async def test_a_source_hears_all_that_happens_and_what_was_before(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        await ana.done("ask", question="q1", seen=None)
        assert feed.told == live.session.log.events()


async def test_who_is_in_no_earlier_chat_is_new_and_hosts_never_are(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed], newcomer=lambda author: author.handle != "jim") as live:
        for handle in ("mlopez", "jim", "ana@mastodon.social", "ben"):
            await seen(live, feed, "Hello all", handle)
        assert [person.newcomer for person in live.session.durable.people.values()] == [True, False, False, False]


async def test_a_question_that_a_host_is_seen_to_post_is_taken_as_asked_when_following(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed], follow=True) as live:
        await seen(live, feed, "Q1: the one about chairs", "mlopez")
        assert live.session.durable.open is None
        await seen(live, feed, "Q1: What about station 1?", "ben")
        assert live.session.durable.open == "q1"
        await seen(live, feed, "Q2: What about station 2?", "ana@mastodon.social")
        await seen(live, feed, "Once more, Q1: What about station 1?", "ben")
        asked = [event for event in live.session.log.events() if isinstance(event, e.QuestionAsked)]
        assert [(event.question, event.by, event.command) for event in asked] == [
            ("q1", None, None),
            ("q2", None, None),
        ]
        before = live.session.log.event(asked[0].seq - 1)
        assert isinstance(before, e.PostSeen)


async def test_a_skipped_question_that_a_host_posts_after_all_is_brought_back(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed], follow=True) as live:
        ana = await live.join("Ana")
        await ana.done("skip_question", question="q1")
        await seen(live, feed, "Q1: What about station 1?", "ben")
        assert live.session.durable.open == "q1"
        assert "q1" not in live.session.durable.skipped


async def test_without_following_only_the_driver_asks(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        await seen(live, feed, "Q1: What about station 1?", "ben")
        assert live.session.durable.open is None


async def test_the_opening_names_the_hosts_that_the_sources_know() -> None:
    from sessions.core.plan import Host

    plan = a_plan(hosts=(Host("Ana", ("mastodon:ana@m",)),))
    opened = rules.opening(
        plan, (Host("ana", ("practice:ana",)), Host("Cy", ("practice:cy",))), rehearsal=True, first=False, at=START
    )
    assert opened.plan.hosts == (Host("Ana", ("mastodon:ana@m", "practice:ana")), Host("Cy", ("practice:cy",)))
    assert (opened.seq, opened.rehearsal, opened.schema, opened.by) == (1, True, e.SCHEMA, None)


# A delivery of many posts, which is taken in piece by piece


def many(count: int) -> Delivery:
    """So many posts in one delivery, with a cursor behind them."""
    authors = [Author(f"mastodon:@m{number}", f"m{number}") for number in range(7)]
    posts = [Post(f"mastodon:many{n}", authors[n % 7], f"A1: table number {n}", START) for n in range(count)]
    return Delivery(tuple(map(NewPost, posts)), cursor="behind")


def ids(delivery: Delivery) -> list[str]:
    return [item.post.id for item in delivery.items if isinstance(item, NewPost)]


async def test_between_the_posts_of_a_delivery_others_are_answered(tmp_path: Path) -> None:
    feed, delivery = Feed(), many(1_000)
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        feed.put(delivery)
        await live.until(lambda session: ids(delivery)[0] in session.durable.posts)
        noted = await ana.done("note", text="they pour in")
        assert len(live.session.durable.posts) < 1_000
        await live.until(lambda session: feed.name in session.durable.sources)
        assert list(live.session.durable.posts) == ids(delivery)
        events = live.session.log.events()
        assert noted < live.session.durable.posts[ids(delivery)[-1]].seq
        assert [event.at for event in events] == sorted(event.at for event in events)


async def test_what_cannot_be_saved_amid_a_delivery_comes_again_in_its_order(tmp_path: Path) -> None:
    disk, feed, delivery = FaultyDisk(), Feed(), many(1_000)
    async with live_hub(tmp_path, disk=disk, sources=[feed]) as live:
        feed.put(delivery)
        await live.until(lambda session: ids(delivery)[0] in session.durable.posts)
        disk.broken = {"sync"}
        await live.until(lambda session: session.trouble is not None)
        assert 0 < len(live.session.durable.posts) < 1_000
        disk.broken = set()
        await live.until(lambda session: feed.name in session.durable.sources)
        assert list(live.session.durable.posts) == ids(delivery)
        saved = [event.post.id for event in read_events(live.file.path) if isinstance(event, e.PostSeen)]
        assert saved == ids(delivery)


async def test_a_hub_that_stops_amid_a_delivery_goes_on_behind_what_it_saved(tmp_path: Path) -> None:
    feed, delivery = Feed(), many(1_000)
    async with live_hub(tmp_path, sources=[feed]) as live:
        feed.put(delivery)
        await live.until(lambda session: ids(delivery)[0] in session.durable.posts)
    saved = [event.post.id for event in read_events(live.file.path) if isinstance(event, e.PostSeen)]
    assert 0 < len(saved) < 1_000
    assert saved == ids(delivery)[: len(saved)]
    again = Feed()
    again.put(delivery)
    async with live_hub(tmp_path, path=live.file.path, sources=[again]) as live:
        await live.until(lambda session: feed.name in session.durable.sources)
        assert again.resumes[0].cursor is None
        assert list(live.session.durable.posts) == ids(delivery)


async def test_a_chat_that_is_closed_amid_a_delivery_takes_no_more_in(tmp_path: Path) -> None:
    feed, delivery = Feed(), many(1_000)
    async with live_hub(tmp_path, sources=[feed]) as live:
        feed.put(delivery)
        await live.until(lambda session: ids(delivery)[0] in session.durable.posts)
        await live.session.close()
        assert 0 < len(live.session.durable.posts) < 1_000
        await live.session.drained()
        assert isinstance(live.session.log.events()[-1], e.SessionClosed)


async def test_a_post_without_a_word_says_so_and_an_edit_to_nothing_too(tmp_path: Path) -> None:
    """A name never stands alone, and bringing the same nothing again is no news."""
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        post = feed.post("")
        other = feed.post("A1 words")
        feed.edit(other, " ")
        feed.edit(other, "")
        feed.edit(post, "")
        last = feed.post("A1 last")
        await live.until(lambda session: last in session.durable.posts)
        state = live.session.durable
        assert (state.text(post), state.text(other)) == ("[no words]", "[no words]")
        edits = [event for event in live.session.log.events() if isinstance(event, e.PostEdited)]
        assert [event.post for event in edits] == [other]


async def test_what_a_source_could_not_read_is_told_once_and_no_more_when_it_is_well(tmp_path: Path) -> None:
    feed = Feed()
    lost = ("Could not be read: https://m.example/@mlopez/113",)
    told = Delivery(status="ok, 1 post could not be read", details=lost)
    async with live_hub(tmp_path, sources=[feed]) as live:
        for delivery in (told, told, Delivery(status="catching up", details=lost), Delivery()):
            feed.put(delivery)
        await live.until(lambda session: feed.name in session.durable.sources and not _details(session, feed.name))
        changes = [event for event in live.session.log.events() if isinstance(event, e.SourceChanged)]
        assert [(event.status, event.details) for event in changes] == [
            ("ok, 1 post could not be read", lost),
            ("catching up", None),
            ("ok", ()),
        ]
        shown = await (await live.join("Ana")).show()
        assert "details" not in shown["sources"][0]
        feed.put(told)
        await live.until(lambda session: bool(_details(session, feed.name)))
        shown = await (await live.join("Ben")).show()
        assert shown["sources"][0]["details"] == list(lost)
        again = fold([decode_event(encode_event(event)) for event in live.session.log.events()])
        assert again.sources == live.session.durable.sources


def _details(session: LiveSession, source: str) -> tuple[str, ...]:
    return session.durable.sources[source].details
