"""The hub that a deputy starts, in a hurry as a round is: `python -m tests.faults.heir ARGUMENT...`."""

import sys

from tests.faults.hub_child import in_a_hurry
from tests.sessions.hub import serve_child

if __name__ == "__main__":
    in_a_hurry()
    sys.exit(serve_child.main(*sys.argv[1:]))
