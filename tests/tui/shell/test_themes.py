"""The colours: one that is chosen is kept, one that there is not is told."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList

from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tests.tui.palette import choose_action
from tui.apps import TABLES
from tui.shell.config import load_config
from tui.shell.kept.config_file import NotKept
from tui.shell.themes import NAMES, keep_theme

WRITTEN = '# mine\n\n[keys]  # of the desk\nnext = "f5"\n'


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ('"lunchrom"', 'there is no theme "lunchrom", did you mean lunchroom; there are lunchroom, lunchroom-light, '),
        ('"?"', 'there is no theme "?"; there are lunchroom, lunchroom-light, '),
        ("3", "theme must be a name between quotes; there are lunchroom, "),
    ],
)
def test_a_theme_that_there_is_not_is_told_with_those_that_there_are(tmp_path: Path, told: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'theme = {told}\n[keys]\nnext = "f5"\n', encoding="utf-8")
    config = load_config(path, TABLES)
    assert config.problem.startswith(f"config.toml: {words}")
    assert all(name in config.problem for name in NAMES)
    assert config.keys == {"next": "f5"}


def test_a_theme_is_written_before_the_tables_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "none yet" / "config.toml"
    keep_theme(path, "nord")
    assert path.read_text("utf-8") == 'theme = "nord"\n'
    path.write_text(WRITTEN, encoding="utf-8")
    keep_theme(path, "nord")
    assert load_config(path, TABLES).theme == "nord"
    assert all(line in path.read_text("utf-8") for line in WRITTEN.splitlines())
    path.write_text('theme = "nord"   # for the projector\n', encoding="utf-8")
    keep_theme(path, "lunchroom-light")
    assert path.read_text("utf-8") == 'theme = "lunchroom-light"   # for the projector\n'


def test_a_config_that_is_not_read_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[keys\n", encoding="utf-8")
    with pytest.raises(NotKept, match="mend it first"):
        keep_theme(path, "nord")
    assert path.read_text("utf-8") == "[keys\n"
    with pytest.raises(NotKept, match="no config file here"):
        keep_theme(None, "nord")


async def test_the_palette_finds_the_themes_and_keeps_the_one_that_is_chosen(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(WRITTEN, encoding="utf-8")
    async with live_hub(tmp_path) as live, desk_on(live, config=config) as ana:
        for words in ("theme", "colors", "colours"):
            await ana.pilot.press("ctrl+p")
            await ana.until(lambda: isinstance(ana.app.screen, CommandPalette))
            options = ana.app.screen.query_one(OptionList)
            await ana.pilot.press(*words)
            await ana.until(
                lambda options=options: (
                    options.option_count > 0 and "Colours and theme" in str(options.options[0].prompt)
                )
            )
            await ana.press("escape")
        await choose_action(ana.pilot, ana.until, "theme", "Colours and theme")
        await ana.sees("Which theme?")
        await ana.pilot.press(*"lunchroom-light")
        options = ana.app.screen.query_one(OptionList)
        await ana.until(lambda: [str(one.prompt) for one in options.options] == ["lunchroom-light"])
        await ana.pilot.press("enter")
        await ana.until(lambda: "The theme is lunchroom-light, also the next time." in ana.status)
        assert ana.app.theme == "lunchroom-light"
    assert load_config(config, TABLES).theme == "lunchroom-light"
