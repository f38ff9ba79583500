"""The desk's own themes, a dark and a light one; Textual's are in the palette beside them.

Every text of them can be told from what is behind it, as WCAG wants it at level AA; so said by a test of what is drawn.
"""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

from sessions.words import _
from tui.shell.kept.config_file import change_config
from tui.text.outside import clean_line

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_SOFT = {"text-muted": "auto 64%", "text-disabled": "auto 60%"}
"""How strong words are that matter less: Textual's own are too faint to be read on a row under the cursor."""

DARK = Theme(
    name="lunchroom",
    primary="#7FB5D5",
    secondary="#B6A3DC",
    accent="#F0B86E",
    warning="#E8B04B",
    error="#E5737D",
    success="#8FC28A",
    foreground="#DCE2E8",
    background="#12171D",
    surface="#171D25",
    panel="#202833",
    boost="#1C2430",
    dark=True,
    variables={
        "footer-key-foreground": "#F0B86E",
        "footer-background": "#171D25",
        "border": "#7FB5D5",
        "scrollbar": "#66798A",
        "scrollbar-hover": "#7F93A5",
        "scrollbar-background": "#202833",
        "input-selection-background": "#3F5A70",
        "block-cursor-text-style": "none",
        **_SOFT,
    },
)

LIGHT = Theme(
    name="lunchroom-light",
    primary="#1C6088",
    secondary="#6A4FA3",
    accent="#A85A0C",
    warning="#8F6100",
    error="#B3303C",
    success="#2F7A36",
    foreground="#1E2730",
    background="#F7F5F0",
    surface="#EFEBE3",
    panel="#E3DED3",
    boost="#EAE5DB",
    dark=False,
    variables={
        "footer-key-foreground": "#8A4A0A",
        "border": "#1C6088",
        "scrollbar": "#7D776A",
        "scrollbar-hover": "#6A6458",
        "scrollbar-background": "#E3DED3",
        "block-cursor-text-style": "none",
        **_SOFT,
    },
)

THEMES = (DARK, LIGHT)

NAMES = (*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES))
"""What a config can name."""


def theme_problem(told: object) -> str:
    """Why what a config tells is no theme, with what there is; empty where it is one, or nothing is told."""
    if told == "" or told in NAMES:
        return ""
    if isinstance(told, str):
        near = difflib.get_close_matches(told, NAMES, n=1)
        wrong = _('there is no theme "{told}"').format(told=clean_line(told)[:40]) + (
            _(", did you mean {near}").format(near=near[0]) if near else ""
        )
    else:
        wrong = _("theme must be a name between quotes")
    return _("{wrong}; there are {names}").format(wrong=wrong, names=", ".join(NAMES))


def keep_theme(path: Path | None, name: str) -> None:
    """Write into the config in this file which theme was chosen. Blocks. Raises `NotKept`."""

    def set_theme(document: "TOMLDocument") -> None:
        document["theme"] = name

    change_config(path, _("The theme"), set_theme)
