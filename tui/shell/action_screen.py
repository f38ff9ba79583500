"""ActionScreen: what every screen of Lunchroom can do, made once from its table of actions."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, ClassVar, TypeVar

from textual import events, getters
from textual._styles_cache import StylesCache
from textual.app import App
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from sessions.core.memory import ViewMemory
from sessions.words import _
from tui.shell.actions import Action, Actions, key_cap, key_in_words
from tui.shell.alert_config import Alerts
from tui.shell.clipboard import copy_text
from tui.shell.filter_config import SavedFilters
from tui.shell.help import HelpDialog
from tui.shell.kept.remembered import Remembered
from tui.shell.requests import LeaveRequested, Result, ScreenRequested
from tui.shell.workers import begin_work
from tui.widgets.lines.given_size import GivenSize
from tui.widgets.lines.layered import Layered
from tui.widgets.lines.lean_compositor import LeanCompositor
from tui.widgets.pace import LoopPace, Pace
from tui.widgets.remarks import Remarks
from tui.widgets.status_line import StatusLine

Answered = TypeVar("Answered")


class KeyedApp(App[str]):
    """An app whose user may have keys, alerts and filters of their own."""

    own_keys: Mapping[str, str]
    """Textual's names of their keys (several with commas), by action."""

    remembered: Remembered
    """What is remembered from run to run."""

    own_alerts: Alerts
    """The alerts that they want."""

    own_filters: SavedFilters
    """The filters that they saved."""

    def get_key_display(self, binding: Binding) -> str:
        """What is printed on the key: also at the foot, where Textual would say `f8`."""
        shown = super().get_key_display(binding)
        return shown if binding.key_display else key_cap(shown)


