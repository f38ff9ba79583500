"""The peer: a stock RichLog in an app of its own, filled and fed at the same rates; `k` writes an echo to the title.

python -m tests.benchmarks.desk.peer POSTS
"""

import sys

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import RichLog, Static

from tests.benchmarks.desk.chat_file import TEXTS, serial

RATES = {"0": 0, "1": 10, "2": 100, "3": 1000}
BATCHES = 20
"""Batches a second in which posts are written, as a careful author would."""


class Peer(App[None]):
    """Shows posts in a RichLog. Keys: `k` answers on screen, a digit sets how many posts a second arrive."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("k", "echo"),
        *(Binding(key, f"rate({rate})") for key, rate in RATES.items()),
    ]

    def __init__(self, present: int) -> None:
        super().__init__()
        self.animation_level = "none"
        self._present = present
        self._count = 0
        self._echoes = 0
        self._rate = 0
        self._title = Static("READY")
        self._log = RichLog(wrap=True, markup=False, highlight=False, min_width=20)

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._log

    def on_mount(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        for _ in range(self._present):
            self._write()
        self._title.update("FILLED")
        self.set_interval(1 / BATCHES, self._arrive)

    def _write(self) -> None:
        number = self._count
        self._count += 1
        self._log.write(Text(f"7:21 Teacher {number % 60}\n      {serial(number)} {TEXTS[number % len(TEXTS)]}"))

    def _arrive(self) -> None:
        for _ in range(self._rate // BATCHES):
            self._write()

    def action_rate(self, rate: int) -> None:
        self._rate = rate

    def action_echo(self) -> None:
        self._echoes += 1
        self._title.update(f"K{self._echoes:05d}")


if __name__ == "__main__":
    Peer(int(sys.argv[1])).run()
