"""Signing in at the terminal: secrets that nobody beside the person may read, their browser, and their connection."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from sessions.words import _
from tui.cli.output import say
from tui.cli.prompts import ask, confirm

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

_NOBODY = _("Nobody is here to answer. Run this in a terminal window.")


class TerminalPrompts:
    """The person at the terminal, as `Prompts` has it. Without a terminal the answers are the lines that are sent."""

    def say(self, words: str) -> None:
        """Tell them something, on stderr."""
        say(words)

    def ask(self, question: str) -> str:
        """What is typed; without a terminal the next line of what is sent."""
        return ask(question, _NOBODY)

    def ask_hidden(self, question: str, *, optional: bool = False) -> str:
        """What is typed or pasted without being shown; without a terminal the next line of what is sent."""
        if not _at_terminal():
            return self.ask(question)
        default = "" if optional else None
        typed: str = typer.prompt(question, hide_input=True, err=True, default=default, show_default=False)
        return typed

    def agree(self, question: str) -> bool:
        """Whether the answer is yes; no where nobody is there to be asked."""
        return _at_terminal() and confirm(question, _NOBODY)

    def show_in_browser(self, address: str) -> None:
        """Open the address in the person's browser, and print it for where none opens."""
        say(_("Agree in your browser. If it does not open, open this address on this computer:"))
        say(f"    {address}")
        if _has_browser():
            webbrowser.open(address)

    def with_client(self, work: "Callable[[httpx.AsyncClient], Coroutine[Any, Any, T]]") -> T:
        """What the work with the network gives, in an event loop of its own."""
        from sessions.networks.web.fetching import open_client

        async def run() -> T:
            async with open_client() as client:
                return await work(client)

        return asyncio.run(run())


def _at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _has_browser() -> bool:
    """Whether a browser in a window can be there: one in text would take this terminal over."""
    if sys.platform in ("win32", "darwin") or "BROWSER" in os.environ:
        return True
    return "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
