"""What is in a recap, what is left out of it, and in which order."""

import pytest

from sessions.core.commands import AddPost, Ask, File, Greet, Hide, Highlight, Mute, Note, Redact, SkipQuestion, Tag
from sessions.core.events import PostEdited, PostRemoved
from sessions.core.posts import Filed
from sessions.reports.recap import FORMATS, NextChat, Recap, build_recap, render
from sessions.reports.recap.model import RecapPost
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.reports.recap.chats import recorded_state

MINUTE = 60_000


@pytest.fixture
def chat() -> Chat:
    """A chat in which question 1 was asked."""
    chat = Chat()
    chat.at += 8 * MINUTE
    chat.do(Ask, question="q1", seen=None)
    return chat


def recap_of(chat: Chat, **how: object) -> Recap:
    return build_recap(chat.state, "k3f9qa", **how)  # type: ignore[arg-type]


def said(posts: tuple[RecapPost, ...]) -> list[str]:
    return [post.said for post in posts]


def everything(chat: Chat, **how: object) -> str:
    """All formats of the recap in one text."""
    recap = recap_of(chat, **how)
    return "".join(render(recap, form) for form in ("markdown", "html", "csv", "json"))


def test_highlighted_answers_come_first_and_each_kind_in_order(chat: Chat) -> None:
    posts = []
    for words in ("one", "two", "three", "four"):
        chat.at += MINUTE
        posts.append(chat.post(f"A1: {words}", handle=words))
    chat.do(Highlight, post=posts[3])
    chat.do(Highlight, post=posts[1])
    assert said(recap_of(chat).questions[0].answers) == ["two", "four", "one", "three"]


def test_reposts_are_a_count_and_no_answers(chat: Chat) -> None:
    original = chat.post("A1: stations")
    for handle in ("tom", "jim"):
        chat.post("RT @mlopez: A1: stations", handle=handle, kind="repost", repost_of=original)
    recap = recap_of(chat)
    assert [(post.said, post.reposts) for post in recap.questions[0].answers] == [("stations", 2)]
    assert recap.numbers.reposts == 2
    assert {person.name for person in recap.people} == {"Mlopez", "Tom", "Jim"}, "who shared is thanked too"


def test_parts_of_one_answer_are_one(chat: Chat) -> None:
    chat.post("A1 (1/2): We rotate every twelve minutes, #navasotaisd", handle="ana2")
    chat.post("A1: in between", handle="tom")
    second = chat.post("and keep the teacher table small 2/2 #navasotaisd", handle="ana2", kind="aside", filed=None)
    chat.do(Highlight, post=second)
    joined, other = recap_of(chat).questions[0].answers
    assert joined.said == "We rotate every twelve minutes,\nand keep the teacher table small"
    assert (joined.parts, joined.highlighted, other.said) == (2, True, "in between")
    assert recap_of(chat).numbers.answers == 2
    assert recap_of(chat).more_highlights == ()


def test_the_last_text_of_an_edited_post_counts_and_a_moderators_filing_stands(chat: Chat) -> None:
    post = chat.post("A1: frist")
    chat.hear(PostEdited, post=post, text="A1: first", kind="answer", filed=Filed("q1", "label"))
    moved = chat.post("A1: about the second")
    chat.do(File, post=moved, question="q2")
    first, second = recap_of(chat).questions
    assert (said(first.answers), said(second.answers)) == (["first"], ["about the second"])
    assert second.asked_at is None
    assert second.answers[0].why == "moderator"
    assert "frist" not in everything(chat)


def test_hidden_removed_blanked_and_muted_posts_and_spam_are_in_no_format(chat: Chat) -> None:
    chat.post("A1: kept", handle="kept")
    chat.do(Hide, post=chat.post("A1: secret-hidden", handle="hider"))
    chat.hear(PostRemoved, post=chat.post("A1: secret-removed", handle="remover"))
    chat.do(Redact, post=chat.post("A1: secret-blanked", handle="blanker"))
    chat.post("A1: secret-muted", handle="muter")
    chat.do(Mute, person="mastodon:@muter")
    chat.post("secret-spam", handle="spammer", kind="spam", filed=None)
    found = everything(chat)
    assert "kept" in found
    for word in ("secret", "hider", "remover", "blanker", "muter", "spammer"):
        assert word not in found.casefold()
    assert recap_of(chat).numbers.people == 1


