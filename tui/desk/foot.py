"""The keys at the foot of the desk: those of the pane in focus, in the order of what this moderator does."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sessions.words import _
from tui.desk.keys import ANYWHERE, DESK, FOOTERS, OF_A_ROW, OF_AN_HOUR, OPEN, TO_READ, AtFoot
from tui.desk.model.desk import DeskModel
from tui.shell.actions import PALETTE_KEY, with_keys
from tui.widgets.footers.pane_footer import PaneFooter
from tui.widgets.key_line import KeyWord

ASKING = ("Asking",)  # words: a group of actions
GREETING = ("Answers", "People")  # words: groups of actions
"""The headings of the keys of whoever greets; those of whoever asks stand under `Asking`."""

HELP, ALL = AtFoot("help", _("Help")), AtFoot(PALETTE_KEY, _("All actions"))
"""What stands at the right end."""


class _Place(NamedTuple):
    """All that the line depends on: the pane, and what this moderator does."""

    pane: str
    asks: bool
    greets: bool
    only_reads: bool
    channel: bool
    empty: bool


class Foot:
    """Tells `line` what to show, where that is something else. `printed_key` gives what is printed on an action's key,
    always the same."""

    def __init__(self, model: DeskModel, printed_key: Callable[[str], str]) -> None:
        self.line = PaneFooter()
        self._model = model
        self._printed_key = printed_key
        self._at: _Place | None = None

    def show_typing(self, words: Sequence[KeyWord]) -> None:
        """Show the keys of the line in which one types, where all others are letters."""
        self._at = None
        self.line.show(words, [self._word(ALL)])

    def show(self, pane: str, *, empty: bool = False) -> None:
        """Show what can be done at this pane, which may be empty."""
        model = self._model
        only_reads = model.observes or model.state.closed_at is not None
        at = _Place(pane, model.holds("driver"), model.holds("greeter"), only_reads, model.state.channel, empty)
        if at == self._at:
            return
        self._at = at
        entries = entries_at(pane, asks=at.asks, greets=at.greets, only_reads=only_reads, empty=empty)
        if at.channel:
            entries = [
                AtFoot(OPEN, _("Show day"), "Enter") if pane == "questions" and one.name == OPEN else one
                for one in entries
                if one.name not in OF_AN_HOUR
            ]
        self.line.show([self._word(one) for one in entries], [self._word(HELP), self._word(ALL)])

    def _word(self, one: AtFoot) -> KeyWord:
        keys = with_keys(one.keys, self._printed_key) if one.keys else self._printed_key(one.name)
        return KeyWord(keys, one.word, one.name)


def entries_at(pane: str, *, asks: bool, greets: bool, only_reads: bool, empty: bool = False) -> Sequence[AtFoot]:
    """What stands at the foot of this pane for whoever has these roles, the most needed first; nothing that is done
    with what stands in the pane where it is `empty`."""
    own = () if only_reads else ASKING if asks else GREETING if greets else ()
    here = FOOTERS[pane]
    if own:
        here = tuple(sorted(here, key=lambda one: one.name != OPEN and DESK.by_name[one.name].group not in own))
    names = {one.name for one in here}
    entries = (*here, *(one for one in ANYWHERE if one.name not in names))
    idle = OF_A_ROW[pane] if empty else frozenset()
    return [one for one in entries if (not only_reads or one.name in TO_READ) and one.name not in idle]
