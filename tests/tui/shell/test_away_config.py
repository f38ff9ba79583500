"""`[away]` in a config: which relay, what this computer is called, and what is wrong of it told in one line."""

import platform
from pathlib import Path

import pytest

from sessions.hub.away.relay import DEFAULT, AwayError, checked_relay
from tui.shell.away_config import computer_setting, relay_setting
from tui.shell.config import load_config

BAD = [
    '""', '"Default"', '" none"', '"http://relay.example.org"', '"https://"', '"https://relay .example.org"', '"https:///x"',
    '"https://relay.example.org:0"', '"https://relay.example.org:99999"', '"https://user:secret@relay.example.org"',
    '"https://relay.example.org?x=1"', '"https://relay.example.org#x"', '"ftp://relay.example.org"', '"https://rélay.org"',
    f'"https://{"a" * 200}.org"', '"https://relay.example.org\\n"', "1", "true", "[]", "{}", '["none"]',
]  # fmt: skip


@pytest.mark.parametrize("written", BAD)
def test_a_relay_that_is_none_is_told_in_one_line_and_is_not_taken_for_another(tmp_path: Path, written: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[away]\nrelay = {written}\n", encoding="utf-8")
    with pytest.raises(AwayError) as told:
        relay_setting(path)
    assert str(told.value).startswith(f"{path}: [away] relay must be ")
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)
    assert "[away] relay must be" in load_config(path, ()).problem


@pytest.mark.parametrize("written", ["away = 1", "away = []", '[[away]]\nrelay = "none"'])
def test_an_away_that_is_no_table_is_told(tmp_path: Path, written: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(AwayError, match="must be a table"):
        relay_setting(path)


def test_what_cannot_be_read_contacts_nobody_and_what_is_not_there_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert relay_setting(path) == DEFAULT
    path.write_bytes(b"\xff[")
    with pytest.raises(AwayError, match="is not TOML"):
        relay_setting(path)
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(AwayError, match="cannot be read"):
        relay_setting(folder)


@pytest.mark.parametrize(
    "good", ["default", "none", "https://relay.example.org", "https://192.0.2.1:8443/", "https://[::1]"]
)
def test_what_may_be_written_is_taken_as_it_is(good: str) -> None:
    assert checked_relay(good) == good


def test_a_computer_is_called_as_its_owner_says_else_as_the_system_does(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    usual = platform.node().partition(".")[0][:40]
    assert computer_setting(path) == usual
    path.write_text('[away]\ncomputer = "Ben\'s   kitchen"\n', encoding="utf-8")
    assert computer_setting(path) == "Ben's kitchen"
    for wrong in ("1", f'"{"x" * 41}"'):
        path.write_text(f"[away]\ncomputer = {wrong}\n", encoding="utf-8")
        assert computer_setting(path) == usual
        assert "[away] computer must be a name" in load_config(path, ()).problem
