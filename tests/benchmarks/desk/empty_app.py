"""The least that Textual can do: what a desk's first frame is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "READY00000"


class EmptyApp(App[None]):
    """One line on the screen."""

    def compose(self) -> ComposeResult:
        yield Static(READY)


if __name__ == "__main__":
    EmptyApp().run()
