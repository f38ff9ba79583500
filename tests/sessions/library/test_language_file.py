"""A language of one's own as a TOML file: as much as ours say, and mistakes by their lines."""

import msgspec
import pytest

from sessions.core.filing.labels import reader_of
from sessions.core.languages import built_in, missing
from sessions.core.plan import Plan
from sessions.core.plan.reading import PlanError, decode_plan
from sessions.core.plan.schedule import schedule, schedule_text, share_text
from sessions.library.plans.language_file import decode_language, language_text
from sessions.networks.registry import NETWORKS
from tests.paths import ROOT

PORTUGUESE = """\
code = "pt"
name = "Português"
locale = "pt_BR"
labels = ["P", "R"]
question = ["Pergunta"]
answer = ["Resposta"]

[reading]
hello = ["olá", "boa noite"]
coming = ["vem aí", "em {n} minuto"]

[reading.false_friends]
P = ["página"]
"R2" = ["D2"]

[script]
welcome = "Bem-vindos! Hoje: {title} {hashtag}"

[share]
when = "Quando: {when}"

[recap]
answers = { one = "{n} resposta", other = "{n} respostas" }
"""
PLAN = """\
title = "Cantinhos"
language = "pt"
starts = 2026-12-01T19:00:00
timezone = "America/Sao_Paulo"
[[questions]]
text = "P1: Como é o cantinho?"
"""


@pytest.mark.parametrize("code", ["es", "de", "fr"])
def test_a_file_can_say_all_that_our_tables_say(code: str) -> None:
    language = built_in(code)
    assert language is not None
    assert decode_language(language_text(language)) == language


def test_the_example_in_the_docs_is_our_spanish() -> None:
    spanish = built_in("es")
    assert spanish is not None
    assert (ROOT / "docs" / "use" / "language-es.toml").read_text(encoding="utf-8") == language_text(spanish)


def test_a_chat_is_held_in_a_language_of_ones_own() -> None:
    language = decode_language(PORTUGUESE)
    plan = decode_plan(PLAN, NETWORKS, languages={"pt": language})
    assert plan.spoken == language
    assert plan.questions[0].name == "P1"
    assert plan.questions[0].text == "Como é o cantinho?"
    assert plan.script["welcome"] == "Bem-vindos! Hoje: Cantinhos"
    shared = share_text(plan, NETWORKS)
    assert "Quando: terça-feira, 1 de dezembro de 2026, 19:00 to 20:00" in shared  # the rest in English
    assert f"language: Português (P1, R1); Q1 and A1 are read, too; {len(missing(language))} of its sentences" in (
        schedule_text(plan, schedule(plan, NETWORKS))
    )
    read = reader_of(*plan.languages)
    assert [read.parse(text) is not None for text in ("R1: sim", "Resposta 1 sim", "A1 yes", "P5 página", "R2-D2")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert language.say("recap.answers", 1200) == "1.200 respostas"


def test_a_session_keeps_the_whole_table_and_needs_no_file() -> None:
    plan = decode_plan(PLAN, NETWORKS, languages={"pt": decode_language(PORTUGUESE)})
    stored = msgspec.json.decode(msgspec.json.encode(plan), type=Plan)
    assert stored.spoken == plan.spoken
    assert stored.languages == plan.languages


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('code = "pt"', 'code = "english"', "line 1: code must be that of a language but English, such as pt"),
        ('code = "pt"', 'code = "en"', "line 1: code must be that of a language but English"),
        ('"pt_BR"', '"pt_XXX"', 'line 3: the locale "pt_XXX" is not known'),
        ('["P", "R"]', '["P", "P"]', "line 4: labels must be two different letters"),
        ('["Pergunta"]', '"Pergunta"', 'line 5: question must be a list of texts such as ["one", "or two"]'),
        ("hello", "helo", 'line 9: "helo" is not known: did you mean hello?'),
        ('P = ["página"]', '"página" = ["P"]', "line 13: write a letter or labels, such as P or A3 A4"),
        ("welcome", "wellcome", 'line 17: "wellcome" is not known: did you mean welcome?'),
        ("{title}", "{titulo}", 'line 17: "{titulo}" is not known in welcome: what is filled in is {hashtag}, {title}'),
        ('"Quando: {when}"', '{ one = "x", other = "y" }', "line 20: when must be one text"),
        ("one =", "eins =", "line 23: answers must be a text with the forms of a number"),
        ("[script]", "[skript]", 'line 16: "skript" is not known: did you mean script?'),
        ('name = "Português"', "name = 3", "line 2: name must be a text in quotes, got 3"),
        ('name = "Português"', 'name = "Português', "line 2: "),
    ],
)
def test_mistakes_are_told_by_their_lines(before: str, after: str, told: str) -> None:
    assert before in PORTUGUESE
    with pytest.raises(PlanError) as error:
        decode_language(PORTUGUESE.replace(before, after))
    assert told in str(error.value)
