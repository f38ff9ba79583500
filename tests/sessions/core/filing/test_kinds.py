"""What kind of post it is."""

import pytest

from sessions.core.filing.kinds import says_new
from sessions.rehearsal.cast_text import material
from tests.sessions.core.filing.judging import TEXTS, JudgedChat, filed

ANSWER = "We rotate every twelve minutes and keep one table for reteaching"


@pytest.fixture
def chat() -> JudgedChat:
    """The second question is open."""
    chat = JudgedChat()
    chat.ask("q1")
    chat.ask("q2")
    return chat


# Questions and announcements: only hosts have them


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (f"Q3: {TEXTS[2]} #navasotaisd", "q3"),
        (f"Q3 {TEXTS[2]}", "q3"),
        ("Q3 https://example.org/picture", "q3"),
        (TEXTS[3], "q4"),
        (f"Next one! {TEXTS[3]} #navasotaisd", "q4"),
        (f"Q3: {TEXTS[3]}", "q4"),
        (f"Reminder of Q1 - {TEXTS[0]}", "q1"),
        ("Q5 What do you do with early finishers, what is coming up next for them?", "q5"),
    ],
)
def test_a_hosts_question(chat: JudgedChat, text: str, question: str) -> None:
    judgement = chat.says("ben", text)
    assert (judgement.kind, filed(judgement)) == ("question", (question, "label"))


def test_a_question_that_the_plan_does_not_have(chat: JudgedChat) -> None:
    judgement = chat.says("ben", "Q9: What did you eat for breakfast?")
    assert (judgement.kind, judgement.filed) == ("question", None)


@pytest.mark.parametrize(
    "text",
    [
        "Q3 coming up in 2 minutes",
        "Here comes Q3!",
        "Ok time is flying by as always so Q3 is right around the corner. Be prepared...",
        "Get ready for Q3",
        "We'll use a Q1/A1 format tonight",
        "To answer a question please answer with A1, A2, A3 etc.",
        "Welcome to #navasotaisd everyone!",
        "Thanks for joining us, see you next week",
        "Five minutes left!",
    ],
)
def test_announcements(chat: JudgedChat, text: str) -> None:
    judgement = chat.says("ana@mastodon.social", text)
    assert (judgement.kind, judgement.filed) == ("announcement", None)


def test_what_a_host_says_before_the_first_question_is_an_announcement() -> None:
    assert JudgedChat().says("ben", "Stations are what we talk about this time").kind == "announcement"


def test_a_hosts_words_to_one_person_are_no_announcement(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}")
    assert chat.says("ben", "@mlopez thank you all for that minute of peace").kind == "aside"


def test_hosts_answer_too(chat: JudgedChat) -> None:
    assert chat.says("ben", f"A2 {ANSWER}").kind == "answer"
    assert chat.says("ben", "Q2. Just remembered how we used to draw lots for it").kind == "answer"


def test_only_a_host_asks(chat: JudgedChat) -> None:
    assert chat.says("mlopez", "Q2 I decide on Fridays, by what they wrote").kind == "answer"
    assert chat.says("mlopez", "Q2 anyone?").kind == "aside"
    assert chat.says("mlopez", "What was Q2 please?").kind == "aside"
    assert chat.says("mlopez", f"Q2 {TEXTS[1]}").kind == "repost"


# Introductions


@pytest.mark.parametrize(
    "text",
    [
        "Hi everyone! #navasotaisd",
        "Good evening all, Maria from Navasota",
        "Maria Lopez, 5th grade, Navasota Intermediate",
        "I'm a reading teacher and I brought coffee",
        "On time for #navasotaisd at last!",
        "Just joining in, what did I miss?",
    ],
)
def test_introductions_before_the_first_question(text: str) -> None:
    judgement = JudgedChat().says("mlopez", text)
    assert (judgement.kind, judgement.filed) == ("introduction", None)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry I'm late, Maria, 5th grade",
        "New to Twitter chats, so be nice to me",
        "Hi everyone!",
        "Hello from Navasota",
        "Joining #navasotaisd now",
        "@tk Hi Tom",
    ],
)
def test_introductions_after_it(chat: JudgedChat, text: str) -> None:
    judgement = chat.says("mlopez", text)
    assert (judgement.kind, judgement.filed) == ("introduction", None)


