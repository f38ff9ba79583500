"""The accounts that a desk may post with, and what posts and looks up with them."""

import asyncio
from collections.abc import Callable

from sessions.core.plan import Plan
from sessions.networks.account import Account, InMemorySignIns, SignIns
from sessions.networks.finder import Finder
from sessions.networks.poster import NotSent, Poster, PostingRules
from sessions.networks.registry import networks_of, open_finder, open_poster, places, posting_of
from sessions.networks.timing import Now, wall_clock


class DeskAccounts:
    """Opens a poster or a finder when it is first needed; use it in one event loop.

    `look` makes `sign_ins` notice what another program changed, such as a sign-in made beside the desk; it may block.
    `opener` and `finder_opener` are for tests.
    """

    def __init__(
        self,
        sign_ins: SignIns | None = None,
        *,
        look: Callable[[], object] = lambda: None,
        opener: Callable[[Account], Poster] | None = None,
        finder_opener: Callable[[str], Finder] | None = None,
    ) -> None:
        self._sign_ins: SignIns = sign_ins or InMemorySignIns()
        self._look = look
        self._now: Now = wall_clock
        self._opener = opener or (
            lambda account: open_poster(account, sign_ins=self._sign_ins, now=lambda: self._now())
        )
        self._finder_opener = finder_opener or (
            lambda source: open_finder(source, self._sign_ins, now=lambda: self._now())
        )
        self._finders: dict[str, Finder] = {}
        self._posters: dict[str, tuple[Account, Poster]] = {}
        self._rules: dict[str, PostingRules] = {}
        self._left: list[Poster] = []

    def places(self, plan: Plan | None) -> tuple[tuple[str, bool], ...]:
        """The sources at which something can be looked up, each with whether somebody is signed in there."""
        return tuple((one, self._sign_ins.find(one) is not None) for one in places(plan, self._sign_ins))

    def finder(self, source: str) -> Finder:
        """What looks up at this place."""
        if source not in self._finders:
            self._finders[source] = self._finder_opener(source)
        return self._finders[source]

    def keep_time_by(self, now: Now) -> None:
        """Let what posts go by the hub's clock, by which it is told when a post was begun."""
        self._now = now

    async def look(self) -> None:
        """Notice accounts that came or went; raises what the `look` that was handed in raises."""
        await asyncio.to_thread(self._look)

    def signed_in(self, plan: Plan | None) -> tuple[Account, ...]:
        """One account for each network that the plan reads, whether or not it may post; those that may go first."""
        found: dict[str, Account] = {}
        for account in sorted(self._sign_ins.all(), key=lambda one: _rank(one, plan)):
            if account.id and account.network in networks_of(plan):
                found.setdefault(account.network, account)
        return tuple(found[network] for network in networks_of(plan) if network in found)

    def posting(self, plan: Plan | None) -> tuple[Account, ...]:
        """Of these the ones whose owner switched posting on."""
        return tuple(account for account in self.signed_in(plan) if account.posts)

    def account_for(self, source: str, handle: str) -> Account | None:
        """The account by which something was posted, if it is still signed in and may post."""
        network = source.partition(":")[0]
        known = (one for one in self._sign_ins.all() if one.posts and one.network == network and one.handle == handle)
        return next(known, None)

    def poster(self, account: Account) -> Poster:
        """What posts with the account."""
        known = self._posters.get(account.source)
        if known is not None and known[0] == account:
            return known[1]
        if known is not None:
            self._left.append(known[1])
        poster = self._opener(account)
        self._posters[account.source] = (account, poster)
        return poster

    def rules(self, account: Account) -> PostingRules:
        """How posts are counted there, as far as is known by now."""
        return self._rules.get(account.source, posting_of(account.network).rules)

    async def learn_rules(self, account: Account) -> PostingRules:
        """Ask the account's server how it counts, once; what its network usually does where it does not say."""
        if account.source not in self._rules:
            try:
                self._rules[account.source] = await self.poster(account).rules()
            except NotSent:
                return posting_of(account.network).rules
        return self._rules[account.source]

    async def aclose(self) -> None:
        """Let all connections go."""
        posters = [*self._left, *(poster for _, poster in self._posters.values())]
        finders = list(self._finders.values())
        self._left, self._posters, self._finders = [], {}, {}
        for poster in posters:
            await poster.aclose()
        for finder in finders:
            await finder.aclose()


def _rank(account: Account, plan: Plan | None) -> tuple[bool, bool, str]:
    """The order in which accounts of one network are taken: who may post, then on a server that the plan reads."""
    read = plan is not None and account.source in plan.sources
    return (not account.posts, not read, account.source)
