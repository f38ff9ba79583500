"""`--anonymous`: the same other name everywhere, and no true one anywhere."""

import re

import pytest

from sessions.core.commands import Ask
from sessions.core.events import PostSeen
from sessions.core.plan import Host
from sessions.core.posts import Author, Filed, Post
from sessions.reports.recap import build_recap, render
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.reports.recap.chats import recorded_state

HOSTS = (Host("Ana Ortiz", ("mastodon:ana@mastodon.social", "bluesky:ana.example.org")), Host("Ben", ("ben",)))


@pytest.fixture
def chat() -> Chat:
    chat = Chat(plan=a_plan(hosts=HOSTS))
    chat.do(Ask, question="q1", seen=None)
    chat.post("Welcome everybody!", handle="ana@mastodon.social", kind="announcement", filed=None)
    chat.post("A1: stations", handle="maria_lopez")  # shown as Maria_Lopez
    chat.post("A1: groups", handle="tomk")
    return chat


def answer_to(chat: Chat, text: str) -> str:
    """What `text`, posted by somebody else, reads like in the recap."""
    chat.post(text, handle="writer")
    recap = build_recap(chat.state, "k3f9qa", anonymous=True)
    return recap.questions[0].answers[-1].text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A1: as @maria_lopez said", "A1: as @Teacher 1 said"),
        ("A1: as @Maria_Lopez@mastodon.social.", "A1: as @Teacher 1."),
        ("A1 .@outsider and (@tomk)", "A1 .@Person 1 and (@Teacher 2)"),
        ("A1: MARIA_LOPEZ was right, and tomk", "A1: Teacher 1 was right, and Teacher 2"),
        ("A1: thank you @ana, thanks Ana", "A1: thank you @Host 1, thanks Host 1"),
        ("A1: Ana Ortiz's idea", "A1: Host 1's idea"),
        ("A1: and @ben too", "A1: and @Host 2 too"),
        ("A1: @outsider and @Outsider again, @another", "A1: @Person 1 and @Person 1 again, @Person 2"),
        ("A1: https://twitter.com/tomk/status/12 shows", "A1: (link to Teacher 2) shows"),
        ("A1: https://mastodon.social/@maria_lopez", "A1: (link to Teacher 1)"),
        ("A1: https://maria-lopez.example.org/maria_lopez/blog", "A1: (link to Teacher 1)"),
        ("A1: https://x.com/nobody_here/status/1", "A1: (link to somebody's page)"),
        ("A1: pic.twitter.com/Z2gzVmS7v8", "A1: (link to somebody's page)"),
        ("A1: write to maria@school.example.org", "A1: write to (e-mail address)"),
        ("A1: https://example.org/stations", "A1: https://example.org/stations"),
    ],
)
def test_names_in_mentions_words_and_links_are_replaced(chat: Chat, text: str, shown: str) -> None:
    assert answer_to(chat, text) == shown


def said_by(chat: Chat, handle: str, name: str, text: str) -> None:
    post = Post(f"mastodon:{handle}-{len(chat.state.posts)}", Author(f"mastodon:{handle}", handle, name), text, chat.at)
    chat.hear(PostSeen, post=post, kind="answer", filed=Filed("q1", "label"), newcomer=False)


def test_a_display_name_and_its_parts_are_replaced_and_ordinary_words_are_not(chat: Chat) -> None:
    said_by(chat, "jo", "Joana Silva", "A1: x")
    said_by(chat, "jf", "Joy Fernandes", "A1: x")
    for handle in ("a1", "a2", "a3"):
        said_by(chat, handle, "", "A1: we find joy in it")
    shown = answer_to(chat, "A1: Joana Silva and Silva, joana; what joy. Fernandes #JoanaSilva")
    assert shown == "A1: Teacher 3 and Teacher 3, Teacher 3; what joy. Teacher 4 #Teacher 3"


def test_letters_that_fold_to_two_are_found_too(chat: Chat) -> None:
    said_by(chat, "gs", "Heidi Großmann", "A1: x")
    assert answer_to(chat, "A1: Heidi Großmann, GROßMANN; Frau Großmann") == "A1: Teacher 3, Teacher 3; Frau Teacher 3"


