"""The list of commands: what `lunchroom --help` prints, as typer would, without waiting for typer."""

import shutil
import textwrap
from typing import NamedTuple

from sessions.words import _

ABOUT = _("Run a live hashtag chat for teachers: two moderators, each at a terminal of their own.")
BEGIN = _("Begin with: lunchroom demo")

_WIDEST, _NARROWEST = 78, 50
OPTIONS = {"--version": _("Print the version."), "-h, --help": _("Show this message and exit.")}
"""What stands before the name of a command."""


class Row(NamedTuple):
    """The module of `tui.cli.commands` in which a command is, its name there, and the first sentence of its help.

    What is named there is a function or, where the command is several, an app.
    """

    module: str
    name: str
    help: str

    @property
    def told(self) -> str:
        """Its help in the program's language."""
        return _(self.help)


COMMANDS = {
    "demo": Row(
        "live",
        "demo",
        "Rehearse with an invented cast of teachers; nothing is posted anywhere, and it ends when you leave.",
    ),
    "new": Row("plans", "new", "Write a plan: a text file that says when the chat is and what is asked."),
    "check": Row(
        "plans",
        "check",
        "Show the schedule of a plan in clock times, what does not fit, who reads and posts, and what reading X will "
        "cost.",
    ),
    "announce": Row(
        "telling.announce",
        "announce",
        "Tell a team's channel or a mailing list of a chat: that it comes, a question, the recap; shows it first and "
        "asks.",
    ),
    "host": Row("live", "host", "Begin the chat of a plan and sit down at its desk."),
    "channel": Row(
        "channel", "channel", "Open the desk on what is posted under the tags of a series between its chats."
    ),
    "catch-up": Row(
        "channel",
        "catch_up",
        "Read what was posted under the tags of a series since it was last read, without a desk: for cron.",
    ),
    "join": Row("live", "join", "Sit down at a running chat, or come back to it."),
    "web": Row(
        "web",
        "web",
        "Show a desk of the chat that runs here in a browser: on this computer, or on another one by `ssh -L`.",
    ),
    "serve": Row("live", "serve", "Run the hub of a chat in the foreground, without a desk."),
    "end": Row("live", "end", "Close the chat that runs on this computer: it is saved, and every desk is told."),
    "sessions": Row("saved", "sessions", "List the saved chats, newest first."),
    "library": Row(
        "looking.library",
        "library",
        "Show the saved chats: replay, recap, rename, delete or rescue them; go to the desk of one that runs.",
    ),
    "recap": Row(
        "recap", "recap", "Make the recap of a saved chat: questions with their answers, links, welcome and thanks."
    ),
    "replay": Row(
        "looking.replay",
        "replay",
        "Replay a saved chat at a desk: what was posted, and what both moderators did, at any moment of it.",
    ),
    "growth": Row(
        "growth", "growth", "Show how a series of chats grows: who comes, comes back, answers and is greeted."
    ),
    "attendance": Row(
        "credit", "attendance", "List who took part in saved chats, and who reached what the plan asks for."
    ),
    "certificates": Row(
        "credit", "certificates", "Write a certificate for each person who asked for credit; shows it first and asks."
    ),
    "export": Row(
        "records",
        "export",
        "Copy all of a series into a folder that needs no Lunchroom to be read; shows it first and asks.",
    ),
    "verify": Row("records", "verify", "Check whether a folder that export wrote is still as it was written."),
    "import": Row(
        "importing", "import_chats", "Bring old archives into the library, each chat in them as a saved chat."
    ),
    "merge": Row("merging", "merge", "Add to a saved chat what only another file of it has; shows it first and asks."),
    "forget": Row("people", "forget", "Take a person's name, handle and words out of all saved chats, for good."),
    "login": Row("signing", "login", "Sign in, so that chats can be read, and posted to if you want."),
    "logout": Row(
        "signing",
        "logout",
        "Sign out: the token is removed here, and made worth nothing at the network where that is possible.",
    ),
    "doctor": Row(
        "doctor",
        "doctor",
        "Say which accounts work, whether chats can be saved, what the terminal can show, and where files lie.",
    ),
    "config": Row(
        "config",
        "config",
        "Show what you have set: keys, theme, alerts, filters, the relay; and each mistake with its line.",
    ),
    "completion": Row(
        "completion",
        "completion",
        "Let your shell complete commands, chats and plans with Tab: print the script for it, or put it in place.",
    ),
    "people": Row("people", "app", "Who was in the saved chats, and what you know of them."),
}
"""By the names that one types."""


def help_text() -> str:
    """What there is to call, for a terminal as wide as this one."""
    width = max(min(shutil.get_terminal_size().columns - 2, _WIDEST), _NARROWEST)
    room = width - 6 - max(map(len, COMMANDS))
    called = "lunchroom [OPTIONS] COMMAND [ARGS]..."  # words: what is typed
    lines = [_("Usage: ") + called, "", *textwrap.wrap(ABOUT, width - 2)]
    lines[2:] = [f"  {line}" for line in lines[2:]]
    lines += ["", f"{_('Options')}:", *_columns(OPTIONS)]
    lines += ["", f"{_('Commands')}:", *_columns({name: _cut(row.told, room) for name, row in COMMANDS.items()})]
    return "\n".join([*lines, "", f"  {BEGIN}"])


def _columns(rows: dict[str, str]) -> list[str]:
    left = max(map(len, rows))
    return [f"  {name:<{left}}  {words}" for name, words in rows.items()]


def _cut(words: str, room: int) -> str:
    """As many words as there is room for."""
    if len(words) <= room:
        return words
    return words[: words.rindex(" ", 0, room - 2)] + "..."
