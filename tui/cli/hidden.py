"""What signing in needs of the person at the terminal: secrets that nobody beside them may read, and their browser."""

import os
import sys
import webbrowser

import typer

from tui.cli.prompts import ask, confirm
from tui.cli.saying import say

_NOBODY = "Nobody is here to answer. Run this in a terminal window."


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def hidden(question: str, *, optional: bool = False) -> str:
    """What is typed or pasted without being shown; without a terminal the next line of what is sent."""
    if not at_terminal():
        return entered(question)
    default = "" if optional else None
    typed: str = typer.prompt(question, hide_input=True, err=True, default=default, show_default=False)
    return typed


def entered(question: str) -> str:
    """What is typed; without a terminal the next line of what is sent."""
    return ask(question, _NOBODY)


def agreed(question: str) -> bool:
    """Whether the answer is yes; no where nobody is there to be asked."""
    return at_terminal() and confirm(question, _NOBODY)


def show_in_browser(address: str) -> None:
    """Open the address in the person's browser, and print it for where none opens."""
    say("Agree in your browser. If it does not open, open this address on this computer:")
    say(f"    {address}")
    if _has_browser():
        webbrowser.open(address)


def _has_browser() -> bool:
    """Whether a browser in a window can be there: one in text would take this terminal over."""
    if sys.platform in ("win32", "darwin") or "BROWSER" in os.environ:
        return True
    return "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
