"""X in memory, behind httpx's own transport for tests, as its documentation and recordings have it; it keeps a bill."""

import asyncio
import datetime
import html
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Container, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec

from sessions.core.events import AnyEvent, PostRemoved, PostSeen, QuestionAsked
from sessions.core.hashtags import tags_of
from sessions.core.plan import Plan
from sessions.core.posts import Filed, Post
from sessions.networks.account import Account, InMemorySignIns, Secret
from sessions.networks.source import Delivery, EditedPost, NewPost, RemovedPost, ResumePoint
from sessions.networks.x.account import XAccount
from sessions.networks.x.reading.reader import XSource
from tests.sessions.networks.brought import Brought
from tests.sessions.networks.fakes import START, make_plan
from tests.sessions.networks.virtual_time import VirtualTime

APP = XAccount("x", "api.x.com", secret=Secret("app-bearer-hidden"))
"""The developer app that reads."""

EPOCH = 1_288_834_974_657
DAY = 86_400_000
SEARCH_LAG = 30_000


def iso(at: float) -> str:
    """A moment as X writes it."""
    return datetime.datetime.fromtimestamp(at / 1000, datetime.UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def when(text: str) -> float:
    """A moment as it stands in a request, in UTC milliseconds."""
    return datetime.datetime.fromisoformat(text).timestamp() * 1000


ONLY_EXPANDED = ("author_id", "referenced_posts", "edit_history_post_ids")
"""What X's description 2.167 has as expansions of a post and no more as its fields."""

_FIELDS = frozenset(
    [
        "article",
        "article_title",
        "attachments",
        "card_uri",
        "community_id",
        "context_annotations",
        "conversation_id",
        "created_at",
        "display_text_range",
        "edit_controls",
        "entities",
        "geo",
        "id",
        "lang",
        "matched_media_notes",
        "media_metadata",
        "non_public_metrics",
        "note_request_suggestions",
        "organic_metrics",
        "paid_partnership",
        "possibly_sensitive",
        "promoted_metrics",
        "public_metrics",
        "reply_settings",
        "scopes",
        "source",
        "suggested_source_links",
        "suggested_source_links_with_counts",
        "text",
        "withheld",
    ]
)
_EXPANSIONS = frozenset(
    [
        "article.cover_media",
        "article.media_entities",
        "attachments.media_keys",
        "attachments.media_source_tweet",
        "attachments.poll_ids",
        "author_id",
        "entities.mentions.username",
        "geo.place_id",
        "in_reply_to_user_id",
    ]
)
TAKEN: dict[str, dict[str, frozenset[str]]] = {
    "post": {
        "post.fields": _FIELDS | {"note_post"},
        "expansions": _EXPANSIONS | {"edit_history_post_ids", "referenced_posts", "username"},
    },
    "tweet": {
        "tweet.fields": _FIELDS
        | {"author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet", "referenced_tweets"},
        "expansions": _EXPANSIONS
        | {"edit_history_tweet_ids", "entities.note.mentions.username", "referenced_tweets.id",
           "referenced_tweets.id.attachments.media_keys", "referenced_tweets.id.author_id"},
    },
}  # fmt: skip
"""What X's description 2.167 lets be asked for: `post` of searches, `tweet` of the stream and once of all."""


def invalid_value(params: httpx.QueryParams, names: str) -> dict[str, Any] | None:
    """X's answer to a parameter or a value that is none under these names, in its own words; None where all are."""
    for name in ("tweet.fields", "post.fields", "expansions"):
        taken = TAKEN[names].get(name)
        if name in params and taken is None:
            return {"message": f"unknown parameter {name}", "parameters": {name: [params[name]]}}
        for place, value in enumerate(params[name].split(",") if name in params and taken is not None else ()):
            if value not in taken:
                words = f"invalid value '{value}' at index {place}: value must be one of: [{' '.join(sorted(taken))}]"
                return {"message": words, "parameters": {name: [params[name]]}}
    return None


def problem(status: int, **fields: Any) -> httpx.Response:
    """An answer of failure, with a limit that has passed none of its requests yet."""
    return httpx.Response(status, json={"title": "Invalid Request", **fields})


class Stream(httpx.AsyncByteStream):
    """A stream that a test writes to and ends as it likes."""

    def __init__(self) -> None:
        self.open = True
        self._parts: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()

    def put(self, part: bytes | Exception | None) -> None:
        self._parts.put_nowait(part)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := await self._parts.get()) is not None:
            if isinstance(part, Exception):
                raise part
            yield part

    async def aclose(self) -> None:
        self.open = False


