"""Tokens and names: who gets in, as what, and under which name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.hub.server.access import Access, BadName, Caller, NameTaken, fresh_keys, moderator_name


@given(st.text(max_size=120))
def test_a_bearer_of_anything_else_gets_nowhere(token: str) -> None:
    access = Access(fresh_keys())
    access.admit("Ana", "moderator", {})
    assert access.caller(token) is None
    assert access.caller(f"Bearer {token}") is None


def test_each_token_opens_what_it_is_for() -> None:
    access = Access(fresh_keys())
    ana, olga = access.admit("Ana", "moderator", {}), access.admit("Olga", "observer", {})
    keys = access.keys
    assert access.caller(f"Bearer {keys.token}") == Caller("moderator")
    assert access.caller(f"bearer  {keys.observer_token}") == Caller("observer")
    assert access.caller(f"Bearer {ana.token}") == Caller("moderator", "Ana")
    assert access.caller(f"Bearer {olga.token}") == Caller("observer", "Olga")
    assert len({keys.token, keys.observer_token, ana.token, olga.token}) == 4


def test_the_same_name_is_the_same_seat_in_whatever_case() -> None:
    access = Access(fresh_keys())
    assert access.admit("Ana", "moderator", {}) == access.admit("ANA", "moderator", {})
    with pytest.raises(NameTaken, match="Ana is here already"):
        access.admit("aNA", "observer", {})


def test_names_of_before_a_restart_without_tokens_keep_spelling_and_scope() -> None:
    access = Access(fresh_keys())
    assert access.admit("straße", "moderator", {"STRASSE": "moderator"}).name == "STRASSE"
    with pytest.raises(NameTaken):
        access.admit("ben", "observer", {"Ben": "moderator"})


def test_a_seat_that_was_withdrawn_opens_nothing() -> None:
    access = Access(fresh_keys())
    seat = access.admit("Ana", "moderator", {})
    access.withdraw(seat)
    assert access.caller(f"Bearer {seat.token}") is None


@given(st.text(max_size=80))
def test_a_name_is_one_line_of_1_to_60_characters_without_controls(written: str) -> None:
    try:
        name = moderator_name(written)
    except BadName:
        return
    assert 1 <= len(name) <= 60
    assert name.isprintable() or not any(letter in name for letter in "\n\r\t\x00\x1b\u202e")
    assert moderator_name(name) == name
