"""Asking before a file is overwritten."""

from pathlib import Path

from sessions.words import _
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import Ask
from tui.text.outside import outside


async def may_overwrite(ask: Ask, path: Path) -> bool:
    """Whether somebody wants to overwrite the file that is at `path`."""
    words = outside(_("{path} is there already.").format(path=path))
    return await ask(ConfirmDialog(_("Overwrite this file?"), words, _("Overwrite it"))) is True
