"""A recording is re-enacted: order kept, long silences cut, due posts together, and after a restart it goes on."""

import asyncio
import json
import time
from pathlib import Path

import msgspec
import pytest

from sessions.core.posts import Post
from sessions.hub.process.sources import open_source
from sessions.networks.source import ResumePoint, SourceError
from sessions.rehearsal.practice import read_recording
from sessions.rehearsal.recorded import PIECE, RecordedSource
from sessions.rehearsal.recording import PostsOnDemand, Recording, hosts_of
from tests.paths import TESTS
from tests.sessions.networks.fakes import START, Clock, Session, make_plan

CHATS = TESTS / "chats"
CHAT = CHATS / "lthechat-on.jsonl"


def at_times(*seconds: float) -> Recording:
    sample = read_recording(CHAT).posts[0]
    posts = [
        msgspec.structs.replace(sample, id=f"practice:{number}", posted_at=round(moment * 1000))
        for number, moment in enumerate(seconds)
    ]
    return Recording(posts=tuple(posts))


def enact(recording: Recording, speed: float = 1) -> tuple[Session, Clock]:
    clock = Clock()
    source = RecordedSource("practice:it", recording, (), speed=speed, now=clock.now, sleep=clock.sleep)
    return Session(source, make_plan(), clock), clock


async def test_a_whole_chat_comes_in_its_order_at_the_time_of_delivery() -> None:
    recording = read_recording(CHAT)
    session, clock = enact(recording, speed=60)
    await session.run()
    assert [post.id for post in session.posts] == [post.id for post in recording.posts]
    assert session.statuses[-1] == "finished"
    assert session.posts[0].posted_at == START
    recorded = recording.posts[-1].posted_at - recording.posts[0].posted_at
    assert clock.now() - START == pytest.approx(recorded / 60, rel=0.01)


async def test_silences_over_ten_minutes_are_cut_to_ten() -> None:
    session, _ = enact(at_times(0, 60, 60 + 3 * 3600, 60 + 3 * 3600 + 599))
    await session.run()
    assert [(post.posted_at - START) / 1000 for post in session.posts] == pytest.approx([0, 60, 660, 1259])


async def test_a_time_that_runs_backwards_keeps_the_order() -> None:
    session, _ = enact(at_times(0, 50, 20, 80))
    await session.run()
    assert [post.id for post in session.posts] == [f"practice:{number}" for number in range(4)]


async def test_posts_due_at_once_are_one_delivery() -> None:
    session, _ = enact(at_times(0, 0, 0, 30, 30))
    await session.run()
    assert [len(batch) for batch in session.batches] == [3, 2, 0]


async def test_while_many_posts_are_made_ready_others_have_a_turn() -> None:
    clock = Clock()
    source = RecordedSource("practice:it", at_times(*[0] * 5_000), (), now=clock.now, sleep=clock.sleep)
    turns = 0

    async def beside() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    others = asyncio.create_task(beside())
    delivery = await anext(source.read(ResumePoint()))
    others.cancel()
    assert len(delivery.items) == 5_000
    assert turns >= 5_000 // PIECE


async def test_a_post_is_made_when_it_is_due_and_only_once() -> None:
    made: list[str] = []

    def make(post: Post) -> Post:
        made.append(post.id)
        return post

    posts = at_times(0, 0, 30, 60).posts
    recording = Recording(posts=PostsOnDemand(posts, make))
    hosts_of(recording, (), (), "it")
    clock = Clock()
    source = RecordedSource("practice:it", recording, (), now=clock.now, sleep=clock.sleep)
    reading = source.read(ResumePoint(known={"practice:0"}))
    assert made == []
    await anext(reading)
    assert made == ["practice:1"]
    assert [len(delivery.items) async for delivery in reading] == [1, 1, 0]
    assert made == ["practice:1", "practice:2", "practice:3"]


