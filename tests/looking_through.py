"""How much Python's garbage collector looks through."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def looked_through() -> Iterator[list[int]]:
    """How many objects each full collection within it has looked through so far."""
    counts: list[int] = []

    def collecting(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            counts.append(len(gc.get_objects()))

    gc.callbacks.append(collecting)
    try:
        yield counts
    finally:
        gc.callbacks.remove(collecting)