class ActionScreen(Layered, Screen[None], GivenSize):
    """A screen with actions, a status line that answers, and dialogs.

    A subclass gives `actions` in its `__init__`, its table among them, and takes its `BINDINGS` from the same table.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-normal"), (150, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-tall"), (30, "-roomy")]  # noqa: RUF012

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus; it changes the look of two widgets, and Textual would paint the whole screen again."""

    LEAVES: ClassVar[str] = ""
    """What the key that leaves does, behind its name: `leaves the desk; the chat goes on`."""

    app = getters.app(KeyedApp)
    actions: Actions
    leaving = False
    """Whether it asked to be left, and takes no more keys."""

    def __init__(self, *, pace: Pace | None = None) -> None:
        super().__init__()
        self._compositor = LeanCompositor()
        self._fitted: Size | None = None
        self._fitting = False
        self._views = ViewMemory()
        self.pace = pace or LoopPace()
        self.status = StatusLine()
        self.remarks = Remarks(self.pace, self._show_remark)

    async def _on_resize(self, event: events.Resize) -> None:
        """As in Textual, but styled for the new size before anything is laid out, and laid out and drawn once.

        Textual does both twice: for the new size, and after it has styled for that; both times with what the widgets
        show before they learn their own new sizes.
        """
        event.stop()
        event.prevent_default()
        if event.size == self._fitted:
            return
        first, self._fitted = self._fitted is None, event.size
        self.style_for(event.size, update=True)
        self._fitting = not first
        self._forget_layouts()
        for screen in (self, *self.app._background_screens):
            screen._screen_resized(event.size)
        if self._fitting:
            self._fitting = False
            self._dirty_widgets.add(self)
            self.check_idle()
            if not self.is_active:
                self.app.screen.refresh()  # which may have drawn before it what was here at the size before

    def _forget_layouts(self) -> None:
        """Whatever asked for a layout until now has it with the one that comes."""
        for widget in self.walk_children(with_self=True):
            if isinstance(widget, Widget):
                widget._layout_required = False
                widget._layout_updates += 1
                widget._clear_arrangement_cache()

    def style_for(self, size: Size, *, update: bool) -> None:
        """Take the classes of the breakpoints for a window of this size; `update` what is styled already."""
        within = self._get_breakpoint_classes(size.width, self.HORIZONTAL_BREAKPOINTS)
        within |= self._get_breakpoint_classes(size.height, self.VERTICAL_BREAKPOINTS)
        names = [name for __, name in (*self.HORIZONTAL_BREAKPOINTS, *self.VERTICAL_BREAKPOINTS)]
        self.update_classes({name: name in within for name in names}, update=update, animate=False)

    def _compositor_refresh(self) -> None:
        """Draw nothing until the widgets know their sizes."""
        if not self._fitting:
            super()._compositor_refresh()

    def on_screen_resume(self) -> None:
        """A dialog has closed: let go of how its widgets were drawn, which Textual keeps for a thousand of them, and of
        those that watch the app, which Textual keeps until what they watch changes."""
        StylesCache.get_inner_outer.cache_clear()
        for watching in getattr(self.app, "__watchers", {}).values():
            watching[:] = [one for one in watching if not one[0]._closing]
        self._views.closed()

    def frame_sent(self) -> None:
        """Something that it shows is on its way to the terminal."""

    async def on_unmount(self) -> None:
        """Say nothing more."""
        self.remarks.stop()

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no keys while one types: there they are letters."""
        typing = action == "run" and parameters != ("dismiss",) and isinstance(self.focused, Input)
        return not typing

    def action_run(self, name: str) -> None:
        """Textual's way to `run`."""
        self.run(name)

    def run(self, name: str) -> None:
        """Do the action of this name."""
        self.actions.run(name)

    def has_action(self, _name: str) -> bool:
        """Whether the action has a sense now; else the palette does not offer it."""
        return True

    def palette_words(self, action: Action) -> tuple[str, str]:
        """What the palette calls the action now, and in a sentence why it offers it first of all; empty where not."""
        return action.title, ""

    def printed_key(self, name: str) -> str:
        """What is printed on the key of this action, the user's own keys considered; of several the first."""
        own = self.app.own_keys.get(name)
        if own is not None:
            return self.app.get_key_display(Binding(own.partition(",")[0], ""))
        return self.actions.table.find(name).shown.partition(" ")[0]

    def key_of(self, name: str) -> str:
        """The key of this action as a sentence names it."""
        return key_in_words(self.printed_key(name))

    def show_help(self) -> None:
        """Show all keys, those first that count where one is."""
        self.app.push_screen(HelpDialog(self.actions.table, self.printed_key, self.has_action, first=self.help_group()))

    def help_group(self) -> str:
        """The heading of the keys that count where one is, empty where none does more than others."""
        return ""

    def stray_key(self, _event: events.Key) -> None:
        """Say that a letter which was typed at what is closed by now did nothing here."""
        self.say(_("Keys that were still coming for what has closed did nothing."))

    def request(self, screen: ScreenRequested) -> None:
        """Ask for another screen."""
        self.post_message(screen)

    def leave(self, result: Result = None) -> None:
        """Go back to the screen below, or end the app with this result where there is none."""
        self.leaving = True
        self.post_message(LeaveRequested(self, result))

    # Words and dialogs

    def say(self, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Answer in the status line, for a while or (`stays`) until the next action.

        The words may hold names from outside.
        """
        self.remarks.say(words, warn=warn, stays=stays)

    def report(self, about: str, words: str, *, warn: bool = False, stays: bool = False) -> None:
        """Say in the status line what became of something that took its time: nothing takes it away unheard."""
        self.remarks.report(about, words, warn=warn, stays=stays)

    def tell(self, words: str) -> None:
        """Say in the status line what happened without this moderator, once what answers them was read."""
        self.remarks.tell(words)

    def say_how_to_leave(self) -> None:
        """Say which key leaves, to somebody who looks for it."""
        self.say(f"{self.key_of('leave')} {self.LEAVES}.")

    def _show_remark(self, words: str, warn: bool) -> None:
        self.status.say(words, "trouble" if warn else "plain")

    def start(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        group: str = "dialog",
        name: str = "",
        description: str = "a dialog",
    ) -> Worker[None]:
        """Begin something that waits: for a dialog, the hub, a file."""
        return begin_work(self, work, group=group, name=name, description=description)

    async def ask(self, dialog: ModalScreen[Answered]) -> Answered | None:
        """Show a dialog and wait for its result."""
        answered: Answered | None = await self.app.push_screen_wait(dialog)
        return answered

    async def copy(self, text: str, what: str) -> str:
        """Put a text on the clipboard; the sentence that says so, empty where the text was shown instead."""
        return await copy_text(self.app, text, what)