def test_a_late_introduction_begins_with_ones_own_name(chat: JudgedChat) -> None:
    assert chat.says("ravi", "Ravi, 8th grade English at Dovermoor. Still reading aloud to them").kind == "introduction"
    assert chat.says("ravi", "Maria in 8th grade English showed us how to rotate quickly").kind != "introduction"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Esme Sedgehurst", "Esme Sedgehurst, Marietta, GA, working on a global onboarding project"),
        ("Linnea Cobblecombe", "@ben Linnea Cobblecombe -- training clients -- refining an approach"),
        ("Perpetua Sedge", "Howdy #navasotaisd! Perpetua in Orlando, FL. Lots of talk around sharing this week."),
        ("Rufus Quillwick", "I was late and should introduce myself: at a university, long time battler with a VLE"),
    ],
)
def test_a_late_introduction_gives_ones_own_name(chat: JudgedChat, name: str, text: str) -> None:
    assert chat.says("somebody", text, name=name).kind == "introduction"
    assert chat.says("other", text.replace("introduce", "present"), name="Somebody Else").kind != "introduction"


@pytest.mark.parametrize(
    ("text", "bids_welcome"),
    [
        ("@tk Welcome, Tom!", True),
        ("@tk fantastic - welcome aboard", True),
        ("@tk Hi Tom. Glad you could make it", True),
        ("@tk You're welcome, Tom", False),
        ("@tk any idea is welcome, we rotate every ten minutes", False),
        ("@tk nice to see you use timers", False),
        ("Welcome signs hang at each of our doors", False),
    ],
)
def test_bidding_somebody_welcome_is_as_an_introduction(chat: JudgedChat, text: str, bids_welcome: bool) -> None:
    assert (chat.says("mlopez", text).kind == "introduction") is bids_welcome


def test_a_teacher_in_an_answer_is_no_introduction(chat: JudgedChat) -> None:
    told = chat.says("mlopez", "The teacher table is where I learn most about each child")
    assert told.kind != "introduction"
    assert chat.says("mlopez", "A2 Hi! I'm a 5th grade teacher and we draw lots").kind == "answer"


def test_introducing_oneself_to_a_question_that_asks_for_it_is_an_answer(chat: JudgedChat) -> None:
    chat.says("ben", f"Q1 {TEXTS[0]}")
    assert chat.says("mlopez", "Maria, 5th grade, a rug and two lamps", reply_to=chat.last).kind == "answer"


# Reposts


@pytest.mark.parametrize(
    "text",
    [
        f"RT @mlopez: A1 {ANSWER}",
        f"MT @mlopez A1 {ANSWER[:40]}",
        f"So true! RT @mlopez: A1 {ANSWER}",
        f"“@mlopez: A1 {ANSWER}” this!",
        f"A1 {ANSWER}",
        f"A1 {ANSWER[:40]}…",
        f"A1 {ANSWER} #navasotaisd #edchat",
    ],
)
def test_reposts_are_filed_as_their_originals(chat: JudgedChat, text: str) -> None:
    chat.says("mlopez", f"A1 {ANSWER} #navasotaisd")
    original = chat.last
    judgement = chat.says("tk", text)
    assert (judgement.kind, filed(judgement), judgement.repost_of) == ("repost", ("q1", "label"), original)
    chat.file(original, "q2")
    assert filed(chat.says("jimr", text)) == ("q2", "thread")


def test_a_repost_that_the_network_names(chat: JudgedChat) -> None:
    chat.says("mlopez", ANSWER)
    judgement = chat.says("tk", ANSWER, repost_of=chat.last)
    assert (judgement.kind, judgement.filed) == ("repost", None)


def test_a_repost_is_not_guessed_at(chat: JudgedChat) -> None:
    guessed = chat.says("", "Timers!", network="hand", name="Maria Lopez")
    assert filed(guessed) == ("q2", "guess")
    assert chat.says("tk", "Timers!", repost_of=chat.last).filed is None


def test_a_repost_of_a_repost_is_one_of_the_first(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}")
    original = chat.last
    chat.says("tk", f"A1 {ANSWER}")
    assert chat.says("jimr", f"A1 {ANSWER}").repost_of == original


