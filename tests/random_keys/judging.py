"""What must hold whenever a random hand rests."""

import asyncio
import logging
import resource
from collections.abc import Iterator
from pathlib import Path

from textual.command import CommandPalette
from textual.widgets import Input, TextArea

from sessions.core.events import event_from_builtins
from sessions.core.evolve import fold
from sessions.core.state import SessionState
from tests.random_keys.chat import Chat
from tests.random_keys.hand import Hand, has_left
from tests.random_keys.painted import Painted, differing
from tests.sessions.library.building import stock_events
from tests.tui.desks import DeskInHand
from tests.tui.pictures import moving
from tests.waiting import turns, until
from tui.desk.dialogs.show_seats import SeatsDialog
from tui.desk.dialogs.show_sources import SourcesDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.shell.app import LunchroomApp

MOST_WIDGETS, MOST_TASKS, MOST_MEGABYTES = 600, 800, 500
"""What one desk on one chat never has, and by how much the process never grows from its first look on."""

KEEPS_TIME = (CommandPalette, SeatsDialog, SourcesDialog)
"""What shows only after a while that time has passed, or that nothing is found."""

QUIET = 0.05
"""Seconds for which nothing is drawn where all is drawn: what lies behind a dialog takes two frames."""


class Errors(logging.Handler):
    """Keeps what is logged as an error, or with one."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            self.records.append(logging.Formatter().format(record))


class Judge:
    """Looks at a desk and its hub; what does not hold is an `AssertionError`."""

    def __init__(self, desk: DeskInHand, chat: Chat, hand: Hand, errors: Errors) -> None:
        self._desk = desk
        self._chat = chat
        self._hand = hand
        self._errors = errors

    async def look(self) -> None:
        """Look at everything; the desk is left with no dialog open."""
        await self._settled()
        self._is_well()
        await self._agrees()
        self._legal()
        self._cursors()
        await self._frame()
        await self._back_at_the_desk()
        if not has_left(self._desk.app):
            await self._undo()
            await self._settled()
            await self._frame()

    # Waiting

    async def _settled(self) -> None:
        """Return once the desk has heard of everything and shows it."""
        session, model = self._chat.live.session, self._desk.model

        def quiet() -> bool:
            self._hand.pass_by(0.05)
            heard = session.durable.seq == session._head.seq == model.state.seq
            return has_left(self._desk.app) or (heard and self._desk.screen.drawn)

        def told() -> str:
            return f"the desk is at {model.state.seq}, the hub at {session.durable.seq} of {session._head.seq}"

        await until(quiet, told)
        seq = -1
        while seq != session._head.seq or not (
            seq == session.durable.seq == model.state.seq or has_left(self._desk.app)
        ):
            seq = session._head.seq
            await asyncio.sleep(QUIET)
        if not has_left(self._desk.app):
            self._desk.screen.tick()
        await turns()

    async def _nothing_drawn(self) -> None:
        app, driver = self._desk.app, self._painted
        before = -1
        async with asyncio.timeout(60):
            while before != driver.writes:
                before = driver.writes
                await until(lambda: has_left(app) or (_searched(app) and not any(self._to_draw())), self._all_to_draw)
                if not has_left(app):
                    self._desk.screen.tick()
                await turns()
                await asyncio.sleep(QUIET)

    def _to_draw(self) -> Iterator[str]:
        """What is drawn at once where it has its turn, which on a busy machine it may not have in `QUIET`."""
        app = self._desk.app
        yield from moving(app)
        if app.screen._dirty_widgets or app.screen._compositor._dirty_regions:
            yield f"{app.screen}"

    def _all_to_draw(self) -> str:
        return f"never at rest: {[*self._to_draw()]}"

    @property
    def _painted(self) -> Painted:
        driver = self._desk.app._driver
        assert isinstance(driver, Painted)
        return driver

    # Looking

    def _is_well(self) -> None:
        app = self._desk.app
        assert app._exception is None, f"the app failed: {app._exception!r}"
        assert not self._errors.records, "it was logged:\n" + "\n".join(self._errors.records)
        if not has_left(app):
            assert len(app._registry) < MOST_WIDGETS, f"{len(app._registry)} widgets"
            assert len(asyncio.all_tasks()) < MOST_TASKS, f"{len(asyncio.all_tasks())} tasks"

    async def _agrees(self) -> None:
        session, model, app = self._chat.live.session, self._desk.model, self._desk.app

        def agreed() -> bool:
            """Whether nothing is under way: no thread has written what hub or desk learn of in a moment."""
            durable = session.durable.seq
            return session._head.seq == durable and (has_left(app) or model.state.seq == durable)

        await until(agreed, lambda: f"the desk is at {model.state.seq}, the hub at {session.durable.seq}")
        durable = session.durable
        wanted = durable.digest()
        path: Path = self._chat.live.file.path
        saved = fold([event_from_builtins(event) for event in stock_events(path)])
        assert saved.digest() == wanted, f"the file tells another chat: {unlike(saved, durable)}"
        if not has_left(app):
            assert model.state.digest() == wanted, f"the desk shows another chat: {unlike(model.state, durable)}"

    def _legal(self) -> None:
        state = self._chat.live.session.durable
        asked = [question for question in state.order if state.question_state(question) == "asked"]
        assert len(asked) <= 1, f"open at once: {asked}"
        assert state.open is None or state.open in state.questions, f"{state.open} is open and not there"
        assert (state.timer is None) or state.open is not None or state.closed_at is not None, "a clock of no question"
        assert sorted(state.order) == sorted(state.questions)
        for role, holder in state.roles.items():
            assert holder is None or holder in state.moderators, f"{role} is held by {holder!r}, whom nobody knows"
        for post, layer in state.layers.items():
            assert post in state.posts, f"{post} was worked on and is not there"
            assert layer.filed is None or layer.filed.question in state.questions, f"{post} is filed under nothing"

    def _cursors(self) -> None:
        if has_left(self._desk.app):
            return
        panes, state = self._desk.screen.panes, self._desk.model.state
        for pane, there in ((panes.answers, state.posts), (panes.queue, state.questions), (panes.roster, state.people)):
            assert pane.cursor is None or pane.cursor in there, f"{pane} has its cursor on {pane.cursor!r}"
        assert panes.queue.cursor is not None or not state.order, "no question has the cursor"

    async def _frame(self) -> None:
        """What the terminal shows is what it would be sent now, with nothing remembered."""
        app = self._desk.app
        if has_left(app) or isinstance(app.screen, KEEPS_TIME):
            return
        for field in (*app.screen.query(Input), *app.screen.query(TextArea)):
            field.cursor_blink = False
            field.notify_style_update()  # Textual keeps a line of a text area without its cursor for one that blinks
            field.refresh()
        await self._nothing_drawn()
        painted = self._painted
        await until(lambda: painted.all_drawn or has_left(app), lambda: f"never drawn:\n{self._undrawn()}")
        await self._nothing_drawn()
        before, known = painted.cells(), self._known()
        painted.blank(*app.size)
        app._terminal.forget()
        for screen in app.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget._styles_cache.clear()
                widget.notify_style_update()
                widget.refresh()
        app.refresh_css(animate=False)
        app.screen.refresh(layout=True)
        await until(lambda: painted.all_drawn or has_left(app), lambda: f"not drawn again:\n{self._undrawn()}")
        await self._nothing_drawn()
        found = differing(before, painted.cells()) if not has_left(app) else []
        if found and known != self._known():
            await self._frame()  # a heartbeat came in between
            return
        assert not found, "stale cells:\n" + "\n".join(found)

    def _undrawn(self) -> str:
        return f"{self._desk.app.screen_stack} {self._desk.app.size}\n" + self._painted.text

    def _known(self) -> object:
        model = self._desk.model
        return model.state.seq, model.trouble, model.onlookers, model.absent, model.others, model.offline

    # Doing

    async def _back_at_the_desk(self) -> None:
        """Escape leaves every dialog, where that is agreed to, and the key of leaving a replay."""
        app = self._desk.app
        for _ in range(15):
            if has_left(app) or app.screen is self._desk.screen:
                return
            if isinstance(app.screen, ConfirmDialog) and app.screen_stack[-2] is not self._desk.screen:
                await self._hand.press("right", "enter")  # what was begun in the dialog below is not kept
            else:
                await self._hand.press("escape" if app.screen.is_modal else "q")
            await self._settled()
        raise AssertionError(f"Escape does not leave {app.screen_stack} {getattr(app.screen, 'heading', None)}")

    async def _undo(self) -> None:
        """A star that is set can be taken back."""
        model, answers = self._desk.model, self._desk.screen.panes.answers
        await self._hand.press("escape", "escape", "escape")
        post = answers.cursor
        if has_left(self._desk.app) or post is None or model.state.closed_at is not None or model.offline is not None:
            return
        self._desk.screen.panes.go_to_pane(answers)
        await turns()
        before, seq = _starred(model.state, post), model.state.seq
        await self._hand.press("h")
        await self._settled()
        if _starred(model.state, post) == before:
            return  # refused: its words are gone
        await self._hand.press("u")
        await until(lambda: _starred(model.state, post) == before, lambda: f"a star of {seq} cannot be taken back")


def _searched(app: LunchroomApp) -> bool:
    """Whether the palette, if it is there, has all that it looks for."""
    if has_left(app) or not isinstance(app.screen, CommandPalette):
        return True
    return all(worker.is_finished for worker in app.workers if worker.node is app.screen)


def _starred(state: SessionState, post: str) -> bool:
    layer = state.layers.get(post)
    return layer is not None and layer.starred is not None


def unlike(one: SessionState, other: SessionState) -> list[str]:
    """What is different in two states."""
    return [
        f"{name}: {str(value)[:300]} / {str(vars(other)[name])[:300]}"
        for name, value in vars(one).items()
        if not name.startswith("_") and str(value) != str(vars(other)[name])
    ]


def megabytes() -> float:
    """The memory that this process needs now, where that can be known, else the most that it needed."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
