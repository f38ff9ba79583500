"""When the panes are drawn: not for each post, but as often as an eye can follow, and at once for what a hand did."""

from collections.abc import Callable

from tui.widgets.pace import Later, Pace

FRAME = 1 / 50
"""Seconds between two drawings of answers that come into sight.

The hub sends what arrives together less often than that (`sessions.hub.server.stream`), so that it is drawn as it comes
and never waits for two clocks, one after the other.
"""

STALE = 0.1
"""Seconds for which something in sight may be out of date while somebody works: answers that are read, not followed."""

BESIDE = 1 / 4
"""Seconds between two drawings of what stands beside the answers (queue, people, header) while no key is pressed."""

BEHIND = 1.0
"""Seconds between two drawings while a desk that just came is told of thousands of earlier posts: the last of them are
there the sooner, and nobody could read what rushes by."""

WORKING = 1.0
"""Seconds from a key on in which somebody works."""


class Beat:
    """Draws what there is to draw, at most once in `seconds`, which it asks for each time; the first time at once."""

    def __init__(self, seconds: Callable[[], float], draw: Callable[[], None], pace: Pace) -> None:
        self._seconds = seconds
        self._draw = draw
        self._pace = pace
        self._drawn_at: float | None = None
        self._waiting: Later | None = None

    @property
    def waits(self) -> bool:
        """Whether something is to be drawn yet."""
        return self._waiting is not None

    def wanted(self, *, at_once: bool) -> None:
        """Something is to be drawn; `at_once` whatever was drawn just now."""
        wait = 0.0 if at_once or self._drawn_at is None else self._drawn_at + self._rest() - self._pace.now()
        if wait <= 0:
            self.stop()
            self._now()
        elif self._waiting is None:
            self._waiting = self._pace.later(wait, self._now)

    def drew(self, within: float) -> bool:
        """Whether it drew in so many seconds before now."""
        return self._drawn_at is not None and self._pace.now() - self._drawn_at < self._pace.rest(within)

    def hurry(self) -> None:
        """What waits is drawn as soon as `seconds` say now, if they became fewer."""
        if self._waiting is not None:
            self.stop()
            self.wanted(at_once=False)

    def stop(self) -> None:
        """Draw nothing of what waits."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _rest(self) -> float:
        return self._pace.rest(self._seconds())

    def _now(self) -> None:
        self._waiting = None
        self._drawn_at = self._pace.now()
        self._draw()


class Drawing:
    """Gathers what changed and has it drawn.

    `draw_answers` is handed the ids of the posts that look different since it was last called, None for all;
    `draw_beside` draws all else. `follows` tells whether what arrives comes into sight, `behind` whether much of what
    was before is yet to come.
    """

    def __init__(
        self,
        draw_answers: Callable[[frozenset[str] | None], None],
        draw_beside: Callable[[], None],
        follows: Callable[[], bool],
        pace: Pace,
        behind: Callable[[], bool] = lambda: False,
    ) -> None:
        self._pace = pace
        self._pressed_at: float | None = None
        self._behind = behind
        self._draw_answers = draw_answers
        self._posts: frozenset[str] | None = frozenset()
        self._answers = Beat(lambda: self._far(FRAME if follows() else STALE), self._changed_answers, pace)
        self._beside = Beat(lambda: self._far(STALE if self._works() else BESIDE), draw_beside, pace)
        self._was_behind = False

    @property
    def done(self) -> bool:
        """Whether all that changed is drawn."""
        return not (self._answers.waits or self._beside.waits)

    def drew_beside(self, within: float) -> bool:
        """Whether what stands beside the answers was drawn in so many seconds before now."""
        return self._beside.drew(within)

    def changed(self, posts: frozenset[str] | None, *, at_once: bool) -> None:
        """These posts look different, None for all, and what stands beside them may."""
        self._posts = None if posts is None or self._posts is None else self._posts | posts
        self._beside.wanted(at_once=at_once)
        self._answers.wanted(at_once=at_once)  # last, since it brings what is beside to the terminal in the same frame
        behind, self._was_behind = self._was_behind, self._behind()
        if behind and not self._was_behind:
            self._beside.hurry()
            self._answers.hurry()

    def pressed(self) -> None:
        """A key was pressed: what it is about must not be out of date for long."""
        worked, self._pressed_at = self._works(), self._pace.now()
        if not worked:
            self._beside.hurry()

    def _far(self, seconds: float) -> float:
        return BEHIND if self._behind() else seconds

    def _works(self) -> bool:
        return self._pressed_at is not None and self._pace.now() - self._pressed_at < WORKING

    def stop(self) -> None:
        """Draw nothing more of what waits."""
        self._answers.stop()
        self._beside.stop()

    def _changed_answers(self) -> None:
        posts, self._posts = self._posts, frozenset()
        self._draw_answers(posts)
