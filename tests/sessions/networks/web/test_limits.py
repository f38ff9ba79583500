"""Limits as the three networks state them; the headers are those of recorded answers."""

import pytest

from sessions.networks.web.limits import LONGEST_WAIT, Headroom, headroom, wait_of

NOW = 1_785_585_600_000
"""2026-08-01T12:00:00Z."""


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param(
            {
                "x-ratelimit-limit": "300",
                "x-ratelimit-remaining": "298",
                "x-ratelimit-reset": "2026-08-01T12:05:00.07Z",
            },
            Headroom(300, 298, NOW + 300_070),
            id="mastodon: ISO 8601",
        ),
        pytest.param(
            {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "12", "x-rate-limit-reset": "1785586500"},
            Headroom(450, 12, NOW + 900_000),
            id="x: epoch seconds",
        ),
        pytest.param(
            {"ratelimit-limit": "30", "ratelimit-remaining": "0", "ratelimit-reset": "1785585900"},
            Headroom(30, 0, NOW + 300_000),
            id="bluesky: epoch seconds",
        ),
        pytest.param(
            {"ratelimit-limit": "30", "ratelimit-remaining": "3", "ratelimit-reset": "42"},
            Headroom(30, 3, NOW + 42_000),
            id="seconds from now, as the RFC draft has it",
        ),
        pytest.param({"x-ratelimit-limit": "300"}, None, id="half of it"),
        pytest.param(
            {"x-ratelimit-limit": "many", "x-ratelimit-remaining": "-1", "x-ratelimit-reset": "soon"},
            None,
            id="nonsense",
        ),
    ],
)
def test_headroom_is_read_as_each_network_states_it(headers: dict[str, str], expected: Headroom | None) -> None:
    assert headroom(headers, NOW) == expected


def test_headroom_is_low_below_a_fifth() -> None:
    assert Headroom(300, 59, NOW).low
    assert not Headroom(300, 60, NOW).low


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30.0),
        ({"retry-after": "Sat, 01 Aug 2026 12:01:00 GMT"}, 60.0),
        ({"retry-after": "Sat, 01 Aug 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Sat, 01 Aug 2026 12:01:00 -0000"}, 60.0),
        ({"retry-after": "Mon, 01 Jan 0001 00:00:00 -0000"}, 0.0),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 -2359"}, LONGEST_WAIT),
        ({"retry-after": "99999999"}, LONGEST_WAIT),
        ({"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": "1785585660"}, 60.0),
        ({"x-rate-limit-limit": "450", "x-rate-limit-remaining": "9", "x-rate-limit-reset": "1785585660"}, None),
        ({}, None),
        ({"retry-after": "tomorrow"}, None),
    ],
)
def test_the_wait_is_what_the_network_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_of(headers, NOW) == seconds
