"""The user's own keys: taken where they make sense, ignored with one clear line where not."""

from pathlib import Path

import pytest

from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tui.config import load_config


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    config = load_config(tmp_path / "config.toml")
    assert (config.keys, config.problem) == ({}, "")


def test_keys_are_written_as_they_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "nord"\n[keys]\nnext = "f5"\nmore_time = "."\nstar = "*"\nhold = "ctrl+o,F2"\n')
    config = load_config(path)
    assert config.problem == ""
    assert config.theme == "nord"
    assert config.keys == {"next": "f5", "more_time": "full_stop", "star": "asterisk", "hold": "ctrl+o,f2"}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[keys\n", "is not TOML"),
        ('keys = "n"', "[keys] must be a table"),
        ('[keys]\nnxt = "f5"', "did you mean next?"),
        ("[keys]\nnext = 5", "needs a key between quotes"),
        ('[keys]\nnext = "wobble"', 'there is no key "wobble"'),
        ('[keys]\nnext = "g"', "would both be on"),
        ('[keys]\nnext = "f5"\nstar = "f5"', "would both be on"),
    ],
)
def test_a_mistake_is_one_clear_line_and_the_usual_keys_hold(tmp_path: Path, written: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(written)
    config = load_config(path)
    assert words in config.problem
    assert config.problem.endswith("the usual keys hold.")
    assert "\n" not in config.problem
    assert config.keys == {}


async def test_a_remapped_key_acts_and_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nnext = "f5"\nundo = "z"\n')
    async with live_hub(tmp_path) as live, desk_on(live, config=path) as ana:
        await ana.sees("f5 Next")
        await ana.press("n")
        assert "Asking" not in ana.status
        await ana.press("f5")
        assert "Asking Q1 … z takes it back" in ana.status
        await ana.press("z")
        assert "Taken back" in ana.status


async def test_a_problem_is_said_on_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[keys]\nnxt = 'f5'\n")
    async with live_hub(tmp_path) as live, desk_on(live, config=path, greeting="hello") as ana:
        await ana.sees('config.toml: there is no action "nxt", did you mean next?')
