"""The layout that holds now, and what is kept of it from run to run. Pure."""

import math
from collections.abc import Mapping
from typing import Any

from tui.desk.layout.presets import LEAST_ANSWERS, PRESETS, Preset, Shares, Widths, fitting, shared_widths, usual_widths


class Arrangement:
    """Which preset holds: that of the role, unless one is chosen by hand; and the widths given to each by hand."""

    def __init__(self) -> None:
        self.chosen: Preset | None = None
        self._role: Preset = "asks"
        self._shares: dict[Preset, Shares] = {}

    @property
    def preset(self) -> Preset:
        """The preset that holds now."""
        return self.chosen or self._role

    def follow(self, *, asks: bool, greets: bool) -> None:
        """Follow the roles of whoever sits here: people are wide for who greets and does not ask."""
        self._role = "greets" if greets and not asks else "asks"

    def choose_next(self) -> None:
        """Choose the next preset by hand; behind the last one the role has it again."""
        after = PRESETS.index(self.preset) + 1
        if self.chosen is not None and after == len(PRESETS):
            self.chosen = None
        else:
            self.chosen = PRESETS[after % len(PRESETS)]

    def widths(self, window: int) -> Widths:
        """The cells of the panes in a window of so many."""
        shares = self._shares.get(self.preset)
        return usual_widths(self.preset, window) if shares is None else shared_widths(shares, window)

    def set_questions(self, cells: int, window: int) -> None:
        """Give the questions so many cells whenever this preset holds, as far as the answers have them."""
        people = self.widths(window).people
        self._set(Widths(min(cells, window - LEAST_ANSWERS - people), people), window)

    def set_people(self, cells: int, window: int) -> None:
        """Give the people so many cells whenever this preset holds, as far as the answers have them."""
        self._set(Widths(self.widths(window).questions, cells), window)

    def _set(self, wanted: Widths, window: int) -> None:
        questions, people = fitting(wanted, window)
        self._shares[self.preset] = Shares(round(questions / window, 4), round(people / window, 4))

    def forget_widths(self) -> bool:
        """Give the panes their usual cells; whether they had others."""
        return self._shares.pop(self.preset, None) is not None

    # From run to run

    def kept(self) -> dict[str, Any]:
        """What is to be kept."""
        return {"preset": self.chosen, "shares": {preset: [*shares] for preset, shares in self._shares.items()}}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Take what was kept. What makes no sense here, such as a preset that another version has, is passed over."""
        chosen, shares = kept.get("preset"), kept.get("shares")
        self.chosen = next((preset for preset in PRESETS if preset == chosen), None)
        named = shares if isinstance(shares, dict) else {}
        self._shares = {preset: Shares(*named[preset]) for preset in PRESETS if _are_shares(named.get(preset))}


def _are_shares(value: object) -> bool:
    if not isinstance(value, list) or len(value) != len(Shares._fields):
        return False
    return all(type(share) in (int, float) and math.isfinite(share) and 0 < share < 1 for share in value)
