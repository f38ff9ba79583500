"""What a desk costs, counted: frames, layouts, styles, and lines that are drawn. No test here looks at a clock."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from tests.tui.desks import DeskInHand
from tests.tui.pictures import under_way
from tui.widgets.hour.countdown import CountdownBar
from tui.widgets.lines.pane_frame import PaneFrame
from tui.widgets.lines.terminal_image import TerminalImage

COUNTED: dict[str, tuple[type[Any], str]] = {
    "frames": (TerminalImage, "sequence"),
    "layouts": (Screen, "_refresh_layout"),
    "styled": (Stylesheet, "apply"),
    "laid out": (PaneFrame, "show_lines"),
    "drawn": (PaneFrame, "_framed"),
    "clocks": (CountdownBar, "render"),
}


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """How often each of these is done within the block."""
    times: Counter[str] = Counter()

    def counting(name: str, real: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            times[name] += 1
            return real(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name, (owner, method) in COUNTED.items():
            patch.setattr(owner, method, counting(name, getattr(owner, method)))
        yield times


async def settled(desk: DeskInHand) -> None:
    """Return once everything is done and drawn that is under way, on a busy machine, too."""
    await desk.until(lambda: not any(under_way(desk.app)) and not _is_to_be_drawn(desk.screen))


def _is_to_be_drawn(screen: Screen[Any]) -> bool:
    return bool(screen._repaint_required or screen._dirty_widgets)
