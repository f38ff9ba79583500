"""Every action of the screen in Textual's command palette, with its key."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from textual import events
from textual._callback import invoke
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.theme import ThemeProvider
from textual.timer import Timer, TimerCallback
from textual.widgets import LoadingIndicator

from sessions.words import _
from tui.shell.action_screen import ActionScreen
from tui.shell.actions import PALETTE_KEY
from tui.text.styles import MUTED
from tui.widgets.lines.layered import Layered

NOT_OFFERED = (PALETTE_KEY, "send_now", "dismiss")
"""What has no sense in a list: the palette itself, and the keys that answer something on the screen."""

Entry = tuple[str, str, str, Callable[[], object]]
"""A title, its help, its key, and what it does."""


class ActionPalette(Layered, CommandPalette):
    """Textual's palette, which a key that turns its pages before they are laid out does not end with a `KeyError`.

    It closes nothing but itself: at the second of two clicks beside it Textual would close what lies below. Its
    explanations and its sign can be read, which Textual dims and draws in black. What it learns while it is taken away
    is shown nowhere.
    """

    DEFAULT_CSS = f"""
    ActionPalette > .command-palette--help-text {{ color: {MUTED}; text-style: not bold not dim; }}
    ActionPalette SearchIcon {{ color: {MUTED}; }}
    """

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, once it stands; nothing where it is closed already."""
        if not self.is_mounted:
            self.call_later(self._close)
        elif self.is_active:
            self._cancel_gather_commands()
            return super().dismiss(result)
        return AwaitComplete()

    def _close(self) -> None:
        self.dismiss()  # what it returns cannot be awaited here

    def _on_click(self, event: events.Click) -> None:  # type: ignore[override]  # as Textual's own
        """Have Textual do nothing with a click where the window has ended by the time that it is heard of."""
        if not self.size.region.contains(event.screen_x, event.screen_y):
            event.prevent_default()

    def _watch__list_visible(self) -> None:
        if self._is_whole:
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        if self._is_whole:
            await super()._watch__show_busy()

    def set_timer(
        self, delay: float, callback: TimerCallback | None = None, *, name: str | None = None, pause: bool = False
    ) -> Timer:
        """As in Textual, but what rings while it is taken away does nothing: it would look for parts that are gone."""

        async def ring() -> None:
            if callback is not None and self._is_whole:
                await invoke(callback)

        return super().set_timer(delay, ring, name=name, pause=pause)

    @property
    def _is_whole(self) -> bool:
        """Whether its parts are there."""
        return all(self.query(part) for part in (LoadingIndicator, CommandList, "#--input"))

    def _action_command_list(self, action: str) -> None:
        if not action.startswith("page_") or self.query_one(CommandList).size.height:
            super()._action_command_list(action)


class ThemeKeeper(Protocol):
    """An app that knows which theme was chosen."""

    def choose_theme(self, name: str) -> None:
        """Look like this from now on, also the next time."""


class ThemeChoice(ThemeProvider):
    """Textual's list of themes, in which a choice is kept."""

    @property
    def commands(self) -> list[tuple[str, Callable[[], None]]]:
        app: ThemeKeeper = self.app  # type: ignore[assignment]  # the only app that shows this list
        return [(name, partial(app.choose_theme, name)) for name, __ in super().commands]


class ActionProvider(Provider):
    """Finds actions by the words of their titles and of their help, the screen's before those of the look."""

    def _entries(self) -> Iterator[Entry]:
        screen = self.screen
        if isinstance(screen, ActionScreen):
            yield from self._actions(screen)
        yield (
            _("Colours and theme"),
            _("Choose another look, light or dark; it is kept."),
            "",
            self.app.action_change_theme,
        )
        yield _("Picture of the screen"), _("Saves what you see as an SVG file."), "", self.app.deliver_screenshot

    @staticmethod
    def _actions(screen: ActionScreen) -> list[Entry]:
        """Those of the screen; what is urgent now first."""
        urgent: list[Entry] = []
        others: list[Entry] = []
        for action in screen.actions.table.actions:
            if action.name in NOT_OFFERED or not screen.has_action(action.name):
                continue
            key = screen.printed_key(action.name) if action.key else ""
            title, why = screen.palette_words(action)
            explained = " ".join(filter(None, (why, action.explained(screen.key_of))))
            (urgent if why else others).append((title, explained, key, partial(screen.run, action.name)))
        return urgent + others

    async def discover(self) -> Hits:
        """All actions in the order of the table, before anything is typed."""
        for title, explanation, key, run in self._entries():
            yield DiscoveryHit(_with_key(Content(title), key), run, title, as_written(explanation))

    async def search(self, query: str) -> Hits:
        """The actions that match, those by their title first."""
        matcher = self.matcher(query)
        for title, explanation, key, run in self._entries():
            score = matcher.match(title)
            shown = matcher.highlight(title)
            if score <= 0:
                score = matcher.match(explanation) / 4
            if score > 0:
                yield Hit(score, _with_key(shown, key), run, title, as_written(explanation))


def as_written(help_text: str) -> str:
    """The text as markup, which Textual's palette takes its help for: what stands in brackets is shown as well."""
    return Content(help_text).markup


def _with_key(title: Content, key: str) -> Content:
    return Content.assemble(title, (f"  {key}", MUTED)) if key else title
