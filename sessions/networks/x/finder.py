"""Looking up on X by its search of the last seven days, which is paid for: small pages, each counted as X bills it."""

import re
import unicodedata

import httpx

from sessions.core.plan.words import hashtag_problem
from sessions.networks.account import SignIns
from sessions.networks.finder import FoundPage, Query
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Rejected, SignedOut
from sessions.networks.web.fetching import open_client
from sessions.networks.web.server_clock import ServerClock
from sessions.networks.x.api import XApi
from sessions.networks.x.posts import Joined, to_post
from sessions.networks.x.prices import FOUND_PAGE
from sessions.networks.x.reading.costs import Costs
from sessions.networks.x.reading.query import LONGEST, NO_REPOSTS

_USER = re.compile(r"[A-Za-z0-9_]{1,15}")
_OPERATORS = re.compile(r"[\"():\\]")
"""Signs that X's search would take for more than words; a `-` before a word would leave posts with it out."""


class XFinder:
    """Asks with the bearer token of the app that reads; as `Finder`. What a page has cost is counted once a day."""

    def __init__(
        self,
        source: str,
        sign_ins: SignIns,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
    ) -> None:
        self._source = source
        self._sign_ins = sign_ins
        self._client = open_client(transport=transport)
        self._now = ServerClock(now)
        self._api = XApi(self._client, now=self._now)
        self._costs = Costs(0)

    async def find(self, query: Query, place: str | None = None) -> FoundPage:
        """As `Finder`."""
        account = self._sign_ins.find(self._source)
        if account is None:
            raise SignedOut("x")
        further = {} if place is None else {"next_token": place}
        found = await self._api.search(search_of(query), account, most=FOUND_PAGE, **further)
        now = self._now.there()
        spent = self._costs.count([*(post.id for post in found.posts), *found.unread], found.includes, now)
        joined = Joined(found.includes)
        posts = tuple(to_post(post, joined, now=now, first_of=lambda one: one) for post in found.posts)
        return FoundPage(tuple(post for post in posts if post.repost_of is None), found.next, spent)

    async def aclose(self) -> None:
        """As `Finder`."""
        await self._client.aclose()


def search_of(query: Query) -> str:
    """The query in the words of X's search; raises `Rejected` where there is nothing that X could look for."""
    text = unicodedata.normalize("NFC", query.text)
    if query.looks_for == "tag":
        if hashtag_problem(text):
            raise Rejected(f"#{text} cannot be a hashtag")
        sought = f"#{text}"
    elif query.looks_for == "person":
        if not _USER.fullmatch(text):
            raise Rejected(f"@{text} cannot be a name on X")
        sought = f"from:{text}"
    else:
        words = (word.lstrip("-") for word in _OPERATORS.sub(" ", text).split())
        sought = " ".join(word for word in words if word not in ("", "OR", "AND"))
    if not sought or len(f"{sought} {NO_REPOSTS}") > LONGEST:
        raise Rejected("X's search takes 1 to 490 letters")
    return f"{sought} {NO_REPOSTS}"
