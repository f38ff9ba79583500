"""What is searched in a pane: which posts match, and going from one match to the next."""

import time
from collections.abc import Callable

from tui.widgets.answers.finding import Finding
from tui.widgets.answers.post_layout import PostLayout

FINDING = 0.005
"""Seconds of looking through posts before keys and frames have their turn."""

FINDING_PAUSE = 0.001
FOUND_EVERY = 0.05
"""Seconds between two messages on how many were found so far."""

NEVER = -1
"""The seq of no event: what was found before says nothing of what would be found now."""


class PaneSearch:
    """One search at a time through the posts that `layout` sets in lines; what takes long goes on in between.

    `order` gives the rows by their posts, from the cursor's to the oldest, then from the newest to the one behind it.
    `go_to` puts the cursor on a post, `later` calls after so many seconds, and `tell` hears how many posts were found
    and whether these are all.
    """

    def __init__(
        self,
        layout: PostLayout,
        order: Callable[[], list[str]],
        go_to: Callable[[str], bool],
        later: Callable[[float, Callable[[], None]], object],
        tell: Callable[[int, bool], object],
    ) -> None:
        self._layout = layout
        self._order = order
        self._go_to = go_to
        self._later = later
        self._tell = tell
        self._finding: Finding | None = None
        self._found_in = NEVER
        self._told_at = 0.0
        self._goes_to_match = False

    @property
    def goes_on(self) -> bool:
        """Whether not all posts have been looked through yet."""
        return self._finding is not None and not self._finding.done

    @property
    def problem(self) -> str:
        """What of the text to find was not understood, in one line; empty where all was."""
        return self._layout.query.problem

    def begin(self, text: str, cursor: str | None) -> int:
        """Search this text from the post under the cursor on; how many posts were found at once."""
        layout = self._layout
        before = self._finding if self._found_in == layout.session.seq and layout.query.plain else None
        layout.search(text)
        before = before if layout.query.plain else None
        self._finding = None
        if not layout.searching:
            return 0
        narrowed = None if before is None else before.narrowed(text, cursor)
        self._finding = finding = narrowed or Finding(text, cursor, self._order())
        self._found_in, self._told_at = layout.session.seq, time.monotonic()
        self._goes_to_match = True
        self._look_further(finding)
        return len(finding.matches)

    def end(self) -> bool:
        """Search nothing any more; whether anything was searched."""
        searched = self._layout.searching
        self._layout.search("")
        self._finding = None
        return searched

    def forget(self) -> None:
        """Other posts may match now: the next search goes through all of them."""
        self._found_in = NEVER

    def stay(self) -> None:
        """The reader went elsewhere: what is found later does not take them away."""
        self._goes_to_match = False

    def step(self, way: int) -> bool:
        """Go to the next newer (1) or older (-1) match, round the end; the cursor's own row comes last."""
        order = self._order()
        if not order or not self._layout.searching:
            return False
        behind, *others = order
        finding = Finding("", None, [*others, behind] if way < 0 else [*reversed(others), behind])
        finding.go_on(self._layout.matching, lambda: bool(finding.matches))
        return bool(finding.matches) and self._go_to(finding.matches[0])

    def _look_further(self, finding: Finding) -> None:
        until = time.monotonic() + FINDING
        finding.go_on(self._layout.matching, lambda: time.monotonic() >= until)
        if self._goes_to_match and finding.matches:
            self._goes_to_match = False
            if finding.matches[0] != finding.start:
                self._go_to(finding.matches[0])
        if not finding.done:
            self._later(FINDING_PAUSE, lambda: self._go_on(finding))

    def _go_on(self, finding: Finding) -> None:
        if finding is not self._finding:
            return
        self._look_further(finding)
        if finding.done or time.monotonic() >= self._told_at + FOUND_EVERY:
            self._told_at = time.monotonic()
            self._tell(len(finding.matches), finding.done)
