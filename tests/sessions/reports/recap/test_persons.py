"""Whoever has several accounts is one person in a recap: as moderators joined them, and as the plan names its hosts."""

import pytest

from sessions.core.events import PostSeen
from sessions.core.plan import Host
from sessions.core.posts import Author, Filed, Post
from sessions.reports.recap import FORMATS, Recap, build_recap, render
from tests.sessions.core.building import Chat, a_plan

PHONE, HOME = "mastodon:@mlopez", "mastodon:@maria"
SAME = {HOME: PHONE}


@pytest.fixture
def chat() -> Chat:
    """Maria answers from two accounts, Tom from one."""
    chat = Chat()
    chat.post("A1: from the phone", handle="mlopez", newcomer=True)
    chat.post("A1: from home https://a.example/1", handle="maria")
    chat.post("A1: me too, say @maria and @mlopez", handle="tomk", newcomer=True)
    chat.post("https://a.example/1", handle="mlopez", kind="aside", filed=None)
    return chat


def recap_of(chat: Chat, *, anonymous: bool = False, same: dict[str, str] | None = None) -> Recap:
    return build_recap(chat.state, "k3f9qa", same=same, anonymous=anonymous)


def test_joined_accounts_are_counted_and_thanked_once(chat: Chat) -> None:
    assert recap_of(chat).numbers.people == 3
    recap = recap_of(chat, same=SAME)
    assert [(one.id, one.name, one.posts, one.answers) for one in recap.people] == [
        (PHONE, "Mlopez", 3, 2),
        ("mastodon:@tomk", "Tomk", 1, 1),
    ]
    assert (recap.numbers.people, recap.questions[0].people) == (2, 2)
    assert recap.links[0].names == ("Mlopez",)
    thanks = render(recap, "markdown").rpartition("Thank")[2]
    assert "Mlopez" in thanks
    assert "Maria" not in thanks


def test_a_post_without_a_name_takes_nobodys_name_or_handle_away(chat: Chat) -> None:
    for handle, name in (("", "Thomas Kern"), ("tomk", ""), ("", "")):
        post = Post(f"mastodon:x{chat.at}", Author("mastodon:@tomk", handle, name), "A1: https://b.example/1", chat.at)
        chat.hear(PostSeen, post=post, kind="answer", filed=Filed("q1", "label"), newcomer=False)
        chat.at += 1
    assert chat.state.people["mastodon:@tomk"].author == Author("mastodon:@tomk", "tomk", "Thomas Kern")
    recap = recap_of(chat)
    assert {(one.name, one.handle) for one in recap.questions[0].answers[2:]} == {("Thomas Kern", "tomk")}
    assert recap.links[-1].names == ("Thomas Kern",)
    assert [(one.name, one.handle) for one in recap.people][-1] == ("Thomas Kern", "tomk")


def test_a_person_goes_by_the_name_that_one_of_the_accounts_has(chat: Chat) -> None:
    post = Post("mastodon:first", Author("mastodon:@quiet"), "A1: nameless", chat.at)
    chat.hear(PostSeen, post=post, kind="answer", filed=Filed("q1", "label"), newcomer=False)
    recap = recap_of(chat, same={"mastodon:@tomk": "mastodon:@quiet"})
    assert "Tomk" in [one.name for one in recap.people]
    assert {one.name for one in recap.questions[0].answers if one.person == "mastodon:@quiet"} >= {"Tomk"}


def test_whoever_was_there_before_with_one_account_is_not_new(chat: Chat) -> None:
    assert recap_of(chat).numbers.first_time == 2
    numbers = recap_of(chat, same=SAME).numbers
    assert (numbers.first_time, numbers.returning) == (1, 1)


def test_each_answer_keeps_its_handle_and_has_the_one_person(chat: Chat) -> None:
    answers = recap_of(chat, same=SAME).questions[0].answers
    assert [(one.person, one.name, one.handle) for one in answers[:2]] == [
        (PHONE, "Mlopez", "mlopez"),
        (PHONE, "Mlopez", "maria"),
    ]


def test_without_names_all_accounts_have_the_same_one_in_mentions_too(chat: Chat) -> None:
    recap = recap_of(chat, same=SAME, anonymous=True)
    assert [one.id for one in recap.people] == ["teacher-1", "teacher-2"]
    assert [one.text for one in recap.questions[0].answers][2] == "A1: me too, say @Teacher 1 and @Teacher 1"
    for form in FORMATS:
        text = render(recap, form).casefold()
        assert not [name for name in ("maria", "mlopez", "tomk") if name in text], form


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_host_with_two_networks_is_one_person(anonymous: bool) -> None:
    chat = Chat(a_plan(hosts=(Host("Ana", ("mastodon:ana", "mastodon:anas_phone")), Host("Ben", ("ben",)))))
    chat.post("A1: as Ana", handle="ana")
    chat.post("A1: from my phone", handle="anas_phone")
    chat.post("A1: her other account", handle="elsewhere", newcomer=True)
    recap = recap_of(chat, anonymous=anonymous, same={"mastodon:@elsewhere": "mastodon:@anas_phone"})
    (one,) = recap.people
    assert (one.host, one.first_time, one.posts, one.name) == (True, False, 3, "Host 1" if anonymous else "Ana")
    assert (recap.numbers.people, recap.numbers.hosts, recap.numbers.first_time) == (1, 1, 0)
