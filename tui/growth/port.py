"""What the groups of actions for the numbers may ask of their screen."""

from typing import Protocol

from sessions.reports.series_growth import SeriesGrowth
from tui.shell.port import ScreenPort


class GrowthPort(ScreenPort, Protocol):
    """The numbers of a series."""

    @property
    def found(self) -> SeriesGrowth | None:
        """The numbers that are shown; None before they are read, or where they cannot be."""

    @property
    def series(self) -> str | None:
        """The series that was asked for; None stands for that of the latest chat."""

    def read(self, series: str | None) -> None:
        """Read the numbers of this series and show them."""
