"""Posting to Bluesky, each post at most once: its record key is computed from its idempotency key."""

import datetime
import hashlib
from typing import Any

import httpx

from sessions.networks.account import Account, InMemorySignIns, SignIns
from sessions.networks.bluesky.api import BlueskyApi
from sessions.networks.bluesky.counting import length
from sessions.networks.bluesky.facets import mentioned, written
from sessions.networks.bluesky.posts import COLLECTION, PREFIX, REPOSTS, post_id, uri_of, web_address
from sessions.networks.bluesky.rules import RULES
from sessions.networks.bluesky.session import Session
from sessions.networks.bluesky.wire import WireRef, read_record
from sessions.networks.poster import NotSent, Outgoing, PostingRules, Published, Unsure
from sessions.networks.timing import Now, wall_clock
from sessions.networks.web.errors import Limited, NetworkError, Rejected, Unavailable, Unreached, spoken
from sessions.networks.web.fetching import open_client
from sessions.networks.web.server_clock import ServerClock

_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_FIRST_TID = 1_672_531_200_000_000
"""Microseconds; 2023, before the network was open to all, so that no program has made these keys for this account."""


def record_key(key: str) -> str:
    """The record key of the post with this idempotency key: a TID (atproto.com/specs/tid), always the same.

    It is made of the key alone, because the moment at which a post was begun is not known to the millisecond after a
    crash. Its time means nothing and nobody may read one (docs.bsky.app/docs/advanced-guides/timestamps).
    """
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    number = (_FIRST_TID + (digest >> 10) % 2**44 << 10) | (digest & 0x3FF)
    return "".join(_SORTABLE[number >> shift & 31] for shift in range(60, -1, -5))


class BlueskyPoster:
    """Posts with one account, renewed through `sign_ins` where they have it."""

    def __init__(
        self,
        account: Account,
        sign_ins: SignIns | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Now = wall_clock,
    ) -> None:
        self._account = account
        self._sign_ins = sign_ins or InMemorySignIns([account])
        self._client = open_client(transport=transport)
        self._now = ServerClock(now)
        self._api = BlueskyApi(Session(self._client, self._find, self._renew, now=self._now))

    @property
    def account(self) -> Account:
        """Whose posts they are."""
        return self._account

    async def rules(self) -> PostingRules:
        """How Bluesky counts, everywhere alike."""
        return RULES

    async def send(self, post: Outgoing) -> Published:
        """Post it, at most once for its key; raises `NotSent` or `Unsure`."""
        long = length(post.text, RULES)
        if long.remaining < 0 and post.how != "boost":
            raise NotSent(f"This is {long.words} for Bluesky. Make it shorter.")
        try:
            record = await self._record(post)
        except NetworkError as error:
            raise _not_sent(error) from None
        try:
            stored = await self._api.put(self._did, record_key(post.key), record, _collection(post))
        except Unreached as error:
            raise _not_sent(error) from None
        except Unavailable as error:
            raise Unsure(f"Bluesky did not say whether it is out ({_reason(error)}).") from None
        except Rejected as error:
            found = await self.look_up(post)  # what stands there already is not written over
            if found is None:
                raise _not_sent(error) from None
            return found
        except NetworkError as error:
            raise _not_sent(error) from None
        return self._published(stored.uri, post)

    async def look_up(self, post: Outgoing) -> Published | None:
        """The post where an earlier try brought it out; raises `Unsure`."""
        try:
            stored = await self._api.stored(self._did, record_key(post.key), _collection(post))
        except NetworkError as error:
            raise Unsure(f"Bluesky cannot be asked whether it is out ({_reason(error)}).") from None
        return None if stored is None else self._published(stored.uri, post)

    async def aclose(self) -> None:
        """Let go of its connections."""
        await self._client.aclose()

    @property
    def _did(self) -> str:
        return self._account.id.removeprefix(PREFIX)

    def _find(self) -> Account:
        """The account as it is now, where its sign-in is still this person's."""
        stored = self._sign_ins.find(self._account.source)
        if stored is not None and stored.id == self._account.id:
            self._account = stored
        return self._account

    def _renew(self, account: Account) -> None:
        stored = self._sign_ins.find(self._account.source)
        if stored is not None and stored.id == account.id:
            self._sign_ins.renew(account)
        self._account = account

    async def _record(self, post: Outgoing) -> dict[str, Any]:
        if not self._now.heard_of:
            await self._api.session.measure()
        moment = datetime.datetime.fromtimestamp(self._now.theirs(post.begun) / 1000, datetime.UTC)
        created = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if post.how == "boost":
            return {"$type": REPOSTS, "subject": await self._ref(post.of), "createdAt": created}
        dids = {handle: did for handle in mentioned(post.text) if (did := await self._api.did(handle)) is not None}
        record: dict[str, Any] = {
            "$type": COLLECTION,
            "text": post.text,
            "createdAt": created,
            "langs": [post.language],
        }
        if facets := written(post.text, dids):
            record["facets"] = facets
        if post.reply_to is not None:
            record["reply"] = await self._reply(uri_of(post.reply_to))
        if post.how == "quote":
            record["embed"] = {"$type": "app.bsky.embed.record", "record": await self._ref(post.of, quoted=True)}
        return record

    async def _ref(self, post: str, *, quoted: bool = False) -> dict[str, str]:
        """A found post in the version that it has now."""
        view = next(iter(await self._api.posts([uri_of(post)])), None)
        if view is None:
            raise Rejected("the post that is shared is not there any more")
        if quoted and view.viewer is not None and view.viewer.embedding_disabled:
            raise Rejected("its author lets nobody like you quote it")
        return {"uri": view.uri, "cid": view.cid}

    async def _reply(self, uri: str) -> dict[str, Any]:
        """What a reply names: the post that it answers, and the first one of its thread."""
        view = next(iter(await self._api.posts([uri])), None)
        if view is None:
            raise Rejected("the post that it answers is not there any more")
        if view.viewer is not None and view.viewer.reply_disabled:
            raise Rejected("its author lets nobody like you answer")
        answered = read_record(view.record)
        parent = WireRef(view.uri, view.cid)
        root = answered.reply.root if answered is not None and answered.reply is not None else parent
        return {name: {"uri": one.uri, "cid": one.cid} for name, one in (("root", root), ("parent", parent))}

    def _published(self, uri: str, post: Outgoing) -> Published:
        if post.how == "boost":
            return Published(post_id(uri), web_address(uri_of(post.of)))
        who = self._account.handle or self._did
        return Published(post_id(uri), f"https://bsky.app/profile/{who}/post/{uri.rpartition('/')[2]}")


def _collection(post: Outgoing) -> str:
    return REPOSTS if post.how == "boost" else COLLECTION


def _not_sent(error: NetworkError) -> NotSent:
    if isinstance(error, Limited):
        return NotSent(f"Bluesky lets this account do nothing for {spoken(error.wait or 0)}. Try again then.")
    return NotSent(f"Bluesky: {_reason(error)}.")


def _reason(error: NetworkError) -> str:
    return error.status.removeprefix("refused: ").removesuffix(", trying again").removesuffix(".")
