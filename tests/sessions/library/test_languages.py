"""Languages of a moderator's own, as files beside their config."""

from pathlib import Path

import pytest

from sessions.core.plan.reading import PlanError
from sessions.library.plans import read_plan
from sessions.library.plans.languages import languages_folder, own_languages

PLAN = """\
title = "Cantinhos"
language = "pt"
starts = 2026-12-01T19:00:00
timezone = "America/Sao_Paulo"
[[questions]]
text = "Como é o cantinho?"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the languages, with a home of its own."""
    for variable in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    found = languages_folder()
    if not found.is_relative_to(tmp_path):
        pytest.skip("this system has config folders that no variable moves")
    found.mkdir(parents=True)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    return found


def test_a_file_is_a_language_of_plans(folder: Path, tmp_path: Path) -> None:
    (folder / "pt.toml").write_text('name = "Português"\nlabels = ["P", "R"]\n', encoding="utf-8")
    plan = read_plan(tmp_path / "plan.toml").plan
    assert (plan.language, plan.spoken.name, plan.questions[0].name) == ("pt", "Português", "P1")


def test_a_wrong_file_is_told_where_it_is_named_and_passed_over_elsewhere(folder: Path, tmp_path: Path) -> None:
    (folder / "pt.toml").write_text("labels = 3\n", encoding="utf-8")
    (folder / "it.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "ca.toml").write_text('labels = ["P", "R"]\n', encoding="utf-8")
    with pytest.raises(PlanError, match=r"pt.toml: line 1: labels must be two letters"):
        read_plan(tmp_path / "plan.toml")
    own = own_languages()
    assert (set(own.found), set(own.wrong)) == ({"ca"}, {"it", "pt"})
    (tmp_path / "plan.toml").write_text(PLAN.replace('"pt"', '"ca"'), encoding="utf-8")
    assert read_plan(tmp_path / "plan.toml").plan.spoken.code == "ca"


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert own_languages(tmp_path / "nowhere").found == {}
