"""The `lunchroom` command: data goes to stdout, messages to stderr, an error is one line that says what to do next.

The top floor: it may use everything, and nothing uses it. This module runs the command line and makes an exit code and
one line of whatever error comes up.

* `command_list`: what there is to call
* `command_line`: the commands, put together
* `commands`: each of them
* `help_pages`: their help, plain
* `settings`: the config, its mistakes, an editor on it
* `output`: what is written to the person and to files; `prompts`, `sign_in_prompts`: what they are asked
* `calendar`: a chat as a file for calendars
* `import_preview`: what an import would bring, and which of it is taken
* `import_report`: what was understood of it, and what became of the chats
* `desk_session`: a seat at a hub, and the desk until it is left; `desk_succession`: what goes on if that dies
* `completing`: what Tab completes in a shell
* `web`: the server of a desk in a browser
* `findings`: what `doctor` finds out about this computer
* `running`: what is said about running chats that cannot be found
* `networks`: a line for each network of a plan
* `demo_plan`: the plan of `lunchroom demo`
* `program`: how this program is started once more
"""

import os
import sys

from sessions.core.errors import LunchroomError
from sessions.words import _
from tui.cli.completing.asking import VARIABLE
from tui.cli.output import put, put_data, say
from tui.language.speaking import chosen

_INTERRUPTED = 130

_HTTPX_PROGRAM = "httpx._main"
"""The command line that httpx imports where click and pygments are there; nobody uses it here, and it is slow."""


def main(argv: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done, 2 the command line or the plan is wrong, 1 all else that failed, 130 interrupted.
    """
    sys.modules.setdefault(_HTTPX_PROGRAM, None)  # type: ignore[arg-type] # None: importing it fails, as httpx expects
    if problem := chosen().problem:
        say(f"{problem}.")
    try:
        code = run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # before there was a command that could be stopped
        say(_("Stopped."))
        code = _INTERRUPTED
    sys.exit(code)


def run(argv: list[str]) -> int:
    """The exit code of the command line `argv` (without the program's name)."""
    if VARIABLE in os.environ:
        from tui.cli.completing.words import offered

        lines = offered(os.environ, argv)
        if lines is not None:
            put_data(lines)
            return 0
    if argv in ([], ["--help"], ["-h"]):
        from tui.cli.command_list import help_text

        put(help_text())
        return 0 if argv else 2
    import typer

    from tui.cli.command_line import app

    try:
        code = typer.main.get_command(app)(argv, prog_name="lunchroom", standalone_mode=False)
    except LunchroomError as error:
        say(str(error))
        return error.exit_code
    except typer.exceptions.TyperException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context is not None else "lunchroom"
        words = getattr(error, "format_message", error.__str__)().rstrip(".").replace("\n", " ")
        words = words.replace(": Value error, ", ": ")  # which says nothing to whoever typed the value
        words = words.replace("does not match the formats '%Y-%m-%d'", "is no date such as 2025-09-01")
        end = "" if words.endswith("?") else "."
        say(_("{words}{end} `{where} --help` shows an example.").format(words=words, end=end, where=where))
        return 2
    except typer.Abort:  # at a question, whose line is still open
        say(_("\nStopped."))
        return _INTERRUPTED
    except OSError as error:  # the disk or the network failed where no command has words of its own for it
        where = f"{error.filename}: " if error.filename else ""
        say(f"{where}{error.strerror or error}.")
        return 1
    if code == _INTERRUPTED:  # typer makes of Ctrl+C an exit without a word
        say(_("Stopped."))
    return code if isinstance(code, int) else 0
