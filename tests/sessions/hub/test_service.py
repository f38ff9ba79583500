"""The live session: one order for all, what the hub does by itself, and saving that fails and recovers."""

import asyncio
import json
import threading
from pathlib import Path

import pytest
import tinydb

from sessions.core import events as e
from sessions.core.evolve import fold
from sessions.core.posts import Author, Post
from sessions.files.errors import SaveFailed
from sessions.hub.server import rules
from sessions.library.storage.reading import read_events
from sessions.networks.source import Delivery, NewPost
from tests.sessions.core.building import START
from tests.sessions.hub.live import Feed, Time, live_hub, seen
from tests.sessions.library.building import FaultyDisk
from tests.waiting import PATIENCE, until

MINUTE = 60_000

ASK = {"id": "asked", "type": "ask", "question": "q1", "seen": None}


class HeldDisk(FaultyDisk):
    """A disk on which a sync takes until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self._free = threading.Event()
        self._free.set()

    def hold(self) -> None:
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    def sync(self, handle: int) -> None:
        self._free.wait(PATIENCE)
        super().sync(handle)


# Two who act at once


async def test_both_press_next_at_once_and_one_advance_happens(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        again = await live.join("Ana")
        answers = await asyncio.gather(*(desk.do("ask", question="q1", seen=None) for desk in (ana, again)))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        answers = await asyncio.gather(
            ana.do("ask", question="q2", seen="q1"), again.do("ask", question="q3", seen="q1")
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert (await ana.types()).count("QuestionAsked") == 2


async def test_a_role_changes_hands_and_both_see_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        await ben.done("take_role", role="driver")
        assert (await ana.do("hold")).json() == {"refusal": "Ben asks the questions.", "action": "take_driver"}
        assert (await ana.show())["roles"] == {"driver": "Ben", "greeter": "Ana"}


async def test_a_repeated_command_id_does_nothing_twice_also_after_a_restart(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana = await live.join("Ana")
        await ana.done("ask", question="q1", seen=None)
        body = {"id": "again", "type": "add_time", "seconds": 60}
        answers = await asyncio.gather(*(ana.http.post("/v1/commands", json=body) for _ in range(5)))
        first = {answer.json()["seq"] for answer in answers}
        nothing = {"id": "nothing", "type": "take_role", "role": "driver"}
        before = (await ana.http.post("/v1/commands", json=nothing)).json()
        await ana.done("add_time", seconds=30)
        assert (await ana.http.post("/v1/commands", json=nothing)).json() == before
        path, keys = live.file.path, live.keys
    async with live_hub(tmp_path, path=path, keys=keys) as live:
        ana = live.desk(ana.token)
        assert (await ana.http.post("/v1/commands", json=body)).json()["seq"] == first.pop()
        assert (await ana.show())["timer"]["added"] == 90


async def test_a_refused_command_that_arrives_again_later_is_refused_as_the_first_time(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        body = {"id": "again", "type": "ask", "question": "q1", "seen": None}
        refused = await ben.http.post("/v1/commands", json=body)
        assert refused.status_code == 409
        await ben.done("take_role", role="driver")
        late = await ben.http.post("/v1/commands", json=body)
        assert (late.status_code, late.json()) == (409, refused.json())
        assert (await ben.types()).count("QuestionAsked") == 0
        other = await ben.http.post("/v1/commands", json={**body, "question": "q2"})
        assert other.status_code == 200, "another command is decided, whatever its id"
        assert (await ana.do("ask", question="q3", seen=None)).status_code == 409


async def test_nobody_is_refused_for_what_could_not_be_saved(tmp_path: Path) -> None:
    disk = HeldDisk()
    async with live_hub(tmp_path, disk=disk) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        disk.hold()
        taking = asyncio.ensure_future(ben.do("take_role", role="driver"))
        await until(lambda: live.session._head.roles["driver"] == "Ben")
        asking = asyncio.ensure_future(ana.http.post("/v1/commands", json=ASK))
        await until(lambda: len(live.session._committer._queue) > 0)
        disk.broken = {"sync"}
        disk.release()
        assert [one.status_code for one in await asyncio.gather(taking, asking)] == [503, 503]
        disk.broken = set()
        assert (await ana.http.post("/v1/commands", json=ASK)).status_code == 200


# Who is there


async def test_who_is_away_for_two_minutes_has_left_and_comes_back_by_being_heard_of(tmp_path: Path) -> None:
    time = Time()
    async with live_hub(tmp_path, clock=time.clock()) as live:
        ana = await live.join("Ana")
        ben = await live.join("Ben")
        async with ana.stream() as told:
            await told.event()
            time.now += rules.GONE - 1
            await live.session.look_around()
            time.now += 1
            await live.session.look_around()
            left = (await told.events_until(e.ModeratorLeft))[-1]
            assert isinstance(left, e.ModeratorLeft)
            assert (left.name, left.scope, left.at) == ("Ben", "moderator", START + rules.GONE)
            here = {one["name"]: one["present"] for one in (await ana.show())["moderators"]}
            assert here == {"Ana": True, "Ben": False}
            await ben.show()
            assert isinstance(await told.event(), e.ModeratorJoined)
            assert (await ana.types()).count("RoleTaken") == 2


async def test_a_session_that_nobody_comes_to_is_closed_half_an_hour_after_its_planned_end(tmp_path: Path) -> None:
    time = Time()
    async with live_hub(tmp_path, clock=time.clock()) as live:
        ana = await live.join("Ana")
        time.now = START + 60 * MINUTE + rules.ABANDONED - 1
        await live.session.look_around()
        assert not live.session.closed.is_set()
        async with ana.stream() as told:
            await told.event()
            time.now += 10 * MINUTE
            await live.session.look_around()
            assert not live.session.closed.is_set()
        await ana.http.aclose()
        await until(lambda: live.session.presence.empty_for(time.now + 1) > 0)
        time.now += rules.ABANDONED
        await live.session.look_around()
        assert live.session.closed.is_set()
        last = live.session.log.events()[-1]
        assert isinstance(last, e.SessionClosed)
        assert last.by is None


# Blanking


async def test_a_blanked_post_leaves_no_word_in_the_file_and_the_fold_is_the_same(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        post = await seen(live, feed, "A1: Billy Smith cried", url="https://example.org/billy")
        copy = await seen(live, feed, "RT @mlopez: A1: Billy Smith cried", "jim", repost_of=post)
        feed.edit(post, "A1: Billy S. cried")
        await live.until(lambda session: session.durable.text(post) == "A1: Billy S. cried")
        async with ana.stream(after=live.session.log.seq) as told:
            await ana.done("redact", post=post)
            assert [(await told.event()).post for _ in range(2)] == [post, copy]  # type: ignore[union-attr]
        late = await seen(live, feed, "RT @mlopez: A1: Billy Smith cried", "tom", repost_of=post)
        feed.edit(post, "A1: Billy Smith again")
        await seen(live, feed, "A1: rugs", "ann")
        assert "Billy" not in live.file.path.read_text()
        assert "billy" not in (await ana.http.get("/v1/events")).text
        assert live.session.durable.text(late) == ""
        digest, path = live.session.durable.digest(), live.file.path
    assert fold(read_events(path)).digest() == digest
    with tinydb.TinyDB(path, access_mode="r") as db:
        assert len(db.table("events")) == live.session.log.seq


async def test_words_that_could_not_be_blanked_are_blanked_as_soon_as_the_disk_allows(tmp_path: Path) -> None:
    class Full(FaultyDisk):
        whole = True

        def write_whole(self, path: Path, data: bytes) -> None:
            if not self.whole:
                raise OSError(28, "No space left on device")
            super().write_whole(path, data)

    disk, feed = Full(), Feed()
    async with live_hub(tmp_path, sources=[feed], disk=disk) as live:
        ana = await live.join("Ana")
        post = await seen(live, feed, "A1: Billy Smith cried")
        disk.whole = False
        async with ana.stream() as told:
            await ana.done("redact", post=post)
            assert "could not be blanked" in (await told.beat(lambda data: "trouble" in data))["trouble"]
            assert "Billy" not in (await ana.http.get("/v1/events")).text
            disk.whole = True
            await told.beat(lambda data: "trouble" not in data)
        assert "Billy" not in live.file.path.read_text()


async def test_what_a_killed_hub_could_not_blank_is_blanked_when_it_comes_back(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        post = await seen(live, feed, "A1: Billy Smith cried")
        last = live.session.durable
        live.file.commit([e.PostRedacted(seq=last.seq + 1, at=last.at, by="Ana", command="x", post=post)])
        path = live.file.path
    assert "Billy" in path.read_text()
    async with live_hub(tmp_path, path=path) as live:
        assert "Billy" not in (await live.invited().http.get("/v1/events")).text
        await live.session.drained()
        await until(lambda: "Billy" not in path.read_text())


# Saving


async def test_a_full_disk_is_said_on_every_desk_nothing_acknowledged_is_lost_and_saving_goes_on(
    tmp_path: Path,
) -> None:
    disk, feed = FaultyDisk(), Feed()
    async with live_hub(tmp_path, disk=disk, sources=[feed]) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        acknowledged = [await ana.done("note", text=f"note {n}") for n in range(5)]
        async with ana.stream() as one, ben.stream() as two:
            disk.room = 10
            answers = await asyncio.gather(*(ana.do("note", text="x" * 100) for _ in range(10)))
            assert {answer.status_code for answer in answers} == {503}
            assert "disk is full" in answers[0].json()["error"]
            for told in (one, two):
                assert "disk is full" in (await told.beat(lambda data: "trouble" in data))["trouble"]
            assert (await ana.do("hold")).status_code in (409, 503)  # as a try of the disk is under way or not
            post = feed.post("A1: not lost")
            assert (await ana.do("take_role", role="driver")).status_code == 503
            assert [event.seq for event in await ana.read()][-1] == acknowledged[-1]
            disk.room = None
            for told in (one, two):
                await told.beat(lambda data: "trouble" not in data)
            await live.until(lambda session: post in session.durable.posts)
            after = await ana.done("note", text="saved again")
            assert (await ana.read())[-1].seq == after
        digest, path = live.session.durable.digest(), live.file.path
    assert fold(read_events(path)).digest() == digest
    with tinydb.TinyDB(path, access_mode="r") as db:
        assert len(db.table("events")) == after


async def test_a_failing_sync_takes_back_all_that_was_decided_upon_it(tmp_path: Path) -> None:
    disk = FaultyDisk()
    async with live_hub(tmp_path, disk=disk) as live:
        ana = await live.join("Ana")
        disk.broken = {"sync"}
        body = {"id": "ask", "type": "ask", "question": "q1", "seen": None}
        asked, more = await asyncio.gather(ana.http.post("/v1/commands", json=body), ana.do("hold"))
        assert asked.status_code == 503
        assert more.status_code in (409, 503)
        assert (await ana.show())["open"] is None
        disk.broken = set()
        answer = await ana.http.post("/v1/commands", json=body)
        assert answer.status_code == 200
        assert (await ana.show())["open"] == "q1"


async def test_a_post_that_comes_while_the_end_cannot_be_saved_is_not_lost(tmp_path: Path) -> None:
    disk = FaultyDisk()
    async with live_hub(tmp_path, disk=disk) as live:
        disk.broken = {"sync"}
        post = Post("mastodon:late", Author("mastodon:@mlopez", "mlopez"), "A1: not lost", START)
        closing = asyncio.create_task(live.session.close())
        delivering = asyncio.create_task(live.session.deliver("mastodon", Delivery((NewPost(post),))))
        with pytest.raises(SaveFailed):
            await closing
        disk.broken = set()
        await delivering
        assert live.session.durable.closed_at is None
        assert post.id in live.session.durable.posts


async def test_events_that_arrive_together_are_written_together(tmp_path: Path) -> None:
    disk = FaultyDisk()
    async with live_hub(tmp_path, disk=disk) as live:
        ana = await live.join("Ana")
        before = len(disk.written)
        await asyncio.gather(*(ana.done("note", text=f"{n}") for n in range(60)))
        assert len(disk.written) - before < 60
        assert [event.seq for event in await ana.read()] == list(range(1, live.session.log.seq + 1))


# The end


async def test_a_closed_file_has_its_derived_tables_and_no_words_of_removed_posts(tmp_path: Path) -> None:
    feed = Feed()
    async with live_hub(tmp_path, sources=[feed]) as live:
        ana = await live.join("Ana")
        await ana.done("ask", question="q1", seen=None)
        await seen(live, feed, "A1: tables of four")
        gone = await seen(live, feed, "A1: regretted words", "jim")
        hidden = await seen(live, feed, "A1: hidden words", "tom")
        await ana.done("hide", post=hidden)
        feed.remove(gone)
        await live.until(lambda session: session.durable.folded(gone))
        await ana.done("close")
        assert live.session.finish() is True
        path = live.file.path
        assert live.file.session.ended == live.session.durable.closed_at
    with tinydb.TinyDB(path, access_mode="r") as db:
        assert [answer["text"] for answer in db.table("answers")] == ["A1: tables of four"]
        first = db.table("questions").all()[0]
        assert (first["label"], first["state"], first["answers"]) == ("1", "closed", 1)
        assert {one["name"] for one in db.table("participants")} == {"Mlopez", "Jim", "Tom"}
    assert "regretted" not in path.read_text()
    assert list(json.loads(path.read_text()))[-1] == "events"
