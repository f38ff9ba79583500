"""A hello: its words, whom it mentions, and what of a name from outside may stand in it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core import commands as c
from sessions.core.events import PostRemoved
from sessions.core.posts import Author
from sessions.core.state import SessionState
from sessions.networks.addresses import addresses
from sessions.networks.bluesky.facets import written
from sessions.networks.registry import NETWORKS
from sessions.publishing.greetings import LETTERS, Hello, harmless, hello
from tests.sessions.core.building import a_plan
from tests.sessions.core.filing.judging import JudgedChat

NEW = "We are glad that you came. Ask us anything, and answer whatever you like."


def hello_to(state: SessionState, person: str) -> Hello:
    """A hello to the person as the networks have it."""
    return hello(
        state, person, {name: network.posting.greeting for name, network in NETWORKS.items() if network.posting}
    )


def newcomer(network: str, handle: str, **more: str) -> tuple[JudgedChat, str, str]:
    """A chat with a newcomer; their id and that of their post."""
    chat = JudgedChat(newcomers=frozenset({handle}))
    chat.says(handle, "RT @ben: Welcome all", network=network)
    chat.says(handle, "Hello, this is my first time here", network=network, **more)
    return chat, Author(f"{network}:@{handle}").id, chat.last


def test_on_mastodon_it_answers_their_post_and_names_them_so_that_they_notice() -> None:
    chat, person, post = newcomer("mastodon", "tk@school.example")
    found = hello_to(chat.state, person)
    assert found.texts[0].text.startswith("@tk@school.example Welcome")
    assert (found.person, found.network, found.reply_to) == (person, "mastodon", post)


def test_on_bluesky_an_answer_is_noticed_by_itself() -> None:
    chat, person, post = newcomer("bluesky", "tk.example.org")
    found = hello_to(chat.state, person)
    assert found.texts[0].text.startswith("Welcome")
    assert (found.network, found.reply_to) == ("bluesky", post)


def test_on_x_it_is_a_post_of_its_own_because_only_who_mentioned_us_may_be_answered() -> None:
    chat, person, _ = newcomer("x", "tk")
    found = hello_to(chat.state, person)
    assert found.texts[0].text.startswith("@tk Welcome")
    assert (found.network, found.reply_to) == ("x", None)


def test_a_post_that_is_gone_is_not_answered() -> None:
    chat, person, post = newcomer("mastodon", "tk@school.example")
    chat.hear(PostRemoved, post=post)
    assert hello_to(chat.state, person).reply_to is None
    assert hello_to(chat.state, person).network == "mastodon"
    chat, person, post = newcomer("bluesky", "tk.example.org")
    chat.hear(PostRemoved, post=post)
    assert hello_to(chat.state, person).network is None


@pytest.mark.parametrize(("person", "begins"), [("practice:@tk", "@tk Welcome"), ("practice:bluesky:@tk", "Welcome")])
def test_who_came_by_no_network_is_greeted_with_words_to_copy(person: str, begins: str) -> None:
    chat, _, _ = newcomer(person.removesuffix(":@tk"), "tk")
    found = hello_to(chat.state, person)
    assert found.texts[0].text.startswith(begins)
    assert found.network is None


def test_the_school_that_was_noted_and_the_plan_s_own_words_are_in_it() -> None:
    chat, person, _ = newcomer("x", "tk", name="Tom K")
    assert [one.name for one in hello_to(chat.state, person).texts] == ["new", "returning"]
    assert hello_to(chat.state, person).texts[0].text == f"@tk Welcome to #navasotaisd, Tom K! {NEW}"
    chat.do(c.Tag, person=person, school="Oak Hill")
    assert "somebody from Oak Hill is here" in hello_to(chat.state, person).texts[0].text
    chat.state.set_plan(a_plan(greetings={"short": "Hi {name} ({series})"}))
    assert [one.text for one in hello_to(chat.state, person).texts] == ["@tk Hi Tom K (navasotaisd)"]


def test_a_name_from_outside_mentions_and_links_nobody() -> None:
    chat, person, _ = newcomer("mastodon", "tk@school.example", name="Buy at https://spam.example @everyone")
    text = hello_to(chat.state, person).texts[0].text
    assert "spam" not in text
    assert text.count("@") == 2
    assert "Buy at!" in text


@pytest.mark.parametrize("handle", ["tk,@everyone", "tk\u202e", "tk@school.example@all", "#tk", "tk\x1b[31m"])
def test_a_handle_that_is_none_mentions_nobody_and_is_not_posted_to(handle: str) -> None:
    chat, person, _ = newcomer("x", handle)
    found = hello_to(chat.state, person)
    assert not any("@" in one.text for one in found.texts)
    assert found.network is None


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Tom K (he/him)", "Tom K (he/him)"),
        ("Ana :verified: López 🎉", "Ana López"),
        ("#edchat Tom\n@ben@school.example", "edchat Tom"),
        ("[link](https://a.example) [b]Tom[/b]", "link]( [b]Tom[/b]"),
        ("exa#mple.com", "exa"),
        ("@everyone", ""),
        ("🎉🎉", ""),
        ("x" * 500, "x" * LETTERS),
        ("\u202eTom\u202c\x1b[31m", "Tom[31m"),
    ],
)
def test_what_is_left_of_a_name(name: str, left: str) -> None:
    assert harmless(name) == left


PIECES = [
    "@",
    "＠",
    "#",
    "https://",
    "a.com",
    ".",
    "com",
    "Tom",
    " ",
    "\n",
    ":",
    "/",
    "(",
    "$",
    "\u200d",
    "é",
    "🎉",
    "b@c.de",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=600))
@example("aaa.comzzz" * 50)
def test_no_name_makes_a_mention_a_link_or_a_hashtag(name: str) -> None:
    left = harmless(name)
    assert not {*left} & {*"@＠#＃\n\r"}
    assert addresses(left) == []
    assert written(f"Hi {left}!", {}) == []
    assert len(left) <= LETTERS * 20
    assert harmless(left) == left
