"""What a guess rests on: the memory, the moderators' decisions, evidence without words, the weights."""

import random

import pytest

from sessions.core.commands import File, Redact
from sessions.core.events import PostRemoved
from sessions.core.filing import Judge
from sessions.core.filing.guessing import WEIGHTS, told, weigh
from sessions.core.filing.guessing.form import form
from sessions.core.filing.guessing.memory import WINDOW
from sessions.core.filing.guessing.model import POST_GROUPS, QUESTION_GROUPS
from sessions.core.posts import Author, Post
from tests.gold import LABELLED, guesses, kinds_right, recorded_posts, verdicts
from tests.gold.training import left_out, trained, written
from tests.paths import ROOT
from tests.sessions.core.filing.judging import JudgedChat

GERMAN = (
    "Wir wechseln alle zwölf Minuten die Station, eine Glocke hilft den Kindern dabei sehr",
    "Bei uns steht der Tisch der Lehrerin in der Mitte, damit alle Gruppen ihn erreichen",
    "Eine Sanduhr an jeder Station zeigt den Kindern, wann die Gruppen wechseln",
)


@pytest.fixture
def chat() -> JudgedChat:
    """The second question has been open for a few minutes."""
    chat = JudgedChat()
    for question in ("q1", "q2"):
        chat.ask(question)
        chat.at += 240_000
    return chat


def a_post(chat: JudgedChat, text: str, handle: str = "mlopez") -> Post:
    return Post("mastodon:asked", Author(f"mastodon:@{handle}", handle), text, chat.at)


