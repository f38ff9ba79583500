"""By which ways this computer can be reached, tried without anybody else."""

import pytest

from sessions.hub.away.reaching import needed, try_ways
from sessions.hub.away.relay import DEFAULT, NONE
from tests.sessions.hub.elsewhere import needs_iroh


@needs_iroh
async def test_without_a_relay_the_direct_way_is_tried_within_this_computer() -> None:
    reach = await try_ways(NONE)
    assert reach.port > 0
    assert reach.by_udp is not None
    assert (reach.relay, reach.by_relay, reach.outside) == ("", None, ())
    assert all(one.endswith(f":{reach.port}") for one in reach.own)


@needs_iroh
async def test_a_relay_that_does_not_answer_is_not_waited_for_longer_than_said() -> None:
    reach = await try_ways("https://127.0.0.1:1", within=0.1)
    assert (reach.relay, reach.by_relay) == ("", None)
    assert reach.by_udp is not None


@pytest.mark.parametrize(
    ("relay", "host"),
    [
        (DEFAULT, "*.relay.n0.iroh.link, TCP 443"),
        ("https://relay.example.org", "relay.example.org, TCP 443"),
        ("https://relay.example.org:8443/", "relay.example.org, TCP 8443"),
        (NONE, "the other computer, UDP, any port"),
    ],
)
def test_what_a_firewall_must_let_through_is_told_for_the_relay_that_is_set(relay: str, host: str) -> None:
    assert host in needed(relay)
