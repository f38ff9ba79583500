"""Labels and words in the languages of chats, English ones beside them, and what only looks like a label there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.filing.corrections import corrected_label
from sessions.core.filing.labels import LabelReader, parse_label, reader_of
from sessions.core.filing.own_words import OwnWords, own_words
from sessions.core.languages import built_in
from sessions.core.plan import Plan


def reader(code: str) -> LabelReader:
    return reader_of(Plan(language=code).spoken)


def words(code: str) -> OwnWords:
    found = own_words(Plan(language=code).spoken)
    assert found is not None
    return found


LABELS = [
    ("es", "P1: ¿Qué cambiaron?", "Q1"), ("es", "Pregunta 2: ¿por qué?", "Q2"), ("es", "R1 Estaciones", "A1"),
    ("es", "r3) sí", "A3"), ("es", "R2.1 Cada doce minutos", "A2.1"), ("es", "Respuesta 3 sí", "A3"),
    ("es", "¡Hola a todas! R1: me llamo Inés", "A1"), ("es", "#leemosjuntos R5 sí", "A5"), ("es", "@ana R1: sí", "A1"),
    ("es", "#R3 sí", "A3"), ("es", "¡Qué buena pregunta! R2 Usamos rincones", "A2"),
    ("es", "Rotamos cada doce R3", "A3"),
    ("es", "A1: we rotate", "A1"), ("es", "Q2: What changed?", "Q2"), ("es", "P1/Q1: ¿Qué? What?", "Q1"),
    ("de", "F1: Was macht ihr?", "Q1"), ("de", "Frage 3: Und dann?", "Q3"), ("de", "A2 Stationen", "A2"),
    ("de", "Antwort 4: ja", "A4"), ("de", "Hallo zusammen, A2: wir drehen", "A2"), ("de", "Q1: What do you do?", "Q1"),
    ("de", "Gute Frage! A3 Wir drehen alle zwölf Minuten", "A3"), ("de", "#EDchatDE A2 ja", "A2"),
    ("de", "Nachtrag zu A1: noch ein Bild", "A1"), ("de", "A4: Blatt und Stift reichen", "A4"),
    ("fr", "Q1 : que faites-vous ?", "Q1"), ("fr", "R2 : des ateliers", "A2"), ("fr", "Réponse 3 oui", "A3"),
    ("fr", "Bonsoir à tous, R1 : je suis en CE2", "A1"), ("fr", "A2: in English", "A2"), ("fr", "r1) oui", "A1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "label"), LABELS, ids=[f"{code} {text}" for code, text, _ in LABELS])
def test_labels(code: str, text: str, label: str) -> None:
    found = reader(code).parse(text)
    assert found is not None
    assert f"{found.letter}{found.number}" == label


FALSE_FRIENDS = [
    ("es", "P5 del libro"), ("es", "P1 página del cuaderno"), ("es", "p.5 y siguientes"), ("es", "Está en la P1"),
    ("es", "R2-D2 es el favorito de mi clase"), ("es", "R2D2 y BB8"), ("es", "R2 robot de clase"), ("es", "un R2"),
    ("es", "R 4 de cada diez leen"), ("es", "R2 cuadrado de la regresión"), ("es", "El R de la tasa subió"),
    ("es", "A2 nivel de español"), ("es", "A4 papel para todos"), ("de", "A1 Richtung Köln gesperrt"),
    ("de", "Stau auf der A1"), ("de", "A1 Stau, komme gleich"), ("de", "Niveau A1"), ("de", "A1 Niveau reicht nicht"),
    ("de", "A2-Kurs am Abend"), ("de", "Druck auf A4"), ("de", "A4 Blatt"), ("de", "Formel F1"),
    ("de", "F1 Rennen am Sonntag"), ("de", "F1 drücken hilft"), ("de", "F5-Taste klemmt"),
    ("de", "Q1 Phase der Oberstufe"), ("de", "A380 gelandet"), ("de", "U17 und F-Jugend"),
    ("fr", "Q1 2024 était difficile"), ("fr", "Q3 chiffre d'affaires en hausse"), ("fr", "au Q1"),
    ("fr", "niveau A2"), ("fr", "A4 papier recyclé"), ("fr", "R2-D2 dans la classe"), ("fr", "sur l'A6 A7"),
    ("fr", "A1 autoroute fermée"), ("fr", "le R2"), ("fr", "R 4 élèves sur dix"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FALSE_FRIENDS, ids=[f"{code} {text}" for code, text in FALSE_FRIENDS])
def test_false_friends(code: str, text: str) -> None:
    assert reader(code).parse(text) is None


@pytest.mark.parametrize("text", ["P1: ¿Qué?", "R1 sí", "F1: Was?", "Pregunta 1: ¿Qué?", "Respuesta 2 sí"])
def test_an_english_chat_knows_nothing_of_them(text: str) -> None:
    assert parse_label(text) is None


def test_the_letters_of_the_plan_go_before_those_of_the_language() -> None:
    own = reader_of(Plan(language="es", labels=("C", "V")).spoken)
    assert [own.parse(text) is not None for text in ("C1: ¿Qué?", "V1 sí", "A1 yes", "R1 sí", "P1: ¿Qué?")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    english = reader_of(Plan(labels=("F", "R")).spoken)
    assert [label.letter for text in ("F1: What?", "R1 yes", "A2 yes") if (label := english.parse(text))] == list("QAA")


@given(number=st.integers(0, 99), body=st.sampled_from(["Estaciones y rincones", "ja, immer", "oui"]))
def test_a_label_means_the_same_in_whichever_letters_it_is_written(number: int, body: str) -> None:
    for code in ("es", "de", "fr"):
        language = built_in(code)
        assert language is not None
        found = {reader(code).parse(f"{letter}{number}: {body}") for letter in ("A", language.labels[1])}
        assert len(found) == 1
        assert None not in found


@given(st.text(alphabet="aAqQpPrRfF12 .:/#@()\n-…¿ñé'", max_size=60), st.sampled_from(["es", "de", "fr"]))
def test_no_text_makes_it_stumble(text: str, code: str) -> None:
    reader(code).parse(text)
    words(code).heads_up(text)
    corrected_label(text, reader(code).forms)


def test_a_wrong_label_is_taken_back() -> None:
    assert corrected_label("perdón, quise decir R2", reader("es").forms) == "2"
    assert corrected_label("*R3", reader("es").forms) == "3"
    assert corrected_label("Ups, ich meinte A2", reader("de").forms) == "2"
    assert corrected_label("oups, je voulais dire R1", reader("fr").forms) == "1"
    assert corrected_label("R2: quise decir que leemos juntos cada día", reader("es").forms) is None


@pytest.mark.parametrize(
    ("code", "text", "soon"),
    [
        ("es", "P2 en 2 minutos", True), ("es", "¡Prepárense para la P3!", True), ("es", "La P2 ya viene 😊", True),
        ("es", "P2: ¿Qué viene después de leer?", False), ("es", "P2 ¿En qué minuto paran?", False),
        ("de", "F2 kommt in einer Minute", True), ("de", "Gleich kommt F1", True), ("de", "2 Minuten bis zur F3", True),
        ("de", "F2: Was kommt bei euch gut an?", False), ("de", "Frage 3 folgt gleich", True),
        ("fr", "Q2 arrive dans un instant", True), ("fr", "Préparez-vous pour la Q3", True),
        ("fr", "Q2 : qu'est-ce qui arrive après la lecture ?", False),
    ],
)  # fmt: skip
def test_heads_ups(code: str, text: str, soon: bool) -> None:
    assert words(code).heads_up(text) is soon


def test_hellos_and_first_times() -> None:
    assert words("es").greets("¡Hola a todas! Inés, de Navasota")
    assert words("de").greets("Guten Abend aus Köln")
    assert words("fr").greets("Bonsoir, je m'appelle Zoé")
    assert not words("es").greets("¿Hola? ¿Alguien sabe a qué hora?")
    assert words("es").says_new("Es mi primera vez en este chat")
    assert words("de").says_new("Ich bin zum ersten Mal dabei")
    assert words("fr").says_new("C'est ma première fois ici")
    assert not words("de").says_new("Das erstaunt mich jedes Mal")
