"""What reading X costs, counted as X bills it. Pure; amounts are thousandths of a dollar.

X bills each post and each account that an answer holds, also those it only refers to, once in a day of UTC
(docs.x.com/x-api/getting-started/pricing). Its rules, its errors and empty answers are free.
"""

from collections.abc import Iterable

from sessions.core.posts import Post
from sessions.networks.spending import Spending
from sessions.networks.x.prices import READ_POST, READ_USER, found_page
from sessions.networks.x.wire import WireIncludes

SMALLEST_PAGE, LARGEST_PAGE = 10, 100
"""Posts on a page of a search, as X allows."""

_DAY = 86_400_000


class Costs:
    """What was spent in this session, and on what, so that nothing is counted twice in a day."""

    def __init__(self, ceiling: int) -> None:
        self.ceiling = ceiling
        self.spent = 0
        self.elsewhere = 0
        """What moderators have spent by looking things up, which the same ceiling holds for."""
        self.reserved: dict[str, int] = {}
        """What is put aside for what they look up now, by its key."""
        self._day = 0
        self._paid: set[tuple[str, str]] = set()

    @property
    def spending(self) -> Spending:
        """How it stands to what it may cost."""
        return Spending(self.spent + self.elsewhere, self.ceiling, sum(self.reserved.values()))

    @property
    def is_used_up(self) -> bool:
        """Whether nothing more may be read: the driver is to be asked first, or what is put aside leaves no room for
        the smallest page, whose posts may all quote others."""
        now = self.spending
        return now.asks or (now.reserved > 0 and now.ceiling - now.taken < found_page(SMALLEST_PAGE))

    @property
    def page(self) -> int:
        """How many posts a page may have, so that the last ones pass the limit by as little as X allows, and what is
        put aside by nothing."""
        now = self.spending
        fit = now.left // (found_page(1) if now.reserved else READ_POST + READ_USER)
        return min(max(fit, SMALLEST_PAGE), LARGEST_PAGE)

    def count(self, posts: Iterable[str], includes: WireIncludes, at: int) -> int:
        """Count an answer that came at `at` (UTC milliseconds) with posts of these ids; what it has cost."""
        if at // _DAY != self._day:  # also where a clock was set back: rather too much than too little
            self._day, self._paid = at // _DAY, set()
        included = (one.id for one in (*includes.tweets, *includes.posts))
        cost = READ_POST * self._new("post", (*posts, *included))
        cost += READ_USER * self._new("user", (user.id for user in includes.users))
        self.spent += cost
        return cost

    def remember(self, post: Post, at: int) -> None:
        """Take a post that the session has since `at` (UTC milliseconds) as paid: it was, before a restart."""
        if at // _DAY > self._day:
            self._day, self._paid = at // _DAY, set()
        if at // _DAY == self._day:
            self._new("post", [post.id.partition(":")[2]])
            self._new("user", [post.author.id.partition(":")[2]])

    def paid(self, post_id: str, at: int) -> bool:
        """Whether to read this post again at `at` (UTC milliseconds) costs nothing."""
        return at // _DAY == self._day and ("post", post_id) in self._paid

    def _new(self, kind: str, ids: Iterable[str]) -> int:
        fresh = {(kind, one) for one in ids} - self._paid
        self._paid |= fresh
        return len(fresh)
