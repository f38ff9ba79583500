"""Which chats are shown and in which order: always a part of those that are there, as sorted as the heading says."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sessions.library.index import Summary
from tui.library.model import LibraryModel
from tui.library.saved_chats import BY_COLUMN, COLUMNS, Chat, State, chats_of

WORDS = st.sampled_from(["", "exit", "tickets", "2025-12", "running", "#chat", "nothing has this"])


@st.composite
def chats(draw: st.DrawFn) -> list[Chat]:
    """Some chats of all states."""
    number = draw(st.integers(0, 6))
    return [
        Chat(
            Summary(
                path=Path(f"{place}.json"),
                id=f"id{place}",
                date=f"2025-12-{draw(st.integers(10, 28))}",
                series=draw(st.sampled_from(["exits", "Stations", ""])),
                size=1,
                title=draw(st.sampled_from(["Exit tickets", "exit", "Reading"])),
                hashtags=("chat",),
                people=draw(st.integers(0, 3)),
                answers=draw(st.integers(0, 3)),
            ),
            draw(st.sampled_from(_STATES)),
        )
        for place in range(number)
    ]


_STATES: tuple[State, ...] = ("running", "interrupted", "damaged", "rehearsal", "saved")


@given(chats(), WORDS, st.lists(st.sampled_from([column.name for column in COLUMNS]), max_size=4))
def test_what_is_shown_is_sorted_and_a_part_of_what_is_there(seen: list[Chat], words: str, pressed: list[str]) -> None:
    model = LibraryModel()
    model.take(seen)
    model.words = words
    for column in pressed:
        said = model.sort(column)
        assert said.startswith(f"Sorted by {BY_COLUMN[column].heading.lower()}: ")
    shown = model.shown()
    assert {chat.id for chat in shown} <= {chat.id for chat in seen}
    if not words:
        assert len(shown) == len(seen)
    values = [BY_COLUMN[model.order.column].value(chat) for chat in shown]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=model.order.descending)
    assert values[: len(known)] == known, "where nothing is known comes last in either order"
    assert all(model.find(chat.id) is chat for chat in seen)


@given(chats(), st.sampled_from([column.name for column in COLUMNS if column.name != "date"]))
def test_the_same_column_twice_turns_the_order_round(seen: list[Chat], column: str) -> None:
    model = LibraryModel()
    model.take(seen)
    model.sort(column)
    first = model.order
    model.sort(column)
    assert (model.order.column, model.order.descending) == (column, not first.descending)
    model.sort(column)
    assert model.order == first


def test_the_title_counts_what_is_shown_of_what_is_there() -> None:
    model = LibraryModel()
    assert model.title(0, Path("chats")) == "", "nothing is known yet"
    summary = Summary(path=Path("a.json"), id="a", date="2025-12-01", series="exits", size=1, title="Exit tickets")
    model.take(chats_of([summary], frozenset()))
    assert model.title(1, Path("chats")) == "1 saved chat in chats"
    assert model.title(0, Path("chats")) == "0 of 1 saved chats in chats"
    assert model.find("b") is None
    assert model.find(None) is None