def test_what_moderators_noted_for_themselves_is_in_no_format(chat: Chat) -> None:
    chat.post("A1: kept", handle="kept", newcomer=True)
    chat.do(Note, text="secret-note")
    chat.do(Tag, person="mastodon:@kept", school="secret-school", level="secret-level", groups=("secret-group",))
    chat.do(Greet, person="mastodon:@kept")
    found = everything(chat).casefold()
    for word in ("secret", "greet", "notice", "quiet", "notes 1"):
        assert word not in found


def test_who_wants_to_be_left_out_is_neither_quoted_nor_named_nor_counted(chat: Chat) -> None:
    chat.post("A1: my own words", handle="marialopez")
    chat.post("A1: as @marialopez said, and Marialopez knows https://mastodon.social/@marialopez/9", handle="tom")
    found = everything(chat, left_out={"mastodon:@marialopez"})
    assert "marialopez" not in found.casefold()
    assert "my own words" not in found
    assert "as @somebody said, and somebody knows" in found
    assert recap_of(chat, left_out={"mastodon:@marialopez"}).numbers.people == 1
    assert "as @marialopez said" in everything(chat)


def test_answers_to_no_question_and_starred_talk_are_not_lost(chat: Chat) -> None:
    chat.post("We just keep going", filed=None)
    chat.do(Highlight, post=chat.post("What a lovely hour", kind="aside", filed=None))
    recap = recap_of(chat)
    assert said(recap.more_answers) == ["We just keep going"]
    assert said(recap.more_highlights) == ["What a lovely hour"]
    assert recap.numbers.highlights == 1


def test_a_question_is_shown_when_it_was_asked_or_answered(chat: Chat) -> None:
    chat.do(SkipQuestion, question="q2")
    chat.post("A3: early", filed=Filed("q3", "label"))
    assert [(question.label, len(question.answers)) for question in recap_of(chat).questions] == [("1", 0), ("3", 1)]


def test_first_timers_are_counted_apart_from_hosts_and_people_who_came_again(chat: Chat) -> None:
    chat.post("A1: new", handle="new", newcomer=True)
    chat.post("A1: back", handle="back")
    chat.post("Welcome!", handle="ben", kind="announcement", filed=None)
    numbers = recap_of(chat).numbers
    assert (numbers.people, numbers.hosts, numbers.first_time, numbers.returning) == (3, 1, 1, 1)
    assert [person.name for person in recap_of(chat).people if person.first_time] == ["New"]


def test_in_the_first_chat_of_a_series_nobody_is_singled_out() -> None:
    chat = Chat(first=True)
    chat.post("A1: new", handle="new", newcomer=True)
    assert recap_of(chat).first_chat
    text = render(recap_of(chat), "markdown")
    assert "very first chat" in text
    assert "New in our chat" not in text


def test_an_answer_added_by_hand_is_an_answer(chat: Chat) -> None:
    chat.do(AddPost, text="A1: said in the room", author="Maria Lopez")
    (answer,) = recap_of(chat).questions[0].answers
    assert (answer.name, answer.handle, answer.said) == ("Maria Lopez", "", "said in the room")


def test_links_are_listed_once_with_who_shared_them(chat: Chat) -> None:
    chat.post("A1: see https://www.Example.org/a/?utm_source=x&b=1.", handle="tom")
    chat.post("me too: http://example.org/a?b=1 and https://mastodon.social/@tom/123", handle="jim", kind="aside")
    chat.post("RT @tom: see https://example.org/a/?b=1", handle="kim", kind="repost")
    (link,) = recap_of(chat).links
    assert (link.url, link.names, link.posts) == ("https://www.example.org/a/?b=1", ("Tom", "Jim", "Kim"), 3)


def test_only_addresses_of_the_web_become_links_of_a_post(chat: Chat) -> None:
    chat.post("A1: one", url="https://example.org/1")
    chat.post("A1: two", url="javascript:alert(1)")
    assert [post.url for post in recap_of(chat).questions[0].answers] == ["https://example.org/1", None]


def test_the_next_chat_of_a_plan_is_named() -> None:
    following = NextChat(starts_at=START, timezone="America/Chicago", title="Exit tickets", planned=True)
    text = render(recap_of(Chat(), next_chat=following), "markdown")
    assert "Monday, December 1, 2025, 7:00 PM CST: Exit tickets" in text


