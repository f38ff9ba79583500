"""What the library knows of who comes: if they were in an earlier chat of the series, and where they teach."""

from collections.abc import Container, Sequence

from sessions.core.channel.months import CHANNEL
from sessions.core.events import AnyEvent, PostSeen, SessionOpened
from sessions.core.people import Register
from sessions.core.posts import Author
from sessions.files.errors import StorageError
from sessions.hub.server.noted import Noted, noted_of, notes_of
from sessions.library.library import EarlierPeople, Library
from sessions.library.people import read_people


class Newcomers:
    """Asked of each post's author as it arrives; what was told of earlier posts stays. Making one reads people.json.

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
        self._notes = notes_of(self._people())

    def __call__(self, author: Author) -> bool:
        """Whether the author is new."""
        return not self._earlier.knows(author) and not any(author.id in regulars for regulars in self._regulars)

    def from_channel(self, author: Author) -> bool:
        """Whether the author is known from the channel of the series alone, and was in no chat yet."""
        return self._earlier.from_channel(author)

    def noted(self, author: Author) -> Noted | None:
        """Where the author teaches and whether they are left out, as far as moderators noted it."""
        return noted_of(self._notes, author)

    def on_received(self, events: Sequence[AnyEvent]) -> None:
        """Know those too who were in a saved chat of the series that came, and what people.json says by now; blocks."""
        opened = events[0] if events else None
        channel = isinstance(opened, SessionOpened) and opened.kind == CHANNEL
        authors: list[Author] = []
        if events and events[0].at < self._started:
            authors = [event.post.author for event in events if isinstance(event, PostSeen)]
        people = self._people()
        self._earlier = self._earlier.widened(authors, people.joined(), channel=channel)
        self._notes = notes_of(people)

    def _people(self) -> Register:
        try:
            return read_people(self._library.folder)
        except StorageError:  # without joins and notes the chat goes on; `doctor` and a rebuild tell more
            return Register()
