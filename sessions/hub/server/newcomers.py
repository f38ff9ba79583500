"""Who is new in a live chat: whoever was in no earlier saved chat of its series, also in one that came meanwhile."""

from collections.abc import Container, Sequence

from sessions.core.events import AnyEvent, PostSeen
from sessions.core.people import PersonRecord
from sessions.core.posts import Author
from sessions.files.errors import StorageError
from sessions.library.library import EarlierPeople, Library
from sessions.library.people import read_people


class Newcomers:
    """Asked of each post's author as it arrives; what was told of earlier posts stays.

    `earlier` are those whom `library` knows, `started` is when the live chat began (UTC milliseconds), `regulars` are
    ids that no source takes for new.
    """

    def __init__(
        self, library: Library, earlier: EarlierPeople, *, started: int, regulars: Sequence[Container[str]] = ()
    ) -> None:
        self._library = library
        self._earlier = earlier
        self._started = started
        self._regulars = regulars

    def __call__(self, author: Author) -> bool:
        """Whether the author is new."""
        return not self._earlier.knows(author) and not any(author.id in regulars for regulars in self._regulars)

    def on_received(self, events: Sequence[AnyEvent]) -> None:
        """Know those too who were in a saved chat of the series that came, and what people.json says by now; blocks."""
        authors: list[Author] = []
        if events and events[0].at < self._started:
            authors = [event.post.author for event in events if isinstance(event, PostSeen)]
        self._earlier = self._earlier.widened(authors, self._joined())

    def _joined(self) -> list[PersonRecord]:
        try:
            return read_people(self._library.folder).joined()
        except StorageError:  # without the joins the chat goes on, as when it began
            return []