def test_a_first_name_that_two_people_have_tells_neither(chat: Chat) -> None:
    said_by(chat, "m1", "Petra Silva", "A1: x")
    said_by(chat, "m2", "Petra Costa", "A1: x")
    assert answer_to(chat, "A1: Petra, and Petra Costa, too") == "A1: Person 1, and Teacher 4, too"


def test_a_name_is_not_taken_for_an_everyday_word_because_many_mention_its_handle(chat: Chat) -> None:
    said_by(chat, "basil_marlby", "Basil Marlby", "A1: songs")
    for number in range(4):
        chat.post(f"A1: yes @basil_marlby https://x.com/basil_marlby/{number}", handle=f"fan{number}")
    assert "Basil" not in answer_to(chat, "A1: well danced, Basil")


def test_a_name_is_known_though_the_last_post_came_without_it(chat: Chat) -> None:
    said_by(chat, "lmarl", "Liesl Marlworth", "A1: songs")
    said_by(chat, "lmarl", "", "A1: and more")
    assert "Liesl" not in answer_to(chat, "A1: your chance, Liesl")


def test_one_person_has_one_name_in_every_place_and_ids_tell_nothing(chat: Chat) -> None:
    chat.post("A1: see https://example.org/x", handle="tomk", newcomer=True, url="https://mastodon.social/@tomk/7")
    recap = build_recap(chat.state, "k3f9qa", anonymous=True)
    tom = next(person for person in recap.people if person.first_time)
    theirs = [post for post in recap.questions[0].answers if post.person == tom.id]
    assert (tom.id, tom.name, tom.handle, tom.answers) == ("teacher-2", "Teacher 2", "", 2)
    assert {post.name for post in theirs} == {"Teacher 2"} == set(recap.links[0].names)
    assert all(re.fullmatch(r"post-\d+", post.id) and post.url is None and post.at % 60_000 == 0 for post in theirs)
    assert [(host.name, host.handles) for host in recap.hosts] == [("Host 1", ()), ("Host 2", ())]


def test_a_hosts_handle_that_is_the_chats_hashtag_leaves_the_hashtag_alone() -> None:
    chat = Chat(plan=a_plan(hosts=(Host("navasotaisd", ("navasotaisd",)),)))
    chat.post("Welcome!", handle="navasotaisd", kind="announcement", filed=None)
    recap = build_recap(chat.state, "k3f9qa", anonymous=True)
    assert recap.hashtags == ("navasotaisd",)


def test_titles_and_questions_are_told_without_names_too() -> None:
    chat = Chat(plan=a_plan(hosts=HOSTS, title="An evening with Ana Ortiz"))
    assert build_recap(chat.state, "k3f9qa", anonymous=True).title == "An evening with Host 1"


def test_no_name_and_no_handle_of_a_real_hour_is_in_any_format() -> None:
    state = recorded_state()
    recap = build_recap(state, "abcdef", anonymous=True)
    handles = {person.author.handle.casefold() for person in state.people.values()}
    names = {person.author.name.casefold() for person in state.people.values() if person.author.name}
    assert len(handles) == 46
    for form in ("markdown", "html", "csv", "json"):
        text = render(recap, form).casefold()
        assert not {handle for handle in handles if handle in text}
        assert not {name for name in names if name in text}
        assert not {post.partition(":")[2] for post in state.posts if post.partition(":")[2] in text}


def test_names_alone_are_changed() -> None:
    """Numbers, order and shape are those of the recap with names."""
    state = recorded_state()
    open_, closed = build_recap(state, "abcdef"), build_recap(state, "abcdef", anonymous=True)
    assert (open_.activity.minutes, open_.numbers.people) == (closed.activity.minutes, closed.numbers.people)
    for one, other in zip(open_.questions, closed.questions, strict=True):
        assert [(p.highlighted, p.parts, p.reposts) for p in one.answers] == [
            (p.highlighted, p.parts, p.reposts) for p in other.answers
        ]


def test_a_hosts_handle_is_shown_once_with_the_port_of_its_server_and_a_did_is_whole() -> None:
    handles = ("mastodon:ana@school.example:3000", "bluesky:did:plc:abc234", "ana_t", "x:ana_t")
    chat = Chat(plan=a_plan(hosts=(Host("Ana", handles),)))
    shown = build_recap(chat.state, "k3f9qa").hosts[0].handles
    assert shown == ("ana@school.example:3000", "did:plc:abc234", "ana_t")
