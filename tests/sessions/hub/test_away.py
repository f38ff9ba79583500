"""Joining from another home: who gets in by which invite, from which computer, and what is bound before that."""

import asyncio
import re
import sys
from pathlib import Path

import msgspec
import pytest

from sessions.core.commands import Greet, Note
from sessions.core.events import NoteAdded
from sessions.hub.away.computer import own_secret
from sessions.hub.away.endpoint import new_secret
from sessions.hub.away.relay import NONE, AwayError
from sessions.hub.client.client import Accepted, Ended, Events, HubClient, HubRefused, Invite, Offline, Online
from sessions.hub.server.inviting.invites import VALID, WRONG_AT_ONCE
from tests.paths import ROOT
from tests.sessions.hub.elsewhere import Elsewhere, away_hub, needs_iroh
from tests.sessions.hub.live import Time
from tests.waiting import patience

pytestmark = needs_iroh

HUB_DOC = ROOT / "docs" / "develop" / "hub.md"
CALL = re.compile(r"^\| `(GET|POST|PUT|DELETE) (/v1/[a-z/{}-]+)", re.MULTILINE)


def udp_sockets() -> int:
    """How many UDP sockets this network namespace has open."""
    return sum(len(Path(f"/proc/net/{kind}").read_text().splitlines()) - 1 for kind in ("udp", "udp6"))


async def first_of(client: HubClient, kind: type, after: int = 0) -> object:
    """The first update of this kind."""
    async with patience():
        async for update in client.follow(after):
            if isinstance(update, kind):
                return update
    raise AssertionError(f"no {kind}")


