"""Ana's computer with a live chat, and Ben's, which has joined it: two libraries to exchange what they have."""

import datetime
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sessions.core.events import AnyEvent, SessionClosed, encode_event
from sessions.hub.client.client import HubClient, Invite
from sessions.hub.client.exchange import LibraryExchange
from sessions.hub.server.newcomers import Newcomers
from sessions.library.index import summaries
from sessions.library.library import Library
from sessions.library.storage.session_file import SessionFile
from tests.sessions.core.building import START, Chat, a_plan
from tests.sessions.hub.live import LiveHub, Patient, live_hub

WEEK = 7 * 86_400_000
SERIES = "navasotaisd"


def a_chat(week: int, *handles: str, closed: bool = True, **plan: Any) -> Chat:
    """An earlier chat, so many weeks before the one that is live, with a post by each of these people."""
    starts = datetime.datetime(2025, 12, 1, 19, 0) - datetime.timedelta(weeks=week)  # noqa: DTZ001 - a wall time
    chat = Chat(a_plan(starts=starts, starts_at=START - week * WEEK, **plan), at=START - week * WEEK)
    for handle in handles:
        chat.post(f"A1: stations of {handle}", handle=handle)
    if closed:
        chat.hear(SessionClosed)
    return chat


def save(folder: Path, session: str, chat: Chat, events: int | None = None) -> Path:
    """The chat, or the first events of it, as a saved one of the library `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    assert chat.state.plan is not None
    with SessionFile.create(folder, chat.state.plan, started=chat.events[0].at, session_id=session) as file:
        file.commit(chat.events[:events])
        if events is None and chat.state.closed_at is not None:
            file.close_session(chat.state.closed_at, {})
    return file.path


def listed(folder: Path) -> dict[str, int]:
    """The closed chats of a library with their lengths."""
    return {chat.id: chat.events for chat in summaries(Library(folder)) if chat.ended is not None}


@dataclass
class Two:
    """Ana's computer, where a chat is live, and Ben, who has joined it with a library of his own."""

    live: LiveHub
    client: HubClient
    ana: Path
    ben: Path

    @property
    def swap(self) -> LibraryExchange:
        return LibraryExchange(self.client, self.ben)

    async def exchange(self) -> tuple[int, int, bool, tuple[str, ...]]:
        """Look and do what is offered."""
        done = await self.swap.run(await self.swap.look())
        return done.fetched, done.sent, done.people, done.refused


@asynccontextmanager
async def two(tmp_path: Path, **options: Any) -> AsyncGenerator[Two, None]:
    ana, ben = tmp_path / "ana", tmp_path / "ben"
    for folder in (ana, ben):
        folder.mkdir(exist_ok=True)
    newcomers = Newcomers(Library(ana), Library(ana).earlier_people(SERIES), started=START + WEEK)
    async with live_hub(ana, newcomer=newcomers, on_received=newcomers.on_received, **options) as live:
        client = HubClient(Invite(live.url, live.keys.token), transport=Patient())
        try:
            await client.join("Ben")
            yield Two(live, client, ana, ben)
        finally:
            await client.aclose()


def travelling(events: list[AnyEvent], session: str = "aaaaaa") -> dict[str, Any]:
    """A chat as it travels."""
    return {"id": session, "title": "", "events": [json.loads(encode_event(event)) for event in events]}
