"""What a hub reads with: the accounts of whoever runs it, and what desks elsewhere lend it."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from sessions.hub.client.client import HubClient, HubRefused, Invite
from sessions.hub.process.starting import ServeOptions, start
from sessions.hub.protocol.sign_ins import Lent
from sessions.hub.server.calls.sign_ins import HubSignIns
from sessions.hub.server.service import LiveSession
from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.accounts.store import AccountStore
from sessions.networks.mastodon.reader import MastodonSource
from sessions.networks.source import Delivery, ResumePoint
from sessions.networks.x.account import XAccount
from tests.sessions.core.building import a_plan
from tests.sessions.hub.live import Feed, Patient, hasty, live_hub
from tests.sessions.networks.accounts.keyrings import the_keyring

SOURCE = "mastodon:mastodon.social"
ANA = ServerAccount(
    "mastodon", "mastodon.social", "mastodon:ana@mastodon.social", "ana@mastodon.social", secret=Secret("t0ken-of-ana")
)
BEN = ServerAccount(
    "mastodon", "mastodon.social", "mastodon:ben@mastodon.social", "ben@mastodon.social", True, Secret("t0ken-of-ben")
)


class SignedIn(Feed):
    """A source that says with whose sign-in it reads, and waits until it is woken."""

    def __init__(self, sign_ins: HubSignIns, name: str = SOURCE) -> None:
        super().__init__(name)
        self._sign_ins = sign_ins
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def read(self, resume: ResumePoint) -> AsyncGenerator[Delivery, None]:
        while True:
            account = self._sign_ins.find(self.name)
            yield Delivery(status="signed out" if account is None else f"reads as {account.handle}")
            await self._woken.wait()
            self._woken.clear()


def says(status: str) -> Callable[[LiveSession], bool]:
    """Whether the source has this status."""
    return lambda session: SOURCE in session.durable.sources and session.durable.sources[SOURCE].status == status


def files(folder: Path) -> list[str]:
    """All that lies in files."""
    return [path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()]


def body(account: Account, **fields: Any) -> bytes:
    """The account as it is sent."""
    return json.dumps({**json.loads(msgspec.json.encode(account)), **fields}).encode()


async def test_a_sign_in_that_a_desk_lends_is_read_with_at_once(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    async with live_hub(tmp_path, sources=[SignedIn(sign_ins)], sign_ins=sign_ins) as live:
        await live.until(says("signed out"))
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient())
        await client.join("Ben")
        assert await client.lend(BEN) == Lent(SOURCE, "@ben@mastodon.social")
        await live.until(says("reads as ben@mastodon.social"))
        found = sign_ins.find(SOURCE)
        assert found is not None
        assert not found.posts
        await client.aclose()


async def test_what_is_lent_is_in_no_event_answer_log_or_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sign_ins = HubSignIns()
    async with live_hub(tmp_path, sources=[SignedIn(sign_ins)], sign_ins=sign_ins) as live:
        ben = await live.join("Ben")
        answer = await ben.http.post("/v1/sign-ins", content=body(BEN))
        assert answer.status_code == 200
        await live.until(says("reads as ben@mastodon.social"))
        shown = [answer.text, json.dumps(await ben.show()), (await ben.http.get("/v1/events")).text]
    said = [caplog.text, *shown, *files(tmp_path)]
    assert "Ben lent a sign-in for reading mastodon:mastodon.social" in caplog.text
    assert not [text for text in said if "t0ken" in text]


async def test_only_moderators_at_a_desk_may_lend(tmp_path: Path) -> None:
    sign_ins = HubSignIns()
    async with live_hub(tmp_path, sources=[SignedIn(sign_ins)], sign_ins=sign_ins) as live:
        for caller in (live.invited(), await live.join("Olga", "observer")):
            answer = await caller.http.post("/v1/sign-ins", content=body(BEN))
            assert answer.status_code == 403
        live.invited().http.headers["Authorization"] = "Bearer wrong"
        stranger = live.desk("wrong")
        assert (await stranger.http.post("/v1/sign-ins", content=body(BEN))).status_code == 401
        assert sign_ins.find(SOURCE) is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (b"", "network"),
        (b"[]", "network"),
        (b"[" * 5_000, "network"),
        (body(BEN, network="friendster"), "network"),
        (body(XAccount("x", "api.x.com", "x:99", "ben", secret=Secret("t0ken-of-ben"))), "network"),
        (body(BEN, secret={}), "secret"),
        (body(BEN, secret={"token": "two words of t0ken"}), "secret"),
        (body(BEN, secret={"token": "t0ken-of-ben", "refresh": "x\r\ny"}), "secret"),
        (body(BEN, secret={"token": 17}), "network"),
        (body(BEN, host="mastodon.social/evil"), "host"),
        (body(BEN, host="ana@mastodon.social"), "host"),
        (body(BEN, handle="b" * 301), "host"),
    ],
)
async def test_what_is_no_account_is_422_and_not_repeated(tmp_path: Path, sent: bytes, field: str) -> None:
    async with live_hub(tmp_path, sources=[Feed()]) as live:
        ben = await live.join("Ben")
        answer = await ben.http.post("/v1/sign-ins", content=sent)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
        assert "t0ken" not in answer.text
        assert (await ben.http.post("/v1/sign-ins", content=b"x" * 70_000)).status_code == 413


async def test_an_account_that_the_chat_does_not_read_is_refused_in_words(tmp_path: Path) -> None:
    async with live_hub(tmp_path, sources=[Feed("mastodon:elsewhere.example")]) as live:
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient())
        await client.join("Ben")
        with pytest.raises(HubRefused, match=f"does not read {SOURCE}"):
            await client.lend(BEN)
        await client.aclose()


@pytest.mark.parametrize("url", ["http://192.168.7.4:8000", "http://hub.example:8000", "http://127.0.0.1.example:80"])
async def test_nothing_is_sent_where_others_could_read_it_on_the_way(url: str) -> None:
    asked: list[httpx.Request] = []
    transport = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(200, json={}))
    client = HubClient(Invite(url, "t" * 20), transport=transport)
    with pytest.raises(HubRefused, match="not encrypted"):
        await client.lend(BEN)
    assert asked == []
    await client.aclose()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost:8000", "https://h:1"])
def test_this_computer_and_tls_are_private_ways(url: str) -> None:
    assert Invite(url, "t" * 20).private


async def test_a_hub_that_knows_no_lending_is_an_older_one() -> None:
    client = HubClient(
        Invite("http://127.0.0.1:1", "t" * 20), transport=httpx.MockTransport(lambda _request: httpx.Response(404))
    )
    with pytest.raises(HubRefused, match="older Lunchroom"):
        await client.lend(BEN)
    await client.aclose()


def test_a_lent_sign_in_comes_before_the_hub_s_own_and_each_is_renewed_in_its_place() -> None:
    own = InMemorySignIns([ANA])
    sign_ins = HubSignIns(own)
    assert sign_ins.find(SOURCE) == ANA
    sign_ins.lend(BEN)
    assert sign_ins.find(SOURCE) == BEN
    later = msgspec.structs.replace(BEN, secret=Secret("later"))
    sign_ins.renew(later)
    assert (sign_ins.find(SOURCE), own.find(SOURCE)) == (later, ANA)
    newer = msgspec.structs.replace(ANA, secret=Secret("newer"))
    sign_ins.renew(newer)
    assert (sign_ins.find(SOURCE), own.find(SOURCE)) == (later, newer)
    assert sign_ins.all() == (newer,)


async def test_a_login_and_a_logout_beside_the_hub_are_noticed(tmp_path: Path) -> None:
    with the_keyring(NoKeyring()):
        folder = tmp_path / "accounts"
        own = AccountStore(folder)
        own.load()
        sign_ins = HubSignIns(own)
        source = SignedIn(sign_ins)
        async with live_hub(tmp_path / "chats", sources=[source], sign_ins=sign_ins) as live:
            watching = asyncio.create_task(sign_ins.watch(hasty))
            await live.until(says("signed out"))
            await asyncio.to_thread(AccountStore(folder).save, ANA)
            await live.until(says("reads as ana@mastodon.social"))
            await asyncio.to_thread(AccountStore(folder).remove, SOURCE)
            await live.until(says("signed out"))
            watching.cancel()


async def test_a_login_beside_the_hub_comes_before_what_was_lent_until_then(tmp_path: Path) -> None:
    """What was lent may have been revoked, and the desk says to sign in."""
    with the_keyring(NoKeyring()):
        folder = tmp_path / "accounts"
        own = AccountStore(folder)
        own.load()
        sign_ins = HubSignIns(own)
        sign_ins.lend(BEN)
        source = SignedIn(sign_ins)
        async with live_hub(tmp_path / "chats", sources=[source], sign_ins=sign_ins) as live:
            watching = asyncio.create_task(sign_ins.watch(hasty))
            await live.until(says("reads as ben@mastodon.social"))
            await asyncio.to_thread(AccountStore(folder).save, ANA)
            await live.until(says("reads as ana@mastodon.social"))
            sign_ins.renew(msgspec.structs.replace(BEN, secret=Secret("later")))
            assert sign_ins.find(SOURCE) == ANA
            sign_ins.lend(BEN)
            await live.until(says("reads as ben@mastodon.social"))
            watching.cancel()


def test_a_hub_opens_its_sources_with_the_sign_ins_of_whoever_runs_it(tmp_path: Path) -> None:
    plan = msgspec.structs.replace(a_plan(), sources=(SOURCE,))
    started = start(ServeOptions(library=tmp_path, plan=plan, sign_ins=InMemorySignIns([ANA])))
    try:
        source = started.sources[0]
        assert isinstance(source, MastodonSource)
        assert source.sign_ins.find(SOURCE) == ANA
    finally:
        started.file.close()
        started.listening.close()
