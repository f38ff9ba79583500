"""Refusals on the desk: the hub names the action that helps, the desk the key that it has here."""

from typing import get_args

from sessions.core.commands import DeskAction, Refusal
from sessions.hub.away.relay import DEFAULT, NONE, contacts
from tests.paths import ROOT
from tui.desk.keys import DESK
from tui.desk.model.refusals import _HELP_ENGLISH, _WHOLE, HELP, refusal_words


def test_every_action_that_a_refusal_names_is_one_of_the_desk_and_has_words() -> None:
    assert set(get_args(DeskAction)) == set(HELP)
    assert set(HELP) <= set(DESK.by_name)


def test_the_key_is_the_one_that_the_action_has_on_this_desk() -> None:
    refused = Refusal("Ana asks the questions.", "take_driver")
    assert refusal_words(refused, lambda name: {"take_driver": "F9"}[name]) == (
        "Ana asks the questions. Press F9 to take over."
    )


def test_no_key_is_named_where_nothing_helps_or_only_a_later_desk_knows_what() -> None:
    for refused in (Refusal("Tom is a host."), Refusal("Tom is a host.", "introduce")):
        assert refusal_words(refused, lambda _name: "F9") == "Tom is a host."


def test_the_english_behind_an_english_refusal_is_that_of_the_catalogue() -> None:
    assert _HELP_ENGLISH == HELP  # the tests speak English


def test_the_sentences_of_a_hub_that_are_known_here_are_still_said_there() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "sessions/core/commands").rglob("*.py"))
    filled_in = {contacts(NONE), contacts(DEFAULT), "Nobody asks the questions.", "Nobody greets."}
    assert [one for one in _WHOLE if one not in filled_in and f'"{one}"' not in code] == []
    assert filled_in <= set(_WHOLE)
