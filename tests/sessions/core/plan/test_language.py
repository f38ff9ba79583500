"""The language of a plan: what it says, what is stored of it, and mistakes by their lines."""

import datetime

import msgspec
import pytest

from sessions.core.languages import ENGLISH
from sessions.core.plan import Plan
from sessions.core.plan.labels import tidy_label
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import share_text
from sessions.core.plan.writing import new_plan_text, plan_text
from sessions.networks.registry import NETWORKS

SPANISH = """\
title = "Rincones de lectura"
hashtags = ["leemosjuntos"]
language = "es"
starts = 2026-12-01T19:00:00
timezone = "America/Chicago"
[[questions]]
text = "P1: ¿Cómo es su rincón?"
[[questions]]
label = "P2"
text = "¿Qué cambiaron?"
"""


def test_a_plan_says_in_its_language_what_it_says_by_itself() -> None:
    plan = decode_plan(SPANISH, NETWORKS)
    assert [(question.name, question.text) for question in plan.questions] == [
        ("P1", "¿Cómo es su rincón?"),
        ("P2", "¿Qué cambiaron?"),
    ]
    assert plan.script["format"].startswith("Publicamos P1, ustedes responden con R1")
    assert plan.greetings["returning"].startswith("¡Qué bueno tenerte")
    shared = share_text(plan, NETWORKS)
    assert "Cuándo: martes, 1 de diciembre de 2026, de 7:00" in shared
    assert "R1 Empezamos" in shared
    assert "You" not in shared


def test_nothing_of_a_language_is_stored_of_a_plan_in_english() -> None:
    plan = decode_plan(SPANISH.replace('language = "es"\n', "").replace("P2", "2"), NETWORKS)
    assert plan.spoken is ENGLISH
    stored = msgspec.json.encode(plan)
    assert not any(word in stored for word in (b'"language"', b'"labels"', b'"letter"', b'"own_language"'))
    assert decode_plan(SPANISH.replace('"es"', '"en"').replace("P2", "2"), NETWORKS) == plan


def test_a_stored_plan_reads_as_it_was() -> None:
    plan = decode_plan(SPANISH.replace('"es"', '"es"\nlabels = ["c", "v"]'), NETWORKS)
    stored = msgspec.json.decode(msgspec.json.encode(plan), type=Plan)
    assert stored == plan
    assert stored.spoken.labels == ("C", "V")
    assert [question.name for question in stored.questions] == ["C1", "P2"]  # no letter of this chat: a word


@pytest.mark.parametrize("code", ["en", "es", "de", "fr"])
@pytest.mark.parametrize("days", [None, 5])
def test_a_new_plan_in_each_language_decodes_to_itself(code: str, days: int | None) -> None:
    language = Plan(language=code).spoken
    now = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    text = new_plan_text(NETWORKS, now=now, timezone="Europe/Berlin", language=language, days=days)
    plan = decode_plan(text, NETWORKS)
    assert plan.spoken == language
    assert plan_text(plan, NETWORKS) == text
    assert all(question.name == f"{language.labels[0]}{question.label}" for question in plan.questions)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('language = "spanish"', 'line 3: the language "spanish" is not known: did you mean es?'),
        ('language = "Klingon"', "it can be en, es, de, fr, or one of your own (docs/use/languages.md)"),
        ("language = 3", "line 3: language must be a text in quotes, got 3"),
        ('labels = ["P"]', 'line 3: labels must be two letters, of questions and of answers, such as ["P", "R"]'),
        ('labels = ["P", "P"]', "two different letters"),
        ('labels = ["A", "R"]', "A stands before answers in English, which is read in every chat"),
        ('labels = ["P", "Q"]', "Q stands before questions in English"),
        ('labels = ["P", "1"]', "labels must be two letters"),
        ("labels = 3", "labels must be two letters"),
    ],
)
def test_mistakes(line: str, told: str) -> None:
    with pytest.raises(PlanError) as error:
        decode_plan(SPANISH.replace('language = "es"', line), NETWORKS)
    assert told in str(error.value)


def test_a_label_may_be_written_with_the_letters_of_the_language() -> None:
    spanish, german = (Plan(language=code).spoken for code in ("es", "de"))
    assert [tidy_label(label, spanish) for label in ("P3", "p 03a", "Pregunta 2", "Q4", "R2")] == [
        "3",
        "3a",
        "2",
        "4",
        "R2",
    ]
    assert [tidy_label(label, german) for label in ("F1", "Frage 2", "P3")] == ["1", "2", "P3"]
