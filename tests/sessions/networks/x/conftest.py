"""An X in memory, and the time that it runs in."""

import pytest

from tests.sessions.networks.virtual_time import VirtualTime
from tests.sessions.networks.x.simulated import SimulatedX


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest.fixture
def x(time: VirtualTime) -> SimulatedX:
    return SimulatedX(time)
