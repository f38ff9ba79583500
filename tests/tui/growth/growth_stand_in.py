"""The screen of the numbers without an app."""

from dataclasses import dataclass, field

from sessions.reports.series_growth import SeriesGrowth
from tests.tui.screen_stand_in import ScreenStandIn


@dataclass
class GrowthStandIn(ScreenStandIn):
    """The numbers, and which series were read."""

    found: SeriesGrowth | None = None
    series: str | None = None
    read_series: list[str | None] = field(default_factory=list)

    def read(self, series: str | None) -> None:
        self.read_series.append(series)
