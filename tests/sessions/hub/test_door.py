"""Which connections stay: bounds for each kind, of which none costs another its place."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.server.entry.access import Caller
from sessions.hub.server.entry.door import RESERVED, Door, Limits, address_of

ANA, OLGA = Caller("moderator", "Ana"), Caller("observer", "Olga")
SMALL = Limits(waiting_of_address=3, waiting=5, observing=4, of_seat=2, invited=3)


class Wire:
    """A connection that notes whether it was dropped."""

    def __init__(self, address: str = "10.0.0.1", why: str | None = None) -> None:
        self.address = address
        self.why = why
        self.gone = False

    def overdue(self, now: float) -> str | None:
        return self.why

    def abort(self) -> None:
        self.gone = True


def entered(door: Door, *addresses: str) -> list[Wire]:
    wires = [Wire(address) for address in addresses]
    for wire in wires:
        door.enter(wire)
    return wires


def standing(wires: list[Wire]) -> list[int]:
    return [number for number, wire in enumerate(wires) if not wire.gone]


def test_the_oldest_of_an_address_without_a_token_goes_first() -> None:
    door = Door(SMALL)
    other = entered(door, "10.0.0.2")
    assert standing(entered(door, *["10.0.0.1"] * 6)) == [3, 4, 5]
    assert standing(other) == [0]


def test_from_many_addresses_the_oldest_of_all_goes_first() -> None:
    assert standing(entered(Door(SMALL), *(f"10.0.0.{n}" for n in range(9)))) == [4, 5, 6, 7, 8]


def test_whoever_has_shown_a_token_is_not_pushed_out_by_those_who_have_none() -> None:
    door = Door(SMALL)
    (desk,) = entered(door, "10.0.0.1")
    door.know(desk, ANA)
    entered(door, *["10.0.0.1"] * 50)
    assert not desk.gone
    assert door.lines == 4


def test_a_seat_and_the_observers_have_bounds_of_their_own() -> None:
    door = Door(SMALL)
    desk = entered(door, "10.0.0.1")[0]
    door.know(desk, ANA)
    of_olga = entered(door, *["10.0.0.2"] * 3)
    for wire in of_olga:
        door.know(wire, OLGA)
    assert standing(of_olga) == [1, 2]
    looking = entered(door, "10.0.0.3", "10.0.0.4", "10.0.0.5")
    for number, wire in enumerate(looking):
        door.know(wire, Caller("observer", f"guest {number}"))
    assert standing(of_olga) == [2]
    assert standing(looking) == [0, 1, 2]
    assert not desk.gone


def test_a_connection_that_is_gone_is_not_counted_again() -> None:
    door = Door(SMALL)
    (wire,) = entered(door, "10.0.0.1")
    door.leave(wire)
    door.know(wire, ANA)
    door.leave(wire)
    assert door.lines == 0


def test_all_of_a_caller_can_be_ended_and_room_can_be_made() -> None:
    door = Door(SMALL)
    wires = entered(door, "10.0.0.1", "10.0.0.2", "10.0.0.3")
    door.know(wires[0], OLGA)
    door.end(OLGA)
    assert standing(wires) == [1, 2]
    door.shed()
    assert standing(wires) == [2]


def test_a_thousand_dropped_connections_are_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    time = 0.0
    door = Door(SMALL, monotonic=lambda: time)
    with caplog.at_level(logging.INFO):
        entered(door, *["10.0.0.1"] * 1000)
        door.look_around()
        for _ in range(30):
            entered(door, *["10.0.0.1"] * 10)
            time += 1
            door.look_around()
        assert [record.getMessage() for record in caplog.records] == [
            "Connections were dropped: 997 that were too many. The chat goes on."
        ]
        time += 60
        door.look_around()
        assert caplog.records[1].getMessage().startswith("Connections were dropped: 300 ")


def test_what_is_overdue_is_dropped_and_told_by_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    door = Door(SMALL)
    silent, fine = Wire(why="that did not come to a request"), Wire()
    for wire in (silent, fine):
        door.enter(wire)
    door.look_around()
    assert (silent.gone, fine.gone) == (True, False)
    assert "1 that did not come to a request" in caplog.text


@given(st.integers(0, 100_000))
def test_the_bounds_of_strangers_and_observers_leave_half_of_the_files_to_the_others(open_files: int) -> None:
    limits = Limits.fitting(open_files)
    assert 1 <= limits.waiting_of_address <= limits.waiting
    if open_files >= 256:
        assert limits.waiting + limits.observing + RESERVED <= open_files


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, ""),
        ("unix", "unix"),
    ],
)
def test_an_address_is_what_one_household_has(host: str | None, address: str) -> None:
    assert address_of(host) == address
