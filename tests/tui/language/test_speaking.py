"""The program in Spanish: by the environment, by the config, and where the words were not compiled."""

import json
import os
import shutil
import subprocess
import sys
from gettext import NullTranslations
from pathlib import Path

import pytest

from sessions import words
from tests.paths import ROOT
from tui.language import speaking
from tui.language.place import config_path

sys.path.insert(0, str(ROOT))
from hatch_build import compile_catalogues

SAY = """
import json
import tui
from sessions.words import _
from tui.language.speaking import chosen
from tui.text.wording import counted
print(json.dumps([_("Cancel"), counted(1, "{n} day", "{n} days"), counted(2, "{n} day", "{n} days"), *chosen()]))
"""
TURN = """
import json
from types import SimpleNamespace
import tui
from sessions.core.state import SessionState
from tui.desk.actions.hour.turns import NOBODY, TurnActions
from tui.language.speaking import chosen
desk = TurnActions(SimpleNamespace(model=SimpleNamespace(me="Ana", state=SessionState())))
print(json.dumps([*desk.called("nobody"), *desk.called("nob"), NOBODY, chosen().code]))
"""
SPANISH = ["Cancelar", "1 día", "2 días", "es", ""]
ENGLISH = ["Cancel", "1 day", "2 days", "en", ""]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a folder of its own, with the words that are compiled when it is installed."""
    checkout = tmp_path_factory.mktemp("checkout")
    for package in ("sessions", "tui"):
        shutil.copytree(ROOT / package, checkout / package, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    compile_catalogues(checkout)
    return checkout


def said(checkout: Path, program: str = SAY, **environ: str) -> list[str]:
    """What a program says that starts with these variables."""
    away = ("LUNCHROOM_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "PYTHONPATH")
    env = {name: value for name, value in os.environ.items() if name not in away}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=checkout, env=env | environ, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_the_system_the_config_and_a_variable_say_the_language(copy: Path) -> None:
    assert said(copy, LANG="es_US.UTF-8") == SPANISH
    config_path().parent.mkdir(parents=True)
    config_path().write_text('language = "en"\n', encoding="utf-8")
    assert said(copy, LANG="es_US.UTF-8") == ENGLISH
    config_path().write_text('# language\nlanguage = "es"\n', encoding="utf-8")
    assert said(copy, LANG="C.UTF-8") == SPANISH
    assert said(copy, LUNCHROOM_LANGUAGE="en") == ENGLISH
    config_path().write_text("language = ", encoding="utf-8")  # no TOML: told with the config's other mistakes
    assert said(copy, LANG="es_US.UTF-8") == SPANISH


def test_words_that_were_not_compiled_are_said_in_english_with_the_reason(tmp_path: Path) -> None:
    for package in ("sessions", "tui"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    told = said(tmp_path, LUNCHROOM_LANGUAGE="es")
    assert told == [*ENGLISH[:4], 'the words of "es" were not compiled here: install Lunchroom again']


@pytest.mark.parametrize("damage", ["0 bytes", "10 bytes", "2000 bytes", "its end", "its table", "text"])
def test_words_that_were_damaged_are_said_in_english_with_the_reason(
    copy: Path, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(copy / "tui" / "locale", tmp_path / "locale")
    compiled = tmp_path / "locale" / "es" / "LC_MESSAGES" / "lunchroom.mo"
    whole = compiled.read_bytes()
    kept, *of_bytes = damage.split()
    if of_bytes == ["bytes"]:
        compiled.write_bytes(whole[: int(kept)])
    else:
        left = {
            "its end": whole[:-1000],
            "its table": whole[:28] + bytes(range(256)) * (len(whole) // 256),
            "text": b"No words.\n" * 10,
        }
        compiled.write_bytes(left[damage])
    monkeypatch.setattr(speaking, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(speaking, "_chosen", speaking.chosen())
    monkeypatch.setattr(words, "_spoken", NullTranslations())
    told = speaking.speak({"LUNCHROOM_LANGUAGE": "es"})
    assert told == ("en", 'the words of "es" cannot be read: install Lunchroom again')
    assert words._("Cancel") == "Cancel"


def test_nobody_is_typed_in_english_whatever_the_language(copy: Path) -> None:
    assert said(copy, TURN, LUNCHROOM_LANGUAGE="es") == ["nobody", "nobody", "nobody", "es"]


def test_an_unknown_language_is_told_once() -> None:
    command = [sys.executable, "-m", "tui", "config"]
    env = os.environ | {"LUNCHROOM_LANGUAGE": "tlh"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stderr.count("LUNCHROOM_LANGUAGE") == 1
    assert done.stderr.startswith('LUNCHROOM_LANGUAGE: there is no language "tlh"; there are en, es.\n')
