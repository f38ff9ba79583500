"""`lunchroom completion`: Tab behind `lunchroom` completes commands, chats and plans."""

from typing import Annotated

import typer

from sessions.words import _
from tui.cli.completing.asking import SHELLS, Shell
from tui.cli.completing.scripts import SCRIPTS, place_of, this_shell
from tui.cli.output import Failure, put, put_data, say


def completion(
    shell: Annotated[Shell | None, typer.Argument(help="Your shell; by default that of your account.")] = None,
    install: Annotated[bool, typer.Option("--install", help="Put the script where the shell finds it.")] = False,
) -> None:
    """Let your shell complete commands, chats and plans with Tab: print the script for it, or put it in place.

    Nothing that you have written yourself is changed; what is left to do is said.

    Example: lunchroom completion bash --install
    """
    shell = shell or this_shell()
    if shell is None:
        raise Failure(
            _("Which shell? `lunchroom completion SHELL`, one of {shells}.").format(shells=", ".join(SHELLS)), 2
        )
    if not install:
        put_data(SCRIPTS[shell])
        return
    place = place_of(shell)
    place.path.parent.mkdir(parents=True, exist_ok=True)
    place.path.write_text(SCRIPTS[shell], encoding="utf-8", newline="\n")
    put(str(place.path))
    say(place.then)
