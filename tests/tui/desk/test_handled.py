"""What another moderator did something with, as data; and marks that go by themselves."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from sessions.core import events as e
from sessions.core.evolve import evolve, fold
from tests.sessions.core.building import Chat
from tests.sessions.core.every_kind import a_plan_with_notes, play
from tests.tui.desks import ManualPace
from tui.desk.model.handled import Handled, handled_by
from tui.desk.presence.marks import SHOWN, Marks


def test_marked_is_what_was_acted_upon_and_undo_marks_the_same() -> None:
    state, told = fold(()), defaultdict[type, list[Handled]](list)
    for event in play(Chat(a_plan_with_notes())).events:
        handled = handled_by(state, event)
        told[type(event)].append(handled)
        if isinstance(event, e.Undone):
            assert handled == handled_by(state, state.actions[event.undoes].event)
        evolve(state, event)
    assert all(one.posts and not one.questions for one in told[e.PostFiled])
    assert all(one.people for one in told[e.PersonGreeted])
    assert all(any(one.questions for one in told[kind]) for kind in (e.QuestionAsked, e.QuestionAdded, e.PostingDone))
    assert not any(any(told[kind]) for kind in (e.NoteAdded, e.RoleTaken, e.SessionClosed))


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from("abc")), max_size=10))
def test_a_row_is_marked_for_two_seconds_from_the_last_act_on(acts: list[tuple[float, str]]) -> None:
    pace, shown = ManualPace(), list[Handled]()
    marks = Marks(pace, shown.append)
    last = dict[str, float]()
    for pause, post in acts:
        pace.advance(pause)
        marks.add(Handled(posts=frozenset((post,))))
        last[post] = pace.now()
        assert shown[-1].posts == {one for one, at in last.items() if pace.now() - at < SHOWN}
    pace.advance(SHOWN)
    assert not shown or not shown[-1]
    marks.stop()
