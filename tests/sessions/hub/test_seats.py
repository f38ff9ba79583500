"""Who sits where: what moderators see of seats, pointing at a desk, and taking a seat back."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.hub.away.asking import asking
from sessions.hub.client.client import Beat, Ended, HubRefused, Invite, Online
from sessions.hub.protocol.seats import Seat, SeatPath
from sessions.hub.protocol.takeover import Deputy, Heir
from sessions.hub.server.entry.access import Access, Keys, SeatNote, digest_of, fresh_keys
from sessions.hub.server.inviting.seats import path_kind
from sessions.hub.server.pointing import SHOWN, Pointing
from tests.sessions.hub.elsewhere import away_hub, needs_iroh
from tests.sessions.hub.live import Desk, Time, live_hub
from tests.waiting import patience


async def seats_seen_by(desk: Desk) -> dict[str, dict[str, Any]]:
    """The seats by name."""
    answer = await desk.http.get("/v1/seats")
    assert answer.status_code == 200, answer.text
    return {seat["name"]: seat for seat in answer.json()["seats"]}


async def test_a_seat_is_listed_with_its_computer_the_way_to_it_and_since_when(tmp_path: Path) -> None:
    time = Time()
    saved: list[Keys] = []
    async with live_hub(tmp_path, clock=time.clock(), save_keys=saved.append) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        for one, computer in ((ana, "Ana's \x1b[31m laptop"), (olga, "o" * 100)):
            assert (await one.http.put("/v1/seats/mine", json={"computer": computer})).status_code == 204
        seen = await seats_seen_by(ana)
        assert seen["Ana"] == {
            "id": seen["Ana"]["id"],
            "name": "Ana",
            "scope": "moderator",
            "here": True,
            "computer": "Ana's [31m laptop",
            "since": time.now,
            "mine": True,
            "path": {"kind": "computer"},
        }
        assert (seen["Olga"]["scope"], len(seen["Olga"]["computer"])) == ("observer", 40)
        assert "mine" not in seen["Olga"]
        assert saved[-1].notes[ana.token].computer == "Ana's [31m laptop"
        assert ana.token not in (await ana.http.get("/v1/seats")).text


async def test_a_seat_that_is_had_again_keeps_since_when_and_a_proxy_hides_where_it_is(tmp_path: Path) -> None:
    time = Time()
    async with live_hub(tmp_path, clock=time.clock(), proxied=True) as live:
        await live.join("Ana")
        time.now += 60_000
        seen = await seats_seen_by(await live.join("ana"))
        assert seen["Ana"]["since"] == time.now - 60_000
        assert "path" not in seen["Ana"]


def test_notes_of_seats_are_optional_in_a_runtime_file_and_repr_shows_no_token() -> None:
    old = msgspec.json.decode(b'{"token": "t", "observer_token": "o"}', type=Keys)
    assert (dict(old.notes), old.away.ended) == ({}, ())
    assert "secret" not in repr(msgspec.structs.replace(old, token="secret", notes={"secret": SeatNote()}))


async def test_only_moderators_see_seats_and_what_is_no_name_is_told(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, olga = await live.join("Ana"), await live.join("Olga", "observer")
        seat = (await seats_seen_by(ana))["Ana"]["id"]
        for one in (olga, live.invited(), live.invited("observer")):
            assert (await one.http.get("/v1/seats")).status_code == 403
            assert (await one.http.delete(f"/v1/seats/{seat}")).status_code == 403
            assert (await one.http.post(f"/v1/seats/{seat}/point")).status_code == 403
        for body in ({}, {"computer": 1}, {"computer": "x", "more": 1}, []):
            assert (await ana.http.put("/v1/seats/mine", json=body)).status_code == 422
        assert (await ana.http.delete("/v1/seats/nobody")).status_code == 404
        assert (await ana.http.post("/v1/seats/nobody/point")).status_code == 404


async def test_a_desk_is_told_at_once_that_it_is_meant_and_no_other_is(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        ana, ben = await live.join("Ana"), await live.join("Ben")
        seats = await seats_seen_by(ana)
        gone = await ana.http.post(f"/v1/seats/{seats['Ben']['id']}/point")
        assert gone.status_code == 204  # just heard of
        async with ben.stream() as at_ben, ana.stream() as at_ana:
            first = (await at_ben.beat(lambda beat: "pointed" in beat))["pointed"]
            assert first["by"] == "Ana"
            assert "pointed" not in await at_ana.beat()
            assert (await ana.http.post(f"/v1/seats/{seats['Ben']['id']}/point")).status_code == 204
            again = await at_ben.beat(lambda beat: beat.get("pointed", first) != first)
            assert again["pointed"]["by"] == "Ana"
            assert "pointed" not in await at_ana.beat()


def test_that_somebody_is_meant_is_over_after_some_seconds() -> None:
    now = 1_000_000
    pointing = Pointing(lambda: now)
    pointing.point("moderator", "Ben", "Ana")
    first = pointing.at("moderator", "Ben")
    assert first is not None
    assert pointing.at("observer", "Ben") is None
    assert pointing.at("moderator", None) is None
    pointing.point("moderator", "Ben", "Ana")
    second = pointing.at("moderator", "Ben")
    assert second is not None
    assert second.id != first.id
    now += SHOWN
    assert pointing.at("moderator", "Ben") is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "computer"), ("::1", "computer"), ("203.0.113.9", "computer"),
        ("192.168.1.7", "network"), ("10.0.0.2", "network"), ("fe80::1%eth0", "network"), ("fd00::2", "network"),
        ("8.8.8.8", "direct"), ("2606:4700::1111", "direct"), ("somewhere", "direct"),
    ],
)  # fmt: skip
def test_what_lies_between_two_computers_is_told_by_their_addresses(address: str, kind: str) -> None:
    assert path_kind(address, frozenset({"203.0.113.9"})) == kind


@needs_iroh
async def test_a_seat_in_another_home_is_taken_back_and_its_desk_is_told_by_whom(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        invite = Invite.parse((await hub.invite())["invite"])
        computer = hub.elsewhere()
        ben = computer.client(invite)
        seat = await ben.join("Ben")
        await ben.name_computer("Ben's desk")
        following = ben.follow()
        assert isinstance(await anext(following), Online)
        ana = await hub.live.join("Ana")
        seen = (await seats_seen_by(ana))["Ben"]
        assert (seen["computer"], seen["elsewhere"], seen["path"]["kind"]) == ("Ben's desk", True, "computer")
        assert 0 <= seen["path"]["ms"] < 10_000
        await ben.point_at(next(one.id for one in await ben.seats() if one.name == "Ana"))
        own = next(one for one in await ben.seats() if one.mine)
        anas = (await seats_seen_by(ana))["Ana"]["id"]
        for mine, words in ((own.id, "your own seat"), (anas, "chat's own computer")):
            with pytest.raises(HubRefused, match=words):
                await ben.take_seat_back(mine)
        with pytest.raises(HubRefused, match="your own seat"):
            await ben.withdraw_invite((await ben.invites()).invites[0].id)
        assert (await ana.http.delete(f"/v1/seats/{seen['id']}")).status_code == 204
        async with patience():
            while not isinstance(update := await anext(following), Ended):
                pass
        assert update.why == "Ana took your seat back. Ask for a new invite to come again."
        await following.aclose()
        assert "Ben" not in await seats_seen_by(ana)
        for token, words in ((seat.token, "Ana took your seat back"), (invite.token, "not known here")):
            answer = await computer.http(invite.ticket, token).get("/v1/session")
            assert (answer.status_code, words in answer.text) == (401, True), answer.text
        stolen = await hub.elsewhere().http(invite.ticket, seat.token).get("/v1/session")
        assert (stolen.status_code, "Ana" in stolen.text) == (401, False)
        assert seat.token not in msgspec.json.encode(hub.saved[-1]).decode()


def an_heir(name: str, token: str, key: str = "c" * 64, *, here: bool = False) -> Heir:
    """A moderator's seat at the hub before this one."""
    return Heir(name, "moderator", digest_of(token), digest_of(asking(token)), key, here=here)


