"""The system's own clipboard tools, found on a path of the test's own and run for real."""

import stat
import sys
from pathlib import Path

import pytest

from tui.shell import clipboard
from tui.shell.clipboard import Tool, find_tool, osc52_known, run_tool
from tui.text.browser import DRIVER


@pytest.mark.parametrize(
    ("platform", "environ", "there", "argv"),
    [
        ("darwin", {}, ["pbcopy"], ("/bin/pbcopy",)),
        ("win32", {}, ["clip.exe"], ("/bin/clip.exe",)),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, ["wl-copy", "xclip"], ("/bin/wl-copy",)),
        ("linux", {"DISPLAY": ":0"}, ["wl-copy", "xclip"], ("/bin/xclip", "-selection", "clipboard")),
        ("linux", {"DISPLAY": ":0"}, ["xsel"], ("/bin/xsel", "--clipboard", "--input")),
        ("linux", {}, ["xclip", "clip.exe"], ("/bin/clip.exe",)),
    ],
)
def test_the_tool_of_the_system_is_found(
    platform: str, environ: dict[str, str], there: list[str], argv: tuple[str, ...]
) -> None:
    tool = find_tool(platform, environ, lambda name: f"/bin/{name}" if name in there else None)
    assert tool is not None
    assert tool.argv == argv
    assert tool.encoding == ("utf-16-le" if argv[0].endswith(".exe") else "utf-8")


def test_there_is_none_without_a_display_or_over_ssh() -> None:
    assert find_tool("linux", {}, lambda name: "/bin/xclip" if name == "xclip" else None) is None
    assert find_tool("darwin", {"SSH_CONNECTION": "1"}, lambda name: f"/bin/{name}") is None


def test_in_a_browser_it_is_the_browser_that_copies() -> None:
    assert find_tool("darwin", {"TEXTUAL_DRIVER": DRIVER}, lambda name: f"/bin/{name}") is None
    assert osc52_known({"TEXTUAL_DRIVER": DRIVER})


@pytest.mark.skipif(sys.platform == "win32", reason="a script with a shebang")
async def test_the_text_goes_over_standard_input_and_never_through_a_shell(tmp_path: Path) -> None:
    script = tmp_path / "xclip"
    script.write_text(f'#!/bin/sh\ncat > "{tmp_path}/out"\nprintf "%s" "$*" > "{tmp_path}/args"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    text = "$(touch pwned); `id` \n“quotes” 日本"
    assert await run_tool(Tool((str(script), "-selection", "clipboard")), text)
    assert (tmp_path / "out").read_text("utf-8") == text
    assert (tmp_path / "args").read_text() == "-selection clipboard"
    assert not (Path.cwd() / "pwned").exists()


async def test_a_tool_that_fails_or_is_gone_is_no_success(tmp_path: Path) -> None:
    failing = (sys.executable, "-c", "import sys; sys.stdin.read(); sys.exit(1)")
    assert not await run_tool(Tool(failing), "x")
    assert not await run_tool(Tool((str(tmp_path / "nothing"),)), "x")


async def test_a_tool_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "TIME_LIMIT", 0.05)
    endless = "import threading; threading.Event().wait()"
    assert not await run_tool(Tool((sys.executable, "-c", endless)), "x")


def test_terminals_that_take_osc_52_are_known() -> None:
    assert osc52_known({"TERM": "xterm-kitty"})
    assert osc52_known({"TERM_PROGRAM": "WezTerm"})
    assert not osc52_known({"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color"})
