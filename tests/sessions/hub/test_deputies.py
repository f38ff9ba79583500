"""Who is told how to go on, who may ask, which seats stay seats, and when a hub gives way: the calls, one by one."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import HubTakenOver, decode_event, encode_event
from sessions.files.errors import StorageError
from sessions.hub.away.asking import Challenge, asking, proof_for
from sessions.hub.client.client import HubClient, Invite
from sessions.hub.client.peers import NotFetched, Peers
from sessions.hub.process.heritage import Heritage, inherited, keep_heritage, load_heritage
from sessions.hub.process.succession import ASLEEP, HubSuccession, went_on
from sessions.hub.protocol.takeover import (
    DeputiesView,
    Deputy,
    DeputyRequest,
    Heir,
    SourceSettings,
    Standing,
    TermBegun,
)
from sessions.hub.server.calls.deputies import seats_to_keep
from sessions.hub.server.entry.access import Access, NameTaken, digest_of, fresh_keys
from sessions.hub.server.responses import ApiError
from sessions.hub.takeover.answering import Answering
from sessions.hub.takeover.own_reading import OwnReading, reach_of
from sessions.networks.account import Account, InMemorySignIns, ServerAccount
from tests.sessions.core.building import START
from tests.sessions.hub.elsewhere import away_hub, needs_iroh
from tests.sessions.hub.live import LiveHub, live_hub
from tests.waiting import patience, until

SETTINGS = SourceSettings(("mastodon:m.example",))

DESK = {"url": "http://127.0.0.1:4321", "ticket": "", "key": ""}


def a_standing(session: str, term: int = 2, **changed: Any) -> Standing:
    """What somebody says of a hub of this term."""
    fields = {
        "key": "ab" * 32,
        "seq": 9,
        "begun": (TermBegun(9, term, "ab" * 32),),
        "by": "Ben",
        "url": "",
        "ticket": "",
    }
    return Standing(session, term, **(fields | changed))


async def told(live: LiveHub, token: str, standing: Standing) -> httpx.Response:
    """What a hub answers whoever asks with this."""
    asker = live.desk(token)
    return await asker.http.post("/v1/term", content=msgspec.json.encode(standing))


async def test_a_moderators_desk_is_told_how_to_go_on_and_no_token_of_others(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        olga = await live.join("Olga", "observer")
        assert (await ana.http.post("/v1/deputies", json=DESK)).status_code == 200
        answer = await ben.http.post("/v1/deputies", json={**DESK, "url": "http://127.0.0.1:4322"})
        view = msgspec.json.decode(answer.content, type=DeputiesView)
        assert [(one.name, one.url) for one in view.deputies] == [
            ("Ana", "http://127.0.0.1:4321"),
            ("Ben", "http://127.0.0.1:4322"),
        ]
        assert view.settings == SETTINGS
        assert (view.standing.term, view.standing.key, view.standing.runs) == (1, "", True)
        assert {(seat.name, seat.scope, seat.here) for seat in view.seats if seat.name} == {
            ("Ana", "moderator", True),
            ("Ben", "moderator", True),
            ("Olga", "observer", True),
        }
        assert not [one.token for one in (ana, ben, olga) if one.token in answer.text]
        assert live.keys.token not in answer.text


async def test_who_only_looks_on_is_told_nothing_of_it(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        assert (await olga.http.post("/v1/deputies", json=DESK)).status_code == 403
        assert (await live.desk(live.keys.token).http.post("/v1/deputies", json=DESK)).status_code == 403
        await ana.http.post("/v1/deputies", json=DESK)
        beats = {}
        for desk in (ana, olga):
            async with (
                patience(),
                desk.http.stream("GET", "/v1/events", headers={"Accept": "text/event-stream"}) as got,
            ):
                async for line in got.aiter_lines():
                    if line.startswith("data: ") and "now" in line:
                        beats[desk.token] = line
                        break
        assert "deputies" in beats[ana.token]
        assert "deputies" not in beats[olga.token]
        assert "deputies" not in (await ana.http.get("/v1/events")).text


async def test_moderators_are_told_what_of_the_chat_each_computer_could_read_and_nothing_else(tmp_path: Path) -> None:
    settings = SourceSettings(("mastodon:m.example", "bluesky", "x"))
    async with live_hub(tmp_path, settings=settings) as live:
        ana, ben, cy = [await live.join(name) for name in ("Ana", "Ben", "Cy")]
        olga = await live.join("Olga", "observer")
        told = {"reads": ["x", "@ben@m.example", "\x1b[2J", "toy"], "unsigned": ["mastodon:m.example", "token"]}
        assert (await ben.http.post("/v1/deputies", json=DESK | told)).status_code == 200
        assert (await cy.http.post("/v1/deputies", json=DESK)).status_code == 200
        before = live.keys
        view = msgspec.json.decode((await ana.http.post("/v1/deputies", json=DESK)).content, type=DeputiesView)
        assert [(one.name, one.reads, one.unsigned) for one in view.deputies] == [
            ("Ben", ("x",), ("mastodon:m.example",)),
            ("Cy", None, ()),
            ("Ana", None, ()),
        ]
        answer = await olga.http.post("/v1/deputies", json=DESK | told)
        assert (answer.status_code, "mastodon" in answer.text) == (403, False)
        assert [one.reads for one in live.keys.deputies[:2]] == [one.reads for one in before.deputies]
        assert "m.example" not in (await ana.http.get("/v1/events")).text


async def test_a_desk_tells_what_its_sign_ins_read_and_again_when_they_change(tmp_path: Path) -> None:
    settings = SourceSettings(("mastodon:m.example", "bluesky", "bluesky:jetstream", "x", "practice"))
    sign_ins = InMemorySignIns([Account("x", "x.com", id="x:99", handle="ben")])
    reading = OwnReading(sign_ins)
    first = await reading.told(DeputyRequest(), settings.sources)
    assert first.reads == ("bluesky:jetstream", "x", "practice")
    assert first.unsigned == ("mastodon:m.example",)
    sign_ins.renew(ServerAccount("mastodon", "m.example"))
    sign_ins.forget("x")
    then = await reading.told(DeputyRequest(), settings.sources)
    assert (then.reads, then.unsigned) == (("mastodon:m.example", "bluesky:jetstream", "practice"), ())
    reach = reach_of(Deputy("Ben", reads=then.reads), settings.sources)
    assert reach is not None
    assert reach.lacks == ("bluesky", "x")
    assert reach_of(Deputy("Old"), settings.sources) is None


async def test_where_the_accounts_cannot_be_read_nothing_is_told_of_them() -> None:
    def look() -> None:
        raise StorageError("The disk is away.")

    assert await OwnReading(InMemorySignIns(), look=look).told(DeputyRequest(key="k"), ("x",)) == DeputyRequest(key="k")


async def test_a_hub_that_knows_no_such_fields_is_told_without_them(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        asked: list[bytes] = []

        class Older(httpx.AsyncHTTPTransport):
            """The way to a hub that refuses fields it does not know."""

            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                if request.url.path == "/v1/deputies":
                    asked.append(request.content)
                    if b"reads" in request.content:
                        return httpx.Response(422, json={"error": "Expected."})
                return await super().handle_async_request(request)

        client = HubClient(Invite(live.url, live.keys.token), transport=Older())
        await client.join("Ben")
        view = await client.deputize(DeputyRequest("http://127.0.0.1:4321", reads=("mastodon:m.example",)))
        await client.aclose()
        assert view is not None
        assert [(one.name, one.reads) for one in view.deputies] == [("Ben", None)]
        assert len(asked) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://192.168.1.9:80"},
        {"url": "http://127.0.0.1:99999"},
        {"url": "http://127.0.0.1:0"},
        {"url": "http://127.0.0.1:80@elsewhere.example"},
        {"url": "file:///etc/passwd"},
        {"ticket": "endpoint"},
        {"key": "zz"},
        {"url": 1},
        {"reads": ["x"] * 101},
        {"unsigned": ["x" * 301]},
        {"reads": [1]},
        {"reads": "x"},
        {"more": ""},
    ],
)
async def test_an_address_that_is_none_of_a_desk_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana = await live.join("Ana")
        assert (await ana.http.post("/v1/deputies", json=DESK | wrong)).status_code == 422
        assert live.keys.deputies == ()


async def test_who_may_ask_may_ask_and_no_more(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana = await live.join("Ana")
        below = a_standing(live.session.id, term=1, key="", begun=())
        answer = await told(live, asking(ana.token), below)
        assert answer.status_code == 200
        assert msgspec.json.decode(answer.content, type=Standing).runs
        olga = await live.join("Olga", "observer")
        for token in (ana.token, olga.token, live.keys.token, live.keys.observer_token):
            assert (await told(live, token, a_standing(live.session.id))).status_code == 403
        for token in (asking(olga.token), asking(live.keys.observer_token), "x" * 43, "x"):
            assert (await told(live, token, a_standing(live.session.id))).status_code == 401
        asker = live.desk(asking(ana.token))
        for method, path in (("GET", "/v1/session"), ("GET", "/v1/events"), ("POST", "/v1/deputies")):
            assert (await asker.http.request(method, path)).status_code == 401
        assert (await told(live, asking(ana.token), a_standing("aaaaaa"))).status_code == 404
        assert live.hub.succession is not None
        assert live.hub.succession.above is None


@pytest.mark.parametrize("wrong", [{"term": 10**4299}, {"term": 0}, {"key": "zz"}, {"key": "ab" * 33}])
async def test_a_claim_above_which_there_could_be_none_is_none(tmp_path: Path, wrong: dict[str, Any]) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana = await live.join("Ana")
        claim = msgspec.structs.replace(a_standing(live.session.id), **wrong)
        assert (await told(live, asking(ana.token), claim)).status_code == 422
        await ana.done("note", text="it goes on")


async def test_a_hub_that_hears_of_a_higher_claim_acknowledges_nothing_more(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana = await live.join("Ana")
        await ana.done("note", text="before")
        assert (await told(live, asking(ana.token), a_standing(live.session.id))).status_code == 200
        answer = await ana.http.post("/v1/commands", json={"id": "after", "type": "note", "text": "after"})
        assert answer.status_code == 503
        assert answer.json() == {"error": "This chat goes on at Ben's computer, which took it over."}
        await asyncio.wait_for(live.hub.ended(), 60)


async def test_a_hub_that_slept_asks_before_it_acknowledges(tmp_path: Path) -> None:
    now = [0.0]
    async with live_hub(tmp_path) as live:
        hub = HubSuccession(
            live.session,
            live.hub.access,
            settings=SETTINGS,
            url=live.url,
            way=None,
            give_way=lambda _standing: None,
            wall=lambda: now[0],
        )
        await hub.sure()
        above = a_standing(live.session.id)
        answering = Answering(lambda: above, lambda _told: None, list, lambda: [digest_of(asking(live.keys.token))])
        await answering.open()
        live.hub.access.keep_deputy(Deputy("Ben", answering.url))

        class Api:
            def standing(self) -> Standing:
                return a_standing(live.session.id, term=1, key="", begun=())

        hub.answers_with(Api())  # type: ignore[arg-type] # all that it asks of it
        await hub.sure()
        now[0] += ASLEEP + 1
        with pytest.raises(ApiError, match="goes on at Ben's computer"):
            await hub.sure()
        await answering.aclose()


# A program that is none of a desk, on the port of a desk that has left


async def asked(address: str, data: bytes) -> bytes:
    """What comes back for these bytes."""
    host, _, port = address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(data)
    writer.write_eof()
    async with patience():
        answer = await reader.read()
    writer.close()
    return answer


class Stranger:
    """A program of somebody else on this computer, which hears what it is sent and answers with a higher claim.

    `passes_on` is where it sends what it hears, to answer what a real desk does.
    """

    def __init__(self, claim: Standing, passes_on: str = "") -> None:
        self._answer = msgspec.json.encode(claim)
        self._passes_on = passes_on
        self.heard = b""

    async def listen(self) -> asyncio.Server:
        """On a port of its own."""
        return await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heard += head
        if self._passes_on:
            writer.write(await asked(self._passes_on, head))
        else:
            length = f"content-length: {len(self._answer)}\r\nconnection: close\r\n\r\n"
            writer.write(b"HTTP/1.1 200 OK\r\n" + length.encode() + self._answer)
        await writer.drain()
        writer.close()


@pytest.mark.parametrize("relays", [False, True])
async def test_who_took_the_port_of_a_desk_stops_no_hub_and_learns_nothing_to_ask_with(
    tmp_path: Path, relays: bool
) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        succession = live.hub.succession
        assert succession is not None
        real = Answering(
            lambda: a_standing(live.session.id, term=1, key="", begun=()),
            lambda _told: None,
            list,
            lambda: [digest_of(asking(live.keys.token)), digest_of(asking(ana.token))],
        )
        await real.open()
        stranger = Stranger(a_standing(live.session.id, term=99), real.url if relays else "")
        async with await stranger.listen() as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            await ben.http.post("/v1/deputies", json={**DESK, "url": url})
            await succession.ask(everybody=True)
            peers = Peers(asking(ana.token), None)
            assert await peers.tell([Deputy("Ben", url)], a_standing(live.session.id)) == []
            with pytest.raises(NotFetched, match="does not answer"):
                await peers.events(Deputy("Ben", url), 0)
            assert await peers.tell([Deputy("Cy", real.url), Deputy("", live.url)], a_standing("aaaaaa")) == []
            answers = await peers.tell([Deputy("Cy", real.url)], a_standing(live.session.id))
            assert [one.term for _, one in answers] == [1]
            await peers.aclose()
        await real.aclose()
        assert succession.above is None
        assert b"challenge " in stranger.heard
        for secret in (asking(live.keys.token), asking(ana.token), digest_of(asking(ana.token))):
            assert secret.encode() not in stranger.heard
        assert (await ana.http.post("/v1/commands", json={"id": "a", "type": "note", "text": "on"})).status_code == 200


async def test_of_an_answer_that_does_not_end_little_is_read() -> None:
    sent = 0
    ended = asyncio.Event()

    async def endless(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while sent < 256 * 1024 * 1024:
                writer.write(b" " * 65536)
                await writer.drain()
                sent += 65536
        except OSError:
            ended.set()
        writer.close()

    peers = Peers("ask", None)
    async with await asyncio.start_server(endless, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        assert await peers.tell([Deputy("Ben", url)], a_standing("abcdef")) == []
        async with patience():
            await ended.wait()
    await peers.aclose()
    assert sent < 64 * 1024 * 1024, "what the buffers between the two take"


async def test_hubs_prove_to_be_some_where_they_listen_and_to_nobody_else(tmp_path: Path) -> None:
    async with live_hub(tmp_path, settings=SETTINGS) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        below = a_standing(live.session.id, term=1, key="", begun=())
        peers = Peers(asking(ana.token), None)
        assert [one.runs for _, one in await peers.tell([Deputy("", live.url)], below)] == [True]
        await peers.aclose()
        async with httpx.AsyncClient(base_url=live.url, trust_env=False) as http:
            for token, status in ((ana.token, 200), (olga.token, 401), (live.keys.observer_token, 401), ("x", 401)):
                headers = {"Authorization": Challenge(asking(token)).authorization}
                assert (await http.get("/v1/term", headers=headers)).status_code == status
                assert (await http.get("/v1/session", headers=headers)).status_code == 401


def test_a_proof_is_for_one_challenge_and_one_address() -> None:
    challenge, known = Challenge("ask"), [digest_of("other"), digest_of("ask")]
    proof = proof_for(challenge.authorization, known, "http://127.0.0.1:1")
    assert proof is not None
    assert challenge.met_by(proof, "http://127.0.0.1:1")
    assert not challenge.met_by(proof, "http://127.0.0.1:2")
    assert not Challenge("ask").met_by(proof, "http://127.0.0.1:1")
    assert not challenge.met_by("é", "http://127.0.0.1:1")
    for wrong in (None, "", "challenge ", f"challenge {'a' * 64}", "Bearer ask", f"challenge {'a' * 64}.{'b' * 64}"):
        assert proof_for(wrong, known, "http://127.0.0.1:1") is None
    assert proof_for(challenge.authorization, known, "") is None, "who listens nowhere"


async def test_a_hub_that_slept_while_it_asked_asks_again_and_a_defect_in_asking_does_not_end_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    async with live_hub(tmp_path) as live:
        hub = HubSuccession(
            live.session,
            live.hub.access,
            settings=SETTINGS,
            url=live.url,
            way=None,
            give_way=lambda _standing: None,
            wall=lambda: now[0],
        )
        below, above = a_standing(live.session.id, term=1, key="", begun=()), a_standing(live.session.id)
        said = [below]

        def said_after_a_sleep() -> Standing:
            now[0] += ASLEEP + 1
            return said[-1]

        asked = digest_of(asking(live.keys.token))
        answering = Answering(said_after_a_sleep, lambda _told: None, list, lambda: [asked])
        await answering.open()
        live.hub.access.keep_deputy(Deputy("Ben", answering.url))
        defects = iter([True])

        class Api:
            def standing(self) -> Standing:
                if next(defects, False):
                    raise KeyError("a defect")
                return below

        hub.answers_with(Api())  # type: ignore[arg-type] # all that it asks of it
        running = asyncio.create_task(hub.run())
        await until(lambda: "A defect" in caplog.text)
        now[0] += ASLEEP + 1
        await hub.sure()
        said.append(above)
        with pytest.raises(ApiError, match="goes on at Ben's computer"):
            await hub.sure()
        assert not running.done()
        running.cancel()
        await asyncio.wait([running])
        await answering.aclose()


# Seats


def a_view(access: Access, *deputies: Deputy) -> DeputiesView:
    """What a deputy of this hub was told."""
    standing = Standing("abcdef", 1, "", 5, url="http://127.0.0.1:9", ticket="endpoint" + "a" * 44)
    return DeputiesView(standing, deputies, seats_to_keep(access.keys), SETTINGS, away=True)


def test_seats_stay_seats_at_their_own_computers_and_a_withdrawn_one_does_not() -> None:
    first = Access(fresh_keys())
    ana = first.admit("Ana", "moderator", {})
    ben = first.admit("Ben", "moderator", {}, key="b" * 64)
    cy = first.admit("Cy", "moderator", {}, key="c" * 64)
    eve = first.admit("Eve", "moderator", {}, key="e" * 64)
    first.keep_deputy(Deputy("Ana", url="http://127.0.0.1:1", key="a" * 64))
    first.unseat(eve.token)
    own = Heir("Ben", "moderator", digest_of(ben.token), digest_of(asking(ben.token)), "b" * 64, here=True)
    heritage = Heritage("Ben", asking(ben.token), own, a_view(first, *first.keys.deputies))
    access = Access(inherited(fresh_keys(), heritage))

    def who(token: str, key: str | None) -> str | None:
        caller = access.caller(f"Bearer {token}", key)
        return None if caller is None else caller.name

    assert who(ben.token, "e" * 64) is None
    assert who(ana.token, None) is None, "the hub was not on this computer"
    assert who(cy.token, None) is None
    assert who(eve.token, "e" * 64) is None
    assert who(ben.token, None) == "Ben"
    assert who(ana.token, "a" * 64) == "Ana"
    assert who(cy.token, "c" * 64) == "Cy"
    assert who(cy.token, "b" * 64) is None
    assert who(first.keys.token, None) is None
    assert [seat.name for seat in access.keys.admitted] == ["Ben", "Ana", "Cy"]
    assert {heir.name for heir in access.keys.heirs} == {""}
    assert access.may_ask(f"Bearer {asking(first.keys.token)}"), "the hub before this one"
    assert not access.may_ask(f"Bearer {asking(eve.token)}")
    assert not access.may_ask("Bearer ")
    assert not access.may_ask(None)


def test_the_name_of_a_seat_that_waits_for_its_computer_is_free_there_alone() -> None:
    seats = (
        Heir("Cy", "moderator", "d" * 64, "e" * 64, "c" * 64),
        Heir("Dee", "moderator", "d" * 64, "e" * 64, "d" * 64, here=True),
        Heir("Eve", "moderator", "d" * 64, "e" * 64),
    )
    access = Access(msgspec.structs.replace(fresh_keys(), heirs=seats))
    for key in ("b" * 64, None):
        with pytest.raises(NameTaken, match="Cy has a seat already"):
            access.admit("cy", "moderator", {"Cy": "moderator"}, key=key)
    assert access.admit("Cy", "moderator", {"Cy": "moderator"}, key="c" * 64).name == "Cy"
    assert access.admit("Dee", "moderator", {"Dee": "moderator"}).name == "Dee"
    assert access.admit("Eve", "moderator", {"Eve": "moderator"}, key="b" * 64).name == "Eve", "no computer is known"


async def test_one_whose_address_is_none_is_not_asked_and_stops_nobody() -> None:
    peers = Peers("ask", None)
    urls = ("http://127.0.0.1:99999", "http://[::", "http://127.0.0.1:0", "http://elsewhere.example:80", "")
    assert await peers.tell([Deputy("Ben", url) for url in urls], a_standing("abcdef")) == []
    await peers.aclose()


def test_what_names_somebody_in_logs_steers_no_terminal() -> None:
    assert went_on(a_standing("abcdef", by="Ben\x1b[2J\nroot")) == (
        "This chat goes on at Ben[2J root's computer, which took it over."
    )


@needs_iroh
async def test_whoever_is_in_another_home_is_told_no_address_of_this_computer(tmp_path: Path) -> None:
    async with away_hub(tmp_path, settings=SETTINGS) as hub:
        ana = await hub.live.join("Ana")
        await ana.http.post("/v1/deputies", json=DESK)
        computer = hub.elsewhere()
        invite = (await hub.invite())["invite"]
        ben = computer.client(invite)
        seat = await ben.join("Ben")
        http = computer.http(ben.invite.ticket, seat.token)
        view = msgspec.json.decode((await http.post("/v1/deputies", json=DESK)).content, type=DeputiesView)
        assert [one.url for one in view.deputies] == ["", ""]
        assert view.standing.url == ""
        assert view.standing.ticket
        assert view.away
        (mine,) = [one for one in hub.live.keys.deputies if one.name == "Ben"]
        assert (mine.url, len(mine.key)) == ("", 64), "a port of another computer means nothing here"


def test_what_was_heard_of_a_higher_claim_stays_known() -> None:
    high, low = a_standing("abcdef", term=3), a_standing("abcdef", term=2)
    keep_heritage("abcdef", Heritage("Ana", "ask", heard=high))
    keep_heritage("abcdef", Heritage("Ana", "ask", heard=low))
    keep_heritage("abcdef", Heritage("Ana", "ask"))
    known = load_heritage("abcdef")
    assert known is not None
    assert known.heard == high


@pytest.mark.parametrize("wrong", [{"digest": "é" * 64}, {"ask": "é" * 64}, {"ask": ""}, {"digest": "a" * 63}])
def test_what_a_hub_tells_of_seats_is_such_that_it_can_be_compared(wrong: dict[str, str]) -> None:
    good = Heir("Cy", "moderator", "d" * 64, "e" * 64)
    for heir in (good, msgspec.structs.replace(good, digest="")):
        assert read_json(msgspec.json.encode(heir), Heir) == heir
    with pytest.raises(Unreadable):
        read_json(msgspec.json.encode(msgspec.structs.replace(good, **wrong)), Heir)


def test_the_event_of_a_takeover_travels() -> None:
    event = HubTakenOver(seq=9, at=START, by="Ben", command=None, term=2)
    assert decode_event(encode_event(event)) == event
    assert b'"term":2' in encode_event(event)
