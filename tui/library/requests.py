"""Where one can go from the list of saved chats."""

from pathlib import Path

from tui.shell.requests import ScreenRequested


class SavedChatRequested(ScreenRequested):
    """Somebody wants to replay the whole session file at `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class GrowthRequested(ScreenRequested):
    """Somebody wants to see the growth of a series, of the latest chat's where it is None."""

    def __init__(self, series: str | None) -> None:
        super().__init__()
        self.series = series
