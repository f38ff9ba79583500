"""The socket a hub listens on."""

import socket

import pytest

from sessions.hub.process.running import bind, url_of


def test_the_socket_is_named_as_tcp_so_that_answers_do_not_wait_for_more_to_send() -> None:
    with bind("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
        assert url_of(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_an_address_is_taken_once() -> None:
    with bind("127.0.0.1", 0) as listening:
        listening.listen()
        with pytest.raises(OSError, match="in use"):
            bind("127.0.0.1", listening.getsockname()[1])


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_written_in_brackets() -> None:
    try:
        listening = bind("::1", 0)
    except OSError:
        pytest.skip("no IPv6 loopback here")
    with listening:
        assert url_of(listening).startswith("http://[::1]:")
