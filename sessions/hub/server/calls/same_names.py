"""The call that finds who of the new ones has the name of somebody in an earlier chat, on another network."""

import asyncio
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sessions.core.identity import canonical
from sessions.core.people import Register
from sessions.core.posts import Author
from sessions.core.state import Person
from sessions.files.errors import StorageError
from sessions.hub.protocol.same_names import SameName, SameNames
from sessions.hub.server.responses import json_response, moderator_of
from sessions.hub.server.service import LiveSession
from sessions.library.library import Library
from sessions.library.people import read_people


class SameNamesApi:
    """Answers it for one session from the saved chats of its series, which are read in a thread."""

    def __init__(self, session: LiveSession, library: Library) -> None:
        self._session = session
        self._library = library
        self._busy = asyncio.Lock()

    def routes(self) -> list[Route]:
        """The call."""
        return [Route("/v1/people/same-names", self._find, methods=["GET"])]

    async def _find(self, request: Request) -> Response:
        moderator_of(request)
        state = self._session.durable
        present, series = state.present(), "" if state.plan is None else state.plan.series
        async with self._busy:
            pairs = await asyncio.to_thread(self._found, present, series)
        return json_response(SameNames(pairs))

    def _found(self, present: list[Person], series: str) -> list[SameName]:
        try:
            register = read_people(self._library.folder)
        except StorageError:  # whoever has several accounts counts as several then
            register = Register()
        return same_names(present, self._library.earlier_authors(series, self._session.id), register)


def same_names(present: Iterable[Person], earlier: Iterable[Author], register: Register) -> list[SameName]:
    """The pairs, by name; `earlier` are the authors of earlier chats, the latest first. Pure."""
    here: dict[str, list[Person]] = {}
    for person in present:
        here.setdefault(_key(person.author), []).append(person)
    there: dict[str, dict[object, Author]] = {}
    for author in {canonical(one.id): one for one in reversed([*earlier]) if _key(one) in here}.values():
        known = register.of(author)
        there.setdefault(_key(author), {})[canonical(author.id) if known is None else id(known)] = author
    pairs = []
    for name, people in sorted(here.items()):
        accounts = there.get(name, {}).values() if name else ()
        unique = len(people) == 1 and len(accounts) == 1 and " " in name
        pairs += [
            SameName(person.author.id, account.id, f"{account.network}:{account.handle or account.shown}", unique)
            for person in people
            for account in accounts
            if person.newcomer and not person.host and person.author.network != account.network
        ]
    return pairs


def _key(author: Author) -> str:
    return " ".join(author.name.split()).casefold()