async def test_somebody_in_another_home_sits_down_commands_and_hears(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        made = await hub.invite()
        assert made["invite"].startswith("lunchroom://endpoint")
        ben = hub.elsewhere().client(made["invite"])
        assert Invite.parse(made["invite"]).private
        seat = await ben.join("Ben")
        assert (seat.name, seat.scope) == ("Ben", "moderator")
        assert isinstance(await ben.command(Note(id="n1", text="Hello from over there")), Accepted)
        heard = await first_of(ben, Events)
        assert isinstance(heard, Events)
        assert any(isinstance(event, NoteAdded) and event.by == "Ben" for event in heard.events)


@pytest.mark.skipif(not Path("/proc/net/udp").exists(), reason="counts the sockets in /proc")
async def test_nothing_is_bound_before_somebody_is_invited(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        ana = await hub.live.join("Ana")
        shown = (await ana.http.get("/v1/invites")).json()
        assert shown["open"] is False
        assert "nobody else is contacted" in shown["contacts"]
        assert hub.live.keys.away.secret == ""
        before = udp_sockets()
        await hub.invite()
        assert udp_sockets() > before
        assert (await ana.http.get("/v1/invites")).json()["open"] is True


async def test_an_invite_works_once_and_again_only_at_the_computer_that_used_it(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invite = (await hub.invite())["invite"]
        here, there = hub.elsewhere(), hub.elsewhere()
        first = await here.client(invite).join("Ben")
        again = await here.client(invite).join("Somebody else")
        assert (again.name, again.token) == ("Ben", first.token)
        with pytest.raises(HubRefused, match="used by another computer"):
            await there.client(invite).join("Eve")


async def test_of_two_computers_at_once_one_gets_in(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invite = (await hub.invite())["invite"]
        clients = [hub.elsewhere().client(invite) for _ in range(6)]
        answers = await asyncio.gather(
            *(one.join(f"Ben {number}") for number, one in enumerate(clients)), return_exceptions=True
        )
        refused = [one for one in answers if isinstance(one, HubRefused)]
        assert len(refused) == 5
        assert {str(one) for one in refused} == {"This invite was used by another computer. Ask for a new one."}
        assert len(hub.live.keys.away.bound) == 1


async def test_an_invite_that_was_withdrawn_lets_nobody_in_and_a_used_one_ends_the_seat(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        unused, used = await hub.invite(), await hub.invite()
        ben = hub.elsewhere().client(used["invite"])
        await ben.join("Ben")
        following = ben.follow()
        assert isinstance(await anext(following), Online)
        ana = await hub.live.join("Ana")
        listed = (await ana.http.get("/v1/invites")).json()["invites"]
        assert [(one["id"], one.get("used_by"), one["by"]) for one in listed] == [
            (used["id"], "Ben", "Ana"),
            (unused["id"], None, "Ana"),
        ]
        for one in (unused, used):
            assert (await ana.http.delete(f"/v1/invites/{one['id']}")).status_code == 204
            assert (await ana.http.delete(f"/v1/invites/{one['id']}")).status_code == 404
        with pytest.raises(HubRefused, match="not known here"):
            await hub.elsewhere().client(unused["invite"]).join("Eve")
        async with patience():
            while not isinstance(update := await anext(following), Ended):
                pass
        assert update.why == "Ana took your seat back. Ask for a new invite to come again."
        await following.aclose()
        with pytest.raises(HubRefused, match="not known here"):
            await ben.join("Ben")
        assert hub.saved[-1].away.bound == {}


async def test_an_invite_is_over_after_a_day_but_not_for_who_came_in_time(tmp_path: Path) -> None:
    time = Time()
    async with away_hub(tmp_path, clock=time.clock()) as hub:
        early, late = await hub.invite(), await hub.invite()
        computer = hub.elsewhere()
        seat = await computer.client(early["invite"]).join("Ben")
        time.now += VALID + 1
        with pytest.raises(HubRefused, match="good for a day"):
            await hub.elsewhere().client(late["invite"]).join("Eve")
        invite = Invite.parse(early["invite"])
        for token in (invite.token, seat.token):
            assert (await computer.http(invite.ticket, token).get("/v1/session")).status_code == 200


async def test_a_seats_token_opens_nothing_from_another_key_nor_at_the_hubs_own_address(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invite = Invite.parse((await hub.invite())["invite"])
        ben = hub.elsewhere()
        seat = await ben.client(invite).join("Ben")
        assert (await ben.http(invite.ticket, seat.token).get("/v1/session")).status_code == 200
        for stolen in (hub.elsewhere().http(invite.ticket, seat.token), hub.live.desk(seat.token).http):
            assert (await stolen.get("/v1/session")).status_code == 401
            assert (await stolen.get("/v1/events")).status_code == 401


async def test_what_is_meant_for_this_computer_opens_nothing_from_another_home(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        ticket = Invite.parse((await hub.invite())["invite"]).ticket
        ana = await hub.live.join("Ana")
        keys = hub.live.keys
        stranger = hub.elsewhere()
        for token in (keys.token, keys.observer_token, ana.token, "no-token"):
            answer = await stranger.http(ticket, token).get("/v1/session")
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_nobody_gets_a_seat_of_another_computer_by_its_name(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        first, second = await hub.invite(), await hub.invite()
        await hub.elsewhere().client(first["invite"]).join("Ben")
        eve = hub.elsewhere().client(second["invite"])
        for name in ("ben", "Ana"):
            with pytest.raises(HubRefused, match="here already, at another computer"):
                await eve.join(name)
        here = await hub.live.invited().http.post("/v1/moderators", json={"name": "BEN"})
        assert here.status_code == 409
        assert (await eve.join("Eve")).name == "Eve"  # the invite is not used up by a name that was taken


async def test_an_unused_invite_opens_sitting_down_and_nothing_else(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invite = Invite.parse((await hub.invite())["invite"])
        http = hub.elsewhere().http(invite.ticket, invite.token)
        assert (await http.get("/v1/session")).status_code == 200
        for method, path in (
            ("GET", "/v1/events"),
            ("GET", "/v1/sessions"),
            ("POST", "/v1/commands"),
            ("GET", "/v1/x"),
        ):
            assert (await http.request(method, path, json={})).status_code == 403, path


async def test_who_looks_on_from_elsewhere_can_do_nothing_else(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        made = await hub.invite("observer")
        olga = hub.elsewhere().client(made["invite"])
        assert (await olga.join("Olga")).scope == "observer"
        with pytest.raises(HubRefused):
            await olga.invite_away("moderator")
        with pytest.raises(HubRefused):
            await olga.invites()
        with pytest.raises(HubRefused):
            await olga.withdraw_invite(made["id"])
        answer = await olga.command(Greet(id="g1", person="mastodon:@x"))
        assert "only moderators" in str(answer)


async def test_the_seat_of_who_looks_on_elsewhere_opens_no_call_of_moderators(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        made = await hub.invite("observer")
        invite = Invite.parse(made["invite"])
        computer = hub.elsewhere()
        seat = await computer.client(invite).join("Olga")
        http = computer.http(invite.ticket, seat.token)
        reads = ("/v1/session", "/v1/events", "/v1/sessions")
        asked = 0
        for method, path in CALL.findall(HUB_DOC.read_text("utf-8")):
            may = method == "GET" and path in reads
            if may or path.endswith("/events") or path in ("/v1/seats/mine", "/v1/deputies"):
                continue  # what they may read, say of themselves, and a call that this hub does not have
            answer = await http.request(method, path.replace("{id}", made["id"]), json={})
            assert answer.status_code == 403, (method, path, answer.text)
            asked += 1
        assert asked >= 12
        assert {(await http.get(path)).status_code for path in reads} == {200}


async def test_wrong_codes_are_counted_and_slowed_and_keep_nobody_out_who_is_invited(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        made = await hub.invite()
        invite = Invite.parse(made["invite"])
        guesser = hub.elsewhere()
        codes = [await guesser.http(invite.ticket, f"{number:022}").get("/v1/session") for number in range(12)]
        assert [one.status_code for one in codes] == [401] * WRONG_AT_ONCE + [429] * (12 - WRONG_AT_ONCE)
        assert int(codes[-1].headers["retry-after"]) >= 1
        right = await guesser.http(invite.ticket, invite.token).post("/v1/moderators", json={"name": "Eve"})
        assert right.status_code == 429  # nothing of this computer is tried meanwhile
        ana = await hub.live.join("Ana")
        assert (await ana.http.get("/v1/invites")).json()["wrong"] == WRONG_AT_ONCE
        assert (await hub.elsewhere().client(invite).join("Ben")).name == "Ben"


async def test_only_moderators_at_their_desks_invite_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invited, olga = hub.live.invited(), await hub.live.join("Olga", "observer")
        for one in (invited, olga):
            assert (await one.http.post("/v1/invites", json={"scope": "moderator"})).status_code == 403
            assert (await one.http.get("/v1/invites")).status_code == 403
            assert (await one.http.delete("/v1/invites/x")).status_code == 403
        ana = await hub.live.join("Ana")
        for body in ({}, {"scope": "king"}, {"scope": "moderator", "more": 1}, []):
            assert (await ana.http.post("/v1/invites", json=body)).status_code == 422


async def test_a_relay_that_is_set_wrongly_contacts_nobody_and_is_told(tmp_path: Path) -> None:
    def wrong() -> str:
        raise AwayError("[away] relay must be something else.")

    async with away_hub(tmp_path, relay=wrong) as hub:
        ana = await hub.live.join("Ana")
        answer = await ana.http.post("/v1/invites", json={"scope": "moderator"})
        assert (answer.status_code, answer.json()) == (409, {"refusal": "[away] relay must be something else."})
        shown = (await ana.http.get("/v1/invites")).json()
        assert (shown["open"], shown["unavailable"]) == (False, "[away] relay must be something else.")


async def test_keys_that_cannot_be_written_down_make_no_invite(tmp_path: Path) -> None:
    from tests.sessions.hub.live import live_hub

    def full(_keys: object) -> None:
        raise OSError(28, "No space left on device")

    async with live_hub(tmp_path, relay=lambda: NONE) as live:
        ana = await live.join("Ana")
        live.hub.inviting._save_keys = full  # type: ignore[union-attr] # the disk is full from now on
        answer = await ana.http.post("/v1/invites", json={"scope": "moderator"})
        assert answer.status_code == 503
        assert live.keys.away.invites == ()


async def test_the_code_is_kept_nowhere(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invite = Invite.parse((await hub.invite())["invite"])
        assert invite.token not in msgspec.json.encode(hub.saved[-1]).decode()
        for thing in (hub.saved[-1].away, hub.saved[-1].away.invites[0]):
            assert hub.saved[-1].away.secret not in repr(thing)
            assert hub.saved[-1].away.invites[0].digest not in repr(thing)


async def test_the_desk_comes_back_to_a_hub_that_was_started_again_with_its_keys(tmp_path: Path) -> None:
    ben = Elsewhere()
    async with away_hub(tmp_path) as hub:
        client = ben.client((await hub.invite())["invite"])
        await client.join("Ben")
        following = client.follow()
        assert isinstance(await anext(following), Online)
        keys, path = hub.saved[-1], hub.live.file.path
    async with patience():
        while not isinstance(await anext(following), Offline):
            pass
    async with away_hub(tmp_path, path=path, keys=keys) as hub:
        assert hub.live.hub.inviting is not None
        await hub.live.hub.inviting.reopen()
        async with patience():
            while not isinstance(await anext(following), Online):
                pass
        assert isinstance(await client.command(Note(id="n2", text="I am back")), Accepted)
    await following.aclose()
    await ben.aclose()


def test_the_computers_key_stays_and_only_its_user_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "away"
    secret = own_secret(folder)
    assert own_secret(folder) == secret
    assert len(secret) == 32
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damaged", [b"", b"\xff\xfe", b"00", b"zz" * 32, b"00" * 33])
def test_a_key_that_is_damaged_is_told_and_left_alone(tmp_path: Path, damaged: bytes) -> None:
    own_secret(tmp_path)
    (tmp_path / "key").write_bytes(damaged)
    with pytest.raises(AwayError, match="is damaged"):
        own_secret(tmp_path)
    assert (tmp_path / "key").read_bytes() == damaged


async def test_a_ticket_that_is_cut_short_is_told(tmp_path: Path) -> None:
    from sessions.hub.client.away import AwayLink

    link = AwayLink("endpoint" + "a" * 44, new_secret(), NONE)
    with pytest.raises(AwayError, match="Copy the whole line"):
        await link.open()
    await link.aclose()