async def test_a_seat_whose_desk_has_not_come_after_a_takeover_is_listed_and_can_be_taken_back(tmp_path: Path) -> None:
    saved: list[Keys] = []
    heirs = (an_heir("Ana", "a"), an_heir("Cy", "c"), an_heir("Dee", "d", here=True), an_heir("", ""))
    deputies = (Deputy("Cy", key="c" * 64), Deputy("Dee"))
    seated = Seat("Ana", "moderator", "other")
    keys = msgspec.structs.replace(fresh_keys(), admitted=(seated,), heirs=heirs, deputies=deputies)
    async with live_hub(tmp_path, keys=keys, save_keys=saved.append) as live:
        ana = live.desk("other")
        seen = await seats_seen_by(ana)
        assert list(seen) == ["Ana", "Cy", "Dee"]
        assert seen["Ana"]["mine"]
        assert seen["Cy"] == {
            "id": seen["Cy"]["id"], "name": "Cy", "scope": "moderator", "here": False, "elsewhere": True,
        }  # fmt: skip
        point = await ana.http.post(f"/v1/seats/{seen['Cy']['id']}/point")
        assert point.json() == {"refusal": "Cy is not at a desk now."}
        assert "chat's own computer" in (await ana.http.delete(f"/v1/seats/{seen['Dee']['id']}")).text
        assert (await ana.http.delete(f"/v1/seats/{seen['Cy']['id']}")).status_code == 204
        assert list(await seats_seen_by(ana)) == ["Ana", "Dee"]
        assert [one.name for one in saved[-1].deputies] == ["Dee"]
        access = live.hub.access
        assert access.caller("Bearer c", "c" * 64) is None
        assert access.ended_by("Bearer c", "c" * 64) == "Ana"
        assert not access.may_ask(f"Bearer {asking('c')}")
        assert (await live.desk("d").http.get("/v1/session")).status_code == 200
        assert (await seats_seen_by(ana))["Dee"]["id"] == seen["Dee"]["id"]


