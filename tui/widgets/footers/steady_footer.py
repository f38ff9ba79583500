"""The line of keys at the foot, which stays as it is while the same keys apply."""

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer


class SteadyFooter(Footer):
    """A compact footer that is composed anew only where it would show something else.

    Textual's own mounts all its keys anew whenever the focus moves.
    """

    DEFAULT_CSS = """
    SteadyFooter.-compact FooterKey.-command-palette { margin-right: 0; padding-right: 1; }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=True)
        self._shown: list[tuple[Binding, bool, str]] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show the keys that apply now."""
        palette = self.app.COMMAND_PALETTE_BINDING
        shown = [
            (active.binding, active.enabled, active.tooltip)
            for key, active in screen.active_bindings.items()
            if active.binding.show or key == palette
        ]
        if shown == self._shown:
            return
        if screen.app.app_focus and self.is_attached and screen is self.screen:
            self._shown = shown
        super().bindings_changed(screen)
