"""Undo, for every action that can be undone: the subject returns to its state before it."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from sessions.core import commands as c
from sessions.core.commands import Undo, decide, latest_own
from sessions.core.events import Event, QuestionAsked, Undone
from sessions.core.evolve import evolve
from sessions.core.posts import Filed, Judgement, Post
from sessions.networks.registry import NETWORKS
from tests.sessions.core.building import Chat

PERSON = "mastodon:@mlopez"


def chat_with_a_post() -> tuple[Chat, str]:
    """Q1 is open and one answer to it is there."""
    chat = Chat()
    chat.do(c.Ask, question="q1", seen=None)
    chat.at += 60_000
    return chat, chat.post()


def essence(chat: Chat) -> Any:
    """All of the state but the record of what was done to get there."""
    state = vars(chat.state).copy()
    for record in ("seq", "at", "commands", "acts", "actions", "stacks", "undone", "question_serial"):
        state.pop(record)
    state["layers"] = {
        post: layer
        for post, layer in chat.state.layers.items()
        if layer.edited or layer.removed or layer.starred or layer.hidden or layer.decision
    }
    state["tally"] = {question: count for question, count in chat.state.tally.items() if count}
    state["answered"] = {question: sorted(counts.items()) for question, counts in sorted(chat.state.answered.items())}
    return repr(state)


ACTIONS: dict[str, Callable[[Chat, str], Any]] = {
    "role_taken": lambda chat, _: chat.do(c.TakeRole, role="greeter"),
    "role_released": lambda chat, _: chat.do(c.ReleaseRole, role="driver"),
    "question_asked": lambda chat, _: chat.do(c.Ask, question="q2", seen="q1"),
    "timer_held": lambda chat, _: chat.do(c.Hold),
    "time_added": lambda chat, _: chat.do(c.AddTime, seconds=-30),
    "question_added": lambda chat, _: chat.do(c.AddQuestion, text="And what now?", after="q2"),
    "question_edited": lambda chat, _: chat.do(c.EditQuestion, question="q2", text="Really?", minutes=3),
    "question_moved": lambda chat, _: chat.do(c.MoveQuestion, question="q5", after=None),
    "question_skipped": lambda chat, _: chat.do(c.SkipQuestion, question="q3"),
    "turn_given": lambda chat, _: chat.do(c.GiveTurn, question="q3", moderator="Ben"),
    "minutes_shared": lambda chat, _: chat.do(c.ShareMinutes),
    "post_filed": lambda chat, post: chat.do(c.File, post=post, question="q2"),
    "post_highlighted": lambda chat, post: chat.do(c.Highlight, post=post),
    "person_highlighted": lambda chat, _: chat.do(c.Highlight, person=PERSON),
    "person_greeted": lambda chat, _: chat.do(c.Greet, person=PERSON),
    "person_tagged": lambda chat, _: chat.do(c.Tag, person=PERSON, school="East", groups=("math",)),
    "post_hidden": lambda chat, post: chat.do(c.Hide, post=post),
    "person_muted": lambda chat, _: chat.do(c.Mute, person=PERSON),
    "word_muted": lambda chat, _: chat.do(c.MuteWord, word="spam"),
    "spending_allowed": lambda chat, _: chat.do(c.AllowSpending, source="x", ceiling=8.0),
    "note_added": lambda chat, _: chat.do(c.Note, text="Ask for a photo"),
}

OPPOSITES: dict[str, Callable[[Chat, str], Any]] = {
    "timer_resumed": lambda chat, _: (
        (chat.do(c.Hold), setattr(chat, "at", chat.at + 9000)) and (lambda: chat.do(c.Resume))
    ),
    "question_restored": lambda chat, _: (
        chat.do(c.SkipQuestion, question="q3") and (lambda: chat.do(c.RestoreQuestion, question="q3"))
    ),
    "post_unhighlighted": lambda chat, post: (
        chat.do(c.Highlight, post=post) and (lambda: chat.do(c.Unhighlight, post=post))
    ),
    "person_unhighlighted": lambda chat, _: (
        chat.do(c.Highlight, person=PERSON) and (lambda: chat.do(c.Unhighlight, person=PERSON))
    ),
    "post_shown": lambda chat, post: chat.do(c.Hide, post=post) and (lambda: chat.do(c.Show, post=post)),
    "person_unmuted": lambda chat, _: chat.do(c.Mute, person=PERSON) and (lambda: chat.do(c.Unmute, person=PERSON)),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_is_taken_back_whole(name: str) -> None:
    chat, post = chat_with_a_post()
    before = essence(chat)
    (event,) = ACTIONS[name](chat, post)
    assert event.__struct_config__.tag == name
    assert essence(chat) != before
    chat.at += 30_000
    chat.do(Undo, seq=event.seq)
    assert essence(chat) == before


@pytest.mark.parametrize("name", OPPOSITES)
def test_each_opposite_is_taken_back_whole(name: str) -> None:
    chat, post = chat_with_a_post()
    act = OPPOSITES[name](chat, post)
    before = essence(chat)
    (event,) = act()
    assert event.__struct_config__.tag == name
    chat.at += 30_000
    chat.do(Undo, seq=event.seq)
    assert essence(chat) == before


def test_an_answer_added_by_hand_is_gone_after_undo() -> None:
    chat, _ = chat_with_a_post()
    (event,) = chat.do(c.AddPost, text="A1: by voice", author="Tom K")
    assert chat.state.tally["q1"] == 2
    chat.do(Undo, seq=event.seq)
    assert chat.state.tally["q1"] == 1
    assert chat.state.folded(event.post.id)


def test_who_came_only_by_an_answer_taken_back_is_nobody_to_greet() -> None:
    chat, _ = chat_with_a_post()
    people = [person.author.id for person in chat.state.present()]
    answer = by_hand(chat, "Maira")
    assert [person.author.name for person in chat.state.to_greet()] == ["Maira"]
    chat.do(Undo, seq=answer.seq)
    assert chat.state.to_greet() == []
    assert [person.author.id for person in chat.state.present()] == people


def by_hand(chat: Chat, newcomer: str) -> Event:
    """An answer added by hand of somebody who was in no earlier chat."""

    def judge(_post: Post) -> Judgement:
        return Judgement("answer", Filed("q1", "label"), newcomer=True)

    command = c.AddPost(id="by hand", text="A1: by voice", author=newcomer)
    (event,) = cast(tuple[Event], decide(chat.state, command, by="Ana", at=chat.at, judge=judge, networks=NETWORKS))
    evolve(chat.state, event)
    return event


def test_what_lies_under_a_question_that_a_hosts_post_asked_cannot_be_undone() -> None:
    chat, _ = chat_with_a_post()
    (asked,) = chat.do(c.Ask, question="q2", seen="q1")
    chat.hear(QuestionAsked, question="q3", seconds=480)
    assert "since (question asked, number" in chat.refused(Undo, seq=asked.seq)
    assert chat.state.open == "q3"
    assert [opening.question for opening in chat.state.openings] == ["q1", "q2", "q3"]


def test_what_the_hub_did_cannot_be_undone() -> None:
    chat, _ = chat_with_a_post()
    asked = chat.hear(QuestionAsked, question="q3", seconds=480)
    assert chat.refused(Undo, seq=asked.seq) == "That cannot be undone."


def test_asking_is_undone_to_the_timer_as_it_was_by_its_own_timestamps() -> None:
    chat, _ = chat_with_a_post()
    timer = chat.state.timer
    chat.at += 300_000
    (asked,) = chat.do(c.Ask, question="q2", seen="q1")
    chat.at += 2_000
    chat.do(Undo, seq=asked.seq)
    assert (chat.state.open, chat.state.timer) == ("q1", timer)
    assert chat.state.question_state("q2") == "waiting"


def test_only_the_latest_action_on_a_subject_can_be_undone_and_the_refusal_names_the_later_one() -> None:
    chat, post = chat_with_a_post()
    (star,) = chat.do(c.Highlight, post=post)
    (hide,) = chat.do(c.Hide, "Ben", post=post)
    words = chat.refused(Undo, seq=star.seq)
    assert "Ben" in words
    assert str(hide.seq) in words
    chat.do(Undo, seq=hide.seq)
    chat.do(Undo, seq=star.seq)


def test_undo_needs_the_role_of_the_action() -> None:
    chat, _ = chat_with_a_post()
    (held,) = chat.do(c.Hold)
    assert chat.refused(Undo, "Ben", seq=held.seq) == "Ana asks the questions. -> take_driver"
    chat.do(c.TakeRole, "Ben", role="driver")
    chat.do(Undo, "Ben", seq=held.seq)


def test_joins_closing_and_undos_cannot_be_undone() -> None:
    chat, post = chat_with_a_post()
    (star,) = chat.do(c.Highlight, post=post)
    (undone,) = chat.do(Undo, seq=star.seq)
    for seq in (1, 2, undone.seq, 99_999):
        assert chat.refused(Undo, seq=seq) == "That cannot be undone."
    assert chat.do(Undo, seq=star.seq) == ()


def test_a_question_added_and_asked_cannot_vanish_from_under_the_chat() -> None:
    chat, _ = chat_with_a_post()
    (added,) = chat.do(c.AddQuestion, text="And what now?")
    chat.do(c.Ask, question="q7", seen="q1")
    assert "Undo that first" in chat.refused(Undo, seq=added.seq)


def test_u_takes_back_ones_own_latest_action() -> None:
    chat, post = chat_with_a_post()
    (star,) = chat.do(c.Highlight, "Ben", post=post)
    chat.do(c.Hold)
    assert latest_own(chat.state, "Ben") == star.seq
    chat.do(Undo, "Ben", seq=star.seq)
    assert latest_own(chat.state, "Ben") is None


@pytest.mark.parametrize("command", [c.ShareMinutes, c.GiveTurn])
def test_a_file_that_takes_things_back_in_another_order_is_folded_all_the_same(command: Any) -> None:
    chat = Chat()
    (added,) = chat.do(c.AddQuestion, text="Why?")
    fields = {"question": "q7", "moderator": "Ben"} if command is c.GiveTurn else {}
    (later,) = chat.do(command, **fields)
    for event in (added, later):
        chat.hear(Undone, undoes=event.seq)
    assert "q7" not in chat.state.questions
