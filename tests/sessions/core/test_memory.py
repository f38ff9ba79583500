"""A process that holds many posts: its garbage collector leaves them alone."""

import gc
from collections.abc import Iterator

import pytest

from sessions.core.memory import SETTLED, ChatMemory, begin, put_off
from sessions.core.posts import Author, Post


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The collector of the other tests is left as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def full_collections() -> int:
    """How often all that is held was looked through so far."""
    collections: int = gc.get_stats()[2]["collections"]
    return collections


def posts(count: int) -> list[list[Post]]:
    """Posts with as many objects around each as rows and lines on a screen are."""
    return [[Post(f"{n}", Author(f"{n}", f"{part}"), "A1", n) for part in range(20)] for n in range(count)]


def test_no_full_collection_while_posts_come() -> None:
    memory = ChatMemory()
    held = posts(SETTLED)
    memory.grew(SETTLED)
    before = full_collections()
    for _ in range(20):
        held += posts(SETTLED)
        memory.grew(SETTLED)
    assert full_collections() == before
    assert gc.get_freeze_count() > len(held)


def test_what_was_in_a_cycle_and_let_go_is_not_kept() -> None:
    memory = ChatMemory()
    memory.grew(SETTLED)
    frozen = gc.get_freeze_count()
    for _ in range(1_000):
        cycle: list[object] = []
        cycle.append(cycle)
    memory.grew(SETTLED)
    assert gc.get_freeze_count() - frozen < 1_000


def test_a_short_chat_leaves_the_collector_as_it_is() -> None:
    before = gc.get_freeze_count(), gc.get_threshold()
    ChatMemory().grew(SETTLED - 1)
    assert (gc.get_freeze_count(), gc.get_threshold()) == before


def test_a_program_that_starts_is_not_looked_through_and_what_comes_later_is() -> None:
    put_off()
    held = posts(SETTLED)
    assert not gc.isenabled()
    begin()
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(held)


def test_a_process_that_did_not_put_it_off_begins_nothing() -> None:
    before = gc.get_freeze_count()
    begin()
    assert gc.get_freeze_count() == before
