"""The find language: terms choose among the posts, the rest is looked for as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.commands import Ask, File, Highlight
from sessions.core.events import SourceChanged
from sessions.core.posts import Filed
from tests.sessions.core.building import Chat
from tests.tui.widgets.answer_pane_desk import at_desk
from tui.widgets.answers.pane_filter import PaneFilter
from tui.widgets.answers.post_layout import PostLayout
from tui.widgets.answers.post_rows import PostRows
from tui.widgets.answers.query import parse_query


def a_chat() -> Chat:
    """Four posts: Maria's answer to Q1, Tom's guessed one with a link, Maria's chatter, Ben's (a host) picture."""
    chat = Chat()
    chat.do(Ask, question="q1", seen=None)
    chat.post("A1 stations", handle="maria", filed=Filed("q1", "label"))
    chat.post("an exit ticket https://a.example/1", handle="tomk", newcomer=True, filed=Filed("q2", "guess"))
    chat.post("so true, exit tickets!", handle="maria", kind="aside", filed=None)
    chat.post("look [image: a desk]", handle="ben", kind="announcement", filed=None)
    chat.post("projects #pbl #NavasotaISD", handle="kim", filed=None, kind="spam")
    chat.post("more", handle="kim", tags=("PBL",), filed=None, kind="spam")
    return chat


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from:maria", [1, 3]),
        ("from:@TOM", [2]),
        ("q:1", [1]),
        ("q:Q2", [2]),
        ("is:guess", [2]),
        ("is:gu", [2]),
        ("is:new", [2]),
        ("is:chatter", [3]),
        ("not:is:answer", [3, 4, 5, 6]),
        ("not:not:is:answer", [1, 2]),
        ("has:link", [2]),
        ("has:picture", [4]),
        ("is:starred", [1]),
        ("on:mastodon exit", [2, 3]),
        ("tag:PBL", [5, 6]),
        ("tag:#pbl not:tag:navasotaisd", [6]),
        ('said:"exit ticket"', [2]),
        ("exit ticket", [2, 3]),
        ("from:maria exit", [3]),
        ("exit from:maria ticket", [3]),
        ("IS:GUESS TICKET", [2]),
        ("https://a.example", [2]),
        ("7:30", []),
        ("is:nonsense", []),
    ],
)
def test_what_is_found(text: str, found: list[int]) -> None:
    chat = a_chat()
    posts = list(chat.state.posts)
    chat.do(Highlight, post=posts[0])
    rows = PostRows()
    rows.rebuild(chat.state, PaneFilter())
    layout = PostLayout(chat.state, rows)
    layout.search(text)
    assert layout.matching(rows.ids) == [posts[number - 1] for number in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is:nonsense", "is: is one of new, starred, guess,"),
        ("q:9", "There is no question 9 in this chat."),
        ("form:maria", "form: is not known, did you mean from: ?"),
        ("on:myspace", "on: is one of mastodon."),
        ("has:cheese cake", "has: is one of link, picture."),
        ("7:30", ""),
        ("Re:thinking stations", ""),
        ("https://a.example/x", ""),
        ("note: bring scissors", ""),
    ],
)
def test_what_is_not_understood_is_told_and_not_searched(text: str, told: str) -> None:
    query = parse_query(text, a_chat().state)
    assert query.problem.startswith(told) if told else query.problem == ""
    assert query.words == (text if not told else " ".join(text.split()[1:]))


def test_a_network_is_found_by_its_server_s_own_name_too() -> None:
    chat = a_chat()
    post = next(iter(chat.state.posts))
    chat.hear(SourceChanged, source="mastodon:a.example", status="ok", cursor=None, called="GoToSocial")
    for text in ("on:GoToSocial", "on:goto", "on:mastodon"):
        query = parse_query(text, chat.state)
        assert (query.problem, query.admits(chat.state, post)) == ("", True)
    assert parse_query("on:myspace", chat.state).problem == "on: is one of mastodon, gotosocial."
    chat.hear(SourceChanged, source="mastodon:b.example", status="ok", cursor=None, called="Pixelfed")
    assert parse_query("on:goto", chat.state).problem == "on: is one of mastodon."


async def test_guesses_are_walked_through_and_drop_out_as_they_are_decided() -> None:
    chat = a_chat()
    other = chat.post("timers as well", handle="kim", filed=Filed("q1", "guess"))
    async with at_desk(chat) as desk:
        assert desk.pane.find("is:guess") == 2
        assert desk.pane.cursor == other
        assert desk.pane.previous_match()
        assert desk.pane.cursor == list(chat.state.posts)[1]
        chat.do(File, post=other, question=None)
        assert desk.pane.find("is:guess") == 1


@given(st.text(max_size=60), st.sampled_from(["", "q:", "is:", "not:", 'said:"', "on:", "from:", "has:"]))
def test_anything_can_be_typed(text: str, term: str) -> None:
    chat = a_chat()
    query = parse_query(term + text, chat.state)
    assert all(isinstance(query.admits(chat.state, post), bool) for post in chat.state.posts)
