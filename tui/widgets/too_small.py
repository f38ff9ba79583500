"""What a terminal that is too small shows instead of a broken desk."""

from textual.content import Content
from textual.widgets import Static

from sessions.words import _

WORDS = _("This window is too small for the chat. Make it at least 60 wide and 16 high; nothing is lost.")


class TooSmall(Static):
    """One line in the middle; the stylesheet shows it in windows below 60x16."""

    def __init__(self) -> None:
        super().__init__(Content(WORDS), id="too-small")
