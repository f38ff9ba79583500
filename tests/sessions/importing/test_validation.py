"""A session from elsewhere with times or lengths of no world is not taken, and what it hides in texts is left out."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.core.commands import AddQuestion, AddTime, Ask, EditQuestion
from sessions.core.events import AnyEvent, SessionClosed, SessionOpened, decode_event, encode_event
from sessions.core.evolve import fold
from sessions.exchange.receiving import NotTaken, SentChat, receive_chat
from sessions.library.incoming.validation import cleaned, objection
from sessions.library.library import Library
from sessions.library.storage.reading import read_events
from sessions.reports.growth import to_json
from sessions.reports.recap import Format, build_recap, render
from sessions.reports.series_growth import read_growth
from tests.sessions.core.building import START, Chat
from tests.sessions.reports.recap.chats import week_on

OPENED, ASKED, EDITED, ADDED, LONGER, SEEN, CLOSED = 0, 5, 6, 7, 8, 9, -1


def a_chat() -> list[dict[str, Any]]:
    """The events of a chat in which everything is that has a time or a length, as they are stored."""
    chat = Chat()
    chat.do(Ask, question="q1", seen=None)
    chat.do(EditQuestion, question="q2", minutes=9.0)
    chat.do(AddQuestion, text="And why?", minutes=5.0)
    chat.do(AddTime, seconds=60)
    chat.post()
    chat.hear(SessionClosed)
    return [msgspec.json.decode(encode_event(event)) for event in chat.events]


def changed(place: int, path: str, value: object) -> tuple[AnyEvent, ...]:
    """The chat with another value at `path` (`plan.questions.0.minutes`) in the event at `place`."""
    events = a_chat()
    node: Any = events[place]
    *way, last = path.split(".")
    for key in way:
        node = node[int(key) if key.isdecimal() else key]
    assert last in node, "the test changes what is there"
    node[last] = value
    return tuple(decode_event(msgspec.json.encode(event)) for event in events)


def objection_to(events: tuple[AnyEvent, ...]) -> str:
    assert isinstance(events[0], SessionOpened)
    return objection(events[0], events, START)


@pytest.mark.parametrize(
    ("place", "path", "value"),
    [
        (OPENED, "plan.starts", "9999-12-31T23:59:59"),
        (OPENED, "plan.starts", "1066-10-14T09:00:00"),
        (OPENED, "plan.starts_at", 10**18),
        (OPENED, "plan.starts_at", -1),
        (OPENED, "plan.timezone", "../../etc/passwd"),
        (OPENED, "plan.minutes", 1e308),
        (OPENED, "plan.introductions", -1e308),
        (OPENED, "plan.close", 1e308),
        (OPENED, "plan.questions.5.minutes", 1e308),
        (ASKED, "seconds", 10**15),
        (EDITED, "minutes", 1e308),
        (ADDED, "question.minutes", 1e308),
        (LONGER, "seconds", -(10**15)),
        (SEEN, "post.posted_at", 10**18),
        (SEEN, "post.posted_at", -1),
        (SEEN, "post.id", ""),
        (SEEN, "post.author.id", ""),
        (CLOSED, "at", 10**18),
    ],
)
def test_what_cannot_be_is_doubted_in_one_sentence_and_not_taken(
    tmp_path: Path, place: int, path: str, value: object
) -> None:
    events = changed(place, path, value)
    assert objection_to(events).endswith(".")
    with pytest.raises(NotTaken) as refused:
        receive_chat(Library(tmp_path), SentChat("aaaaaa", "", events), "navasotaisd")
    assert "\n" not in str(refused.value)
    assert not list(tmp_path.glob("*aaaaaa*"))


@pytest.mark.parametrize(
    ("place", "path", "value"),
    [
        (OPENED, "plan.starts", "1970-01-01T00:00:00"),
        (OPENED, "plan.starts_at", 0),
        (OPENED, "plan.starts", "9998-12-31T23:59:59"),
        (OPENED, "plan.questions.0.minutes", 366 * 24 * 60),
        (OPENED, "plan.minutes", 0),
        (LONGER, "seconds", -7200),
        (SEEN, "post.posted_at", 253_370_764_799_999),
    ],
)
def test_what_is_only_strange_is_taken_and_counted_and_recapped(
    tmp_path: Path, place: int, path: str, value: object
) -> None:
    events = changed(place, path, value)
    assert objection_to(events) == ""
    assert receive_chat(Library(tmp_path), SentChat("aaaaaa", "", events), "navasotaisd")
    assert '"people": 1' in to_json(read_growth(Library(tmp_path), "navasotaisd").growth)
    (file,) = tmp_path.glob("*-aaaaaa.json")
    state = fold(read_events(file))
    assert state.plan is not None
    forms: tuple[Format, ...] = ("markdown", "html", "csv", "json")
    for form in forms:
        assert "stations" in render(build_recap(state, "aaaaaa", next_chat=week_on(state.plan)), form)


def test_a_chat_that_ends_in_years_from_now_is_not_taken(tmp_path: Path) -> None:
    chat = Chat(at=START + 474 * 366 * 86_400_000)
    chat.post()
    chat.hear(SessionClosed)
    assert objection_to(tuple(chat.events)) == "The chat ends more than a year from now."
    with pytest.raises(NotTaken, match="more than a year from now"):
        receive_chat(Library(tmp_path), SentChat("aaaaaa", "", tuple(chat.events)), "navasotaisd")
    assert not list(tmp_path.glob("*aaaaaa*"))


HIDING = "\x1b]0;evil\x07\u202e\x9b31m"
"""Renames a terminal's window, turns text round, colours it."""


def soiled(value: Any) -> Any:
    """The value with that behind every text that a person reads."""
    shown = {"title", "name", "handle", "text", "label", "notes", "hashtags"}
    if isinstance(value, dict):
        return {key: _soiled_in(one) if key in shown else soiled(one) for key, one in value.items()}
    return [soiled(one) for one in value] if isinstance(value, list) else value


def _soiled_in(value: Any) -> Any:
    return [f"{one}{HIDING}" for one in value] if isinstance(value, list) else f"{value}{HIDING}"


def test_nothing_that_hides_comes_into_the_library_with_a_chat(tmp_path: Path) -> None:
    events = tuple(decode_event(msgspec.json.encode(soiled(event))) for event in a_chat())
    assert "\\u001b" in encode_event(events[SEEN]).decode()
    assert receive_chat(Library(tmp_path), SentChat("aaaaaa", f"Title{HIDING}", events), "navasotaisd")
    (file,) = tmp_path.glob("*-aaaaaa.json")
    assert '"text":"A1: stations]0;evil31m"' in file.read_text("ascii")
    for path in (file, tmp_path / "people.json"):
        written = path.read_text("ascii")
        assert not [hidden for hidden in ("\\u001b", "\\u0007", "\\u202e", "\\u009b") if hidden in written]


def test_what_a_lunchroom_saved_is_left_as_it_is() -> None:
    events = [decode_event(msgspec.json.encode(event)) for event in a_chat()]
    events += [decode_event(b'{"seq":99,"at":1,"type":"of_later_times","text":"\\u001b"}')]
    kept = cleaned(events)
    assert all(one is other for one, other in zip(kept, events, strict=True))
