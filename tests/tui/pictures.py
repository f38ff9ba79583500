"""Pictures of what an app shows, taken once all is there that comes by itself.

A test that compares a picture takes it by `complete` (or `picture`, which is it as SVG) and nothing else: a busy
machine is late with a message, a worker's answer, a heartbeat or a tick, and each of them changes the picture.
"""

from collections.abc import Callable, Iterator
from typing import Any

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerState

from sessions.words import _
from tests.waiting import EVERY, patience

SIZES = [(80, 24), (100, 30), (160, 48)]
"""What people have."""

ENDLESS = frozenset(
    _(what)
    for what in (
        "sending commands",
        "reading the hub's events",
        "asking who goes on",
        "asking who sits where",
        "asking when sources are tried again",
        "following the folder of saved chats",
    )
)
"""What workers do that never end while their screen is there. All others are waited for."""


class Picture(SingleFileSnapshotExtension):
    """A picture of the screen to look at, compared as text."""

    _file_extension = "svg"
    _write_mode = WriteMode.TEXT


async def picture(pilot: Pilot[Any], known: Callable[[], bool] = lambda: True) -> str:
    """The complete screen as SVG."""
    await complete(pilot, known)
    return pilot.app.export_screenshot()


async def complete(pilot: Pilot[Any], known: Callable[[], bool] = lambda: True) -> None:
    """Return once nothing is under way in the app and `known` holds, with the mouse in the corner.

    `known` tells whether it has heard what the world outside of it had to say.
    """
    await _rests(pilot, known)
    await pilot.hover(offset=(0, 0))
    for screen in pilot.app.screen_stack:
        if tick := getattr(screen, "tick", None):  # what changes with time alone
            with screen._context():
                tick()
    await _rests(pilot, known)


async def _rests(pilot: Pilot[Any], known: Callable[[], bool]) -> None:
    app = pilot.app
    try:
        async with patience():
            while not known() or any(under_way(app)):
                await pilot.pause(EVERY)
    except TimeoutError:
        raise AssertionError(f"never complete: {[*under_way(app)] or 'it does not know all'}") from None


def under_way(app: App[Any]) -> Iterator[str]:
    """What may yet change what the app shows."""
    yield from moving(app)
    asking = sum(one.future is not None for screen in app.screen_stack for one in screen._result_callbacks)
    working = [worker for worker in app.workers if not worker.is_finished and worker.description not in ENDLESS]
    if len(working) > asking:  # one waits for each dialog that was asked
        yield ", ".join(f"{worker.name} {worker.description}" for worker in working)


def moving(app: App[Any]) -> Iterator[str]:
    """What changes it at once, and waits for nothing outside of the app."""
    for pump in (app, *app._registry):
        if not (pump._closing or pump._closed) and _works(pump):
            yield f"a message for {pump}"
    if app._resize_event is not None:
        yield "a window of another size"
    for screen in _in_sight(app):
        if _is_to_be_laid_out(screen):
            yield f"{screen} is to be laid out"
    if app.animator._animations or app.animator._scheduled:
        yield "an animation"
    if any(worker.state is WorkerState.PENDING for worker in app.workers):
        yield "a worker's first step"


def _works(pump: MessagePump) -> bool:
    """Whether it has messages, or is at one: only a pump at rest waits for its queue."""
    ready = pump._message_queue.ready_event
    return ready.is_set() or not ready._waiters or bool(pump._next_callbacks)


def _in_sight(app: App[Any]) -> Iterator[Screen[Any]]:
    for screen in reversed(app.screen_stack):
        yield screen
        if screen.styles.background.a == 1:
            return


def _is_to_be_laid_out(screen: Screen[Any]) -> bool:
    """Whether it will; what is laid out is drawn anew for a picture."""
    return bool(screen._layout_required or screen._scroll_required or screen._recompose_required or screen._callbacks)
