"""Finding one's way through the panes, at a live desk and in a replay."""

from collections.abc import Callable, Mapping

from tui.desk.actions.looking.filtering import Filtering
from tui.desk.actions.looking.not_answered import NotAnswered
from tui.desk.port import ChatPort
from tui.shell.actions import Handler
from tui.shell.filter_config import SavedFilters


class NavigationActions:
    """Choosing which posts are shown, finding words in them, and going from pane to pane.

    `open_card` shows a person, `filters` gives those that were saved.
    """

    def __init__(
        self, port: ChatPort, open_card: Callable[[str], None], filters: Callable[[], SavedFilters] = SavedFilters
    ) -> None:
        self._port = port
        self.filtering = Filtering(port, filters)
        self._not_answered = NotAnswered(port, open_card)

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        panes = self._port.panes
        return {
            "filter": self.filtering.choose,
            "keep_filter": self.filtering.keep,
            "not_answered": self._not_answered.show,
            "find": panes.open_find,
            "newest": panes.go_to_newest,
            "next_pane": lambda: panes.cycle(1),
            "previous_pane": lambda: panes.cycle(-1),
        }
