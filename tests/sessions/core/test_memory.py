"""A process that holds many posts: its garbage collector leaves them alone."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from sessions.core.memory import SETTLED, ChatMemory, begin, put_off
from sessions.core.posts import Author, Post
from tests.looking_through import looked_through


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The collector of the other tests is left as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Screen:
    """Something that refers to itself, as screens and widgets do."""

    def __init__(self) -> None:
        self.itself = self


def posts(count: int) -> list[list[Post]]:
    """Posts with as many objects around each as rows and lines on a screen are."""
    return [[Post(f"{n}", Author(f"{n}", f"{part}"), "A1", n) for part in range(20)] for n in range(count)]


def test_no_collection_looks_through_more_than_the_latest_posts() -> None:
    memory = ChatMemory()
    held = posts(SETTLED)
    memory.grew(SETTLED)
    with looked_through() as counts:
        for _ in range(20):
            held += posts(SETTLED)
            memory.grew(SETTLED)
    assert len(counts) == 20
    assert max(counts) < gc.get_freeze_count() / 5


def test_what_a_chat_opened_and_closed_is_not_kept_where_it_has_become_old() -> None:
    memory = ChatMemory()
    memory.grew(SETTLED)
    gone = ref(Screen())
    gc.collect(1)  # it has stood so long that only a full collection would come to it
    memory.grew(SETTLED)
    assert gone() is None


def test_what_a_chat_held_that_was_left_goes_when_the_next_one_settles() -> None:
    screen = Screen()
    ChatMemory().grew(SETTLED)
    gone = ref(screen)
    del screen
    ChatMemory().grew(SETTLED)
    assert gone() is None


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
