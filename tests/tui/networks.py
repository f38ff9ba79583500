"""Networks to post to, in memory behind httpx.MockTransport: their answers are the recorded ones, with other words."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx

from sessions.networks.account import Account, InMemorySignIns, Secret, ServerAccount
from sessions.networks.finder import Finder
from sessions.networks.poster import Poster
from sessions.networks.registry import open_finder, open_poster
from tests.paths import TESTS
from tests.sessions.core.building import START
from tui.desk.accounts import DeskAccounts

RECORDED = TESTS / "recorded"

ANA = ServerAccount(
    "mastodon", "school.example", "mastodon:1", "ana@school.example", posts=True, secret=Secret(token="t")
)
ANA_SKY = Account(
    "bluesky", "pds.example", "bluesky:did:plc:ana", "ana.example.org", posts=True, secret=Secret(token="t")
)


LATER = START + 3_600_000
"""The time on the computers that post, behind all that is posted."""


def recorded(name: str) -> dict[str, Any]:
    """The recorded answer of this name."""
    loaded: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


class Networks:
    """A Mastodon server and Bluesky. `faults` is what the next attempts to post get instead of an answer.

    While `open` is not set, what is posted waits, while `looking` is not, what is looked up; `found` is what stands
    under a hashtag there. `sign_ins` are those of the last accounts, `instance` is the
    recording of what the server says of itself.
    A fault is the name of a recording, `lost` (the post is not taken, no answer comes) or `late` (taken, no answer).
    """

    def __init__(self, *faults: str) -> None:
        self.faults = list(faults)
        self.public: list[tuple[str, str]] = []
        self.replies: list[str] = []
        self.asked: list[str] = []
        self.before: Callable[[], None] = lambda: None
        self.open = asyncio.Event()
        self.open.set()
        self.looking = asyncio.Event()
        self.looking.set()
        self.boosts: list[str] = []
        self.found: list[dict[str, Any]] = []
        self.sign_ins = InMemorySignIns()
        self.instance = "mastodon/m464_instance_v2"
        self._posts: dict[str, dict[str, Any]] = {}

    def posting_accounts(self, *accounts: Account) -> DeskAccounts:
        """What a desk has that posts there."""
        self.sign_ins = sign_ins = InMemorySignIns(accounts)

        def opener(account: Account) -> Poster:
            return open_poster(
                account,
                sign_ins=sign_ins,
                transport=httpx.MockTransport(self._answer_when_open),
                now=lambda: LATER,
                sleep=_at_once,
            )

        def finder_opener(source: str) -> Finder:
            return open_finder(
                source, sign_ins, transport=httpx.MockTransport(self._answer_when_looked_up), now=lambda: LATER
            )

        return DeskAccounts(sign_ins, opener=opener, finder_opener=finder_opener)

    async def _answer_when_looked_up(self, request: httpx.Request) -> httpx.Response:
        await self.looking.wait()
        return self._answer(request)

    async def _answer_when_open(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            await self.open.wait()
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append(f"{request.method} {path}")
        if path == "/api/v2/instance":
            return _response(self.instance)
        if path == "/api/v1/accounts/verify_credentials":
            return _response("mastodon/m464_verify_credentials")
        if path == "/2/tweets/search/recent":
            return _response("x/playground_search_recent")
        if path.endswith("/reblog"):
            self.boosts.append(path)
            return _response("mastodon/m464_reblog")
        if path.startswith("/api/v1/timelines/tag/"):
            return self._timeline(request)
        if path == "/api/v1/statuses" and request.method == "POST":
            return self._toot(request)
        if path.startswith("/api/v1/accounts/") and path.endswith("/statuses"):
            toots = [body for body in self._posts.values() if "content" in body]
            return httpx.Response(200, json=toots[::-1])
        if path == "/api/v2/search":
            found = recorded("mastodon/m464_status_created_with_tag")["body"] | {"uri": request.url.params["q"]}
            return httpx.Response(200, json={"statuses": [found]})
        if path.endswith("com.atproto.repo.putRecord"):
            return self._put(json.loads(request.content))
        if path.endswith("com.atproto.repo.getRecord"):
            return _response("bluesky/getPostThread_not_found")
        return httpx.Response(404, json={"error": "Record not found"})

    def find(self, *texts: str, handle: str = "jo@other.example", name: str = "Jo Lee", **changed: Any) -> None:
        """Let these stand under whatever hashtag is looked up, the newest first."""
        for text in texts:
            number = 900 + len(self.found)
            status = recorded("mastodon/m464_status_created_with_tag")["body"]
            account = status["account"] | {"acct": handle, "display_name": name, "emojis": []}
            self.found.insert(0, status | {
                "id": f"{number}", "uri": f"https://other.example/users/jo/statuses/{number}", "account": account,
                "url": f"https://other.example/@jo/{number}", "content": f"<p>{text}</p>", "tags": [], "mentions": [],
                "created_at": f"2025-11-{number - 890:02}T15:00:00.000Z",
            } | changed)  # fmt: skip

    def _timeline(self, request: httpx.Request) -> httpx.Response:
        """Pages of 40 of what was put there, below `max_id`."""
        below = int(request.url.params.get("max_id", "99999"))
        page = [one for one in self.found if int(one["id"]) < below]
        return httpx.Response(200, json=page[:40])

    def _toot(self, request: httpx.Request) -> httpx.Response:
        self.before()
        content = request.content.decode()
        is_json = request.headers["content-type"].startswith("application/json")
        sent = json.loads(content) if is_json else {key: values[0] for key, values in parse_qs(content).items()}
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost":
            raise httpx.ReadTimeout("no answer")
        if fault and fault != "late":
            return _response(fault)
        key = request.headers["idempotency-key"]
        if key not in self._posts:
            number = f"{117020593741189701 + len(self._posts)}"
            body = recorded("mastodon/m464_status_created_with_tag")["body"] | {
                "id": number,
                "uri": f"https://school.example/users/ana/statuses/{number}",
                "url": f"https://school.example/@ana/{number}",
                "content": f"<p>{sent['status']}</p>",
                "created_at": "2025-12-02T01:09:00.000Z",
                "in_reply_to_id": sent.get("in_reply_to_id"),
            }
            self._posts[key] = body
            self.public.append(("mastodon", sent["status"]))
            self.replies += [sent["in_reply_to_id"]] if "in_reply_to_id" in sent else []
        if fault == "late":
            raise httpx.ReadTimeout("no answer")
        return httpx.Response(200, json=self._posts[key])

    def _put(self, body: dict[str, Any]) -> httpx.Response:
        uri = f"at://{body['repo']}/app.bsky.feed.post/{body['rkey']}"
        if uri not in self._posts:
            self._posts[uri] = body
            self.public.append(("bluesky", body["record"]["text"]))
        return httpx.Response(200, json=recorded("bluesky/putRecord_same_rkey")["body"] | {"uri": uri})


def _response(name: str) -> httpx.Response:
    found = recorded(name)
    return httpx.Response(found["status"], json=found["body"])


async def _at_once(_seconds: float) -> None:
    return
