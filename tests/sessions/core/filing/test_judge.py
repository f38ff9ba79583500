"""Which question a post answers, and why: label, then thread, then a guess."""

import sys
from collections.abc import Callable

import pytest

from sessions.core.filing import Judge, asked_question
from sessions.core.filing.guessing import WEIGHTS, reason
from sessions.core.posts import Author, Post
from tests.sessions.core.building import START
from tests.sessions.core.filing.judging import TEXTS, JudgedChat, filed

ANSWER = "We rotate every twelve minutes and keep one table for reteaching"


@pytest.fixture
def chat() -> JudgedChat:
    """The third question is open."""
    chat = JudgedChat()
    for question in ("q1", "q2", "q3"):
        chat.ask(question)
    return chat


# Labels


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (f"A3 {ANSWER}", "q3"),
        (f"A1: {ANSWER}", "q1"),
        (f"#navasotaisd A2. {ANSWER}", "q2"),
        (f"{ANSWER} A2 #navasotaisd", "q2"),
        (f"A2b {ANSWER}", "q2"),
        (f"A2.1 {ANSWER}", "q2"),
        (f"A02 {ANSWER}", "q2"),
        ("Q2 options that provide choice", "q2"),
        ("A2/2. and we never look back", "q2"),
    ],
)
def test_a_label_files_a_post_late_or_not(chat: JudgedChat, text: str, question: str) -> None:
    judgement = chat.says("mlopez", text)
    assert (judgement.kind, filed(judgement)) == ("answer", (question, "label"))


def test_a_label_beats_the_thread_and_the_clock(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A2 {ANSWER}")
    assert filed(chat.says("tk", f"A1 {ANSWER}", reply_to=chat.last)) == ("q1", "label")


def test_parts_of_a_question_have_labels_of_their_own() -> None:
    chat = JudgedChat("1", "3", "3a", "2.1", "2")
    chat.ask("q1")
    assert filed(chat.says("mlopez", f"A3a {ANSWER}")) == ("q3a", "label")
    assert filed(chat.says("mlopez", f"a3A: {ANSWER}")) == ("q3a", "label")
    assert filed(chat.says("mlopez", f"A3b {ANSWER}")) == ("q3", "label")
    assert filed(chat.says("mlopez", f"A2.1 {ANSWER}")) == ("q2.1", "label")
    assert filed(chat.says("mlopez", f"A2.2 {ANSWER}")) == ("q2", "label")


def test_a_bare_number_of_a_question_that_has_only_parts_is_a_guess() -> None:
    chat = JudgedChat("1a", "1b", "2")
    assert filed(chat.says("mlopez", f"A1 {ANSWER}")) is None
    chat.ask("q1a")
    assert filed(chat.says("mlopez", f"A1 {ANSWER}")) == ("q1a", "guess")
    chat.ask("q1b")
    chat.ask("q2")
    assert filed(chat.says("mlopez", f"A1 {ANSWER}")) == ("q1b", "guess")


def test_numbering_from_zero() -> None:
    chat = JudgedChat("0", "1")
    chat.ask("q0")
    assert filed(chat.says("mlopez", "a0) Maria, fifth grade")) == ("q0", "label")


def test_q10_is_not_q1() -> None:
    chat = JudgedChat("1", "10")
    chat.ask("q1")
    assert filed(chat.says("mlopez", f"A10 {ANSWER}")) == ("q10", "label")


def test_a_label_that_names_no_question_is_not_filed_by_it(chat: JudgedChat) -> None:
    judgement = chat.says("mlopez", f"A9 {ANSWER}")
    assert (judgement.kind, judgement.filed) == ("answer", None)
    chat.says("ana@mastodon.social", f"Q2: {TEXTS[1]}")
    assert filed(chat.says("mlopez", f"A9 {ANSWER}", reply_to=chat.last)) == ("q2", "thread")


# Threads; every shape of them is in test_threads.py


def test_a_reply_to_an_older_question_goes_there(chat: JudgedChat) -> None:
    chat.says("ben", f"Q1 {TEXTS[0]}")
    assert filed(chat.says("mlopez", ANSWER, reply_to=chat.last)) == ("q1", "thread")


def test_a_moderators_filing_moves_later_replies_too(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}")
    answer = chat.last
    chat.file(answer, "q2")
    assert filed(chat.says("tk", "Same in our room, with two tables", reply_to=answer)) == ("q2", "thread")
    chat.file(answer, None)
    assert chat.says("tk", "Same in our room, with two tables", reply_to=answer).filed is None


def test_what_hangs_on_a_guess_is_a_guess(chat: JudgedChat) -> None:
    chat.says("", "Timers!", network="hand", name="Maria Lopez")
    assert filed(chat.says("tk", "Same in our room, with two tables", reply_to=chat.last)) == ("q3", "guess")


def test_quoting_a_question_answers_it(chat: JudgedChat) -> None:
    chat.says("ben", f"Q1 {TEXTS[0]}")
    assert filed(chat.says("mlopez", ANSWER, quote_of=chat.last)) == ("q1", "thread")


def test_quoting_an_answer_is_a_weak_hint(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}")
    answer = chat.last
    evidence = chat.judge.evidence(Post("mastodon:q", Author("mastodon:@tk", "tk"), ANSWER, chat.at, quote_of=answer))
    assert evidence is not None
    assert ["quotes an answer" in found for found in evidence.of_questions.values()] == [False, False, True]
    assert list(evidence.of_questions) == ["q3", "q2", "q1"]
    assert chat.says("jimr", "Love this so much!", quote_of=answer).filed is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"A1 {ANSWER}...", "... with a bell for the little ones"),
        (f"A1 1/2 {ANSWER}", "2/2 with a bell for the little ones"),
        (f"A1 {ANSWER}", "@mlopez with a bell for the little ones"),
    ],
)
def test_going_on_with_ones_own_answer(chat: JudgedChat, first: str, second: str) -> None:
    chat.says("mlopez", first)
    assert filed(chat.says("mlopez", second)) == ("q1", "thread")


