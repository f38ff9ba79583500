"""Asking before a file is overwritten."""

from pathlib import Path

from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import Ask
from tui.text.outside import outside


async def may_overwrite(ask: Ask, path: Path) -> bool:
    """Whether somebody wants to overwrite the file that is at `path`."""
    words = outside(f"{path} is there already.")
    return await ask(ConfirmDialog("Overwrite this file?", words, "Overwrite it")) is True
