"""`lunchroom ARGV`, left with the first frame of its screen: `first_frame.py FILE ARGV...`.

FILE then says as JSON how many seconds of the processor that took, and which modules are imported.
"""

import json
import sys
import time
from pathlib import Path

from textual.app import App

from tui.cli import main


class FirstFrame:
    """Looks at each frame that is written to the terminal until one has something on it."""

    def __init__(self, note: Path) -> None:
        self._note = note
        self._noted = False

    def on_frame(self, app: "App[object]") -> None:
        """Note what was asked for and leave, where there are widgets on the screen."""
        if self._noted or not any(widget.region for widget in app.screen.query("*")):
            return
        self._noted = True
        self._note.write_text(json.dumps({"seconds": time.process_time(), "modules": sorted(sys.modules)}))
        app.exit()


if __name__ == "__main__":
    first_frame = FirstFrame(Path(sys.argv[1]))
    App.post_display_hook = lambda app: first_frame.on_frame(app)  # type: ignore[method-assign]
    main(sys.argv[2:])
