"""The user's own keys: taken where they make sense, ignored with one clear line where not."""

import re
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.sessions.core.building import Chat, a_plan
from tests.sessions.hub.live import live_hub
from tests.tui.desks import desk_on
from tests.tui.libraries import library_on, save_chat
from tests.tui.replays import replay_of
from tui.apps import TABLES
from tui.dialogs.confirm import ConfirmDialog
from tui.replay.screen import ReplayScreen
from tui.shell.alert_config import ALERTS, AlertWay
from tui.shell.config import load_config


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    config = load_config(tmp_path / "config.toml", TABLES)
    assert (config.keys, config.problem) == ({}, "")


def test_keys_are_written_as_they_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "nord"\n[keys]\nnext = "f5"\nmore_time = "."\nstar = "*"\nhold = "ctrl+o,F2"\n')
    config = load_config(path, TABLES)
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
        ('[keys]\nplya = "f5"', "did you mean play?"),
        ('[keys]\nplay = "t"', 'play and jump would both be on "t"'),
        ('[keys]\njump = "f"', 'jump and filter would both be on "f"'),
        ('[keys]\ndelete_caht = "f5"', "did you mean delete_chat?"),
        ('[keys]\ndelete_chat = "r"', 'delete_chat and recap_chat would both be on "r"'),
        ('[keys]\nleave = "x"', "would both be on"),
        ('[keys]\nsave_grwoth = "f5"', "did you mean save_growth?"),
        ('[keys]\nsave_growth = "s"', 'save_growth and choose_series would both be on "s"'),
    ],
)
def test_a_mistake_is_one_clear_line_and_the_usual_keys_hold(tmp_path: Path, written: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(written)
    config = load_config(path, TABLES)
    assert words in config.problem
    assert config.problem.endswith("the usual keys hold.")
    assert "\n" not in config.problem
    assert config.keys == {}


def test_no_alert_is_on_unless_it_is_named(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml", TABLES).alerts == {}
    path = tmp_path / "config.toml"
    path.write_text('theme = "nord"\n[alerts]\nover = false\n')
    assert load_config(path, TABLES).alerts == {}


def test_alerts_are_taken_by_name_each_in_its_way(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'bell = true\n[alerts]\nover = "flash"\nnewcomer_waits = 7\nmuted_words = true\n'
        'network_silent = {minutes = 20, how = "bell"}\n'
    )
    config = load_config(path, TABLES)
    assert config.problem == ""
    assert config.alerts == {
        "last_minute": AlertWay(True, True),
        "over": AlertWay(False, True),
        "newcomer_waits": AlertWay(True, True, 7),
        "network_silent": AlertWay(True, False, 20),
        "muted_words": AlertWay(True, True),
    }
    path.write_text('[alerts]\nnewcomer_waits = "bell"\nnetwork_silent = true\n')
    after = {"newcomer_waits": AlertWay(True, False, 5), "network_silent": AlertWay(True, True, 10)}
    assert load_config(path, TABLES).alerts == after


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('bell = "yes"\n[alerts]\nover = "bell"', "bell must be true or false"),
        ("alerts = 5", "[alerts] must be a table"),
        ('[alerts]\nover = "bell"\nlast_minuet = "bell"', '"last_minuet", did you mean last_minute?'),
        ('[alerts]\nover = "bell"\nlast_minute = "ring"', '[alerts] last_minute must be "bell", "flash" or "both"'),
        ('[alerts]\nover = "bell"\nlast_minute = 5', "[alerts] last_minute must be"),
        ('[alerts]\nover = "bell"\nnewcomer_waits = 0', "[alerts] newcomer_waits must be minutes such as 5"),
        ('[alerts]\nover = "bell"\nnewcomer_waits = 2.5', "[alerts] newcomer_waits must be minutes such as 5"),
        ('[alerts]\nover = "bell"\nnetwork_silent = {minutes = true}', "must be minutes such as 10"),
        ('[alerts]\nover = "bell"\nnetwork_silent = {how = 5}', "must be minutes such as 10"),
        ('[alerts]\nover = "bell"\nnetwork_silent = {hours = 1}', "must be minutes such as 10"),
    ],
)
def test_a_wrong_alert_is_one_line_and_keys_and_other_alerts_hold(tmp_path: Path, written: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'{written}\n[keys]\nnext = "f5"\n')
    config = load_config(path, TABLES)
    assert words in config.problem
    assert config.problem.endswith("; the rest holds.")
    assert "\n" not in config.problem
    assert config.keys == {"next": "f5"}
    assert config.alerts == ({} if words == "[alerts] must be a table" else {"over": AlertWay(True, False)})


