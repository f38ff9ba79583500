"""Which posts of Bluesky a session has, heard from its events: these may be removed one day. Pure."""

from sessions.core.events import AnyEvent, PostRemoved, PostSeen, SessionOpened
from sessions.networks.bluesky.posts import PREFIX, did_of, uri_of


class SeenPosts:
    """The AT-URIs of the posts that are still there, in the order in which they came."""

    def __init__(self) -> None:
        self._uris: dict[str, None] = {}

    def on_event(self, event: AnyEvent) -> None:
        """Hear an event."""
        if isinstance(event, SessionOpened):
            self._uris = {}
        elif isinstance(event, PostSeen) and event.post.id.startswith(PREFIX):
            self._uris[uri_of(event.post.id)] = None
        elif isinstance(event, PostRemoved):
            self._uris.pop(uri_of(event.post), None)

    def __contains__(self, uri: object) -> bool:
        return uri in self._uris

    def newest_first(self) -> list[str]:
        """All of them."""
        return list(reversed(self._uris))

    def of(self, did: str) -> list[str]:
        """Those of one account."""
        return [uri for uri in self._uris if did_of(uri) == did]
