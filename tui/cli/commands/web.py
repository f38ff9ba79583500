"""`lunchroom web`: a desk in a browser."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.words import _
from tui.cli.commands.live import NameOption, RoleOption, own_name, running_chat
from tui.cli.output import Failure, put, put_json, say
from tui.cli.prompts import ask

if TYPE_CHECKING:
    from tui.cli.web.door import Door
    from tui.cli.web.serving import DeskServer

_LACKS = _(
    "A desk in a browser needs the library textual-serve. In Lunchroom's folder, `.venv/bin/pip install '.[web]'` "
    "adds it (with uv: `uv tool install '.[web]'`)."
)


def web(
    session: Annotated[str | None, typer.Argument(help="Its id, if more than one chat runs on this computer.")] = None,
    name: NameOption = None,
    role: RoleOption = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port on this computer; by default one that is free.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line on stdout when ready.")] = False,
) -> None:
    """Show a desk of the chat that runs here in a browser: on this computer, or on another one by `ssh -L`.

    It prints an address that works once, in one browser. Ctrl+C closes that desk; the chat goes on.

    Example: lunchroom web --name Ben --role greeter
    """
    try:
        from tui.cli.web.door import Door
        from tui.cli.web.serving import DeskServer
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("textual_serve", "aiohttp", "aiohttp_jinja2"):
            raise
        raise Failure(_LACKS) from error
    from tui.cli.program import this_program

    found = running_chat(session, _("`lunchroom web ID` shows one."))
    if not found.alive:
        raise Failure(
            _("{title!r} was interrupted. It goes on with: lunchroom host --resume '{file}'").format(
                title=found.runtime.title, file=found.runtime.file
            )
        )
    at_terminal = sys.stdin is not None and sys.stdin.isatty() and not as_json
    if name is None and at_terminal:
        own = own_name(None)
        name = ask(_("The name of whoever sits there, or Enter for {own}").format(own=own), _("Add --name.")) or own
    program = this_program()
    argv = [*program.command, "join", found.runtime.session, f"--name={own_name(name)}"]
    argv += [f"--role={role}"] if role is not None else []
    door = Door()
    title = f"{found.runtime.title} · Lunchroom"  # words: two names
    server = DeskServer(door, argv, dict(program.environment), title, say)

    def announce(address: str) -> None:
        if as_json:
            put_json({"url": address, "session": found.runtime.session, "name": own_name(name)}, indent=-1)
        else:
            put(address)

    asyncio.run(_serve(server, door, port, announce, at_terminal=at_terminal))
    say(_("The desk in the browser is closed; the chat goes on."))


async def _serve(
    server: "DeskServer", door: "Door", port: int, announce: Callable[[str], None], *, at_terminal: bool
) -> None:
    """Serve until a signal ends it; Enter at the terminal gives another address."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in () if sys.platform == "win32" else (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    try:
        try:
            port = await server.start(port)
        except OSError as error:
            raise Failure(
                _("Port {port} cannot be used ({strerror}). Without --port a free one is taken.").format(
                    port=port, strerror=error.strerror
                )
            ) from error
        if at_terminal:
            _tell_how(port)
        else:
            say(_("This address works once, in one browser. A signal ends it; the chat goes on."))

        def new_address() -> None:
            announce(f"http://127.0.0.1:{port}{door.new_address()}")

        new_address()
        if at_terminal:
            threading.Thread(target=_on_enter, args=(loop, new_address), daemon=True).start()
        await stop.wait()
    finally:
        await server.aclose()


def _tell_how(port: int) -> None:
    import getpass
    import platform

    with contextlib.suppress(OSError, KeyError):
        there = f"{getpass.getuser()}@{platform.node()}"
        say(
            _("On another computer first, there: ssh -L {port}:127.0.0.1:{port} {there}").format(port=port, there=there)
        )
    say(_("Enter gives another address. Ctrl+C closes the desk in the browser; the chat goes on."))
    say(_("Open this address in one browser; it works once:"))


def _on_enter(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    """Act at each Enter. Reads past Python's own buffer, whose lock would be held when the program ends."""
    with contextlib.suppress(OSError, RuntimeError):  # the terminal is gone, or the loop
        while b"\n" in (typed := os.read(sys.stdin.fileno(), 1024)) or typed:
            loop.call_soon_threadsafe(act)