def test_the_page_on_alerts_tells_of_each_and_its_example_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "use" / "alerts.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^\| `(\w+)` \|", page.partition("| name |")[2]) == list(ALERTS)
    path = tmp_path / "config.toml"
    path.write_text(page.partition("```toml\n")[2].partition("```")[0])
    config = load_config(path, TABLES)
    assert config.problem == ""
    assert set(config.alerts) == set(ALERTS)


def test_a_wrong_key_loses_no_alert(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nnxt = "f5"\n[alerts]\nover = "bell"\n')
    config = load_config(path, TABLES)
    assert "did you mean next?" in config.problem
    assert config.alerts == {"over": AlertWay(True, False)}


async def test_a_remapped_key_acts_and_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nnext = "f5"\nundo = "z"\n')
    async with live_hub(tmp_path) as live, desk_on(live, config=path) as ana:
        await ana.sees("F5 Ask next")
        await ana.press("n")
        assert "Asking" not in ana.status
        await ana.press("f5")
        assert "Asking Q1 … z takes it back" in ana.status
        await ana.press("z")
        assert "Taken back" in ana.status


async def test_the_first_words_and_the_palette_at_the_foot_have_keys_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nnext = "f5"\ncommand_palette = "ctrl+o"\n')
    words = "{next} asks; {next_pane}, then {greet}; {help} shows all keys; {command_palette}"
    async with live_hub(tmp_path) as live, desk_on(live, config=path, greeting=words) as ana:
        await ana.sees("F5 asks; Tab, then g; ? shows all keys; Ctrl+O")
        await ana.sees("^o All actions")


async def test_a_replay_takes_keys_of_ones_own_also_such_as_only_a_live_desk_uses(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nplay = "n"\nfaster = "f6"\n')
    chat = Chat(a_plan())
    chat.at += 60_000
    chat.post("A1 soon")
    async with replay_of(chat.events, config=path) as desk:
        await desk.sees("n Play")
        await desk.press("n")
        assert not desk.screen.playback.playing
        await desk.press("f6")
        assert desk.screen.playback.speed > 1
        await desk.press("space")
        assert not desk.screen.playback.playing, "the usual key does nothing any more"


async def test_the_library_takes_keys_of_ones_own_and_shows_them(tmp_path: Path) -> None:
    save_chat(tmp_path, 0, title="Stations")
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nopen_chat = "o"\ndelete_chat = "f8"\nleave = "f9"\n')
    async with library_on(tmp_path, config=path) as hand:
        await hand.sees("F8 Delete")
        assert sum("F8" in line for line in hand.lines()) == 1
        await hand.press("x", "enter")
        assert hand.app.screen is hand.screen, "the usual keys do nothing any more"
        await hand.press("f8")
        await hand.until(lambda: isinstance(hand.app.screen, ConfirmDialog))
        await hand.press("escape", "question_mark")
        await hand.sees("All keys")
        assert any("F8" in line and "Delete this chat" in line for line in hand.lines())
        await hand.press("escape", "o")
        await hand.until(lambda: isinstance(hand.app.screen, ReplayScreen))
        await hand.press("f9")
        await hand.until(lambda: hand.app.screen is hand.screen)


async def test_a_problem_is_said_in_the_library_too(tmp_path: Path) -> None:
    save_chat(tmp_path, 0)
    path = tmp_path / "config.toml"
    path.write_text("[keys]\nopen_caht = 'o'\n")
    async with library_on(tmp_path, config=path) as hand:
        await hand.sees('config.toml: there is no action "open_caht", did you mean open_chat?')


async def test_a_problem_is_said_on_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[keys]\nnxt = 'f5'\n")
    async with live_hub(tmp_path) as live, desk_on(live, config=path, greeting="hello") as ana:
        await ana.sees('config.toml: there is no action "nxt", did you mean next?')
