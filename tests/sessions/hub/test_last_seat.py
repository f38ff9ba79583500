"""Coming back to the home that one sat in last: what is kept, who may read it, and when it is of no use any more."""

import sys
from pathlib import Path

import pytest

from sessions.hub.client.client import HubUnreachable, SeatGone
from sessions.hub.client.last_seat import LastSeat, forget_seat, keep_seat, last_seat
from tests.sessions.hub.elsewhere import away_hub, needs_iroh
from tests.sessions.hub.live import live_hub

LAST = LastSeat("endpoint" + "a" * 60, "Ben", "moderator", "t" * 43, "Stations")


def test_the_last_seat_is_kept_for_its_user_alone_and_shows_no_token(tmp_path: Path) -> None:
    folder = tmp_path / "away"
    assert last_seat(folder) is None
    keep_seat(LAST, folder)
    assert last_seat(folder) == LAST
    assert "ttt" not in repr(LAST)
    if sys.platform != "win32":
        assert (folder.stat().st_mode & 0o777, (folder / "seat").stat().st_mode & 0o777) == (0o700, 0o600)


def test_only_the_seat_that_is_over_is_forgotten(tmp_path: Path) -> None:
    keep_seat(LAST, tmp_path)
    forget_seat("of another chat", tmp_path)
    assert last_seat(tmp_path) == LAST
    forget_seat(LAST.token, tmp_path)
    assert last_seat(tmp_path) is None
    keep_seat(LAST, tmp_path)
    assert last_seat(tmp_path) == LAST


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{}",
        b"\xff",
        b"[]",
        b'{"ticket": "../x", "name": "B", "scope": "moderator", "token": "tttttttttttttttttttt"}',
    ],
)
def test_what_is_damaged_is_no_seat(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "seat").write_bytes(damaged)
    assert last_seat(tmp_path) is None
    keep_seat(LAST, tmp_path)
    assert last_seat(tmp_path) == LAST


@needs_iroh
async def test_a_seat_is_come_back_to_until_it_is_taken_back(tmp_path: Path) -> None:
    async with away_hub(tmp_path) as hub:
        computer = hub.elsewhere()
        first = computer.client((await hub.invite())["invite"])
        seat = await first.join("Ben")
        last = LastSeat(first.invite.ticket, seat.name, seat.scope, seat.token)
        assert (await computer.client(last.invite).come_back(last.seat)).title == "Stations that work"
        with pytest.raises(SeatGone):
            await hub.elsewhere().client(last.invite).come_back(last.seat)
        ana = await hub.live.join("Ana")
        seats = (await ana.http.get("/v1/seats")).json()["seats"]
        await ana.http.delete(f"/v1/seats/{next(one['id'] for one in seats if one['name'] == 'Ben')}")
        with pytest.raises(SeatGone, match="Ana took your seat back"):
            await computer.client(last.invite).come_back(last.seat)


async def test_a_hub_that_is_not_there_keeps_the_seat(tmp_path: Path) -> None:
    from sessions.hub.client.client import HubClient, Invite

    async with live_hub(tmp_path) as live:
        url = live.url
    client = HubClient(Invite(url, "t" * 43))
    with pytest.raises(HubUnreachable):
        await client.come_back(LAST.seat)
    await client.aclose()
