"""What is posted: questions and lines of the script; every post of the chat carries its hashtags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.networks.bluesky.facets import TAG, written
from sessions.publishing.texts import (
    Draft,
    again_draft,
    question_draft,
    script_draft,
    with_hashtags,
)
from tests.sessions.core.building import Chat, a_plan


def test_a_question_goes_out_with_its_label_and_hashtag() -> None:
    assert question_draft(Chat().state, "q3") == Draft("question", "q3", "Q3: What about station 3? #navasotaisd")


@pytest.mark.parametrize(
    ("text", "with_tags"),
    [
        ("Q1: Why?", "Q1: Why? #EduChat #math"),
        ("#educhat Q1: Why?", "#educhat Q1: Why? #math"),
        ("Q1: Why (#MATH)?", "Q1: Why (#MATH)? #EduChat"),
        ("#EduChats and #mathematics", "#EduChats and #mathematics #EduChat #math"),
        ("https://a.example/#math a#EduChat", "https://a.example/#math a#EduChat #EduChat #math"),
        ("＃EduChat #math", "＃EduChat #math"),
        ("##EduChat https://a.example/?#math", "##EduChat https://a.example/?#math #EduChat #math"),
    ],
)
def test_a_hashtag_is_added_where_it_is_missing(text: str, with_tags: str) -> None:
    assert with_hashtags(text, a_plan(hashtags=("EduChat", "math"))) == with_tags


PIECES = [
    "#math",
    "＃EduChat",
    "#",
    "https://a.example/",
    "http://",
    "b.com",
    "/",
    "?",
    "&",
    "_",
    "-",
    ".",
    "1",
    "\u0301",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_every_hashtag_of_the_chat_is_one_on_bluesky_too(text: str) -> None:
    """There a hashtag is one only by a facet, and a question without it is not found by those who follow the chat."""
    whole = with_hashtags(text, a_plan(hashtags=("EduChat", "math")))
    features = [feature for facet in written(whole, {}) for feature in facet["features"]]
    assert {"educhat", "math"} <= {feature["tag"].casefold() for feature in features if feature["$type"] == TAG}


def test_a_question_reads_differently_each_time_it_goes_out_again() -> None:
    chat = Chat()
    texts = []
    for number in range(4):
        draft = again_draft(chat.state, "q3", "x")
        texts.append(draft.text)
        key = f"key-0000000{number}"
        chat.do(
            c.BeginPosting, key=key, source="x", account="ana", purpose=draft.purpose, subject="q3", text=draft.text
        )
        chat.do(c.FinishPosting, key=key, post=f"x:{number}")
    assert len({*texts, question_draft(chat.state, "q3").text}) == 5
    assert texts[0] == "Q3 again: What about station 3? #navasotaisd"
    assert all(text.startswith("Q3 ") for text in texts)
    assert again_draft(chat.state, "q3", "mastodon").text == texts[0]


def test_the_heads_up_belongs_to_the_question_that_is_open() -> None:
    chat = Chat(a_plan(script={"heads_up": "One more minute. #navasotaisd", "welcome": "Welcome!"}))
    chat.do(c.Ask, question="q2", seen=None)
    assert script_draft(chat.state, "heads_up") == Draft("script", "heads_up:q2", "One more minute. #navasotaisd")
    assert script_draft(chat.state, "welcome") == Draft("script", "welcome", "Welcome! #navasotaisd")
    assert script_draft(chat.state, "thanks") is None
