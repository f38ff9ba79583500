"""Filters of one's own: read with each mistake told beside it, and added to the config without touching the rest."""

from pathlib import Path

import pytest

from tests.tui.shell.test_config import TABLES
from tui.shell.config import load_config
from tui.shell.filter_config import SavedFilter, SavedFilters
from tui.shell.kept.config_file import NotKept

WRITTEN = """\
# mine
theme = "lunchroom-light"   # for the projector

[keys]
next = "f5"

[filters]   # what I look at
"new ones" = "is:new not:is:host"
odd = 3
"""


def a_config(folder: Path, text: str) -> Path:
    path = folder / "lunchroom" / "config.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mistake_in_a_filter_leaves_the_others_and_the_keys(tmp_path: Path) -> None:
    config = load_config(a_config(tmp_path, WRITTEN), TABLES)
    assert config.filters.filters == (
        SavedFilter("new ones", "is:new not:is:host"),
        SavedFilter("odd", "", "must be a line between quotes"),
    )
    assert (config.keys, config.problem) == ({"next": "f5"}, "")


@pytest.mark.parametrize("text", ["filters = 3\n", f'[filters]\na = "{"x" * 201}"\n'])
def test_what_cannot_be_a_filter_is_told_where_filters_are_listed(tmp_path: Path, text: str) -> None:
    (told,) = load_config(a_config(tmp_path, text), TABLES).filters.filters
    assert told.problem


def test_a_filter_that_is_kept_leaves_comments_and_layout(tmp_path: Path) -> None:
    path = a_config(tmp_path, WRITTEN)
    filters = load_config(path, TABLES).filters
    filters.keep("Q2 links", "q:2 has:link")
    assert path.read_text("utf-8") == f'{WRITTEN}"Q2 links" = "q:2 has:link"\n'
    again = load_config(path, TABLES).filters
    assert again.filters == filters.filters
    assert again.filters[-1] == SavedFilter("Q2 links", "q:2 has:link")


def test_the_first_filter_makes_the_config(tmp_path: Path) -> None:
    path = tmp_path / "none yet" / "config.toml"
    load_config(path, TABLES).filters.keep("new", "is:new")
    assert load_config(path, TABLES).filters.filters == (SavedFilter("new", "is:new"),)


@pytest.mark.parametrize("text", ["theme = \n", "filters = 3\n"])
def test_a_config_that_cannot_be_read_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = a_config(tmp_path, text)
    with pytest.raises(NotKept, match="mend it first"):
        load_config(path, TABLES).filters.keep("new", "is:new")
    assert path.read_text("utf-8") == text
    with pytest.raises(NotKept, match="no config file"):
        SavedFilters().keep("new", "is:new")


def test_a_link_that_leads_to_itself_is_told_and_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.symlink_to(path)
    with pytest.raises(NotKept, match="was not kept"):
        load_config(path, TABLES).filters.keep("new", "is:new")
