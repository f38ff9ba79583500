"""`lunchroom ARGV`, left with the first frame of a screen: `first_frame.py FILE SCREEN ARGV...`.

SCREEN is the name of its class. FILE then says as JSON which modules were imported by the first frame of each screen
until then.
"""

import json
import sys
from pathlib import Path

from textual.app import App

from tui.cli import main


class FirstFrame:
    """Looks at each frame that is written to the terminal until the one of the screen `last` has something on it."""

    def __init__(self, note: Path, last: str) -> None:
        self._note = note
        self._last = last
        self._modules: dict[str, list[str]] = {}

    def on_frame(self, app: "App[object]") -> None:
        """Note what was asked for, where there are widgets on the screen, and leave with the last one."""
        name = type(app.screen).__name__
        if name in self._modules or not any(widget.region for widget in app.screen.query("*")):
            return
        self._modules[name] = sorted(sys.modules)
        if name == self._last:
            self._note.write_text(json.dumps(self._modules))
            app.exit()


if __name__ == "__main__":
    first_frame = FirstFrame(Path(sys.argv[1]), sys.argv[2])
    App.post_display_hook = lambda app: first_frame.on_frame(app)  # type: ignore[method-assign]
    main(sys.argv[3:])
