"""`lunchroom` with one row more."""

from sessions.networks.registry import NETWORKS
from tests.sessions.networks.toy.network import TOY
from tui.cli import main

NETWORKS["toy"] = TOY
main()
