"""How long to wait before the next try of something that keeps failing."""

import random


def backoff(failures: int, first: float, longest: float) -> float:
    """Seconds to wait after so many failures in a row (1 or more): doubled from `first` to `longest`.

    Up to half of each is left off by chance, so that many who lost the same thing do not come back at once.
    """
    wait = min(longest, first * 2.0 ** min(failures - 1, 30))
    return wait * random.uniform(0.5, 1.0)
