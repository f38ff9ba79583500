"""Asking which recap is wanted, making it in a thread, writing or showing it: for the library and the desk."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from sessions.files.errors import StorageError
from sessions.reports.saved_recap import MadeRecap
from sessions.words import _
from tui.dialogs.dialog import Ask
from tui.dialogs.overwrite import may_overwrite
from tui.dialogs.recap_chat import RecapDialog, TextPage
from tui.dialogs.recap_file import RecapWish
from tui.dialogs.show_text import ShowTextDialog
from tui.text.wording import failure_words

Make = Callable[[RecapWish], MadeRecap]
"""Makes the recap and writes it if that is wished. It blocks; raises `StorageError`, `OSError`."""


class Notify(Protocol):
    """The status line of whoever asks."""

    def __call__(self, words: str, *, warn: bool = False) -> None:
        """Show a sentence."""


async def ask_for_recap(ask: Ask, title: str, wish: RecapWish, make: Make, say: Notify, *, note: str = "") -> None:
    """Show the dialog, which begins with `wish`, until a recap is written or nobody wants one any more.

    `note` is told with the file that was written, behind what else is to be known of it.
    """
    while (asked := await ask(RecapDialog(title, wish))) is not None:
        wish = asked
        made = await _made(ask, asked, make, say)
        if made is None:
            continue
        if not asked.write:
            await ask(TextPage(_("Recap, {form}").format(form=asked.form), made.text))
            continue
        say(_("The recap is in {path}.").format(path=asked.path))
        await ask(ShowTextDialog(_("The recap is written"), str(asked.path), _words(made, note)))
        return


async def _made(ask: Ask, wish: RecapWish, make: Make, say: Notify) -> MadeRecap | None:
    """What is wished; None where it cannot be had, or not over the file that is there."""
    say(_("Making the recap …"))
    try:
        try:
            made = await asyncio.to_thread(make, wish)
        except FileExistsError:
            if not await may_overwrite(ask, wish.path):
                say("")
                return None
            made = await asyncio.to_thread(partial(make, replace(wish, force=True)))
    except (StorageError, OSError) as error:
        say(_("No recap was made: {failure}").format(failure=failure_words(error)), warn=True)
        return None
    say("")
    return made


def _words(made: MadeRecap, note: str) -> str:
    """What somebody should know who passes the recap on."""
    notes = ["" if made.closed else _("The chat was not closed: the recap is of what is saved so far.")]
    notes.append("" if made.planned else _("No plan of the next chat is here, so the recap names none."))
    notes.append(made.left_out_words)
    return " ".join(filter(None, [_("It lies here:"), *notes, note]))
