"""From where a call may come, by its `Host` and `Origin`: never from a page of the web."""

from pathlib import Path

import pytest
from starlette.datastructures import Headers

from sessions.hub.server.calls.asking import check_asking, own_names
from sessions.hub.server.responses import ApiError
from tests.sessions.hub.live import live_hub


def refused(names: tuple[str, ...] = (), **headers: str) -> int | None:
    try:
        check_asking(Headers(headers), names)
    except ApiError as error:
        return error.status
    return None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "127.0.0.1",
        "localhost:9000",
        "LOCALHOST",
        "localhost.",
        "[::1]:8000",
        "[fe80::1%eth0]:8000",
        "192.168.1.20:8000",
        "staffroom-pc:8000",
        "hub.school.example:8000",
        "Hub.School.Example.:8000",
    ],
)
def test_a_hub_is_called_by_an_address_a_plain_name_or_the_name_that_it_was_given(host: str) -> None:
    assert refused(("hub.school.example",), host=host) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example:8000",
        "localhost.evil.example",
        "127.1",
        "",
        " ",
        "a b",
        "user@localhost",
        "[::1",
        "[evil.example]:80",
        "localhost:80:80",
        "xn--e1afmkfd.example",
        "ä.example",
    ],
)
def test_a_name_that_others_may_let_point_here_is_421(host: str) -> None:
    assert refused(("hub.school.example",), host=host) == 421
    assert refused() == 421


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://127.0.0.1:9999", "http://localhost:8000", "file://"]
)
def test_a_web_page_is_403(origin: str) -> None:
    assert refused(host="127.0.0.1:8000", origin=origin) == 403
    assert refused(host="127.0.0.1:8000", origin="http://127.0.0.1:8000") is None


def test_this_computers_own_names_are_known_without_asking_the_network() -> None:
    assert own_names()
    assert all(refused(tuple(own_names()), host=name) is None for name in own_names())


async def test_it_is_checked_on_every_call_behind_the_token(tmp_path: Path) -> None:
    async with live_hub(tmp_path) as live:
        desk = live.invited()
        for path in ("/v1/session", "/v1/events", "/v1/nothing"):
            for name, value, status in (("Host", "evil.example", 421), ("Origin", "https://evil.example", 403)):
                answer = await desk.http.get(path, headers={name: value})
                assert (answer.status_code, set(answer.json())) == (status, {"error"})
                stranger = await desk.http.get(path, headers={name: value, "Authorization": "Bearer no"})
                assert stranger.status_code == 401
        assert live.session.onlookers() == ()
