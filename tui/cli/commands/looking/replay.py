"""`lunchroom replay`: a saved chat as it was."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.core.memory import put_off
from sessions.words import _
from tui.cli.commands.looking.library import show_library
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure
from tui.cli.prompts import need_terminal, wants_plain

if TYPE_CHECKING:
    from sessions.replay import Replay
    from tui.replay.model import SavedFile


def replay(
    session: Annotated[
        str | None,
        typer.Argument(
            metavar="[SESSION]", help="A file, an id, a date, a part of a title, or latest.", show_default=False
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Begin at this time: 7:42 pm, Tue 7:42 pm, +12:30 from the start."),
    ] = None,
    speed: Annotated[
        float, typer.Option(help="How fast: 0.5, 1, 2, 4, 10, 20, 30 or 60; a chat of days 300, 1200, 3600.")
    ] = 1,
    library: LibraryOption = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Plain lines in place of a screen: read out at its pace, or, where no terminal is, all at once.",
        ),
    ] = False,
) -> None:
    """Replay a saved chat at a desk: what was posted, and what both moderators did, at any moment of it.

    Without SESSION it shows all saved chats to choose from.

    Example: lunchroom replay latest --speed 4
    """
    from sessions.replay.playback import LONG_SPEEDS, SPEEDS

    if speed not in SPEEDS + LONG_SPEEDS:
        raise Failure(
            _("--speed is one of {speeds}.").format(speeds=", ".join(f"{one:g}" for one in SPEEDS + LONG_SPEEDS)), 2
        )
    plain = session is not None and wants_plain(plain)
    if not plain:
        need_terminal(_("The list of saved chats"), _("`lunchroom replay latest --plain` to have one as lines"))
    opened = saved_library(library)
    if session is None:
        show_library(opened, at=at, speed=speed)
        return
    path = opened.find(session).path
    _replay(path, opened.folder, at, speed, plain=plain)


def _replay(path: Path, library: Path, at: str | None, speed: float, *, plain: bool) -> None:
    put_off()
    from tui.replay.model import SavedFile, open_replay

    found = open_replay(path)
    file = SavedFile(path, tuple(dict.fromkeys((library, path.parent))))
    _show(found, _position(found, at), speed, file, plain=plain)


def _position(replay: "Replay", at: str | None) -> int:
    """The position that `--at` names, in milliseconds since the opening."""
    from tui.replay.model import position_at

    if at is None:
        return 0
    return position_at(replay, at)


def _show(replay: "Replay", at: int, speed: float, file: "SavedFile", *, plain: bool) -> None:
    from tui.apps import plain_replay, replay_app

    if plain:
        import asyncio

        asyncio.run(plain_replay(replay, at=at, speed=speed, file=file))
        return
    app = replay_app(replay, at=at, speed=speed, file=file)
    app.run()
    if app.return_code:
        raise typer.Exit(app.return_code)