def test_whoever_sat_down_anew_after_a_takeover_is_one_and_keeps_no_seat_where_that_is_taken_back() -> None:
    access = Access(msgspec.structs.replace(fresh_keys(), heirs=(an_heir("Cy", "c"), an_heir("Dee", "d"))))
    seat = access.admit("Cy", "moderator", {}, key="c" * 64)
    assert [heir.name for heir in access.waiting()] == ["Dee"]
    access.take_back(seat.token, "Ana")
    assert access.caller("Bearer c", "c" * 64) is None
    assert access.ended_by("Bearer c", "c" * 64) == "Ana"
    assert [heir.name for heir in access.keys.heirs] == ["Dee"]


@needs_iroh
async def test_a_desk_elsewhere_hears_that_it_is_meant(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        ben = hub.elsewhere().client((await hub.invite())["invite"])
        await ben.join("Ben")
        following = ben.follow()
        assert isinstance(await anext(following), Online)
        ana = await hub.live.join("Ana")
        assert (await ana.http.post(f"/v1/seats/{(await seats_seen_by(ana))['Ben']['id']}/point")).status_code == 204
        async with patience():
            while not (isinstance(update := await anext(following), Beat) and update.pointed is not None):
                pass
        assert update.pointed.by == "Ana"
        await following.aclose()


def test_a_path_without_a_time_is_one_word() -> None:
    assert msgspec.json.encode(SeatPath("relay")) == b'{"kind":"relay"}'
