"""A Bluesky in memory behind `httpx.MockTransport`: accounts, posts, search with paging, sessions that run out.

It answers as the recorded bodies do; what the real one does beyond them is named where it is relied on.
"""

import datetime
import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from sessions.networks.account import Account, Secret
from tests.paths import TESTS

RECORDED = TESTS / "recorded" / "bluesky"
PDS = "pds.example.org"
START = 1_800_000_000_000
"""UTC milliseconds: when the chat is planned to begin."""

ANA = "did:plc:ana"
HANDLES = {ANA: "ana.example.org", "did:plc:ben": "ben.example.org", "did:plc:tom": "tom.example.org"}


def recorded(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def response(name: str) -> httpx.Response:
    """A recorded answer, decoded already as its file is."""
    body = recorded(name)
    kept = {key: value for key, value in body["headers"].items() if "limit" in key or key == "retry-after"}
    return httpx.Response(body["status"], headers=kept, json=body["body"])


def error(status: int, name: str, message: str = "") -> httpx.Response:
    return httpx.Response(status, json={"error": name, "message": message})


def proxy(status: int) -> httpx.Response:
    """What a proxy in front of the network says."""
    return httpx.Response(status, html="<html><body><h1>Go away</h1></body></html>")


def account(**secret: Any) -> Account:
    given = {"token": "access-1", "refresh": "refresh-1", **secret}
    return Account("bluesky", PDS, f"bluesky:{ANA}", HANDLES[ANA], posts=True, secret=Secret(**given))


def iso(at: int) -> str:
    moment = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Bluesky:
    """The network. `now` gives the time; `faults` are answers to the next calls of a method, an exception is raised."""

    def __init__(self, now: Callable[[], int]) -> None:
        self.now = now
        self.posts: dict[str, dict[str, Any]] = {}
        self.indexed: dict[str, int] = {}
        self.faults: dict[str, list[httpx.Response | Exception]] = {}
        self.calls: Counter[str] = Counter()
        self.asked: list[httpx.Request] = []
        self.tokens = {"access-1"}
        self.refresh = "refresh-1"
        self.password = "app-pass-word-1234"
        self.page = 100
        self.newer_search = False
        self.feeds: dict[str, list[str]] = {}
        """What feeds show, by their AT-URIs: those of posts, with `repost ` before one that somebody repeats."""
        self.cursors: dict[str, Callable[[str | None], str | None]] = {}
        """What a feed that says odd things gives as the next cursor."""
        self.offline = False

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def post(self, rkey: str, text: str, *, at: int | None = None, lag: int = 0, by: str = ANA, **more: Any) -> str:
        """Somebody posts at `at`; the index knows it `lag` milliseconds later. `tags` are hashtags with facets."""
        at = self.now() if at is None else at
        uri = f"at://{by}/app.bsky.feed.post/{rkey}"
        facets = [
            {
                "index": {
                    "byteStart": len(text[: text.index(f"#{tag}")].encode()),
                    "byteEnd": len(text[: text.index(f"#{tag}")].encode()) + len(f"#{tag}".encode()),
                },
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": tag}],
            }
            for tag in more.pop("tags", ("navasotaisd",))
            if f"#{tag}" in text
        ]
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": iso(at), "facets": facets, **more}
        if (parent := record.pop("reply_to", None)) is not None:
            first = self.posts[parent]["record"].get("reply", {}).get("root", {"uri": parent, "cid": "c"})
            record["reply"] = {"root": first, "parent": {"uri": parent, "cid": "c"}}
        self.posts[uri] = {
            "uri": uri,
            "cid": f"cid-{rkey}",
            "author": {"did": by, "handle": HANDLES.get(by, "handle.invalid"), "displayName": by[-3:].title()},
            "record": record,
            "indexedAt": iso(at + lag),
        }
        self.indexed[uri] = at + lag
        return uri

    def delete(self, uri: str) -> None:
        del self.posts[uri]

    def answer(self, request: httpx.Request) -> httpx.Response:
        nsid = request.url.path.removeprefix("/xrpc/")
        self.calls[nsid] += 1
        self.asked.append(request)
        if self.offline:
            raise httpx.ConnectError("no network", request=request)
        if faults := self.faults.get(nsid):
            fault = faults.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return fault
        if nsid.startswith("com.atproto.server."):
            return self._session(nsid.rpartition(".")[2], request)
        if request.url.host == PDS:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not token:
                return response("searchPosts_pds_no_auth")
            if token not in self.tokens:
                return error(400, "ExpiredToken", "Token has expired")
        answer = getattr(self, f"_{nsid.rpartition('.')[2]}", None)
        return response("unknown_method") if answer is None else answer(request)

    def calls_of(self, name: str) -> int:
        return sum(count for nsid, count in self.calls.items() if nsid.endswith(f".{name}"))

    def _session(self, name: str, request: httpx.Request) -> httpx.Response:
        if name == "createSession":
            if json.loads(request.content)["password"] != self.password:
                return response("createSession_wrong_password")
        elif request.headers.get("authorization") != f"Bearer {self.refresh}":
            return error(400, "ExpiredToken", "Token has been revoked")
        number = self.calls_of("createSession") + self.calls_of("refreshSession") + 1
        self.tokens = {f"access-{number}"}
        self.refresh = f"refresh-{number}"
        doc = {"service": [{"id": "#atproto_pds", "serviceEndpoint": f"https://{PDS}"}]}
        jwts = {"accessJwt": f"access-{number}", "refreshJwt": self.refresh}
        return httpx.Response(200, json={**jwts, "did": ANA, "handle": HANDLES[ANA], "didDoc": doc})

    def _seen(self) -> list[dict[str, Any]]:
        """What the index knows by now, newest first by the earlier of both times."""
        here = [view for uri, view in self.posts.items() if self.indexed[uri] <= self.now()]
        return sorted(here, key=lambda view: (_sorted_at(view), view["uri"]), reverse=True)

    def _searchPosts(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        assert asked["q"] == f"#{asked['tag']}"
        found = [view for view in self._seen() if f"#{asked['tag']}".lower() in view["record"]["text"].lower()]
        found = [view for view in found if _sorted_at(view) >= asked["since"]]
        return self._page(found, asked)

    def _page(self, found: list[dict[str, Any]], asked: httpx.QueryParams) -> httpx.Response:
        start = int(asked.get("cursor", "0"))
        body: dict[str, Any] = {"posts": found[start : start + self.page]}
        if start + self.page < len(found):
            body["cursor"] = str(start + self.page)
        return httpx.Response(200, json=body)

    def _searchPostsV2(self, request: httpx.Request) -> httpx.Response:
        """As lexicons/app/bsky/feed/searchPostsV2.json: any of the hashtags, from a moment of the index on."""
        if not self.newer_search:
            return response("unknown_method")
        asked = request.url.params
        assert asked["sort"] == "recent"
        assert "hashtags" in asked or "threadRootUri" in asked
        wanted = [f"#{tag}".lower() for tag in asked.get_list("hashtags")]
        found = [view for view in self._seen() if view["indexedAt"] >= asked["since"]]
        if "threadRootUri" in asked:
            root = asked["threadRootUri"]
            found = [one for one in found if one["record"].get("reply", {}).get("root", {}).get("uri") == root]
        else:
            found = [one for one in found if any(tag in one["record"]["text"].lower() for tag in wanted)]
        return self._page(sorted(found, key=lambda view: view["indexedAt"], reverse=True), asked)

    def _getFeed(self, request: httpx.Request) -> httpx.Response:
        """As packages/bsky/src/api/app/bsky/feed/getFeed.ts: whatever order the feed has."""
        asked = request.url.params
        if asked["feed"] not in self.feeds:
            return error(400, "InvalidRequest", "could not find feed")
        shown = self.feeds[asked["feed"]]
        start = int(asked.get("cursor", "0").removeprefix("odd-") or 0)
        kind = "app.bsky.feed.defs#"
        by = {"did": "did:plc:tom", "handle": HANDLES["did:plc:tom"]}
        reason = {"$type": f"{kind}reasonRepost", "by": by, "indexedAt": iso(self.now())}
        known = {view["uri"]: view for view in self._seen()}
        items = [
            self._feed_view(known, one.removeprefix("repost "))
            | ({"reason": reason} if one.startswith("repost ") else {})
            for one in shown[start : start + self.page]
            if one.removeprefix("repost ") in known
        ]
        following = str(start + self.page) if start + self.page < len(shown) else None
        if asked["feed"] in self.cursors:
            following = self.cursors[asked["feed"]](asked.get("cursor"))
        return httpx.Response(200, json={"feed": items, **({"cursor": following} if following is not None else {})})

    @staticmethod
    def _feed_view(known: Mapping[str, Any], uri: str) -> dict[str, Any]:
        """A post as `app.bsky.feed.defs#feedViewPost` has it: with what it answers, and a word of the feed's own."""
        post = known[uri]
        item: dict[str, Any] = {"post": post, "feedContext": "ranked", "reqId": "r1"}
        answers = post["record"].get("reply")
        if answers is not None:
            kind = "app.bsky.feed.defs#"
            around = {
                place: {"$type": f"{kind}postView", **known[answers[place]["uri"]]}
                if answers[place]["uri"] in known
                else {"$type": f"{kind}notFoundPost", "uri": answers[place]["uri"], "notFound": True}
                for place in ("root", "parent")
            }
            item["reply"] = around
        return item

    def _getPosts(self, request: httpx.Request) -> httpx.Response:
        uris = request.url.params.get_list("uris")
        assert len(uris) <= 25
        known = {view["uri"]: view for view in self._seen()}
        return httpx.Response(200, json={"posts": [known[uri] for uri in uris if uri in known]})

    def _getPostThread(self, request: httpx.Request) -> httpx.Response:
        uri = request.url.params["uri"]
        known = {view["uri"]: view for view in self._seen()}
        if uri not in known:
            return response("getPostThread_not_found")
        return httpx.Response(200, json={"thread": self._thread(uri, known)})

    def _thread(self, uri: str, known: dict[str, Any]) -> dict[str, Any]:
        below = [
            one for one, view in known.items() if view["record"].get("reply", {}).get("parent", {}).get("uri") == uri
        ]
        kind = "app.bsky.feed.defs#"
        gone = [{"$type": f"{kind}notFoundPost", "uri": "at://gone", "notFound": True}]
        blocked = [
            {"$type": f"{kind}blockedPost", "uri": "at://blocked", "blocked": True, "author": {"did": "did:x:y"}}
        ]
        replies = [self._thread(one, known) for one in below]
        return {"$type": f"{kind}threadViewPost", "post": known[uri], "replies": [*gone, *replies, *blocked]}

    def _getProfiles(self, request: httpx.Request) -> httpx.Response:
        actors = request.url.params.get_list("actors")
        assert len(actors) <= 25
        found = [{"did": did, "handle": HANDLES[did]} for did in actors if did in HANDLES]
        return httpx.Response(200, json={"profiles": found})

    def _resolveHandle(self, request: httpx.Request) -> httpx.Response:
        did = next((did for did, handle in HANDLES.items() if handle == request.url.params["handle"]), None)
        if did is None:
            return error(400, "InvalidRequest", "Unable to resolve handle")
        return httpx.Response(200, json={"did": did})

    def _getRecord(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        uri = f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}"
        if uri not in self.posts:
            return response("getRecord")
        return httpx.Response(200, json={"uri": uri, "cid": self.posts[uri]["cid"], "value": {}})

    def _putRecord(self, request: httpx.Request) -> httpx.Response:
        """As packages/pds/src/api/com/atproto/repo/putRecord.ts: null as `swapRecord` writes only what is not there."""
        body = json.loads(request.content)
        uri = f"at://{body['repo']}/{body['collection']}/{body['rkey']}"
        if uri in self.posts and body.get("swapRecord", "") is None:
            return error(400, "InvalidSwap", f"Record was at {self.posts[uri]['cid']}")
        self.post(body["rkey"], body["record"]["text"], by=body["repo"])
        self.posts[uri]["record"] = body["record"]
        return httpx.Response(200, json={"uri": uri, "cid": f"cid-{body['rkey']}"})


def _sorted_at(view: dict[str, Any]) -> str:
    return min(view["record"]["createdAt"], view["indexedAt"])
