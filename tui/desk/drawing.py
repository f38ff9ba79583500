"""When the panes are drawn: not for each post, but as often as an eye can follow, and at once for what a hand did."""

from collections.abc import Callable

from tui.widgets.pace import Later, Pace

FRAME = 1 / 30
"""Seconds between two drawings of the answers."""

BESIDE = 1 / 4
"""Seconds between two drawings of what stands beside them: queue, people, header."""


class Beat:
    """Draws at most once in `seconds` while there is something to draw, the first time at once."""

    def __init__(self, seconds: float, draw: Callable[[], None], pace: Pace) -> None:
        self._seconds = seconds
        self._draw = draw
        self._pace = pace
        self._free_from = 0.0
        self._waiting: Later | None = None

    @property
    def waits(self) -> bool:
        """Whether something is to be drawn yet."""
        return self._waiting is not None

    def wanted(self, *, at_once: bool) -> None:
        """Something is to be drawn; `at_once` whatever was drawn just now."""
        wait = 0.0 if at_once else self._free_from - self._pace.now()
        if wait <= 0:
            self.stop()
            self._now()
        elif self._waiting is None:
            self._waiting = self._pace.later(wait, self._now)

    def stop(self) -> None:
        """Draw nothing of what waits."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _now(self) -> None:
        self._waiting = None
        self._draw()
        self._free_from = self._pace.now() + self._pace.rest(self._seconds)


class Drawing:
    """Gathers what changed and has it drawn.

    `draw_answers` is handed the ids of the posts that look different since it was last called, None for all;
    `draw_beside` draws all else.
    """

    def __init__(
        self,
        draw_answers: Callable[[frozenset[str] | None], None],
        draw_beside: Callable[[], None],
        pace: Pace,
    ) -> None:
        self._draw_answers = draw_answers
        self._posts: frozenset[str] | None = frozenset()
        self._answers = Beat(FRAME, self._changed_answers, pace)
        self._beside = Beat(BESIDE, draw_beside, pace)

    @property
    def done(self) -> bool:
        """Whether all that changed is drawn."""
        return not (self._answers.waits or self._beside.waits)

    def changed(self, posts: frozenset[str] | None, *, at_once: bool) -> None:
        """These posts look different, None for all, and what stands beside them may."""
        self._posts = None if posts is None or self._posts is None else self._posts | posts
        self._answers.wanted(at_once=at_once)
        self._beside.wanted(at_once=at_once)

    def stop(self) -> None:
        """Draw nothing more of what waits."""
        self._answers.stop()
        self._beside.stop()

    def _changed_answers(self) -> None:
        posts, self._posts = self._posts, frozenset()
        self._draw_answers(posts)
