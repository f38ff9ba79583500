"""A recorded hour of 374 posts by 40 accounts on an X that fails again and again: each arrives once, filed alike."""

import logging
import random

import httpx
import msgspec
import pytest

from sessions.core.posts import Author, Post
from sessions.networks.x.reading.reader import BEFORE_START
from tests.gold import HOSTS, asked_questions, judged
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.mastodon.reenacted import CHAT, chat, from_the_file
from tests.sessions.networks.virtual_time import VirtualTime
from tests.sessions.networks.x.simulated import APP, SimulatedX, reading
from tests.thorough import sampled

TROUBLES: tuple[httpx.Response | Exception, ...] = (
    httpx.Response(503, content=b"<html>Over capacity</html>"),
    httpx.Response(429, headers={"retry-after": "20"}, json={"title": "Too Many Requests"}),
    httpx.Response(200, content=b"<html>please wait</html>"),
    httpx.ConnectError("no route"),
    httpx.ReadTimeout("slow"),
)


@pytest.mark.parametrize("seed", sampled([1, 2, 3], 3))
async def test_every_post_arrives_once_and_is_filed_as_from_the_file(
    seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(seed)
    time = VirtualTime(START - BEFORE_START)
    x = SimulatedX(time)
    posts = chat()
    plan = msgspec.structs.replace(make_plan(), minutes=90.0, ceiling=50.0)
    made: dict[str, str] = {}
    async with reading(x, plan=plan, tags=("lthechat",)) as run:
        for post in posts:
            due = START - 10 * 60_000 + post.posted_at - posts[0].posted_at
            await time.go_on(max(due - time.at, 0) / 1000)
            if chance.random() < 0.1:
                x.trouble = {chance.choice(["/recent", "/search/stream", "/2/tweets"]): chance.choice(TROUBLES)}
                x.break_streams(chance.choice([None, httpx.ReadError("cut"), b'{"errors": [{"title": "x"}]}\r\n']))
            elif chance.random() < 0.3:
                x.trouble = {}
            x.streaming = chance.random() > 0.05
            refers = [("replied_to", made[post.reply_to])] if post.reply_to in made else []
            made[post.id] = x.post(post.text, who=post.author.handle, refers=refers)["id"]
        x.trouble = {}
        await time.go_on(420)
        assert run.status == "ok"
        assert run.spent == x.bill
    assert len(run.posts) == len(posts) == 374
    arrived = {post.id: post for post in run.posts}
    assert set(arrived) == {f"x:{one}" for one in made.values()}
    again = [as_told(post, arrived[f"x:{made[post.id]}"], made) for post in posts]
    hosts = tuple(host.lower() for host in HOSTS)
    assert [judgement for _, judgement in judged(again, asked_questions(CHAT), hosts)] == from_the_file()
    assert APP.secret.token not in caplog.text + repr(run.deliveries) + repr(run.source)


def as_told(told: Post, arrived: Post, made: dict[str, str]) -> Post:
    """What arrived, under the name and at the time that the file has for it, so that both can be judged alike."""
    back = {f"x:{x_id}": post_id for post_id, x_id in made.items()}
    return msgspec.structs.replace(
        arrived,
        id=told.id,
        author=Author(told.author.id, arrived.author.handle, told.author.name),
        posted_at=told.posted_at,
        reply_to=back[arrived.reply_to] if arrived.reply_to else None,
    )
