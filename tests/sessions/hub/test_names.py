"""Names of people at desks: which are none, and which look the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.server.entry.names import BadName, look_alike, moderator_name, skeleton


@pytest.mark.parametrize(
    "name",
    [
        "Ana",
        "María José",
        "O'Brien",
        "Łukasz",
        "Nguyễn Thị",
        "Straße",
        "Мария",
        "Maria Мария",  # each word in one alphabet
        "Δημήτρης",
        "अना",
        "אנה",
        "한국Kim",
        "日本ごカA",
        "ʻOkina",
        "4b",
        "Ana 🐘",
    ],
)
def test_names_of_people_stay_as_they_are_written(name: str) -> None:
    assert moderator_name(name) == name


@pytest.mark.parametrize("name", ["Аna", "Αna", "Anа", "Bеn", "Ꭺna", "Maria Мaрия", "ⲁna"])
def test_a_word_in_letters_of_two_alphabets_is_no_name(name: str) -> None:
    with pytest.raises(BadName, match="one alphabet"):
        moderator_name(name)


@pytest.mark.parametrize("name", ["!!!", "\u2800", "\u3164", "·", "\u200b", "—"])
def test_what_shows_no_letter_is_no_name(name: str) -> None:
    with pytest.raises(BadName):
        moderator_name(name)


def test_composed_and_decomposed_letters_are_one_name() -> None:
    assert moderator_name("Jose\u0301") == moderator_name("José") == "José"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ace", "асе"),
        ("HOPE", "НОРЕ"),
        ("Mia", "Міа"),
        ("Al", "AI"),
        ("Lee", "1ee"),
        ("O", "0"),
        ("Arno", "Amo"),
        ("Joe", "Ｊｏｅ"),
        ("Ana", "𝐀na"),
        ("Ana Lee", "AnaLee"),
        ("Ana", "A\u2800na"),
    ],
)
def test_names_that_look_the_same(one: str, other: str) -> None:
    assert look_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ana", "Anna"), ("Ana", "Ána"), ("Ben", "Ken"), ("José", "Jose"), ("guest 1", "guest 2"), ("Ana", "Anna B")],
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert not look_alike(one, other)


@given(st.text(max_size=60))
def test_every_name_looks_like_itself_in_whatever_case(name: str) -> None:
    assert look_alike(name, name)
    assert look_alike(name, name.casefold()) or name.casefold() != name
    assert isinstance(skeleton(name), str)
