"""What travels between hub and desks is told once, in `sessions.hub.protocol`."""

import importlib
import pkgutil
from collections import defaultdict

import msgspec
import pytest

import sessions.hub
from sessions.hub.protocol.exchange import SavedChat, SavedView
from sessions.hub.protocol.responses import Problem
from sessions.hub.protocol.seats import Seat
from sessions.hub.protocol.stream import Heartbeat


def structs() -> set[type[msgspec.Struct]]:
    """All structs that modules of the hub define."""
    found: set[type[msgspec.Struct]] = set()
    for info in pkgutil.walk_packages(sessions.hub.__path__, "sessions.hub."):
        module = importlib.import_module(info.name)
        found |= {
            one
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, msgspec.Struct) and one.__module__ == info.name
        }
    return found


def test_no_two_structs_of_the_hub_carry_the_same() -> None:
    alike: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for one in structs():
        if len(one.__struct_fields__) > 1:
            alike[frozenset(one.__struct_fields__)].add(one.__qualname__)
    assert {SavedChat, SavedView, Seat, Heartbeat} <= structs()
    assert [names for names in alike.values() if len(names) > 1] == []


def test_a_token_stays_out_of_what_is_printed() -> None:
    assert "secret" not in repr(Seat("Ana", "moderator", "secret"))


@pytest.mark.parametrize(
    ("problem", "body"),
    [
        (Problem("No."), b'{"error":"No."}'),
        (Problem("No.", "name"), b'{"error":"No.","field":"name"}'),
        (Problem("No.", ""), b'{"error":"No.","field":""}'),
        (Heartbeat(now=1, seq=2), b'{"now":1,"seq":2}'),
        (Heartbeat(now=1, seq=2, trouble="full"), b'{"now":1,"seq":2,"trouble":"full"}'),
    ],
)  # fmt: skip
def test_what_there_is_not_is_not_sent(problem: msgspec.Struct, body: bytes) -> None:
    assert msgspec.json.encode(problem) == body
