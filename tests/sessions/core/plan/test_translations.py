"""Questions that are asked in two languages are one: read from the plan, posted in each, answered in both."""

import msgspec
import pytest

from sessions.core.commands import BeginPosting, FinishPosting
from sessions.core.filing import Judge, asked_question
from sessions.core.plan import Plan
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import schedule, schedule_text, share_text
from sessions.core.plan.writing import plan_text
from sessions.core.posts import Author, Post
from sessions.networks.registry import NETWORKS
from sessions.publishing.texts import question_draft, translation_subjects
from tests.sessions.core.building import Chat
from tests.sessions.core.test_posting import wanted

PLAN = """\
title = "Corners"
hashtags = ["chat"]
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
turns = ["Ana"]
[[hosts]]
name = "Ana"
handles = ["ana"]
[[questions]]
text = "What does your reading corner look like?"
text_es = "P1: ¿Cómo es el rincón de lectura de su salón?"
text_de = "Wie sieht eure Leseecke aus?"
[[questions]]
text = "What changed this year?"
text_es = "¿Qué cambiaron este año?"
"""


def test_the_plan_has_every_language_of_its_questions() -> None:
    plan = decode_plan(PLAN, NETWORKS)
    assert [language.code for language in plan.languages] == ["en", "es", "de"]
    first = plan.questions[0]
    assert first.texts[1:] == ("¿Cómo es el rincón de lectura de su salón?", "Wie sieht eure Leseecke aus?")
    assert [found.name for code in ("es", "de") if (found := first.translated(code))] == ["P1", "F1"]
    assert decode_plan(plan_text(plan, NETWORKS), NETWORKS) == plan
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan
    assert b"translations" not in msgspec.json.encode(msgspec.structs.replace(plan, questions=plan.questions[:0]))


def test_check_and_the_invitation_show_both() -> None:
    plan = decode_plan(PLAN, NETWORKS)
    shown = schedule_text(plan, schedule(plan, NETWORKS)).splitlines()
    place = next(number for number, line in enumerate(shown) if "Q1  Ana  What does" in line)
    assert shown[place + 1].index("P1") == shown[place].index("Q1")
    assert shown[place + 1].index("¿Cómo") == shown[place].index("What")
    assert "P2: ¿Qué cambiaron este año?" in share_text(plan, NETWORKS)


def test_each_goes_out_under_a_subject_of_its_own() -> None:
    state = Chat(decode_plan(PLAN, NETWORKS)).state
    assert translation_subjects(state, "q1") == ["q1:es", "q1:de"]
    draft = question_draft(state, "q1:es")
    assert (draft.subject, draft.text) == ("q1:es", "P1: ¿Cómo es el rincón de lectura de su salón? #chat")
    assert question_draft(state, "q1").text == "Q1: What does your reading corner look like? #chat"
    assert state.question_posted("q1:fr") is None
    assert state.question_posted("heads_up:q1") is None


def test_each_goes_to_a_network_once() -> None:
    chat = Chat(decode_plan(PLAN, NETWORKS))
    for number, subject in enumerate(["q1", "q1:es"]):
        given = wanted(key=f"key-0000000{number}", subject=subject, text="?")
        chat.do(BeginPosting, **given)
        chat.do(FinishPosting, key=given["key"], post=f"mastodon:{number}", url=None)
    twice = chat.refused(BeginPosting, **wanted(key="key-00000003", subject="q1:es", text="?"))
    assert twice.startswith("You posted P1 to mastodon at ")
    unknown = chat.refused(BeginPosting, **wanted(key="key-00000003", subject="q1:fr", text="?"))
    assert unknown == chat.refused(BeginPosting, **wanted(key="key-00000003", subject="q9", text="?"))
    judge = Judge(chat.state)
    back = judge.judge(Post("mastodon:1", Author("mastodon:7", "ana"), "P1: ...", 0))
    assert (back.kind, back.filed and back.filed.question) == ("question", "q1")


@pytest.mark.parametrize(
    ("says", "kind", "question"),
    [
        ("P1: ¿Cómo es el rincón de lectura de su salón?", "question", "q1"),
        ("¿Cómo es el rincón de lectura de su salón? #chat", "question", "q1"),
        ("Wie sieht eure Leseecke aus? #chat", "question", "q1"),
        ("Q2: What changed this year?", "question", "q2"),
        ("P2 en un minuto", "announcement", None),
    ],
)
def test_a_host_asks_it_in_either_language(says: str, kind: str, question: str | None) -> None:
    chat = Chat(decode_plan(PLAN, NETWORKS))
    post = Post("mastodon:1", Author("mastodon:7", "ana"), says, chat.state.at)
    judged = Judge(chat.state).judge(post)
    assert (judged.kind, judged.filed.question if judged.filed else None) == (kind, question)
    assert asked_question(chat.state, post, judged) == question


def test_answers_in_the_letters_of_any_of_them_lie_under_it() -> None:
    judge = Judge(Chat(decode_plan(PLAN, NETWORKS)).state)
    for number, says in enumerate(["A1: A sofa", "R1: Un sofá", "Antwort 1: Ein Sofa", "Respuesta 1: dos"]):
        judged = judge.judge(Post(f"mastodon:{number}", Author(f"mastodon:{number}", "x"), says, 0))
        assert judged.filed is not None, says
        assert (judged.kind, judged.filed.question) == ("answer", "q1")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('text_xx = "?"', 'line 13: the language "xx" is not known'),
        ('text_en = "What?"', "line 13: text_en is the chat's own language: that is what text says"),
        ("text_de = 3", "line 13: text_de must be a text in quotes"),
        ('txt_de = "Was?"', 'line 13: "txt_de" is not known'),
    ],
)
def test_mistakes(line: str, told: str) -> None:
    with pytest.raises(PlanError) as error:
        decode_plan(
            PLAN.replace('text_de = "Wie sieht eure Leseecke aus?"', line).replace('"ana"]', '"ana"]\n'), NETWORKS
        )
    assert told in str(error.value)
