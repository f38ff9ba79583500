"""Which screen a key was read for, so that it acts on no other.

A terminal that stalls hands over several keys at once. Those that were on their way to a dialog when one of them
closed it come up at the app, which would take them for keys of the screen below; those behind Enter would be added to
what it sends, since letters are taken at once and Enter only when it has come up.
"""

from weakref import ReferenceType, WeakKeyDictionary, ref

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList

from tui.shell.action_screen import ActionScreen
from tui.widgets.pace import BURST

_ENDED_BY_ENTER = (Button, Input, OptionList)


class KeyOrigins:
    """Tells stray keys: those that were not meant for what would take them. It keeps no screen that is gone."""

    def __init__(self) -> None:
        self._read_for: WeakKeyDictionary[events.Key, ReferenceType[Screen[object]]] = WeakKeyDictionary()
        self._latest: ReferenceType[Screen[object]] | None = None
        self._ended: ReferenceType[Widget] | None = None
        self._line: ReferenceType[Input] | None = None
        """The line to type in, such as the one to find words, that took the latest key beside the panes of a screen."""
        self._latest_at = float("-inf")

    def is_stray(self, event: events.Key, screen: Screen[object], at: float) -> bool:
        """Whether this key must do nothing on `screen`, the current one, at whose app it is.

        It comes there twice: when it is read, at the time `at` (seconds), and when it has bubbled up unused. It is
        stray where it was read for another screen, where that is being left, and where it came within `BURST` of a
        key that was the last one to be meant: Enter in a field or a list that has the focus yet, or any key on a
        screen or in a line that is gone.
        """
        if isinstance(screen, ActionScreen) and screen.leaving:
            return True
        if event in self._read_for:
            return self._read_for[event]() is not screen
        self._read_for[event] = ref(screen)
        latest, focused, line = self._latest and self._latest(), screen.focused, _line_of(screen)
        elsewhere = isinstance(screen, ActionScreen) and self._latest is not None and latest is not screen
        ended = self._ended is not None and focused is not None and self._ended() is focused
        line_gone = self._line is not None and latest is screen and (line is None or self._line() is not line)
        follows = (elsewhere or ended or line_gone) and at - self._latest_at < BURST
        self._latest_at = at
        if follows and (event.is_printable or event.key == "enter"):
            return True  # the key before stays the latest, so that the rest of the word is stray, too
        self._latest = ref(screen)
        ends = event.key == "enter" and isinstance(focused, _ENDED_BY_ENTER)
        self._ended = ref(focused) if ends and focused is not None else None
        self._line = None if line is None else ref(line)
        return False


def _line_of(screen: Screen[object]) -> Input | None:
    """The line beside the panes in which one types, None where there is none; in a dialog one goes from field to field.

    Escape hides it before the focus has left it.
    """
    focused = screen.focused
    if not isinstance(screen, ActionScreen) or not isinstance(focused, Input):
        return None
    shown = all(one.display for one in focused.ancestors_with_self if isinstance(one, Widget))
    return focused if shown else None
