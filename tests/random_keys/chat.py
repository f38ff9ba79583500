"""The chat that a random hand moves in: its hub, its time, what arrives, and a second moderator who never rests."""

import json
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sessions.core.posts import Author, Post
from sessions.networks.source import Delivery, NewPost
from sessions.rehearsal.practice import practice_source
from tests.attacks.fuzz import Fuzz
from tests.random_keys.words import HANDLES, POSTS
from tests.sessions.core.building import START, a_plan
from tests.sessions.hub.hours import Hours
from tests.sessions.hub.live import Desk, Feed, LiveHub, live_hub

BEGINS = 9 * 60_000
"""Milliseconds of the plan's hour after which the walk begins: the introductions are over."""


class Chat:
    """A chat that goes on: `arrive` has something happen that the desk did not do."""

    def __init__(self, live: LiveHub, time: Hours, feed: Feed, dice: random.Random) -> None:
        self.live = live
        self.time = time
        self._feed = feed
        self._dice = dice
        self._posts: list[str] = []
        self._fuzz = Fuzz(dice.randrange(2**32), ("none",))
        self._ben: Desk | None = None

    def arrive(self) -> str:
        """Something comes from a network; what, in a word."""
        dice = self._dice
        chosen = dice.random()
        if chosen < 0.1 and self._posts:
            self._feed.edit(dice.choice(self._posts), dice.choice(POSTS))
            return "an edit"
        if chosen < 0.15 and self._posts:
            self._feed.remove(dice.choice(self._posts))
            return "a removal"
        count = 1 if chosen < 0.9 else dice.randrange(2, 40)
        self._feed.put(Delivery(tuple(NewPost(self._post()) for _ in range(count))))
        return f"{count} posts"

    def _post(self) -> Post:
        dice = self._dice
        handle = dice.choice((*HANDLES, *(f"t{dice.randrange(60)}" for _ in HANDLES)))
        host = dice.choice(("", "", "", "@school.example"))
        author = Author(f"mastodon:@{handle}{host}", handle, dice.choice((handle.title(), dice.choice(POSTS)[:40], "")))
        replied = dice.choice((None, None, *self._posts[-3:]))
        url = dice.choice(("", "https://mastodon.social/@a/1", "javascript:alert(1)"))
        post = Post(
            f"mastodon:{len(self._posts) + 1}", author, dice.choice(POSTS), self.time.now, url=url, reply_to=replied
        )
        self._posts.append(post.id)
        return post

    async def second_moderator(self) -> str:
        """Ben asks the hub for something, mostly something odd; what, in a word."""
        if self._ben is None:
            self._ben = await self.live.join("Ben")
        state = self.live.session.durable
        self._fuzz.know((*list(state.posts)[-5:], *list(state.people)[-5:], *state.order))
        command = self._fuzz.command()
        answer = await self._ben.http.post("/v1/commands", content=json.dumps(command))
        assert answer.status_code in (200, 400, 403, 409, 422), f"{command} was answered {answer.text}"
        return f"Ben: {command['type']} ({answer.status_code})"


@asynccontextmanager
async def a_chat(folder: Path, dice: random.Random) -> AsyncGenerator[Chat, None]:
    """A chat of the plan's six questions, with the cast and a network as sources."""
    time = Hours(START + BEGINS)
    plan = a_plan()
    cast = practice_source("practice", plan, speed=4.0, now=lambda: time.now, sleep=time.sleep)
    feed = Feed()
    async with live_hub(
        folder, plan=plan, sources=[feed, cast], clock=time.clock(), sleep=time.sleep, newcomer=lambda _: True
    ) as live:
        yield Chat(live, time, feed, dice)