# Guesses


SEQUELS = (
    "We should always rotate the small groups because the reteaching table needs more minutes than the others",
    "Every twelve minutes is what we rotate by, and the reteaching table can be used by all groups when they need it",
)


def answered(chat: JudgedChat, *questions: str) -> None:
    """Three people answer each question with its label, a minute apart."""
    for question in questions:
        for person, more in (("tk", "with a bell"), ("jimr", "with a timer"), ("ana_r", "with songs")):
            chat.says(person, f"A{question} {ANSWER} {more}")


@pytest.mark.parametrize("text", SEQUELS)
def test_what_answers_an_answer_as_the_answers_do_is_guessed_to_be_one(chat: JudgedChat, text: str) -> None:
    answered(chat, "3")
    judgement = chat.says("mlopez", f"@tk {text}")
    assert (judgement.kind, filed(judgement)) == ("answer", ("q3", "guess"))
    assert judgement.filed is not None
    assert judgement.filed.confidence is not None
    assert WEIGHTS.guess_at <= judgement.filed.confidence <= 1
    assert judgement.filed.because in ("conversation", "words", "time")


def test_a_guess_goes_by_the_posts_own_time(chat: JudgedChat) -> None:
    answered(chat, "3")
    before = chat.state.openings[2].at
    evidence = chat.judge.evidence(Post("mastodon:late", Author("mastodon:@mlopez", "mlopez"), SEQUELS[0], before - 1))
    assert evidence is not None
    assert list(evidence.of_questions) == ["q2", "q1"], "the third was not asked yet"


def test_a_guess_says_on_what_it_rests(chat: JudgedChat) -> None:
    answered(chat, "1", "3")
    judgement = chat.says("mlopez", f"@tk {SEQUELS[0]}")
    assert judgement.filed is not None
    told = reason(chat.state, chat.last)
    words = {"conversation": "replies to somebody who answered Q", "words": "speaks of ", "time": "came "}
    assert told is not None
    assert judgement.filed.because is not None
    assert told.startswith(words[judgement.filed.because])


@pytest.mark.parametrize(
    "text",
    [
        "Yes! So true, great point",
        "Thank you all, what a great chat",
        "Ha ha ha 😂",
        "Does anybody know where to buy those?",
        "@tk thanks for that!",
        "@somebody_unknown where did you buy it?",
    ],
)
def test_talk_is_not_guessed_at(chat: JudgedChat, text: str) -> None:
    answered(chat, "3")
    judgement = chat.says("mlopez", text)
    assert (judgement.kind, judgement.filed) == ("aside", None)


def test_a_reply_to_something_that_hangs_nowhere_is_not_guessed_at(chat: JudgedChat) -> None:
    assert chat.says("mlopez", ANSWER, reply_to="mastodon:elsewhere").filed is None


def test_nothing_is_guessed_before_the_first_question() -> None:
    assert JudgedChat().says("mlopez", ANSWER).filed is None


def test_an_answer_typed_in_by_a_moderator_may_be_short(chat: JudgedChat) -> None:
    assert filed(chat.says("", "Timers!", network="hand", name="Maria Lopez")) == ("q3", "guess")


# Edited posts


