"""What one types: the table, and how forgiving it is."""

import pkgutil
from importlib import import_module
from typing import Any

import pytest

import tui.desk.dialogs
import tui.dialogs
from tui.desk.keys import DESK
from tui.dialogs.dialog import Dialog
from tui.plain.asked.forms import FORMS, WITHOUT_FORM
from tui.plain.vocabulary.live_table import LIVE
from tui.plain.vocabulary.saved_table import SAVED
from tui.plain.vocabulary.words import Typed, Vocabulary


@pytest.mark.parametrize(("vocabulary", "file"), [(LIVE, "live_table"), (SAVED, "saved_table")], ids=["live", "saved"])
def test_every_action_can_be_typed(vocabulary: Vocabulary, file: str) -> None:
    missing = vocabulary.lacking()
    assert not missing, (
        f"there are keys for {', '.join(missing)}, and plain lines lack them: give each a row in "
        f"tui/plain/vocabulary/{file}.py (the action then runs with what was named as its aim; what it does in panes "
        "needs a word of its own in tui/plain/typed, a dialog that it asks a form in tui/plain/asked/forms.py), or a "
        "reason in the same file why nothing is typed for it"
    )


@pytest.mark.parametrize("vocabulary", [LIVE, SAVED], ids=["live", "saved"])
def test_the_table_names_actions_that_there_are(vocabulary: Vocabulary) -> None:
    named = {action for word in vocabulary.words for action in word.actions} | vocabulary.without.keys()
    assert named <= DESK.by_name.keys() | vocabulary.table.by_name.keys()
    assert len({word.word for word in vocabulary.words}) == len(vocabulary.words)


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("next", "next", ""),
        ("NEXT", "next", ""),
        ("n", "next", ""),
        ("newc", "newcomers", ""),
        ("greet merle", "greet", "merle"),
        ("g Merle  Tansyfield ", "greet", "Merle  Tansyfield"),
        ("take a", "take asking", ""),
        ("not an 2", "not answered", "2"),
        ("go", "go on", ""),
        ("to gr", "to greet", ""),
        ("file 42 2", "file", "42 2"),
        ("note go on then", "note", "go on then"),
        ("invite", "invite", ""),
        ("invite away", "invite away", ""),
        ("/ stations", "find", "stations"),
        ("? file", "help", "file"),
    ],
)
def test_a_word_is_known_by_its_beginning_and_by_its_key(line: str, word: str, rest: str) -> None:
    typed = LIVE.read(line)
    assert isinstance(typed, Typed), typed
    assert (typed.word.word, typed.rest) == (word, rest)


@pytest.mark.parametrize(
    ("line", "words"), [("ne", "Which of them: next or newcomers?"), ("jump", "There is no word jump"), ("take", "or")]
)
def test_what_is_not_clear_is_asked(line: str, words: str) -> None:
    said = LIVE.read(line)
    assert isinstance(said, str)
    assert words in said


def test_every_dialog_of_the_desk_is_asked_in_words() -> None:
    kinds: set[type[Dialog[Any]]] = set()
    for package in (tui.desk.dialogs, tui.dialogs):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            kinds |= {kind for kind in vars(import_module(found.name)).values() if _is_dialog(kind, found.name)}
    assert len(kinds) > 15
    missing = sorted(kind.__name__ for kind in kinds - FORMS.keys() - WITHOUT_FORM.keys())
    assert not missing, (
        f"plain lines cannot ask {', '.join(missing)}: write a form in tui/plain/asked/forms.py, which asks in words "
        "what the dialog asks and gives its result, or say in WITHOUT_FORM there why nothing asks it"
    )


def _is_dialog(kind: object, module: str) -> bool:
    return isinstance(kind, type) and issubclass(kind, Dialog) and kind.__module__ == module
