"""What was looked up elsewhere: where one can look, what came of it, how it is shown. Texts in it are from outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from sessions.core.events import SCHEMA, LookedUp, PostSeen, SessionOpened
from sessions.core.evolve import fold
from sessions.core.plan import DAYS, Plan
from sessions.core.posts import Post
from sessions.core.state import SessionState
from sessions.networks.finder import FoundPage, Query
from sessions.networks.registry import NETWORKS
from sessions.networks.spending import dollars, spending
from sessions.words import _
from tui.text.outside import clean_line
from tui.text.sources import long_name
from tui.text.wording import clock_time, counted, zone_of

WAYS: dict[str, str] = {"tag": _("hashtags"), "words": _("words"), "person": _("people")}


@dataclass(frozen=True)
class Place:
    """Where one can look: the source (`mastodon:mastodon.social`) and whether somebody is signed in there."""

    source: str
    signed_in: bool

    @property
    def network(self) -> str:
        """Which network it is."""
        return self.source.partition(":")[0]

    def most(self, query: Query) -> int:
        """What a page costs there at most, in thousandths of a dollar."""
        row = NETWORKS[self.network].looking_up
        return 0 if row is None else row.most(query)

    @property
    def costs(self) -> bool:
        """Whether looking there is paid for."""
        return self.most(Query("words", "")) > 0

    def why_not(self, query: Query) -> str:
        """Why this cannot be looked up there, in a sentence; empty where it can."""
        row = NETWORKS[self.network].looking_up
        if self.signed_in or (row is not None and query.looks_for in row.unsigned):
            return ""
        login = NETWORKS[self.network].login(self.source.partition(":")[2])
        return _("needs a sign-in for {ways}: `{login}`").format(ways=WAYS[query.looks_for], login=login)

    def about(self, state: SessionState) -> str:
        """What is said beside its name: whether one is signed in, what a look costs."""
        parts = [_("signed in") if self.signed_in else _("not signed in")]
        if self.costs:
            most = dollars(self.most(Query("words", "")))
            parts.append(
                _("a page costs up to {most}, {words} spent").format(
                    most=most, words=spending(state, self.source).words
                )
            )
        return " · ".join(parts)


@dataclass
class Finds:
    """What came of one look-up: the posts, where more are, and which places had trouble, by their sources."""

    query: Query
    posts: dict[str, Post] = field(default_factory=dict)
    next: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def take(self, source: str, page: FoundPage) -> int:
        """Take in a page of this place; how many of its posts are new."""
        fresh = [post for post in page.posts if post.id not in self.posts]
        self.posts |= {post.id: post for post in fresh}
        self.problems.pop(source, None)
        self.next.pop(source, None)
        if page.next is not None:
            self.next[source] = page.next
        return len(fresh)

    def fail(self, source: str, why: str) -> None:
        """Nothing came from there; what comes next is asked for again."""
        self.problems[source] = why

    def words(self, state: SessionState) -> str:
        """What came of it, in a line: how many, where there are more, what failed."""
        return " · ".join([self.found_words, *self.troubles(state)])

    @property
    def found_words(self) -> str:
        """How many were found, and for what."""
        found = counted(len(self.posts), "{n} post", "{n} posts") if self.posts else _("Nothing found")
        return _("{found} for {words}").format(found=found, words=clean_line(self.query.words))

    def troubles(self, state: SessionState) -> list[str]:
        """Each place that gave nothing, and why."""
        return [f"{clean_line(long_name(state, source))}: {clean_line(why)}" for source, why in self.problems.items()]

    @property
    def oldest_first(self) -> list[Post]:
        """The posts in the order of their times."""
        return sorted(self.posts.values(), key=lambda post: (post.posted_at, post.id))


def found_state(posts: Iterable[Post], chat: SessionState) -> SessionState:
    """The posts as a session of their own, so that a pane shows them as it shows a chat, with their days between.

    Those that somebody of the chat shared already count as shared once.
    """
    plan = chat.plan or Plan()
    own = Plan(hosts=plan.hosts, timezone=plan.timezone, sources=plan.sources, muted=plan.muted, pace=DAYS)
    opened = SessionOpened(seq=1, at=0, by=None, command=None, plan=own, schema=SCHEMA, rehearsal=True)
    seen = [
        PostSeen(
            seq=number, at=post.posted_at, by=None, command=None,
            post=replace(post, repost_of=None, reply_to=None), kind="question", filed=None, newcomer=False,
        )
        for number, post in enumerate(posts, start=2)
    ]  # fmt: skip
    state = fold([opened, *seen])
    state.first = True
    shared = {one.found.id for one in chat.shares.values()}
    state.reposts = {post: 1 for post in state.posts if post in shared}
    return state


def sharing_words(state: SessionState, post: str) -> list[str]:
    """Who shared this found post with the chat, how and where it stands: a line each."""
    zone = zone_of(state.plan)
    lines = []
    for one in state.shares.values():
        if one.found.id != post:
            continue
        who, at = clean_line(one.by or _("somebody")), clock_time(one.at, zone)
        posting = state.postings.get(one.key)
        if posting is None or one.stands != "posting":
            told = _("copied {at} by {who}") if one.stands == "copied" else _("rehearsed {at} by {who}")
            lines.append(told.format(at=at, who=who))
        elif posting.failed is not None:
            lines.append(_("not shared by {who}: {failed}").format(who=who, failed=clean_line(posting.failed)))
        else:
            shared = _("shared {at} by {who} on {long_name}{where}")
            told = shared if posting.out else _("being shared {at} by {who} on {long_name}{where}")
            where = f": {clean_line(posting.url)}" if posting.url else ""
            lines.append(told.format(at=at, who=who, long_name=clean_line(long_name(state, one.source)), where=where))
    return lines


def looked_before(state: SessionState, query: Query) -> Sequence[LookedUp]:
    """Who looked the same up in this chat, the latest last."""
    text = query.text.casefold()
    return [one for one in state.lookups if one.looks_for == query.looks_for and one.text.casefold() == text]


def not_shared(state: SessionState, post: str) -> bool:
    """Whether what was last tried to share this found post failed."""
    shares = [one for one in state.shares.values() if one.found.id == post]
    posting = state.postings.get(shares[-1].key) if shares and shares[-1].stands == "posting" else None
    return posting is not None and posting.failed is not None
