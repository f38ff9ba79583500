"""What is searched for: within what X takes, and nothing that a hashtag could smuggle in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.web.errors import Rejected
from sessions.networks.x.reading.query import LONGEST, query, rule


def test_one_and_several() -> None:
    assert rule(["devchat"]) == "#devchat -is:retweet"
    assert rule(["devchat", "other", "devchat"]) == "(#devchat OR #other) -is:retweet"
    assert query(["devchat"], ["12", "34"]) == "(#devchat OR conversation_id:12 OR conversation_id:34) -is:retweet"


@pytest.mark.parametrize("tag", ["two words", "a OR from:somebody", "", "#double", "123", "dash-ed", "a)"])
def test_what_is_no_hashtag_is_said(tag: str) -> None:
    with pytest.raises(Rejected, match="cannot be a hashtag"):
        rule([tag])


def test_without_a_hashtag_there_is_nothing_to_look_for() -> None:
    with pytest.raises(Rejected, match="the plan has no hashtag"):
        rule([])


def test_too_many_long_hashtags_are_said() -> None:
    with pytest.raises(Rejected, match="too long"):
        rule([f"{'x' * 90}{number}" for number in range(6)])


def test_of_the_conversations_there_are_as_many_as_there_is_room_for_the_first_ones_first() -> None:
    made = query(["devchat"], [str(10**18 + number) for number in range(40)])
    assert LONGEST - 40 < len(made) <= LONGEST
    assert f"conversation_id:{10**18}" in made


@given(
    st.lists(st.text("abcdefghij_", min_size=1, max_size=60), min_size=1, max_size=6),
    st.lists(st.text("0123456789:) x")),
)
def test_it_is_never_longer_than_x_takes(tags: list[str], conversations: list[str]) -> None:
    made = query([f"a{tag}" for tag in tags], conversations)
    assert len(made) <= LONGEST
    assert made.count("conversation_id:") <= sum(one.isdigit() for one in conversations)
