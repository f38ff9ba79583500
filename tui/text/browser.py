"""Whether a screen is drawn in a browser, by `lunchroom web`, and not in the terminal that the program would see."""

import os
from collections.abc import Mapping

DRIVER = "textual.drivers.web_driver:WebDriver"
"""What `TEXTUAL_DRIVER` is there: Textual then draws to standard output in frames, in UTF-8."""


def in_browser(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether whoever looks at the screen does so in a browser, perhaps at another computer than this."""
    return environ.get("TEXTUAL_DRIVER") == DRIVER
