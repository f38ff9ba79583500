"""A desk that lacks much says how far it is, until it has all that is for it."""

from sessions.core.commands import Note
from sessions.core.events import AnyEvent, ModeratorLeft
from sessions.hub.client.client import Beat, Events, Offline, Online, Seat
from tests.sessions.core.building import Chat
from tui.desk.model.catching_up import LAG, CatchUp, LastLook, last_look
from tui.desk.model.desk import DeskModel


def test_it_is_told_from_the_first_heartbeat_on_and_ends_with_the_last_event() -> None:
    far = CatchUp()
    far.begin()
    assert far.words(0) == ""
    far.beat(20_000, 0)
    assert far.words(0) == "catching up: 0 of 20,000"
    far.heard()
    assert far.words(12_300) == "catching up: 12,300 of 20,000"
    far.beat(20_010, 15_000)
    assert far.words(15_000) == "catching up: 15,000 of 20,010"
    far.heard()
    assert far.words(20_010) == ""
    far.beat(20_020, 20_015)
    assert far.words(20_015) == ""


def test_a_few_events_in_between_are_no_catching_up() -> None:
    far = CatchUp()
    far.heard()
    far.beat(LAG, 0)
    assert far.words(0) == ""


def test_who_never_gets_the_last_events_is_done_when_nothing_but_a_heartbeat_comes() -> None:
    far = CatchUp()
    far.begin()
    far.beat(20_000, 0)
    far.heard()
    far.beat(20_000, 19_000)
    assert far.words(19_000)
    far.beat(20_000, 19_000)
    assert far.words(19_000) == ""


def test_a_desk_counts_what_it_hears_and_begins_anew_when_it_is_back() -> None:
    model = DeskModel(Seat("Ana", "moderator", "token"))
    events: list[AnyEvent] = [*Chat().events]
    model.take(Online())
    model.take(Beat(now=0, seq=5_000, trouble=None, received=0.0))
    model.take(Events(tuple(events[:3])))
    assert model.catch_up.words(model.state.seq) == "catching up: 3 of 5,000"
    model.take(Offline(0.0, 2, "The hub says nothing."))
    model.take(Online())
    assert model.catch_up.words(model.state.seq) == ""


def test_who_left_counts_as_gone_since_what_happened_before_that_was_noted() -> None:
    chat = Chat()
    chat.at += 1000
    chat.do(Note, "Ben", text="until tomorrow")
    noted = chat.at
    chat.at += 1000
    seen = chat.post()
    chat.at += 200_000_000
    for name in ("Ana", "Ben"):
        chat.hear(ModeratorLeft, name=name, scope="moderator")
    left = chat.state.seq
    chat.post()
    look = last_look(reversed(chat.events), "Ben")
    assert look == LastLook(left, chat.state.posts[seen].at)
    assert last_look(reversed(chat.events[:-4]), "Ben") == LastLook(left - 3, noted)
    assert last_look(reversed(chat.events), "Cy") is None


def test_what_was_before_a_desk_came_changes_everything_and_is_no_news() -> None:
    chat = Chat()
    chat.do(Note, "Ben", text="until tomorrow")
    model = DeskModel(Seat("Ana", "moderator", "token"))
    model.take(Online())
    model.take(Beat(now=0, seq=chat.state.seq, trouble=None, received=0.0))
    change = model.take(Events(tuple(chat.events)))
    assert (change.posts, change.told, change.acted, change.events) == (None, (), False, True)
    assert model.people_changed() is None
    assert model.state.digest() == chat.state.digest()
    chat.do(Note, "Ben", text="back again")
    change = model.take(Events(tuple(chat.events[-1:])))
    assert change.acted
    assert change.note is not None
