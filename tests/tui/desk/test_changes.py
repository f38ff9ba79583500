"""Whatever happens, every post that looks different afterwards is among those the panes are told to draw again."""

import copy
from typing import Any

import pytest

from sessions.core import commands as c
from sessions.core.events import AnyEvent, PostEdited, PostRemoved
from sessions.core.state import SessionState
from sessions.hub.client.updates import Events
from sessions.hub.protocol.seats import Seat
from tests.sessions.core.building import Chat
from tests.sessions.core.every_kind import a_plan_with_notes, play
from tui.desk.model.changes import touched
from tui.desk.model.desk import DeskModel
from tui.text.wording import zone_of
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.post_look import PostLook, look_of


def looks(state: SessionState) -> dict[str, PostLook]:
    return {post: look_of(state, post, PaneFilter(), zone_of(state.plan)) for post in state.posts}


class Watched(Chat):
    """A chat that compares, at each event, what changed with what is said to have changed."""

    def _take(self, event: Any) -> None:
        before = looks(self.state)
        told = touched(copy.deepcopy(self.state), event)
        super()._take(event)
        self._compare(event, before, told)

    def _compare(self, event: AnyEvent, before: dict[str, PostLook], told: frozenset[str] | None) -> None:
        after = looks(self.state)
        changed = {post for post, look in after.items() if before.get(post) != look}
        assert told is None or changed <= told, event


@pytest.mark.parametrize(
    "fields",
    [
        (c.Ask, {"question": "q1", "seen": None}),
        (c.Hide, {"post": "mastodon:1"}),
        (c.File, {"post": "mastodon:1", "question": "q2"}),
        (c.File, {"post": "mastodon:1", "question": None}),
        (c.Highlight, {"post": "mastodon:1"}),
        (c.Redact, {"post": "mastodon:1"}),
        (c.EditQuestion, {"question": "q1", "label": "1a"}),
        (c.MoveQuestion, {"question": "q1", "after": "q4"}),
        (c.SkipQuestion, {"question": "q1"}),
        (c.AddQuestion, {"text": "Why?"}),
        (c.AddPost, {"text": "A1 by hand", "author": "Kim"}),
        (c.Note, {"text": "slow"}),
        (c.Close, {}),
    ],
    ids=lambda fields: fields[0].__name__,
)
def test_an_act_and_its_undo(fields: tuple[Any, dict[str, Any]]) -> None:
    kind, given = fields
    chat = Watched()
    for _ in range(3):
        chat.post()
    chat.do(kind, **given)
    if c.undoable(chat.state, chat.state.seq):
        chat.do(c.Undo, seq=chat.state.seq)


@pytest.mark.parametrize("kind", [c.Highlight, c.Greet, c.Mute, c.Tag])
def test_an_act_on_a_person_and_its_undo(kind: Any) -> None:
    chat = Watched()
    for _ in range(3):
        chat.post()
    person = next(iter(chat.state.people))
    more = {"school": "Brule"} if kind is c.Tag else {}
    chat.do(kind, person=person, **more)
    chat.do(c.Undo, seq=chat.state.seq)


def test_what_the_network_does() -> None:
    chat = Watched()
    post = chat.post()
    copy = chat.post("RT stations", repost_of=post, kind="repost", filed=None)
    chat.hear(PostRemoved, post=copy)
    chat.hear(PostEdited, post=post, text="A2: other", kind="answer", filed=None)
    chat.hear(PostRemoved, post=post)


def test_somebody_who_says_that_they_are_new_later_on() -> None:
    chat = Watched(first=True)
    chat.post("A1: stations", newcomer=True)
    chat.post("I am new here", newcomer=True, says_new=True)
    assert all("NEW" in [badge.words for badge in look.badges] for look in looks(chat.state).values())


def test_somebody_of_whom_it_is_learnt_later_that_the_channel_knows_them() -> None:
    chat = Watched()
    chat.post("A1: stations")
    chat.post("A1: exits", from_channel=True)
    assert all("from the channel" in [badge.words for badge in look.badges] for look in looks(chat.state).values())


def test_everything_that_can_happen() -> None:
    play(Watched(a_plan_with_notes()))


def test_a_desk_tells_its_roster_who_changed_and_each_of_them_once() -> None:
    chat = Chat()
    chat.post(handle="tom")
    model = DeskModel(Seat(name="Ana", scope="moderator", token=""))
    model.take(Events(tuple(chat.events)))
    assert model.people_changed() is None
    assert model.people_changed() == frozenset()
    here = len(chat.events)
    chat.post(handle="mia")
    chat.do(c.Greet, person="mastodon:@tom")
    model.take(Events(tuple(chat.events[here:])))
    assert model.people_changed() == {"mastodon:@tom", "mastodon:@mia"}
