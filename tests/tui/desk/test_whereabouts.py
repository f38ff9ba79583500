"""Where the others are and what they write, in words; and when one is asked before writing the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.protocol.presence import AtDesk, Claim
from tests.sessions.core.building import Chat
from tui.desk.model.whereabouts import beside_people, beside_questions, clash, where_words

TOM = "mastodon:@tomk"


def chat() -> Chat:
    made = Chat()
    made.post(handle="tomk")
    return made


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("greeting", TOM), "writing to Tomk"),
        (Claim("greeting", "nobody"), "writing to somebody"),
        (Claim("question", "q2"), "editing Q2"),
        (Claim("question"), "writing a question"),
        (Claim("repost", "q1"), "posting Q1"),
        (Claim("line", "thanks"), "posting a line"),
        (Claim("note"), "writing a note"),
        (Claim("dance", "q1"), "writing"),
        (None, ""),
    ],
)
def test_what_somebody_writes_is_told_in_words(claim: Claim | None, words: str) -> None:
    state = chat().state
    assert where_words(state, AtDesk("Ben", "people", claim)) == ", ".join(filter(None, ("at people", words)))
    assert where_words(state, AtDesk("Ben", "a pane of later versions", claim)) == words


claims = st.none() | st.builds(
    Claim,
    st.sampled_from(["greeting", "question", "repost", "line", "note", "later"]),
    st.sampled_from(["", TOM, "q1", "q2", "welcome", "nobody"]),
)
desks = st.lists(st.builds(AtDesk, st.sampled_from(["Ben", "Cy"]), claim=claims), max_size=3)


@given(desks, claims)
def test_one_is_asked_where_another_writes_the_same_about_the_same_and_nowhere_else(
    others: list[AtDesk], claim: Claim | None
) -> None:
    asked = clash(chat().state, others, claim)
    same = claim is not None and bool(claim.about) and claim in [one.claim for one in others]
    assert (asked is not None) is same
    if asked is not None:
        assert asked.question.startswith(("Ben is ", "Cy is "))
        assert asked.question.endswith(" too?")


@given(desks)
def test_beside_stands_only_what_is_about_somebody_or_a_question(others: list[AtDesk]) -> None:
    told = {one.claim for one in others if one.claim is not None and one.claim.about}
    assert {*beside_people(others)} == {one.about for one in told if one.kind == "greeting"}
    assert {*beside_questions(others)} == {one.about for one in told if one.kind in ("question", "repost")}
