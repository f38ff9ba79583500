"""How much of what could be tried without end the suite tries.

Usually a part, another with each run where hypothesis chooses; all of it where `LUNCHROOM_THOROUGH=1` is set: for
whoever changes what these tests are about, and for nights.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

THOROUGH = os.environ.get("LUNCHROOM_THOROUGH", "") not in ("", "0")
"""Whether all is to be tried."""

EXAMPLES = 20
"""How often a property is tried that does not say more, where not all is to be tried."""


def examples(many: int) -> int:
    """How many examples of so many that are worth trying."""
    return many if THOROUGH else max(min(many, 5), many * EXAMPLES // 100)


def sampled(everything: Iterable[T], every: int) -> Iterator[T]:
    """Each of them, or every so-many-th, from the first on."""
    return islice(everything, 0, None, 1 if THOROUGH else every)
