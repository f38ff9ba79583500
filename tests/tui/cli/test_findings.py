"""What `doctor` says of the terminal, of what is installed and of places, each with what to do."""

import pytest

from tui.cli import run
from tui.cli.findings.installed import installed_findings, place_findings
from tui.cli.findings.terminal import clipboard, colours, kind, letters, size, terminal_findings
from tui.widgets.too_small import WORDS


@pytest.mark.parametrize(
    ("cells", "ok", "words"),
    [
        ((59, 40), False, "59 columns and 40 rows are too few: a desk needs 60 and 16. Make the window larger"),
        ((200, 15), False, "are too few"),
        ((60, 16), True, "are enough; 80 and 24 show more"),
        ((80, 24), True, "from 100 on the panes stand side by side"),
        ((100, 30), True, "100 columns and 30 rows: the panes stand side by side"),
        ((0, 0), True, "does not tell it"),
    ],
)
def test_the_size(cells: tuple[int, int], ok: bool, words: str) -> None:
    found = size(*cells)
    assert (found.ok, words in found.words) == (ok, True), found.words
    assert "60 wide and 16 high" in WORDS


@pytest.mark.parametrize(
    ("environ", "ok", "words"),
    [
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True, "TERM=xterm-256color, WezTerm"),
        ({"TERM": "tmux-256color", "TMUX": "x"}, True, "TERM=tmux-256color in tmux"),
        ({"TERM": "dumb"}, True, "plain lines"),
        ({}, False, "TERM is not set"),
    ],
)
def test_the_kind(environ: dict[str, str], ok: bool, words: str) -> None:
    found = kind(environ, "linux")
    assert (found.ok, words in found.words) == (ok, True), found.words
    assert kind({}, "win32").ok


def test_letters_and_colours_say_what_to_do_for_more() -> None:
    assert not letters("This terminal is set to ascii.", "ascii").ok
    assert letters("", "utf-8").words == "all can be shown (UTF-8)"
    assert colours(2**24, {}).words == "all"
    assert "COLORTERM=truecolor lunchroom" in colours(256, {}).words
    assert "iTerm2" in colours(256, {"TERM_PROGRAM": "Apple_Terminal"}).words
    assert "unset NO_COLOR" in colours(16, {"NO_COLOR": ""}).words


def test_the_way_of_the_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "by the terminal itself" in clipboard({"TERM": "alacritty"}).words
    assert "set-clipboard on" in clipboard({"TERM": "alacritty", "TMUX": "x"}).words
    assert "install xclip" in clipboard({"DISPLAY": ":0"}).words
    assert "install wl-clipboard" in clipboard({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}).words
    assert "Over ssh only" in clipboard({"SSH_CONNECTION": "x", "DISPLAY": ":0"}).words


def test_versions_and_places_are_told() -> None:
    lunchroom, browser = installed_findings()
    assert lunchroom.ok
    assert "textual 8.2" in lunchroom.words
    assert browser.facts == {"available": True}
    places = {one.about: one.words for one in place_findings()}
    assert places["config file"].endswith("config.toml")
    assert places["folder of logs"].startswith(places["folder of running chats"])


def test_without_a_terminal_only_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert [one.about for one in terminal_findings()] == ["terminal"]
    assert run(["doctor"]) == 0
    assert "type `lunchroom doctor` where the desk is to be" in capsys.readouterr().out
