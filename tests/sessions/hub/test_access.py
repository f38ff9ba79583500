"""Tokens and names: who gets in, as what, and under which name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.core.events import Scope
from sessions.hub.server.entry.access import SEATS, Access, Caller, Full, NameTaken, fresh_keys
from sessions.hub.server.entry.names import BadName, moderator_name


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
    before = access.keys
    seat = access.admit("Ana", "moderator", {})
    access.restore(before)
    assert access.caller(f"Bearer {seat.token}") is None


def test_a_moderator_wins_a_name_over_who_looks_on_and_that_one_goes_on_under_another() -> None:
    access = Access(fresh_keys())
    access.admit("Olga (looking on)", "observer", {})
    olga = access.admit("olga", "observer", {})
    moderator = access.admit("Olga", "moderator", {})
    assert (moderator.name, moderator.scope) == ("Olga", "moderator")
    assert access.caller(f"Bearer {moderator.token}") == Caller("moderator", "Olga")
    assert access.caller(f"Bearer {olga.token}") == Caller("observer", "olga (looking on 2)")
    with pytest.raises(NameTaken):
        access.admit("olga", "observer", {})


def test_an_observer_steps_aside_for_a_moderator_whose_name_looks_the_same_and_keeps_within_60_letters() -> None:
    access = Access(fresh_keys())
    looking = access.admit("Х" + "х" * 59, "observer", {})
    access.admit("X" + "x" * 59, "moderator", {})
    caller = access.caller(f"Bearer {looking.token}")
    assert caller is not None
    assert caller.name is not None
    assert caller.name.endswith(" (looking on)")
    assert len(caller.name) == 60


@pytest.mark.parametrize("scope", ["moderator", "observer"])
@pytest.mark.parametrize("other", ["Веn", "Βеn", "Ｂen", "B en", "𝐁en", "вen"])
def test_a_name_that_looks_like_a_moderators_is_nobody_elses(scope: Scope, other: str) -> None:
    access = Access(fresh_keys())
    access.admit("Ben", "moderator", {"Ana Lee": "moderator"})
    try:
        name = moderator_name(other)
    except BadName:
        return
    with pytest.raises(NameTaken, match="looks like Ben"):
        access.admit(name, scope, {})


def test_seats_have_a_cap_for_each_scope() -> None:
    access = Access(fresh_keys())
    for scope, most in SEATS.items():
        for number in range(most):
            access.admit(f"{scope} {number}", scope, {})
        with pytest.raises(Full):
            access.admit("Zoe", scope, {})
        assert access.admit(f"{scope} 0", scope, {}).name == f"{scope} 0"


def test_the_seat_of_an_observer_who_left_is_given_away_when_all_are_taken_but_no_moderators() -> None:
    access = Access(fresh_keys())
    first = access.admit("guest 0", "observer", {})
    for number in range(1, SEATS["observer"]):
        access.admit(f"guest {number}", "observer", {})
    before = access.keys
    access.admit("Zoe", "observer", {}, absent=lambda name: name == "guest 0")
    assert access.caller(f"Bearer {first.token}") is None
    access.restore(before)
    assert access.caller(f"Bearer {first.token}") == Caller("observer", "guest 0")
    for number in range(SEATS["moderator"]):
        access.admit(f"moderator {number}", "moderator", {})
    with pytest.raises(Full):
        access.admit("Zoe", "moderator", {}, absent=lambda name: True)


@given(st.text(max_size=80))
def test_a_name_is_one_line_of_1_to_60_characters_without_controls(written: str) -> None:
    try:
        name = moderator_name(written)
    except BadName:
        return
    assert 1 <= len(name) <= 60
    assert name.isprintable() or not any(letter in name for letter in "\n\r\t\x00\x1b\u202e")
    assert moderator_name(name) == name