def test_an_edited_post_is_judged_again(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A2 {ANSWER}")
    answer = chat.last
    chat.says("tk", f"A2 {ANSWER}")
    assert filed(chat.edit(answer, f"A1 {ANSWER}")) == ("q1", "label")
    again = chat.edit(answer, f"A2 {ANSWER}")
    assert (again.kind, again.repost_of) == ("answer", None), "the later copy is not its original"


def test_a_sequel_that_is_edited_goes_on_with_what_was_before_it(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}...")
    chat.says("mlopez", "... with a bell")
    sequel = chat.last
    chat.says("mlopez", f"A3 {ANSWER}...")
    assert filed(chat.edit(sequel, "... with a small bell")) == ("q1", "thread")


def test_who_is_new_is_settled_at_arrival() -> None:
    chat = JudgedChat(newcomers=frozenset({"mlopez"}))
    assert chat.says("mlopez", "Hello everyone").newcomer
    first = chat.last
    chat.judge = type(chat.judge)(chat.state)
    assert chat.edit(first, "Hello everybody").newcomer


# Whom it addresses and who is new


def test_a_reply_addresses_the_author_of_what_it_replies_to(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}")
    answer = chat.last
    assert chat.says("ben", "@tk welcome!", reply_to=answer).addressed == "mastodon:@mlopez"
    assert chat.says("mlopez", "and more of it", reply_to=answer).addressed is None, "not themselves"


@pytest.mark.parametrize("text", ["@MLopez welcome!", ".@mlopez welcome!", "@mlopez, welcome!"])
def test_a_mention_at_the_very_start_addresses_a_known_participant(chat: JudgedChat, text: str) -> None:
    assert chat.says("ben", text).addressed is None, "nobody knows them yet"
    chat.says("mlopez", f"A1 {ANSWER}")
    assert chat.says("ben", text).addressed == "mastodon:@mlopez"
    assert chat.says("ben", "Welcome, @mlopez!").addressed is None


def test_a_short_mention_finds_the_handle_of_another_server(chat: JudgedChat) -> None:
    chat.says("tk@edu.example", f"A1 {ANSWER}")
    assert chat.says("ben", "@tk welcome!").addressed == "mastodon:@tk@edu.example"
    assert chat.says("ben", "@tk@edu.example welcome!").addressed == "mastodon:@tk@edu.example"


def test_hosts_are_never_newcomers() -> None:
    chat = JudgedChat(newcomers=frozenset({"ben", "mlopez"}))
    assert not chat.says("ben", "Hello, my first chat as a host!").newcomer
    assert not chat.says("ben", "This is my first chat!").says_new
    assert chat.says("mlopez", "Hello").newcomer
    assert not chat.says("tk", "Hello").newcomer


# The question that a host's post asks


def test_a_hosts_question_can_be_taken_as_asked_once(chat: JudgedChat) -> None:
    def asked(text: str, handle: str = "ben") -> str | None:
        judgement = chat.says(handle, text)
        post: Post = chat.state.posts[chat.last].post
        return asked_question(chat.state, post, judgement)

    assert asked(f"Q4 {TEXTS[3]}") == "q4"
    assert asked(TEXTS[4]) == "q5"
    assert asked(f"Q4 {TEXTS[3]}", handle="mlopez") is None, "not a host"
    assert asked("Q4 coming up in 2 minutes") is None, "not yet"
    assert asked(f"Reminder of Q1 - {TEXTS[0]}") is None, "asked before"
    assert asked("Q9 And what else?") is None, "not in the plan"


def test_the_first_post_of_a_long_chat_is_judged_as_quickly_as_the_next() -> None:
    """A hub that comes back to a chat judges it between two answers to its desks."""
    chat = JudgedChat()
    for number in range(500):
        chat.says(f"m{number}", f"A1 we have {number} tables in the middle of the room")
    judge = Judge(chat.state)
    assert steps_of(lambda: judge.judge(post("first"))) <= 2 * steps_of(lambda: judge.judge(post("next")))


def post(name: str) -> Post:
    return Post(f"mastodon:{name}", Author("mastodon:@jim", "jim"), "A1 and I have a rug in every corner", START)


def steps_of(work: Callable[[], object]) -> int:
    """How many functions are called for this."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def test_where_nobody_labels_what_looks_like_an_answer_goes_to_the_open_question(chat: JudgedChat) -> None:
    first = chat.says("mlopez", ANSWER)
    assert (first.kind, filed(first)) == ("answer", ("q3", "guess"))
    assert first.filed is not None
    assert (first.filed.confidence, first.filed.because) == (None, "time")
    assert chat.says("tk", "so true!").filed is None
    assert chat.says("kim", "@mlopez how long are those rotations of yours in the end?").filed is None
    chat.says("ravi", "A3 timers for every table")
    after = chat.says("ilse", "Mine stay where they are and the baskets travel instead")
    assert after.filed is None or after.filed.confidence is not None
