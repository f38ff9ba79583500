"""Lending the chat's computer a sign-in: never by itself, never over an open way, and no more than reading takes."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec

from sessions.hub.client.client import HubClient, Invite
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, LiveHub, Patient, live_hub
from tests.tui.desks import DeskInHand, desk_on
from tui.desk.sign_in_lender import SignInLender

MASTODON, BLUESKY = "mastodon:mastodon.social", "bluesky"
BEN = ServerAccount(
    "mastodon",
    "mastodon.social",
    "mastodon:ben@mastodon.social",
    "ben@mastodon.social",
    True,
    Secret("t0ken-of-ben", client_id="app", client_secret="app-s3cret"),
)
BEN_THERE = Account(
    "bluesky", "bsky.social", "bluesky:did:plc:ben", "ben.example.org", True,
    Secret("t0ken-old", "refresh-old", 1, password="abcd-efgh-ijkl-mnop"),
)  # fmt: skip

SESSION = {"accessJwt": "t0ken-new", "refreshJwt": "refresh-new", "did": "did:plc:ben", "handle": "ben.example.org"}


def bluesky(request: httpx.Request) -> httpx.Response:
    """Bluesky, which makes another session for the app password."""
    assert json.loads(request.content) == {"identifier": "ben.example.org", "password": "abcd-efgh-ijkl-mnop"}
    return httpx.Response(200, json=SESSION)


@asynccontextmanager
async def desk_with(
    live: LiveHub, accounts: list[Account], *, url: str = "", **options: Any
) -> AsyncGenerator[DeskInHand, None]:
    """A desk whose owner has these accounts; `url` is the way on which the hub is reached, if it is another."""
    client = HubClient(Invite(url or live.url, live.keys.token), transport=Patient())
    if not url:
        await client.join("Ben")
    lender = SignInLender(client, InMemorySignIns(accounts), transport=httpx.MockTransport(bluesky))
    try:
        async with desk_on(live, "Ben", lender=lender, **options) as desk:
            yield desk
    finally:
        await client.aclose()


def chat(folder: Path, sign_ins: HubSignIns, *sources: str) -> Any:
    """A live chat that reads these."""
    plan = msgspec.structs.replace(a_plan(), sources=sources)
    return live_hub(folder, plan=plan, sources=[Feed(source) for source in sources], sign_ins=sign_ins)


async def test_an_account_is_lent_after_its_owner_has_read_what_that_means(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    async with chat(tmp_path, sign_ins, MASTODON) as live, desk_with(live, [BEN]) as desk:
        desk.screen.run("lend")
        await desk.sees("Let the chat's computer read with your sign-in?")
        await desk.sees("@ben@mastodon.social")
        await desk.sees("could also post as you")
        assert sign_ins.find(MASTODON) is None
        await desk.press("right", "enter")
        await desk.sees("reads mastodon:mastodon.social as @ben@mastodon.social")
        lent = sign_ins.find(MASTODON)
        assert lent == msgspec.structs.replace(BEN, posts=False, secret=Secret("t0ken-of-ben"))


async def test_enter_and_escape_lend_nothing(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    async with chat(tmp_path, sign_ins, MASTODON) as live, desk_with(live, [BEN]) as desk:
        for key in ("enter", "escape"):
            desk.screen.run("lend")
            await desk.sees("Let the chat's computer read with your sign-in?")
            await desk.press(key)
            await desk.until(lambda: desk.app.screen is desk.screen)
        assert sign_ins.find(MASTODON) is None


async def test_of_bluesky_a_session_of_its_own_is_lent_and_never_the_password(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    async with chat(tmp_path, sign_ins, MASTODON, BLUESKY) as live, desk_with(live, [BEN, BEN_THERE]) as desk:
        desk.screen.run("lend")
        await desk.sees("Read with which sign-in?")
        await desk.press("b", "e", "n", ".", "enter")
        await desk.sees("It gets a session of its own")
        await desk.press("right", "enter")
        await desk.sees("reads bluesky as @ben.example.org")
        lent = sign_ins.find(BLUESKY)
        assert lent is not None
        assert lent.secret == Secret("t0ken-new", "refresh-new")
        assert not lent.posts


async def test_a_chat_that_reads_a_feed_of_bluesky_is_lent_a_sign_in_there(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    feed = "bluesky:feed:at://did:plc:edu/app.bsky.feed.generator/teachers"
    async with chat(tmp_path, sign_ins, feed) as live, desk_with(live, [BEN, BEN_THERE]) as desk:
        desk.screen.run("lend")
        await desk.sees("It gets a session of its own")
        await desk.press("right", "enter")
        await desk.sees("reads bluesky as @ben.example.org")
        assert sign_ins.find(BLUESKY) is not None


async def test_over_an_open_way_nothing_is_even_asked(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    async with (
        chat(tmp_path, sign_ins, MASTODON) as live,
        desk_with(live, [BEN], url="http://192.168.7.4:8000") as desk,
    ):
        desk.screen.run("lend")
        await desk.sees("is not encrypted")
        assert desk.app.screen is desk.screen


async def test_who_has_no_account_for_this_chat_is_told_what_to_do(tmp_path: Path) -> None:
    async with chat(tmp_path, HubSignIns(), MASTODON) as live, desk_with(live, [BEN_THERE]) as desk:
        desk.screen.run("lend")
        await desk.sees("No account of yours reads mastodon:mastodon.social")


async def test_an_observer_lends_nothing(tmp_path: Path) -> None:
    async with chat(tmp_path, HubSignIns(), MASTODON) as live, desk_on(live, "Olga", observer=True) as desk:
        desk.screen.run("lend")
        await desk.sees("You are looking on")
