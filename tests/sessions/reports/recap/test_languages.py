"""A chat in another language, from its plan by the judge into every format: lang, dates, numbers, labels."""

import csv
import json
import re
from typing import Any

import pytest

from sessions.core.events import SCHEMA, PostSeen, QuestionAsked, SessionOpened
from sessions.core.evolve import fold
from sessions.core.filing import Judge, asked_question
from sessions.core.plan.reading import decode_plan
from sessions.core.posts import Author, Post, seen_fields
from sessions.core.state import SessionState
from sessions.networks.registry import NETWORKS
from sessions.reports.recap import Recap, build_recap, render

PLAN = """\
title = "{title}"
hashtags = ["chat"]
language = "{code}"
starts = 2026-12-01T19:00:00
timezone = "{zone}"
[[hosts]]
name = "Ana"
handles = ["ana"]
[[questions]]
text = "{first}"
[[questions]]
text = "{second}"
"""
CHATS: dict[str, dict[str, Any]] = {
    "es": {
        "plan": ("Rincones", "America/Chicago", "¿Cómo es el rincón de su salón?", "¿Qué cambiaron este año?"),
        "says": [
            ("ana", "P2 en un minuto #chat"), ("ana", "P1: ¿Cómo es el rincón de su salón? #chat"),
            ("ines", "R1: Rotamos cada doce minutos #chat"), ("zoe", "A1 We rotate, too #chat"),
            ("ana", "P2 ¿Qué cambiaron este año? #chat"), ("ines", "#chat R2 Las mesas"), ("leo", "P5 del libro #chat"),
        ],
        "shows": ("P1", "Rotamos cada doce minutos", "martes, 1 de diciembre de 2026", "2 respuestas de 2 personas"),
    },
    "de": {
        "plan": ("Stationen", "Europe/Berlin", "Wie sehen eure Stationen aus?", "Was habt ihr geändert?"),
        "says": [
            ("ana", "Gleich kommt F2 #chat"), ("ana", "F1: Wie sehen eure Stationen aus? #chat"),
            ("ines", "A1: Wir drehen alle zwölf Minuten #chat"), ("zoe", "Antwort 1: Drei Tische #chat"),
            ("ana", "F2 Was habt ihr geändert? #chat"), ("ines", "#chat A2 Die Tische"), ("leo", "Stau auf der A1"),
        ],
        "shows": ("F1", "Wir drehen alle zwölf Minuten", "Dienstag, 1. Dezember 2026", "2 Antworten von 2 Personen"),
    },
    "fr": {
        "plan": ("Ateliers", "Europe/Paris", "Comment sont vos ateliers ?", "Qu'avez-vous changé ?"),
        "says": [
            ("ana", "Q2 arrive dans une minute #chat"), ("ana", "Q1 : Comment sont vos ateliers ? #chat"),
            ("ines", "R1 : on tourne toutes les douze minutes #chat"), ("zoe", "A1 We rotate, too #chat"),
            ("ana", "Q2 Qu'avez-vous changé ? #chat"), ("ines", "#chat R2 Les tables"), ("leo", "niveau A1 #chat"),
        ],
        "shows": ("Q1", "on tourne toutes les douze minutes", "mardi 1 décembre 2026", "2 réponses de 2 personnes"),
    },
}  # fmt: skip
ENGLISH = re.compile(r"\b(?:answers?|people|person|Thank|Welcome|hosted|Hosted|first time|Highlighted|minutes? in)\b")


def held(code: str) -> tuple[SessionState, Recap]:
    """The chat as the hub hears it: each post judged, a host's question taken as asked."""
    title, zone, first, second = CHATS[code]["plan"]
    text = PLAN.format(title=title, code=code, zone=zone, first=first, second=second)
    plan, state = decode_plan(text, NETWORKS), SessionState()

    def hear(event_type: type, at: int, **fields: Any) -> None:
        fold([event_type(seq=state.seq + 1, at=at, by=None, command=None, **fields)], state)

    hear(SessionOpened, plan.starts_at, plan=plan, schema=SCHEMA, rehearsal=False)
    judge = Judge(state)
    for number, (handle, said) in enumerate(CHATS[code]["says"]):
        at = plan.starts_at + number * 60_000
        post = Post(f"practice:{number}", Author(f"practice:{handle}", handle, handle.title()), said, at)
        judged = judge.judge(post)
        hear(PostSeen, at, **seen_fields(post, judged))
        if (question := asked_question(state, post, judged)) is not None:
            hear(QuestionAsked, at, question=question, seconds=480)
    return state, build_recap(state, "k3f9qa")


@pytest.mark.parametrize("code", CHATS)
def test_questions_and_answers_are_filed_and_heads_ups_and_false_friends_are_not(code: str) -> None:
    state, _ = held(code)
    filed = [found.question if (found := state.filed(post)) else None for post in state.posts]
    assert filed[:6] == [None, "q1", "q1", "q1", "q2", "q2"]
    assert [state.kind(post) for post in state.posts][:6] == [
        "announcement", "question", "answer", "answer", "question", "answer",
    ]  # fmt: skip
    assert filed[6] is None or (why := state.filed("practice:6")) is None or why.why == "guess"
    assert [opening.question for opening in state.openings] == ["q1", "q2"]


@pytest.mark.parametrize("code", CHATS)
def test_every_format_speaks_the_language_of_the_chat(code: str) -> None:
    state, recap = held(code)
    assert state.plan is not None
    spoken = state.plan.spoken
    page, text = (render(recap, form, spoken) for form in ("html", "markdown"))
    assert f'<html lang="{code}">' in page
    for words in (page.partition("</style>")[2], text):
        for shown in CHATS[code]["shows"]:
            assert shown in words
        assert ENGLISH.search(words) is None
    assert recap.questions[0].answers[0].said == CHATS[code]["shows"][1]
    table = list(csv.DictReader(render(recap, "csv", spoken).splitlines()))
    assert {row["language"] for row in table} == {code}
    assert [row["question"] for row in table][:3] == ["1", "1", "2"]
    document = json.loads(render(recap, "json", spoken))
    assert document["language"] == code
    assert [question["name"] for question in document["questions"]] == [f"{spoken.labels[0]}{n}" for n in (1, 2)]
