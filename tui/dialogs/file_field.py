"""The part of a dialog in which one says where a document is written."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from sessions.words import _


class FileField(Vertical):
    """A line for a path, which begins with `path`, under its `label`; below it what is wrong with it."""

    DEFAULT_CSS: ClassVar[str] = """
    FileField { height: auto; }
    """

    def __init__(self, label: str, path: Path) -> None:
        super().__init__()
        self._label = label
        self._first = path

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), classes="field")
        yield Input(str(self._first), max_length=1000, select_on_focus=False)
        yield Static(classes="problem")

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one(Input).value

    def show(self, path: Path) -> None:
        """Put another path in the line."""
        self.query_one(Input).value = str(path)

    @property
    def path(self) -> Path:
        """The path in full, whatever is there."""
        return Path(self.typed.strip()).expanduser().absolute()

    def can_be_written(self) -> bool:
        """Whether the path can be that of a file; if not, it says so."""
        path = self.path
        if path.name and not path.is_dir():
            return True
        self.query_one(".problem", Static).update(Content(_("Give the file a name.")))
        return False
