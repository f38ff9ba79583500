"""What the terminal can show and copy, and what to do where that is little."""

import os
import sys
from collections.abc import Mapping

from sessions.networks.sign_in.findings import Finding

SMALLEST, USUAL, WIDE = (60, 16), (80, 24), 100
"""Cells: what a desk needs, what has room for all its lines, and from which width panes stand side by side."""

_COLOURS = {"truecolor": 16_777_216, "256": 256, "standard": 16, "windows": 16}
"""How many there are, by rich's names."""


def terminal_findings() -> list[Finding]:
    """What there is to say of the terminal in front of which this runs; where none is, only that."""
    if sys.stdout is None or not sys.stdout.isatty():
        words = "none here, for this goes to a file or a program: type `lunchroom doctor` where the desk is to be"
        return [Finding("terminal", True, words)]
    from rich.console import Console

    from tui.text.letters import terminal_lacks

    console = Console(force_terminal=True, no_color=False, legacy_windows=None)
    return [
        kind(os.environ, sys.platform),
        size(*os.get_terminal_size(sys.stdout.fileno())),
        letters(terminal_lacks(), sys.stdout.encoding),
        colours(_COLOURS.get(console.color_system or "", 0), os.environ),
        clipboard(os.environ),
    ]


def kind(environ: Mapping[str, str], platform: str) -> Finding:
    """What the terminal says that it is."""
    term = environ.get("TERM", "")
    facts = {"TERM": term, "TERM_PROGRAM": environ.get("TERM_PROGRAM", "")}
    if term == "dumb":
        words = "TERM=dumb, so that chats are in plain lines. For a screen: TERM=xterm-256color lunchroom ..."
        return Finding("terminal", True, words, facts)
    if not term and platform != "win32":
        words = "TERM is not set, so that nobody knows what it can. Set it: TERM=xterm-256color lunchroom ..."
        return Finding("terminal", False, words, facts)
    within = next((name for name in ("TMUX", "STY") if environ.get(name)), "")
    inside = {"TMUX": " in tmux", "STY": " in screen"}.get(within, "")
    named = " ".join(filter(None, (facts["TERM_PROGRAM"], environ.get("TERM_PROGRAM_VERSION", ""))))
    words = ", ".join(filter(None, (f"TERM={term}" if term else "", named))) or "Windows"
    return Finding("terminal", True, f"{words}{inside}", facts)


def size(columns: int, rows: int) -> Finding:
    """Whether a desk fits in."""
    if not columns or not rows:
        return Finding("size", True, "the terminal does not tell it; a desk needs 60 columns and 16 rows")
    facts, here = {"columns": columns, "rows": rows}, f"{columns} columns and {rows} rows"
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        words = f"{here} are too few: a desk needs {SMALLEST[0]} and {SMALLEST[1]}. Make the window larger"
        return Finding("size", False, f"{words}, or its letters smaller", facts)
    if columns < USUAL[0] or rows < USUAL[1]:
        return Finding("size", True, f"{here} are enough; {USUAL[0]} and {USUAL[1]} show more", facts)
    wide = "the panes stand side by side" if columns >= WIDE else f"from {WIDE} on the panes stand side by side"
    return Finding("size", True, f"{here}: {wide}", facts)


def letters(lacking: str, encoding: str) -> Finding:
    """Whether all letters can be shown; `lacking` tells what is done where not."""
    facts = {"encoding": encoding}
    return Finding("letters", not lacking, lacking.rstrip(".") or f"all can be shown ({encoding.upper()})", facts)


def colours(many: int, environ: Mapping[str, str]) -> Finding:
    """How many there are and what to do for more; all can be read with any number."""
    facts = {"colours": many, "no_color": "NO_COLOR" in environ}
    if facts["no_color"]:
        return Finding("colours", True, "none are drawn, for NO_COLOR is set. To have them: unset NO_COLOR", facts)
    if many > 256:
        return Finding("colours", True, "all", facts)
    more = "If the terminal has all (most do since 2018): COLORTERM=truecolor lunchroom ..."
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        more = "The Terminal of macOS before 26 has no more; iTerm2, for one, does"
    return Finding("colours", True, f"{many or 'none'}, in which all can be read. {more}", facts)


def clipboard(environ: Mapping[str, str]) -> Finding:
    """By what a text is copied."""
    from tui.shell.clipboard import find_tool, osc52_known

    tool = find_tool(environ=environ)
    facts = {"tool": "" if tool is None else tool.argv[0], "osc52": osc52_known(environ)}
    if tool is not None:
        return Finding("clipboard", True, f"texts are copied by {tool.argv[0]}", facts)
    inside = ". In tmux that needs: set -g set-clipboard on" if environ.get("TMUX") else ""
    if facts["osc52"]:
        return Finding("clipboard", True, f"texts are copied by the terminal itself{inside}", facts)
    words = "nobody can tell whether this terminal copies texts: they are shown, too, to be copied by mouse"
    if environ.get("SSH_CONNECTION"):
        return Finding("clipboard", True, f"{words}. Over ssh only the terminal in front of you can{inside}", facts)
    get = {"WAYLAND_DISPLAY": "wl-clipboard", "DISPLAY": "xclip"}
    package = next((package for name, package in get.items() if environ.get(name)), "")
    return Finding("clipboard", True, words + (f". For sure: install {package}" if package else inside), facts)
