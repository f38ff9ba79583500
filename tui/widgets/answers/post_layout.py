"""The rows of the answer pane set in lines, as far as somebody looks at them."""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from textual.cache import LRUCache

from sessions.core.clock import lasts_days
from sessions.core.state import SessionState
from sessions.words import _
from tui.text.days import day_name, half_told
from tui.text.outside import clean_line
from tui.text.wording import clock_time, zone_of
from tui.widgets.answers.anchored_view import AnchoredView, Measure
from tui.widgets.answers.chosen_posts import ChosenPosts
from tui.widgets.answers.finding import Haystacks
from tui.widgets.answers.last_read import LastRead
from tui.widgets.answers.post_look import Block, PostLook, block, look_of
from tui.widgets.answers.post_rows import PostRows
from tui.widgets.answers.query import Query, parse_query
from tui.widgets.lines.line import Line

REMEMBERED = 256
"""Rows whose lines are remembered: several times as many as are in sight."""


class Sight(NamedTuple):
    """What stands in sight, line by line from the top, each with whether it is the cursor's; None where nothing stands.

    Then the lines (0 is the top) of what is `handled`, the first lines of what is `chosen`, and the `last` post.
    """

    frame: list[tuple[Line, bool] | None]
    handled: list[int]
    chosen: list[int]
    last: str | None