def test_a_repost_of_something_unseen_goes_by_its_label(chat: JudgedChat) -> None:
    judgement = chat.says("tk", "RT @unseen: A5: They read")
    assert (judgement.kind, filed(judgement)) == ("repost", ("q5", "label"))
    judgement = chat.says("tk", "RT @unseen: They read")
    assert (judgement.kind, judgement.filed) == ("repost", None)


def test_what_is_no_repost(chat: JudgedChat) -> None:
    chat.says("mlopez", f"A1 {ANSWER}")
    assert chat.says("mlopez", f"A1 {ANSWER}").kind == "answer", "their own words again"
    chat.says("mlopez", "A2 I agree!")
    assert chat.says("tk", "A2 I agree!").kind == "answer", "few words are nobody's"


def test_a_question_posted_on_two_networks_is_two_questions(chat: JudgedChat) -> None:
    chat.says("ana@mastodon.social", f"Q3 {TEXTS[2]}")
    assert chat.says("ben", f"Q3 {TEXTS[2]}", network="bluesky").kind == "question"
    assert chat.says("ben", f"Q3 {TEXTS[2]}").kind == "repost", "a co-host on the same network passes it on"


# Spam


def test_spam_is_an_unknown_person_who_sells(chat: JudgedChat) -> None:
    text = "Buy followers now, 50% off! https://spam.example/x #navasotaisd"
    assert chat.says("dealz", text).kind == "spam"
    assert chat.says("dealz", f"A2 {text}").kind == "answer", "never what carries a label"
    assert chat.says("ben", text).kind != "spam", "never a host"
    chat.says("mlopez", f"A1 {ANSWER}")
    assert chat.says("mlopez", text).kind != "spam", "never somebody who answered"
    assert chat.says("tk", "My timer was a bargain at the sale, only cheap plastic").kind != "spam", "no link"


@pytest.mark.parametrize(
    "text",
    [
        material().spam.text.format(tag="navasotaisd"),
        "Work from home and make extra cash, no experience needed: https://jobs.example.com",
        "Only 3 spots left! $$$ weekly at www.money.example",
    ],
)
def test_offers_of_easy_money_are_spam_also_while_a_question_is_open(chat: JudgedChat, text: str) -> None:
    assert chat.says("easy_cash", text).kind == "spam"


@pytest.mark.parametrize(
    "text",
    [
        "We only have 7 places at the station, so I rotate them: https://school.example.org/plan",
        "My kids work from home on Fridays, the plan is at https://school.example.org/plan",
        "No experience beats a field trip, we saw 3 spots left untouched! https://school.example.org/trip",
    ],
)
def test_one_word_of_commerce_and_a_link_are_not_enough(chat: JudgedChat, text: str) -> None:
    assert chat.says("mlopez", text).kind != "spam"


# People who call themselves new


@pytest.mark.parametrize(
    "text",
    [
        "First time here!", "This is my first #navasotaisd", "my first Twitter chat, be gentle", "Hi, I'm new here",
        "New to this, excited", "New to Twitter chats!", "Total newbie here", "Long-time lurker, first time joining",
        "Never done this before", "I've never done a Twitter chat", "first-timer from Houston", "It's my first time!",
        "I usually lurk but I'm a lurker no more", "Giving this chat a try", "I'm not shy, but I'm new here",
    ],
)  # fmt: skip
def test_says_new(text: str) -> None:
    assert says_new(text)


@pytest.mark.parametrize(
    "text",
    [
        "My first station is a reading corner", "A1 my first time teaching stations was chaos", "Happy new year!",
        "new to my students", "We got new tables here", "For those new to tweetchats, we use Q1 and A1",
        "I'm not new here", "No longer a newbie", "Welcome newbies!", "Is this your first chat?",
        "If this is your first time here, say hello", "I remember my first #navasotaisd", "She is new here",
        "The first time I tried centers it failed", "Our first question is coming", "Students are new to this",
        "I really loved the first time I was told to turn the music up", "I never do this without a timer", "",
    ],
)  # fmt: skip
def test_says_nothing_of_being_new(text: str) -> None:
    assert not says_new(text)
