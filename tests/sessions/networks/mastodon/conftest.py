"""One mastodon-mock for all tests of a worker, and for each a server in memory."""

from collections.abc import Iterator

import pytest

from tests.sessions.networks.mastodon.mock_server import MockServer, mock_server
from tests.sessions.networks.mastodon.reenacted import usernames
from tests.sessions.networks.mastodon.server import Server
from tests.sessions.networks.virtual_time import VirtualTime


@pytest.fixture(scope="session")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockServer]:
    """The process; its accounts are those of the re-enacted chat, `reader` and `poster`."""
    with mock_server(tmp_path_factory.mktemp("mastodon-mock"), [*usernames(), "reader", "poster"]) as server:
        yield server


@pytest.fixture
def server() -> Server:
    return Server(VirtualTime())
