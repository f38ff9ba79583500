"""What the library knows already: who was in earlier chats of a series, and which posts are saved."""

import contextlib
from collections.abc import Mapping, Sequence

import msgspec

from sessions.core.events import AnyEvent
from sessions.core.identity import handle_key
from sessions.core.posts import Author, Post
from sessions.files.errors import StorageError
from sessions.library.library import Library, Saved
from sessions.library.people import read_people
from sessions.library.same_chat import DAY, SAME_CHAT, Contents, contents_of
from sessions.library.storage.reading import read_events


class _Chat(msgspec.Struct, frozen=True):
    """A chat of the library or of this import: its id and when it ran (UTC milliseconds)."""

    name: str
    series: str
    started: int
    ended: int
    rehearsal: bool


class Match(msgspec.Struct, frozen=True):
    """A saved chat that holds the posts of another: its name, and what share of them."""

    name: str
    share: float


class Earlier:
    """Who was in a chat of a series that started before `started`, and whether there was any; `known` tells since when
    an account is known, and under an empty name since when the series is."""

    def __init__(self, known: Mapping[str, int], started: int) -> None:
        self._known = known
        self._started = started

    @property
    def first(self) -> bool:
        """Whether no chat of the series started earlier."""
        return not self._before("")

    def knows(self, author: Author) -> bool:
        """Whether the author was there before; else they are a newcomer."""
        return any(self._before(account) for account in _accounts(author))

    def _before(self, account: str) -> bool:
        return self._known.get(account, self._started) < self._started


class ChatStore:
    """The chats of a library and those added since, with what is in them read once, when it is first needed."""

    def __init__(self, library: Library) -> None:
        self._chats: dict[str, _Chat] = {}
        self._known: dict[str, dict[str, int]] = {}
        self._unknown: dict[str, list[str]] = {}
        self._contents: dict[str, Contents] = {}
        self._saved: dict[str, Saved] = {}
        self._taken: set[str] = set()
        self._joined: dict[str, tuple[str, ...]] = {}
        """All accounts of a person who has several, by each of them."""
        with contextlib.suppress(StorageError):  # as for the hub: without the joins the import goes on
            for person in read_people(library.folder).joined():
                accounts = (*person.ids, *person.handles)
                self._joined |= dict.fromkeys(accounts, accounts)
        for saved in library.saved_chats():
            self._saved[saved.id] = saved
            if saved.damaged:
                continue
            ended = saved.ended or saved.started + DAY
            self._list(_Chat(saved.id, saved.series, saved.started, ended, saved.rehearsal))

    def saved(self, session_id: str) -> Saved | None:
        """The chat of the library with this id, be it damaged, as it was before the import."""
        return self._saved.get(session_id)

    def has_taken(self, session_id: str) -> bool:
        """Whether a chat with this id was taken in by this import."""
        return session_id in self._taken

    def add(self, name: str, series: str, events: Sequence[AnyEvent], *, rehearsal: bool = False) -> None:
        """Take a chat in that will be saved, in the place of one of its id; later questions are answered with it."""
        self._list(_Chat(name, series, events[0].at, events[-1].at, rehearsal))
        self._contents[name] = contents_of(events)
        self._taken.add(name)

    def earlier(self, series: str, started: int) -> "Earlier":
        """Who posted in the chats of `series` that started before `started` (UTC milliseconds), as `Library` tells it:
        without rehearsals, and by all the accounts that people.json joins. Each chat is looked at once.
        """
        known = self._known.setdefault(series, {})
        for name in self._unknown.pop(series, ()):
            chat = self._chats[name]
            if chat.rehearsal:
                continue
            known[""] = min(known.get("", chat.started), chat.started)
            for author in self._contents_of(name).authors:
                for account in _accounts(author):
                    for one in self._joined.get(account, (account,)):
                        known[one] = min(known.get(one, chat.started), chat.started)
        return Earlier(known, started)

    def match(self, posts: Sequence[Post]) -> Match | None:
        """The chat that holds most of these posts already, by their ids or by author and words, or None."""
        best: Match | None = None
        for chat in self._chats.values():
            if chat.started > posts[-1].posted_at + DAY or chat.ended < posts[0].posted_at - DAY:
                continue
            share = self._contents_of(chat.name).share_of(posts)
            if share >= SAME_CHAT and (best is None or share > best.share):
                best = Match(chat.name, share)
        return best

    def _list(self, chat: _Chat) -> None:
        self._chats[chat.name] = chat
        self._unknown.setdefault(chat.series, []).append(chat.name)

    def _contents_of(self, name: str) -> Contents:
        known = self._contents.get(name)
        if known is None:
            try:
                known = contents_of(read_events(self._saved[name].path))
            except StorageError:  # damaged since it was listed: the listing tells of it
                known = Contents((), frozenset(), frozenset())
            self._contents[name] = known
        return known


def _accounts(author: Author) -> tuple[str, ...]:
    """The names by which an author is known: the id, and network and handle."""
    return (author.id, handle_key(author)) if author.handle else (author.id,)