def test_an_hour_with_nothing_in_it_makes_a_recap_in_every_format() -> None:
    assert "Stations that work" in everything(Chat())


def test_a_real_hour_is_whole() -> None:
    state = recorded_state()
    recap = build_recap(state, "abcdef")
    posts = [post for question in recap.questions for post in question.answers] + [*recap.more_answers]
    assert [question.label for question in recap.questions] == ["1", "2", "3", "4", "5", "6"]
    assert sum(post.parts for post in posts) >= state.answers
    assert state.answers >= 159, "the labelled ones and some more"
    assert recap.numbers.highlights == 10
    assert sum(recap.activity.posts) == recap.numbers.posts == 374
    assert recap.activity.minutes == 1
    assert recap.numbers.people == len({post.author.id for post in (seen.post for seen in state.posts.values())})


def test_the_same_events_give_the_same_recap() -> None:
    assert build_recap(recorded_state(), "abcdef") == build_recap(recorded_state(), "abcdef")


def test_a_content_warning_stands_before_the_words_in_every_format(chat: Chat) -> None:
    cake = chat.post("A1: cake", warning="food & <b>sugar</b>")
    chat.post("A1: bread 1/2", handle="two", warning="food")
    chat.post("and butter 2/2", handle="two", kind="aside", filed=None, warning="dairy")
    recap = recap_of(chat)
    assert [post.warning for post in recap.questions[0].answers] == ["food & <b>sugar</b>", "food; dairy"]
    page = render(recap, "html")
    assert '<details class="warned"><summary>Content warning: food &amp; &lt;b&gt;sugar&lt;/b&gt;</summary>' in page
    assert page.index("Content warning: food &amp;") < page.index("cake")
    text = render(recap, "markdown")
    assert text.index("*Content warning: food; dairy*  \n") < text.index("bread")
    assert "food; dairy" in render(recap, "csv")
    assert '"warning": "food; dairy"' in render(recap, "json")
    chat.do(Redact, post=cake)
    assert "sugar" not in everything(chat)


def test_names_in_a_warning_are_replaced_where_they_are_elsewhere(chat: Chat) -> None:
    chat.post("A1: cake", handle="mlopez", warning="about @mlopez")
    assert "mlopez" not in everything(chat, anonymous=True)


def test_a_chat_in_which_nobody_labels_anything_has_its_talk_with_stars_first() -> None:
    chat = Chat(a_plan(0))
    first = chat.post("We have a reading corner in the hall", handle="tk", kind="aside", filed=None)
    chat.at += MINUTE
    second = chat.post("Ours is behind the piano, with lamps", handle="jim", kind="introduction", filed=None)
    chat.at += MINUTE
    chat.post("We have a reading corner in the hall", handle="tk", kind="aside", filed=None)
    chat.do(Highlight, post=second)
    recap = recap_of(chat)
    assert [(post.id, post.highlighted) for post in recap.talk] == [(second, True), (first, False)]
    assert (recap.numbers.highlights, recap.more_highlights) == (1, ())
    for form in FORMATS:
        text = render(recap, form)
        assert text.index("behind the piano") < text.index("reading corner"), form
    assert "## What was said\n\n- 7:01 PM ★ **Jim** (@jim): Ours" in render(recap, "markdown")


def test_whoever_says_the_same_once_more_has_said_it_once(chat: Chat) -> None:
    chat.post("A1 we rotate every twelve minutes", handle="tk")
    chat.at += MINUTE
    again = chat.post("A1: We rotate every twelve minutes!", handle="tk")
    chat.post("A1 we rotate every twelve minutes and ring a bell", handle="tk")
    recap = recap_of(chat)
    assert (len(recap.questions[0].answers), recap.numbers.answers) == (2, 2)
    chat.do(Highlight, post=again)
    assert recap_of(chat).questions[0].answers[0].id == again


def test_sharing_the_same_twice_counts_once(chat: Chat) -> None:
    answer = chat.post("A1 we rotate every twelve minutes", handle="tk")
    for handle in ("jim", "jim", "sue"):
        chat.post("A1 we rotate every twelve minutes", handle=handle, kind="repost", repost_of=answer)
    recap = recap_of(chat)
    assert (recap.numbers.reposts, recap.questions[0].answers[0].reposts) == (2, 2)
