"""A desk's side of an exchange: what its library and the hub's lack of each other, looked up and then brought over."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from sessions.core.people import PersonRecord, Register
from sessions.exchange.differences import has_news, lacking, same_chats, sendable_people, with_chats_called
from sessions.exchange.receiving import NotTaken, SentChat, receive_chat, receive_people, respected_people
from sessions.files.errors import SessionLocked
from sessions.hub.client.client import HubClient, HubRefused
from sessions.hub.protocol.exchange import SavedView
from sessions.library.index import Summary, summaries
from sessions.library.library import Library
from sessions.library.people import read_people
from sessions.library.storage.reading import read_events
from sessions.words import _


class ExchangeOffer(msgspec.Struct, frozen=True):
    """What an exchange would do: chats to `fetch` and to `send`, and whether people are to be told `here` or `there`.

    `longer` of those to fetch are here already, but shorter. `series` and `live` (an id) are of the session that runs,
    `hashtags` too; `host` is the name of whoever sat down at it first. `same` has the ids of chats of the hub that are
    here under another one, with that. Of a rehearsal there is nothing to do.
    """

    series: str
    live: str
    hashtags: tuple[str, ...] = ()
    host: str = ""
    rehearsal: bool = False
    fetch: tuple[SavedView, ...] = ()
    send: tuple[Summary, ...] = ()
    longer: int = 0
    here: bool = False
    there: bool = False
    same: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.fetch or self.send or self.here or self.there)


class ExchangeResult(msgspec.Struct, frozen=True):
    """What an exchange did; `refused` says in words why chats were not taken on either side, each reason once."""

    fetched: int
    sent: int
    people: bool
    refused: tuple[str, ...] = ()


class LibraryExchange:
    """Exchanges saved chats of the live one's series, and what is noted about people, between two libraries.

    The one is that in `folder`, the other the hub's. Nothing of the first leaves it before `run`.
    """

    def __init__(self, client: HubClient, folder: Path) -> None:
        self._client = client
        self._folder = folder

    async def look(self) -> ExchangeOffer:
        """What each side lacks. Raises `HubRefused`, `HubUnreachable`, `StorageError`."""
        session = await self._client.session()
        host = next((one.name for one in session.moderators if one.scope == "moderator"), "")
        about = ExchangeOffer(session.series, session.id, session.hashtags, host, session.rehearsal)
        if session.rehearsal:
            return about
        theirs = await self._client.saved()
        people = await self._client.people()
        return await asyncio.to_thread(self._compare, about, theirs, people)

    async def run(
        self, offer: ExchangeOffer, progress: Callable[[int, int], None] = lambda _done, _of: None
    ) -> ExchangeResult:
        """Do what was offered, one chat after the other; `progress` is told how many of how many are done.

        A chat that one side refuses is passed by. Raises `HubRefused`, `HubUnreachable`, `StorageError`; then what came
        over until then is whole and stays, and a later exchange does the rest.
        """
        chats = len(offer.fetch) + len(offer.send)
        done = fetched = sent = 0
        refused: list[str] = []
        for saved in offer.fetch:
            try:
                fetched += await self._fetch(saved, offer.series)
            except (NotTaken, SessionLocked, HubRefused) as error:
                refused.append(str(error))
            progress(done := done + 1, chats)
        for chat in offer.send:
            try:
                sent += await self._send(chat)
            except HubRefused as error:
                refused.append(str(error))
            progress(done := done + 1, chats)
        changed = await self._exchange_people(offer.same)
        return ExchangeResult(fetched, sent, changed, tuple(dict.fromkeys(refused)))

    def _compare(self, about: ExchangeOffer, theirs: Sequence[SavedView], people: list[PersonRecord]) -> ExchangeOffer:
        library = Library(self._folder)
        ours = [chat for chat in summaries(library) if not chat.damaged]
        known = {chat.id for chat in ours}
        fetch = tuple(lacking(ours, theirs, about.series, about.live))
        same = same_chats(ours, theirs)
        register, told = read_people(library.folder), self._checked(library, with_chats_called(people, same))
        return msgspec.structs.replace(
            about,
            fetch=fetch,
            send=tuple(lacking(theirs, ours, about.series, about.live)),
            longer=sum(chat.id in known for chat in fetch),
            here=has_news(told, register),
            there=has_news(Register(sendable_people(register)), told),
            same=same,
        )

    def _checked(self, library: Library, people: list[PersonRecord]) -> Register:
        try:
            return respected_people(library, people)
        except NotTaken as error:
            raise HubRefused(
                _("What the chat's computer tells of people is not right. {error}").format(error=error)
            ) from error

    async def _fetch(self, saved: SavedView, series: str) -> bool:
        events = await self._client.stored_events(saved.id)
        chat = SentChat(saved.id, saved.title, tuple(events))
        return await asyncio.to_thread(receive_chat, Library(self._folder), chat, series)

    async def _send(self, chat: Summary) -> bool:
        events = await asyncio.to_thread(read_events, chat.path)
        return await self._client.give_chat(chat.id, chat.title, events)

    async def _exchange_people(self, same: Mapping[str, str]) -> bool:
        """Either side is told of people in the ids that the chats have there."""
        back = {here: there for there, here in same.items()}
        ours = await asyncio.to_thread(lambda: sendable_people(read_people(self._folder)))
        there = await self._client.give_people(with_chats_called(ours, back))
        theirs = with_chats_called(await self._client.people(), same)
        try:
            here = await asyncio.to_thread(receive_people, Library(self._folder), theirs)
        except NotTaken as error:
            raise HubRefused(
                _("What the chat's computer tells of people is not right. {error}").format(error=error)
            ) from error
        return here or there
