"""Who asks for credit, one person at a time, is as the whole list has it: whatever happened to their posts."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.credit import asked_in_chat, asks
from sessions.core.evolve import fold
from sessions.core.plan import Credit
from tests.sessions.core.building import Chat, a_plan

STEPS = st.lists(st.tuples(st.sampled_from("pewrxmsu"), st.integers(0, 2)), max_size=12)


@given(STEPS, st.sampled_from(["#credit", "credit please"]))
def test_one_person_is_as_the_list_has_them(steps: list[tuple[str, int]], word: str) -> None:
    credit = Credit("Navasota ISD", word=word)
    chat = Chat(a_plan(credit=credit))
    posts: list[str] = []
    for step, who in steps:
        handle = ("kim", "tomk", "ben")[who]
        if step == "p":
            posts.append(chat.post(f"A1: {word}!", handle=handle))
        elif step == "s":
            posts.append(chat.post(f"buy {word}", handle=handle, kind="spam"))
        elif posts:
            post = posts[who % len(posts)]
            person = chat.state.posts[post].post.author.id
            if step == "e":
                chat.hear(e.PostEdited, post=post, text="A1: no", kind="answer", filed=None)
            elif step == "w":
                chat.hear(e.PostEdited, post=post, text=f"A1: {word}", kind="answer", filed=None)
            elif step == "r":
                chat.hear(e.PostRemoved, post=post)
            elif step == "x":
                chat.try_(c.Redact, post=post)
            else:
                chat.try_(c.MarkCredit, person=person, asked=None if step == "u" else bool(who))
        asked = asked_in_chat(chat.state, credit)
        assert {one for one in chat.state.people if asks(chat.state, one)} == set(asked)
    assert fold(chat.events).digest() == chat.state.digest()
