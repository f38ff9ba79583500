"""A screen that shows what changes on the screens below it, however many there are."""

from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual._context import visible_screen_stack
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    _Mixed = Screen[Any]
else:
    _Mixed = object  # Textual takes the stylesheet of the first base that is a screen, which has to be the other one


class Layered(_Mixed):
    """Makes a screen one over or under others, all of which are drawn where something changed on one of them.

    Textual draws the one that changed and the one on top; those between them keep what they drew before. And it forgets
    what waits on those below where the one on top opens.
    """

    gathers: ClassVar[bool] = False
    """Whether what changes waits for Textual's messages, so that all that a key changes comes in one frame."""

    def render(self) -> RenderableType:
        """As in Textual, over the screen that lies right below.

        Textual takes the next of a list with each screen that draws; where one did not, since it knew by then what it
        shows, the one below it would take itself, and show nothing.
        """
        visible_screen_stack.set(self._below())
        return super().render()

    def changed(self, widget: Widget) -> None:
        """Draw again what this widget has in `_repaint_regions`.

        As when it had asked for that by Textual's messages, of which there are four for each frame.
        """
        self._dirty_widgets.add(widget)
        if self.is_current and not self.app._batch_count:
            self._update_timer.resume()
        else:
            self.check_idle()

    def draw_now(self) -> None:
        """Bring to the terminal what changed, without waiting for a clock; a new layout waits for it all the same."""
        if self._running and not self._layout_required and not self.gathers:
            self._on_timer_update()

    def _below(self) -> list[Screen[Any]]:
        stack = self.app.screen_stack
        return stack[: stack.index(self)][-1:] if self in stack else []

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """As in Textual, but what waited for a layout is done with this one, and what waited for more comes yet.

        Textual stops the timer for both here; where a dialog that opens has this screen laid out below it, they waited
        for the next message that came by.
        """
        super()._refresh_layout(size, scroll)
        if not scroll:
            self._layout_required = self._scroll_required = False
        self.check_idle()

    def _compositor_refresh(self) -> None:
        """As in Textual where it is on top; else have all those above draw again what changed.

        Textual has the one on top draw itself instead of those of its widgets that wait to be drawn, which then keep
        waiting.
        """
        below = self.app._background_screens
        if self not in below:
            super()._compositor_refresh()
            return
        changed, self._compositor._dirty_regions = self._compositor._dirty_regions, set()
        self._dirty_widgets.clear()
        top = self.app.screen
        if changed:
            for screen in (*below[below.index(self) + 1 :], top):
                screen._set_dirty(*changed)
            top._dirty_widgets.add(top)
            top.check_idle()
