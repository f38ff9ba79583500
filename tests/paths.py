"""Where things of the checkout are, for tests that read them."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
