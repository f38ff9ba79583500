"""Getting text onto the clipboard where a terminal may not do it itself (OSC 52 is not on macOS Terminal).

The system's own tool is found on the path and run without a shell; the text goes over its standard input.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import App

from sessions.words import _
from tui.dialogs.show_text import ShowTextDialog
from tui.text.browser import in_browser

TIME_LIMIT = 3.0
"""Seconds that a tool gets: one that waits for a display that is gone must not hold anything up."""


@dataclass(frozen=True)
class Tool:
    """A program that puts its standard input on the clipboard; `encoding` is what it reads."""

    argv: tuple[str, ...]
    encoding: str = "utf-8"


def find_tool(
    platform: str = sys.platform,
    environ: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> Tool | None:
    """The tool of this system that is there and can reach a clipboard, or None.

    Over ssh the clipboard of the far machine is nobody's, nor may it be that of who sits at a browser: there only
    OSC 52 reaches the person.
    """
    if environ.get("SSH_CONNECTION") or in_browser(environ):
        return None
    candidates: list[Tool] = []
    if platform == "darwin":
        candidates.append(Tool(("pbcopy",)))
    elif platform == "win32":
        candidates.append(Tool(("clip.exe",), "utf-16-le"))
    else:
        if environ.get("WAYLAND_DISPLAY"):
            candidates.append(Tool(("wl-copy",)))
        if environ.get("DISPLAY"):
            candidates.append(Tool(("xclip", "-selection", "clipboard")))
            candidates.append(Tool(("xsel", "--clipboard", "--input")))
        candidates.append(Tool(("clip.exe",), "utf-16-le"))  # Windows seen from WSL
    for tool in candidates:
        path = which(tool.argv[0])
        if path is not None:
            return Tool((path, *tool.argv[1:]), tool.encoding)
    return None


async def run_tool(tool: Tool, text: str) -> bool:
    """Whether the tool took the text within `TIME_LIMIT`."""
    try:
        process = await asyncio.create_subprocess_exec(
            *tool.argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode(tool.encoding, "replace")), TIME_LIMIT)
    except TimeoutError:
        process.kill()
        await process.wait()
        return False
    return process.returncode == 0


_OSC52_TERMINALS = ("WezTerm", "iTerm.app", "ghostty", "vscode", "rio", "Hyper")


def osc52_known(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal is known to put text on the clipboard when told to by OSC 52; a browser does."""
    if in_browser(environ):
        return True
    if environ.get("TERM_PROGRAM") in _OSC52_TERMINALS or environ.get("WT_SESSION") or environ.get("KITTY_WINDOW_ID"):
        return True
    return environ.get("TERM", "").startswith(
        ("xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm", "contour")
    )


async def copy_text(app: App[Any], text: str, what: str) -> str:
    """Put a text on the clipboard and give the sentence that says so; shows it where no way is known to work."""
    app.copy_to_clipboard(text)
    tool = find_tool()
    if tool is not None and await run_tool(tool, text):
        return _("Copied {what}.").format(what=what)
    if osc52_known():
        return _("Copied {what}.").format(what=what)
    await app.push_screen_wait(
        ShowTextDialog(
            _("Copy {what}").format(what=what),
            text,
            _(
                "Your terminal may have copied it. If pasting gives nothing: select it here with the mouse "
                "(in many terminals with Shift held) and copy it."
            ),
        )
    )
    return ""
