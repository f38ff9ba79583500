"""What is known of one server's posts: what a reader has learnt of those that it was given (their names, versions and
places), and which the session has from before. Pure.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from sessions.core.events import AnyEvent, PostRemoved, PostSeen, SessionOpened
from sessions.core.hashtags import tag_key
from sessions.core.posts import Post
from sessions.networks.mastodon.posts import post_id
from sessions.networks.mastodon.wire import WireStatus
from sessions.networks.source import EditedPost, Item, NewPost, RemovedPost

_PREFIX = post_id("")
_OWN_ID = re.compile(r"/(?:statuses|@[^/]+)/([0-9A-Za-z]+)$")

_FAILURES = 3
"""Times that asking for a parent may fail before the answers to it are taken without."""


class SeenPosts:
    """The posts of one server. A place is where a post is listed: a hashtag, or the thread of a question."""

    def __init__(self) -> None:
        self._uris: dict[str, str | None] = {}
        self._ids: dict[str, str] = {}
        self._versions: dict[str, str] = {}
        self._places: dict[str, dict[str, int]] = {}
        self._failures: dict[str, int] = {}

    def name(self, status_id: str, uri: str) -> None:
        """Learn that the server's own id `status_id` is that of `uri`."""
        self._uris[status_id] = uri
        self._ids[uri] = status_id

    def uri(self, status_id: str) -> str | None:
        """The uri of the post with the server's own id, where it is known."""
        return self._uris.get(status_id)

    def id(self, uri: str) -> str | None:
        """The server's own id of a post, where it is known."""
        return self._ids.get(uri)

    def wanted(self, status: WireStatus) -> list[str]:
        """The server's ids of the posts that this one answers and quotes, where they are still to be asked for."""
        quote = status.quote
        quoted = quote.quoted_status_id if quote is not None and quote.quoted_status is None else None
        return [one for one in (status.in_reply_to_id, quoted) if one is not None and one not in self._uris]

    def nameless(self, status_id: str) -> None:
        """Ask no more for a post that is gone or not for us: what answers it stands by itself."""
        self._uris.setdefault(status_id, None)

    def failed(self, status_id: str) -> bool:
        """Count that asking for a post failed; true where it is worth no further try."""
        self._failures[status_id] = self._failures.get(status_id, 0) + 1
        if self._failures[status_id] < _FAILURES:
            return False
        self.nameless(status_id)
        return True

    def item(self, status: WireStatus, post: Post, where: str, *, stored: bool) -> Item | None:
        """What is new about a status that was read in a place; `stored` says that the session has it from before."""
        self._places.setdefault(where, {})[status.uri] = post.posted_at
        before = self._versions.get(status.uri)
        version = status.edited_at or ""
        if before is not None and version <= before:  # seen, or an older version that was longer on its way
            return None
        self._versions[status.uri] = version
        if before is None and not stored:
            return NewPost(post)
        return EditedPost(post.id, post.text, post) if version else None

    def recall(self, where: str, uri: str, status_id: str, posted_at: int) -> None:
        """Learn that the session has a post from before, which was listed in this place then."""
        self._uris.setdefault(status_id, uri)
        self._ids.setdefault(uri, status_id)
        self._places.setdefault(where, {}).setdefault(uri, posted_at)

    def removed(self, uri: str) -> RemovedPost:
        """Forget where a removed post was listed."""
        for place in self._places.values():
            place.pop(uri, None)
        return RemovedPost(post_id(uri))

    def missing(self, where: str, here: set[str], since: int) -> list[str]:
        """The uris of posts of `since` or later that were seen in this place and are not in it any more."""
        places = self._places.get(where, {})
        return [uri for uri, posted_at in places.items() if uri not in here and posted_at >= since]

    def elsewhere(self, where: str, uri: str) -> None:
        """Ask no more for a post that has left this place without being removed: its hashtag was edited out."""
        self._places.get(where, {}).pop(uri, None)


class StoredPost(msgspec.Struct, frozen=True):
    """A post that the server is the first to know of. `places` are its hashtags (`tag_key`), and the post that it
    answers, by its id."""

    uri: str
    status_id: str
    posted_at: int
    places: frozenset[str]


class StoredPosts:
    """Which posts of `host`'s own people the session has, heard from its events: some may go while nobody reads.

    Their uri ends in the server's own id, by which it can be asked for them. Those of other servers are left out: only
    their own server would know that one is gone for good.
    """

    def __init__(self, host: str) -> None:
        self._host = host
        self._posts: dict[str, StoredPost] = {}

    def on_event(self, event: AnyEvent) -> None:
        """Hear an event."""
        if isinstance(event, SessionOpened):
            self._posts = {}
        elif isinstance(event, PostSeen) and event.post.id.startswith(_PREFIX):
            uri, post = event.post.id.removeprefix(_PREFIX), event.post
            status_id = _OWN_ID.search(uri)
            if status_id is not None and _host_of(uri) == self._host:
                places = frozenset([*map(tag_key, post.tags), *([post.reply_to] if post.reply_to else [])])
                self._posts[post.id] = StoredPost(uri, status_id[1], post.posted_at, places)
        elif isinstance(event, PostRemoved):
            self._posts.pop(event.post, None)

    def listed(self, place: str) -> Iterator[StoredPost]:
        """Those that were listed under a hashtag or in the thread of a post."""
        return (post for post in self._posts.values() if tag_key(place) in post.places or place in post.places)


def _host_of(uri: str) -> str:
    try:
        return urlsplit(uri).netloc.lower()
    except ValueError:  # an unclosed [ of an IPv6 address
        return ""
