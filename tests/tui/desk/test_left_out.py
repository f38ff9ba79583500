"""An event that a desk cannot fold, because of a defect of ours, costs the desk that one event."""

from typing import Any

import pytest

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.evolve import ROWS, fold
from sessions.hub.client.client import Beat, Events, Seat
from tests.sessions.core.building import Chat
from tui.desk.model.desk import LEFT_OUT, DeskModel


@pytest.fixture
def chat() -> Chat:
    chat = Chat()
    post = chat.post("A1: stations")
    chat.do(c.Highlight, post=post)
    chat.do(c.Note, "Ben", text="poison")
    chat.do(c.Redact, post=post)
    chat.do(c.Note, "Ben", text="all is well")
    return chat


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> DeskModel:
    """A desk that has caught up and fails in the middle of one note."""
    row = ROWS[e.NoteAdded]

    def half_done(state: Any, event: e.NoteAdded) -> None:
        row.handle(state, event)
        if event.text == "poison":
            raise ZeroDivisionError("a handler that nobody thought of")

    monkeypatch.setitem(ROWS, e.NoteAdded, row._replace(handle=half_done))
    model = DeskModel(Seat("Ana", "moderator", "token"))
    model.take(Beat(now=0, seq=0, trouble=None, received=0.0))
    return model


@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one by one"])
def test_the_desk_goes_on_without_the_event_and_says_which_it_was(chat: Chat, model: DeskModel, at_once: bool) -> None:
    batches = [tuple(chat.events)] if at_once else [(event,) for event in chat.events]
    changes = [model.take(Events(batch)) for batch in batches]
    poison = next(event for event in chat.events if isinstance(event, e.NoteAdded))
    assert model.state.digest() == fold(event for event in chat.events if event is not poison).digest()
    assert [note.text for note in model.state.notes.values()] == ["all is well"]
    told = [words for change in changes for words in change.told]
    assert f"{LEFT_OUT} ({poison.seq}, note_added)." in told
    assert any(change.posts is None for change in changes), "nothing of the state before is left on the screen"


def test_what_the_desk_keeps_to_begin_anew_has_no_words_of_a_blanked_post(chat: Chat, model: DeskModel) -> None:
    model.take(Events(tuple(chat.events)))
    assert "stations" not in repr(model._folded[1:])