class PostLayout:
    """Looks anew at posts that may look different, and sets them in lines anew only if look or width is another."""

    def __init__(self, session: SessionState, posts: PostRows) -> None:
        self.session = session
        self._posts = posts
        self._width = 1
        self.query = Query()
        self._search: re.Pattern[str] | None = None
        self._haystacks = Haystacks(self.matches)
        self._unfolded: set[str] = set()
        self.last_read = LastRead()
        self._rows: dict[str, tuple[Block, Measure]] = {}
        self._blocks: LRUCache[tuple[PostLook, int], Block] = LRUCache(REMEMBERED)

    def forget(self, posts: Collection[str] | None = None) -> None:
        """These posts may look different now, None for all: also where other rows stand above them."""
        if posts is None:
            self._rows.clear()
        else:
            for post in posts:
                self._rows.pop(post, None)

    def resize(self, width: int) -> None:
        """A line has so many cells now."""
        self._width = max(1, width)
        self.forget()

    def search(self, text: str) -> None:
        """Mark the words of this in the posts, whatever their case; blank text marks nothing."""
        self.query = parse_query(text, self.session) if text.strip() else Query()
        words = self.query.words
        self._search = re.compile(re.escape(words), re.IGNORECASE) if words.strip() else None
        self.forget()

    @property
    def searching(self) -> bool:
        """Whether words are searched, or posts of some kind."""
        return self._search is not None or bool(self.query.tests)

    def warned(self, post: str) -> bool:
        """Whether the post's text is folded now behind a content warning, or by a muted word."""
        if post in self._unfolded or self.session.folded(post):
            return False
        return bool(self.session.warning(post)) or self.session.muted_word(post) is not None

    def unfold(self, post: str) -> None:
        """Show what stands behind the post's content warning from now on."""
        self._unfolded.add(post)
        self.forget()

    def fold(self) -> bool:
        """Fold everything behind its content warning again; whether anything was unfolded."""
        had = bool(self._unfolded)
        self._unfolded.clear()
        self.forget()
        return had

    def matches(self, post: str) -> bool:
        """Whether the text that is searched stands in the post, or in its author's name or handle."""
        if self._search is None or self.session.folded(post):
            return False
        author = self.session.posts[post].post.author
        shown = "" if self.warned(post) else self.session.text(post)
        return any(self._search.search(text) for text in (shown, author.name, author.handle))

    def matching(self, posts: Sequence[str]) -> list[str]:
        """Those of the posts that match, in the same order."""
        query, session = self.query, self.session
        if self._search is not None:
            posts = self._haystacks.matching(session, posts, query.words)
        elif query.tests:
            posts = [post for post in posts if not session.folded(post)]
        else:
            return []
        return [post for post in posts if query.admits(session, post)] if query.tests else list(posts)

    def measure(self, row: int) -> Measure:
        """How many lines the row has."""
        return self._set(row)[1]

    def block(self, row: int) -> Block:
        """The row in lines."""
        return self._set(row)[0]

    def _set(self, row: int) -> tuple[Block, Measure]:
        """The row in lines, and how many these are."""
        post = self._posts.ids[row]
        known = self._rows.get(post)
        if known is not None:
            return known
        zone = zone_of(self.session.plan)
        dividers = self._dividers(row)
        look = look_of(
            self.session,
            post,
            self._posts.filter,
            zone,
            dividers=dividers,
            search=self._search,
            unfolded=post in self._unfolded,
        )
        lines = self._blocks.get((look, self._width)) or block(look, self._width)
        self._blocks[(look, self._width)] = lines
        if len(self._rows) >= REMEMBERED:
            self._rows.clear()
        known = self._rows[post] = lines, Measure(lines.above, len(lines.lines) - lines.above)
        return known

    def in_sight(self, view: AnchoredView, chosen: ChosenPosts, handled: Collection[str]) -> Sight:
        """The rows that the view places, in lines, and which of these lines are of chosen or handled posts."""
        ids, placed = self._posts.ids, view.placed()
        sight = Sight([None] * max(0, view.height), [], [], ids[placed[-1].row] if placed else None)
        for spot in placed:
            lines, post = self.block(spot.row), ids[spot.row]
            if post in chosen and 0 <= spot.top + lines.above < view.height:
                sight.chosen.append(spot.top + lines.above)
            for number, line in enumerate(lines.lines):
                if 0 <= spot.top + number < view.height:
                    own = number >= lines.above
                    sight.frame[spot.top + number] = (line, own and spot.row == view.cursor)
                    if own and post in handled:
                        sight.handled.append(spot.top + number)
        return sight

    def _dividers(self, row: int) -> tuple[str, ...]:
        """What stands above the row: where it goes on for days the day, then, where all posts are shown, questions that
        were opened before it, and how far one had read."""
        return (*self._day(row), *self._opened(row), *self._new_since(row))

    def _day(self, row: int) -> tuple[str, ...]:
        """The day of the row where it goes on for days, if the row above it is of another one."""
        if not lasts_days(self.session):
            return ()
        zone, posts = zone_of(self.session.plan), self.session.posts
        day, *before = [
            day_name(posts[key].post.posted_at, zone) for key in self._posts.ids[max(0, row - 1) : row + 1]
        ][::-1]
        return () if day in before else (day,)

    def _new_since(self, row: int) -> tuple[str, ...]:
        """Since when all is new from this row on, if it is the first that is."""
        if self.last_read.line is None:
            return ()
        read, moment = self.last_read.line
        ids, posts = self._posts.ids, self.session.posts
        first = posts[ids[row]].seq > read and (not row or posts[ids[row - 1]].seq <= read)
        zone = zone_of(self.session.plan)
        days = lasts_days(self.session)
        told = f"{day_name(moment, zone)}, {half_told(moment, zone)}" if days else clock_time(moment, zone)
        return (_("new since {told}").format(told=told),) if first else ()

    def _opened(self, row: int) -> tuple[str, ...]:
        openings = self.session.openings
        if self._posts.filter.choice != "all" or not openings:
            return ()
        ids, posts = self._posts.ids, self.session.posts
        last = bisect_right(openings, posts[ids[row]].at, key=lambda opening: opening.at)
        first = bisect_right(openings, posts[ids[row - 1]].at, key=lambda opening: opening.at) if row else 0
        questions = [self.session.questions.get(opening.question) for opening in openings[first:last]]
        return tuple(f"{q.name} {clean_line(q.text)}" for q in questions if q is not None)
