"""The app: themes, keys of one's own, the palette, one line for a crash, and going from one screen to another."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import events, on
from textual.app import App
from textual.binding import Binding
from textual.geometry import Size
from textual.screen import Screen

from sessions.core.memory import begin
from sessions.words import _
from tui.shell.action_screen import ActionScreen, KeyedApp
from tui.shell.actions import PALETTE_KEY
from tui.shell.config import Config
from tui.shell.crash import record_crash
from tui.shell.help import HelpDialog
from tui.shell.kept.config_file import NotKept
from tui.shell.key_origins import KeyOrigins
from tui.shell.palette import ActionPalette, ActionProvider, ThemeChoice
from tui.shell.requests import LeaveRequested, Result, ScreenRequested
from tui.shell.themes import DARK, THEMES, keep_theme
from tui.shell.workers import begin_work
from tui.text.taming import clean_lines
from tui.widgets.lines.lean_compositor import LeanUpdate
from tui.widgets.lines.terminal_image import TerminalImage

ScreenMaker = Callable[[ScreenRequested], Awaitable[Screen[Any] | None]]
"""Makes the screen that is asked for; None where it cannot be had, which it has said by itself."""


async def nowhere(_request: ScreenRequested) -> Screen[Any] | None:
    """No other screen can be reached."""
    return None


@dataclass(frozen=True)
class Program:
    """What an app is to whoever started it.

    `what` fails where it does, and then `after` says what has become of the chat. `left` is its result where it is left
    from a dialog.
    """

    what: str
    after: str
    left: Result = None


class LunchroomApp(KeyedApp):
    """Shows `first`, and what `make_screen` gives for whatever its screens ask to go to. It ends with `first`."""

    TITLE = "Lunchroom"
    BINDINGS: ClassVar = [
        Binding("ctrl+p", "command_palette", _("All actions"), show=False, priority=True, id=PALETTE_KEY),
        Binding("ctrl+q", "quit", _("Leave"), show=False, priority=True, id="quit"),
    ]
    COMMANDS: ClassVar = {ActionProvider}

    def __init__(
        self, first: ActionScreen, program: Program, config: Config, *, make_screen: ScreenMaker = nowhere
    ) -> None:
        super().__init__(css_path=[*first.css_path])  # with the first screen's own it would be read once more
        self._first = first
        self._program = program
        self.own_keys = config.keys
        self.own_alerts = config.alerts
        self.own_filters = config.filters
        self.remembered = config.remembered
        palette_keys = config.keys.get(PALETTE_KEY, self.COMMAND_PALETTE_BINDING)
        self.COMMAND_PALETTE_BINDING = palette_keys.partition(",")[0]  # type: ignore[misc]  # the footer looks here
        self._config = config
        self._make_screen = make_screen
        self._key_origins = KeyOrigins()
        self._terminal = TerminalImage()
        self._drawn_at: Size | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_in_theme(config.theme if config.theme in self.available_themes else DARK.name)

    def _begin_in_theme(self, name: str) -> None:
        """Look like this from the first frame on; to change the theme later has Textual read all stylesheets again."""
        self.set_reactive(App.theme, name)
        dark = self.current_theme.dark
        self.update_classes({f"-theme-{name}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_load(self) -> None:
        """Take the user's own keys."""
        self.set_keymap(self._config.keys)

    def on_mount(self) -> None:
        """Show the first screen."""
        self.app_resume_signal.subscribe(self, lambda _app: self._terminal.forget())
        self._first.style_for(self.size, update=False)
        self.push_screen(self._first)

    def on_ready(self) -> None:
        """The first frame is there."""
        begin()

    async def on_event(self, event: events.Event) -> None:
        """As in Textual, but a key does nothing on another screen than the one that it was read for.

        What is pasted holds nothing that a terminal would obey once a field shows it. What is still read while the app
        ends, with all screens gone, does nothing.
        """
        if isinstance(event, events.InputEvent) and not self.screen_stack:
            return
        if isinstance(event, events.Paste):
            event.text = clean_lines(event.text)
        if isinstance(event, events.Key) and self._is_stray(event):
            return
        await super().on_event(event)

    def _is_stray(self, event: events.Key) -> bool:
        below = next((one for one in reversed(self.screen_stack) if isinstance(one, ActionScreen)), None)
        if below is None:
            return False
        stray = self._key_origins.is_stray(event, self.screen, below.pace.pressed(event.time))
        if stray and event.is_printable and below is self.screen:
            below.stray_key(event)
        return stray

    # From screen to screen

    @on(ScreenRequested)
    def _go(self, request: ScreenRequested) -> None:
        going = partial(self._show, request)
        begin_work(self, going, group="going", exclusive=True, description=_("going to another screen"))

    async def _show(self, request: ScreenRequested) -> None:
        screen = await self._make_screen(request)
        if isinstance(screen, ActionScreen):
            screen.style_for(self.size, update=False)
        if screen is None:
            return
        if request.instead and isinstance(screen, ActionScreen):
            self._first = screen
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    @on(LeaveRequested)
    def _leave(self, request: LeaveRequested) -> None:
        if request.screen is self._first:
            self.exit(request.result)
        elif request.screen is self.screen:
            request.screen.dismiss()
        elif isinstance(request.screen, ActionScreen):
            request.screen.leaving = False  # a dialog is open above it, which goes before

    def action_command_palette(self) -> None:
        """Offer all actions of the screen; the page of all keys, which points here, is closed for it."""
        if isinstance(self.screen, HelpDialog) and self.screen.is_mounted:
            self.screen.dismiss()
        if not isinstance(self.screen, ActionPalette):
            self.push_screen(ActionPalette(placeholder=_("Search all actions …")))

    def search_themes(self) -> None:
        """Offer all themes; the chosen one is kept."""
        self.push_screen(ActionPalette(providers=[ThemeChoice], placeholder=_("Which theme?")))

    def choose_theme(self, name: str) -> None:
        """Look like this from now on, also the next time."""
        self.theme = name
        keeping = partial(self._keep_theme, name)
        begin_work(self, keeping, group="theme", description=_("keeping the theme"))

    async def _keep_theme(self, name: str) -> None:
        try:
            await asyncio.to_thread(keep_theme, self._config.path, name)
        except NotKept as error:
            words, warn = str(error), True
        else:
            words, warn = _("The theme is {name}, also the next time.").format(name=name), False
        below = next((one for one in reversed(self.screen_stack) if isinstance(one, ActionScreen)), None)
        if below is not None:
            below.report("theme", words, warn=warn)

    async def action_quit(self) -> None:
        """Leave as `q` does, so that nothing unsent is lost; from a dialog at once."""
        if isinstance(self.screen, ActionScreen):
            self.screen.run("leave")
        else:
            self.exit(self._program.left)

    def action_help_quit(self) -> None:
        """Ctrl+C copies a selection in Textual and leaves nothing; say what does leave."""
        if isinstance(self.screen, ActionScreen):
            self.screen.say_how_to_leave()

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """As in Textual, but for its own first screen, on which there is nothing: for that all would be drawn again."""
        return [screen for screen in super()._background_screens if type(screen) is not Screen]

    def on_resize(self) -> None:
        """A terminal moves its lines when it becomes narrower or wider."""
        self._terminal.forget()

    def _check_resize(self) -> None:
        """As in Textual, but each screen has an event of its own, and a window back at its size is drawn again.

        A desk keeps Textual's handler from the event, and where it came first it kept the dialog above it from learning
        its size. And of a window that was small for a moment no screen hears, whereas the terminal cut what it showed.
        """
        event, self._resize_event = self._resize_event, None
        super()._check_resize()
        if event is None or not self.screen_stack:
            return
        for screen in (self.screen, *self._background_screens):
            screen.post_message(
                events.Resize(event.size, event.virtual_size, event.container_size, pixel_size=event.pixel_size)
            )
        if event.size == self._drawn_at:
            self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """As in Textual; a screen of Lunchroom sends only what the terminal does not show yet."""
        if not isinstance(renderable, LeanUpdate):
            if renderable is not None:
                self._terminal.forget()
        elif not self._batch_count:
            if renderable.size != self._drawn_at:  # until now it was drawn for the size before, and cut by the terminal
                self._terminal.forget()
                self._drawn_at = renderable.size
            renderable.compare(self._terminal, self.console)
            cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
            if not renderable.different and cursor == self._previous_cursor_position:
                renderable = None
        super()._display(screen, renderable)
        if renderable is not None and not self._batch_count and isinstance(screen, ActionScreen):
            screen.frame_sent()

    def _fatal_error(self) -> None:
        """Say in one line that the app failed, where Textual shows a traceback with all values, tokens among them."""
        self.panic(Text(record_crash(self._exception, self._program.what, self._program.after)))