def sure(chat: JudgedChat, post: Post, question: str) -> float:
    """How likely the post answers the question."""
    evidence = chat.judge.evidence(post)
    assert evidence is not None
    return weigh(evidence, WEIGHTS).of_questions[question]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_judge_made_anew_finds_the_same_evidence(seed: int) -> None:
    draw = random.Random(seed)
    chat = JudgedChat()
    posts = recorded_posts("lthechat-45")
    texts = [post.text.replace(" Q", " ") for post in posts]
    people = sorted({post.author.handle for post in posts})
    for number, text in enumerate(texts[: WINDOW // 3] * 4):
        if number % 150 == 0:
            chat.ask(f"q{number // 150 + 1}")
        chat.says(draw.choice(people), text)
        past = draw.choice([*chat.state.posts])
        match draw.randrange(12):
            case 0:
                chat.file(past, draw.choice(["q1", "q2", None]))
            case 1:
                chat.edit(past, draw.choice(texts))
            case 2:
                chat.hear(PostRemoved, post=past)
            case 3 if not (past in chat.state.layers and chat.state.layers[past].redacted):
                chat.do(Redact, post=past)
        if number % 40 == 0 or number > WINDOW * 4 // 3 - 3:
            post = a_post(chat, draw.choice(texts), draw.choice(people))
            assert Judge(chat.state).evidence(post) == chat.judge.evidence(post)
            assert Judge(chat.state).evidence(chat.state.posts[past].post) == chat.judge.evidence(
                chat.state.posts[past].post
            )


def test_a_post_does_not_speak_for_itself(chat: JudgedChat) -> None:
    for person in ("tk", "jimr"):
        chat.says(person, f"A1 {GERMAN[0]} {person}")
    chat.says("mlopez", "Quokkas everywhere, they must rotate because stations need them more")
    post = chat.state.posts[chat.last].post
    once = chat.judge.evidence(post)
    chat.file(chat.last, "q2")
    assert chat.judge.evidence(post) == once


def test_decisions_of_moderators_are_evidence(chat: JudgedChat) -> None:
    post = a_post(chat, "Quokkas sleep longer than wombats because eucalyptus needs digesting")
    for handle, words in (("tk", "Quokkas and wombats, eucalyptus"), ("jimr", "My wombats like eucalyptus")):
        chat.says(handle, words)
    taught = [*chat.state.posts][-2:]
    before = sure(chat, post, "q1")
    for known in taught:
        chat.do(File, post=known, question="q1")
        decided = told(chat.state, known)
        assert decided is not None
        assert decided.question == "q1"
    accepted = sure(chat, post, "q1")
    for known in taught:
        chat.do(File, post=known, question=None)
    assert max(before, sure(chat, post, "q1")) < accepted
    assert told(chat.state, "mastodon:asked") is None


def test_a_refused_guess_is_not_followed_by_its_replies(chat: JudgedChat) -> None:
    chat.says("", "Timers!", network="hand", name="Maria Lopez")
    chat.file(chat.last, None)
    assert chat.says("tk", "Same in our room, with two tables", reply_to=chat.last).filed is None


def test_in_another_language_what_needs_no_words_still_tells(chat: JudgedChat) -> None:
    for handle, text in zip(("tk", "jimr", "ana_r"), GERMAN, strict=True):
        chat.says(handle, f"A1 {text}")
    chat.says("noor", f"A2 {GERMAN[1]} und auch die Kinder")
    late = a_post(chat, "@tk Sehr spannend wäre hier das Verhältnis zwischen Lautstärke und Gruppengröße")
    evidence = chat.judge.evidence(late)
    assert evidence is not None
    assert "answers an answer" in evidence.of_questions["q1"]
    assert sure(chat, late, "q1") > sure(chat, late, "q2")
    said_to_all = a_post(chat, "Ruhige Musik beim Wechsel wirkt in unserer Klasse wahre Wunder, ganz ohne Ermahnung")
    assert sure(chat, said_to_all, "q2") > sure(chat, said_to_all, "q1")
    in_it = a_post(chat, f"Genau so: {GERMAN[2]}, und danach die Glocke an jeder Station für die Gruppen")
    assert sure(chat, in_it, "q1") > sure(chat, said_to_all, "q1"), "the words of this chat tell in any language"


@pytest.mark.parametrize(
    ("text", "trails_off"),
    [
        ("We tried that once...", True),
        ("Not sure… maybe next year", True),
        ("We tried that once.", False),
        ("As said here https://example.org/posts/718500131 …", False),
    ],
)
def test_who_trails_off_says_less_for_a_question(text: str, trails_off: bool) -> None:
    assert ("trails off" in form(text, quotes=False)) is trails_off


def test_long_words_are_counted_among_all_of_them() -> None:
    found = form("Differentiation needs preparation time", quotes=False)
    assert found["long words"] == pytest.approx(2 / 6)


def test_who_answered_the_open_question_may_well_answer_it_again(chat: JudgedChat) -> None:
    chat.says("mlopez", "A1 A timer at each station")
    evidence = chat.judge.evidence(a_post(chat, "And the children know what comes next"))
    assert evidence is not None
    assert "answered the open one" not in evidence.of_questions["q1"]
    chat.says("mlopez", "A2 My table stands in the middle")
    evidence = chat.judge.evidence(a_post(chat, "And the children know what comes next"))
    assert evidence is not None
    assert "answered the open one" in evidence.of_questions["q2"]


# The weights


def test_every_weight_is_of_some_evidence_and_all_are_made_by_the_training() -> None:
    assert [*WEIGHTS.of_questions] == [name for names in QUESTION_GROUPS.values() for name in names]
    assert [*WEIGHTS.of_posts] == [name for names in POST_GROUPS.values() for name in names]
    module = ROOT / "sessions" / "core" / "filing" / "guessing" / "weights.py"
    assert written(trained(LABELLED)) == module.read_text(encoding="utf-8")


def test_chats_that_taught_nothing_are_guessed_well() -> None:
    found = [verdict for name in LABELLED for verdict in verdicts(name, left_out(name))]
    figures = guesses(found)
    strict, lenient = kinds_right(found)
    assert figures.precision >= 0.7
    assert figures.recall >= 0.4
    assert figures.strayed <= 0.05
    assert strict >= 0.86
    assert lenient >= 0.92