async def test_after_a_restart_it_goes_on_behind_the_last_delivered_post() -> None:
    recording = read_recording(CHAT)
    session, clock = enact(recording, speed=100)
    await session.run(lambda post: post.id == recording.posts[99].id)
    known = {post.id for post in session.posts}
    again = session.restart(RecordedSource("practice:it", recording, (), speed=100, now=clock.now, sleep=clock.sleep))
    await again.run(resume=ResumePoint(known=known))
    together = [*session.posts, *again.posts]
    assert [post.id for post in together] == [post.id for post in recording.posts]


async def test_a_post_lost_in_the_middle_does_not_bring_later_ones_again() -> None:
    session, _ = enact(at_times(0, 1, 2, 3))
    await session.run(resume=ResumePoint(known={"practice:0", "practice:2"}))
    assert [post.id for post in session.posts] == ["practice:3"]


async def test_all_known_is_finished_at_once() -> None:
    session, _ = enact(at_times(0, 1))
    await session.run(resume=ResumePoint(known={"practice:0", "practice:1"}))
    assert session.posts == []
    assert session.statuses == ["finished"]


async def test_a_clock_set_back_does_not_stall_and_a_sleeping_laptop_does_not_flood() -> None:
    session, clock = enact(at_times(*range(0, 600, 10)))
    jumps = iter([-7_200_000, 7_200_000])

    def jump(_: object) -> None:
        clock.at += next(jumps, 0)

    await session.run(jump)
    assert max(len(batch) for batch in session.batches) == 1
    assert len(session.posts) == 60


async def test_it_can_be_cancelled_while_it_waits() -> None:
    source = open_source(f"practice:{CHAT}", make_plan(), speed=1)
    first = asyncio.Event()

    async def read() -> None:
        async for _ in source.read(ResumePoint()):
            first.set()

    task = asyncio.create_task(read())
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_real_clock_at_top_speed_brings_the_whole_chat() -> None:
    recording = read_recording(CHAT)
    last_minutes = msgspec.structs.replace(recording, posts=recording.posts[-60:])
    source = RecordedSource("practice", last_minutes, (), speed=1000)
    before = time.time_ns() // 1_000_000
    posts = [item async for delivery in source.read(ResumePoint()) for item in delivery.items]
    assert [item.post.id for item in posts] == [post.id for post in last_minutes.posts]
    assert before <= posts[0].post.posted_at <= posts[-1].post.posted_at


# Opening a source


def test_a_recording_knows_its_hosts_and_its_name() -> None:
    source = open_source(f"practice:{CHAT}", make_plan(), speed=20)
    assert source.name == f"practice:{CHAT}"
    assert source.rehearsal
    assert "practice:LanternHEchat" in {handle for host in source.hosts for handle in host.handles}


@pytest.mark.parametrize("spec", ["", "smoke:signals", "practise", "\x1b[31mred"])
def test_an_unknown_source_is_one_clear_line(spec: str) -> None:
    with pytest.raises(SourceError, match="write practice, practice:FILE") as caught:
        open_source(spec, make_plan())
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("speed", [0, 0.5, 1001, -3, float("nan")])
def test_speeds_have_bounds(speed: float) -> None:
    with pytest.raises(SourceError, match="from 1 to 1000"):
        open_source("practice", make_plan(), speed=speed)


def test_no_such_file_and_no_chat_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        open_source(f"practice:{tmp_path / 'missing.jsonl'}", make_plan())
    (tmp_path / "plan.toml").write_text('title = "x"', encoding="utf-8")
    with pytest.raises(SourceError, match="line 1: not a recorded post"):
        open_source(f"practice:{tmp_path / 'plan.toml'}", make_plan())


async def test_a_recording_without_ids_can_be_taken_up_again(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    lines = [{"handle": "a", "text": str(n), "created_at": f"2026-01-01T19:00:0{n}Z", "seq": n} for n in range(5)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    source = open_source(f"practice:{path}", make_plan(), speed=1000)
    posts = [item.post async for delivery in source.read(ResumePoint()) for item in delivery.items]
    again = open_source(f"practice:{path}", make_plan(), speed=1000)
    resume = ResumePoint(known={post.id for post in posts[:3]})
    assert [item.post.text async for delivery in again.read(resume) for item in delivery.items] == ["3", "4"]