class SimulatedX:
    """The posts, the one app that reads them, what it owes, and what is wrong today.

    `trouble` maps the end of an address, or a parameter, to what happens there; `names` says which names of fields are
    taken.
    """

    def __init__(self, time: VirtualTime) -> None:
        self.time = time
        self.posts: dict[str, dict[str, Any]] = {}
        self.rules: dict[str, dict[str, str]] = {}
        self.asked: list[tuple[int, httpx.Request]] = []
        self.streams: list[Stream] = []
        self.trouble: dict[str, httpx.Response | Exception] = {}
        self.names = "tweet"
        self.streaming = True
        self.bill = 0
        self._billed: set[tuple[int, str, str]] = set()
        self._people: dict[str, str] = {}
        self._number = 0

    # What people do

    def post(self, text: str = "", *, who: str = "bea", at: float | None = None, **fields: Any) -> dict[str, Any]:
        """A new post; `refers` is a list of (kind, id), `edits` the post of which this is the next version."""
        self._number += 1
        at = self.time.at if at is None else at
        post_id = str(((int(at) - EPOCH) << 22) + self._number % (1 << 22))
        edits = fields.pop("edits", None)
        refers = fields.pop("refers", [])
        text = text or f"A1 post {self._number} #devchat"
        parent = next((self.posts.get(one) for kind, one in refers if kind == "replied_to"), None)
        made = {
            "id": post_id,
            "text": html.escape(text, quote=False),
            "author_id": self._people.setdefault(who, str(9000 + len(self._people))),
            "who": who,
            "created_at": iso(at),
            "conversation_id": parent["conversation_id"] if parent else post_id,
            "referenced_tweets": [{"type": kind, "id": one} for kind, one in refers] or None,
            "edit_history_tweet_ids": [*(edits["edit_history_tweet_ids"] if edits else []), post_id],
            "entities": {"hashtags": [{"tag": tag} for tag in tags_of(text)]},
            **fields,
        }
        self.posts[post_id] = made
        for stream in self.streams:
            if stream.open and self.streaming and self._matches_rules(made):
                stream.put(json.dumps(self._line(made)).encode() + b"\r\n")
        return made

    def remove(self, post: dict[str, Any]) -> None:
        del self.posts[post["id"]]

    def break_streams(self, how: bytes | Exception | None = None) -> None:
        """Every open stream ends: by what is said, by an error, or just so."""
        for stream in self.streams:
            if stream.open:
                stream.put(how)
                stream.put(None)

    # What it answers

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def requests(self, part: str) -> list[float]:
        """The moments, in seconds after the start, at which what ends so was asked for."""
        return [(at - START) / 1000 for at, request in self.asked if request.url.path.endswith(part)]

    def queries(self) -> list[httpx.QueryParams]:
        """What was searched for."""
        return [request.url.params for _, request in self.asked if request.url.path.endswith("/recent")]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((self.time.now(), request))
        path = request.url.path
        for part, trouble in self.trouble.items():
            if path.endswith(part) or part in request.url.params:
                if isinstance(trouble, Exception):
                    raise trouble
                return httpx.Response(trouble.status_code, headers=trouble.headers, content=trouble.content)
        if request.headers.get("Authorization") != f"Bearer {APP.secret.token}":
            return problem(401, title="Unauthorized", type="about:blank", status=401)
        params = request.url.params
        names = "tweet" if path.endswith("/search/stream") else self.names
        if not path.endswith("/rules") and (invalid := invalid_value(params, names)):
            return problem(400, errors=[invalid])
        if path.endswith("/rules"):
            return self._rules(request)
        if path.endswith("/search/stream"):
            self.streams.append(Stream())
            return (
                httpx.Response(200, stream=self.streams[-1])
                if self.rules
                else problem(409, title="ConnectionException")
            )
        if path.endswith("/recent"):
            return self._search(params)
        ids = params["ids"].split(",")
        found = [self.posts[one] for one in ids if one in self.posts]
        missing = [
            {
                "resource_id": one,
                "type": "https://api.twitter.com/2/problems/resource-not-found",
                "title": "Not Found Error",
            }
            for one in ids
            if one not in self.posts
        ]
        return self._page(found, params, {"errors": missing} if missing else {}, meta=None)

    def _rules(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"data": list(self.rules.values()), "meta": {}})
        asked = json.loads(request.content)
        for one in asked.get("delete", {}).get("ids", []):
            self.rules.pop(one)
        for one in asked.get("add", []):
            rule_id = str(len(self.asked) + 100)
            self.rules[rule_id] = {"id": rule_id, **one}
        return httpx.Response(200, json={"meta": {}})

    def _search(self, params: httpx.QueryParams) -> httpx.Response:
        now, since_id, start = self.time.at, params.get("since_id"), params.get("start_time")
        if not 10 <= int(params["max_results"]) <= 100:
            return problem(400, errors=[{"detail": "max_results", "parameter": "max_results"}])
        if len(params["query"]) > 512 or (since_id and start):
            return problem(400, errors=[{"detail": "too much", "parameter": "query"}])
        if since_id and (int(since_id) >> 22) + EPOCH < now - 7 * DAY:
            return problem(400, errors=[{"detail": "'since_id' must be newer", "parameters": {"since_id": [since_id]}}])
        if start and not now - 7 * DAY <= when(start) < now - SEARCH_LAG:
            return problem(400, errors=[{"detail": "'start_time'", "parameters": {"start_time": [start]}}])
        found = [
            post
            for post in sorted(self.posts.values(), key=lambda post: -int(post["id"]))
            if self._matches(post, params["query"])
            and when(post["created_at"]) <= now - SEARCH_LAG
            and (not since_id or int(post["id"]) > int(since_id))
            and (not start or when(post["created_at"]) >= when(start))
            and ("end_time" not in params or when(post["created_at"]) < when(params["end_time"]))
        ]
        if not found:
            return httpx.Response(200, json={"meta": {"result_count": 0}})
        first = int(params.get("next_token", "t0")[1:])
        page = found[first : first + int(params["max_results"])]
        meta = {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"], "result_count": len(page)}
        behind = first + len(page)
        return self._page(
            page, params, {}, meta={**meta, **({"next_token": f"t{behind}"} if behind < len(found) else {})}
        )

    def _page(
        self, posts: list[dict[str, Any]], params: httpx.QueryParams, more: dict[str, Any], meta: dict[str, Any] | None
    ) -> httpx.Response:
        expanded = params.get("expansions", "").split(",")
        users = "author_id" in expanded
        self._charge(posts, users=users)
        body: dict[str, Any] = {"data": [self._named(post, self.names, expanded) for post in posts]} if posts else {}
        body |= {"includes": {"users": self._users(posts)}} if users and posts else {}
        return httpx.Response(200, json=body | more | ({"meta": meta} if meta else {}))

    def _line(self, post: dict[str, Any]) -> dict[str, Any]:
        self._charge([post], users=True)
        return {
            "data": self._named(post, "tweet", ()),
            "includes": {"users": self._users([post])},
            "matching_rules": [{"id": "1"}],
        }

    def _charge(self, posts: Iterable[dict[str, Any]], *, users: bool) -> None:
        day = self.time.now() // DAY
        for post in posts:
            due = {(day, "post", post["id"]): 5} | ({(day, "user", post["author_id"]): 10} if users else {})
            self.bill += sum(price for what, price in due.items() if what not in self._billed)
            self._billed |= set(due)

    @staticmethod
    def _named(post: dict[str, Any], names: str, expanded: Container[str]) -> dict[str, Any]:
        """The post as it is answered; under the new names what it refers to comes only where it is expanded."""
        named = {key: value for key, value in post.items() if value is not None and key != "who"}
        if names == "tweet":
            return named
        newer = {"referenced_tweets": "referenced_posts", "edit_history_tweet_ids": "edit_history_post_ids"}
        renamed = {newer.get(key, key): value for key, value in named.items()}
        return {key: value for key, value in renamed.items() if key in expanded or key not in ONLY_EXPANDED}

    def _users(self, posts: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
        return [
            {"id": author, "username": who, "name": who.title()}
            for author, who in {post["author_id"]: post["who"] for post in posts}.items()
        ]

    def _matches_rules(self, post: dict[str, Any]) -> bool:
        quoted = [self.posts.get(one["id"], post) for one in post["referenced_tweets"] or () if one["type"] == "quoted"]
        return any(self._matches(one, rule["value"]) for one in (post, *quoted) for rule in self.rules.values())

    @staticmethod
    def _matches(post: dict[str, Any], query: str) -> bool:
        wanted = {tag.casefold() for tag in re.findall(r"#(\w+)", query)}
        here = {tag.casefold() for tag in tags_of(html.unescape(post["text"]))}
        return bool(wanted & here) or post["conversation_id"] in re.findall(r"conversation_id:(\d+)", query)


class Run(Brought):
    """What one reading brought, and the session to which it is told."""

    def __init__(self, source: XSource, time: VirtualTime) -> None:
        super().__init__()
        self.source = source
        self.time = time
        self.seen: dict[str, Post] = {}
        self.seq = 0
        self.ended = False

    @property
    def edits(self) -> list[EditedPost]:
        return [item for item in self.items if isinstance(item, EditedPost)]

    @property
    def removed(self) -> list[str]:
        return [item.id for item in self.items if isinstance(item, RemovedPost)]

    @property
    def statuses(self) -> list[str]:
        """What was said of its health, each change once."""
        said = [delivery.status for delivery in self.deliveries]
        return [one for before, one in zip(["", *said], said, strict=False) if one != before]

    @property
    def spent(self) -> int:
        return next((one.spent for one in reversed(self.deliveries) if one.spent is not None), 0)

    @property
    def resume(self) -> ResumePoint:
        """What a hub that comes back gives."""
        return ResumePoint(cursor=self.cursor, known=frozenset(self.seen), spent=self.spent)

    def tell(self, event: type[AnyEvent], /, **fields: Any) -> None:
        self.seq += 1
        self.source.on_event(event(seq=self.seq, at=self.time.now(), by=None, command=None, **fields))

    def take(self, delivery: Delivery) -> None:
        """Take in what the source brings and tell it so, as the hub does."""
        self.deliveries.append(delivery)
        for item in delivery.items:
            if isinstance(item, NewPost) and item.post.id not in self.seen:
                self.seen[item.post.id] = item.post
                self.tell(PostSeen, post=item.post, kind="aside", filed=None, newcomer=False)
            elif isinstance(item, RemovedPost):
                self.tell(PostRemoved, post=item.id)

    def ask(self, post: dict[str, Any], question: str = "q1") -> None:
        """The post put the question, and it is open now, as the hub tells it."""
        asked = self.seen[f"x:{post['id']}"]
        self.tell(PostSeen, post=asked, kind="question", filed=Filed(question, "label"), newcomer=False)
        self.tell(QuestionAsked, question=question, seconds=480)


@asynccontextmanager
async def reading(
    x: SimulatedX,
    *,
    account: Account | None = APP,
    before: Run | None = None,
    plan: Plan | None = None,
    tags: tuple[str, ...] = ("devchat",),
    sign_ins: InMemorySignIns | None = None,
) -> AsyncGenerator[Run, None]:
    """Reads until the block ends, or goes on where the hub of `before` was killed."""
    plan = msgspec.structs.replace(plan or make_plan(), hashtags=tags, sources=("x",))
    sign_ins = sign_ins or InMemorySignIns([account] if account is not None else [])
    source = XSource("x", plan, sign_ins, transport=x.transport, now=x.time.now, sleep=x.time.sleep)
    run = Run(source, x.time)
    for post in before.seen.values() if before is not None else ():
        run.seen[post.id] = post
        run.tell(PostSeen, post=post, kind="aside", filed=None, newcomer=False)

    async def collect() -> None:
        async for delivery in source.read(before.resume if before is not None else ResumePoint()):
            run.take(delivery)
        run.ended = True

    task = asyncio.create_task(collect())
    await x.time.settle()
    try:
        yield run
        assert run.ended or not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
