"""Sending one post once, whatever breaks in between: note that it begins, send it, note what became of it.

What is noted is durable before the next step is taken, so that a desk that crashed at any point finds its posting
unfinished and looks it up before anything is sent again. Nothing here guesses: where neither the network nor the hub
answers, the posting stays unfinished.
"""

import asyncio
import uuid
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol, Union

import msgspec

from sessions.core.commands import BeginPosting, Command, FailPosting, FinishPosting
from sessions.core.errors import LunchroomError
from sessions.core.plan import clean_text
from sessions.core.state import Posting
from sessions.networks.poster import NotSent, Outgoing, Poster, Published, Unsure
from sessions.networks.timing import Now, Sleep

WAITS = (2.0, 5.0, 15.0)
"""Seconds before each further try to look a post up, or to tell the hub what became of it, and before the look-up that
follows each sending without an answer."""

_REASON = 500
"""Characters of a reason that a command takes."""


class Unconfirmed(LunchroomError):
    """The hub gave no answer, or could not save: whether the command took effect is not known."""


class Commander(Protocol):
    """How commands reach the hub."""

    async def command(self, command: Command, /) -> str | None:
        """Ask for something; None once it is durable, else why it is refused. Raises `Unconfirmed`."""
        ...


class Sent(msgspec.Struct, frozen=True):
    """It is public. `noted` is False where the session could not be told, because it was closed or the hub is away."""

    published: Published
    noted: bool = True


class NotPublic(msgspec.Struct, frozen=True):
    """It is not public and will not become so; `reason` is for the moderator."""

    reason: str


class Unknown(msgspec.Struct, frozen=True):
    """It may be public or not, or begun or not: it is looked up the next time before anything is sent."""

    reason: str


class Absent(msgspec.Struct, frozen=True):
    """It was begun and is not public, for sure: the moderator decides between `send_again` and `give_up`."""


PostingOutcome = Union[Sent, NotPublic, Unknown, Absent]


class PostSender:
    """Sends the posts of one desk. `postings` gives those of the session as the desk knows them by now.

    `now` is the hub's clock (UTC milliseconds). The same key is never worked on twice at a time. Use it in one event
    loop; every method may be cancelled at any point, and the posting then is one for `look_up`.
    """

    def __init__(
        self,
        commander: Commander,
        postings: Callable[[], Mapping[str, Posting]],
        *,
        now: Now,
        sleep: Sleep = asyncio.sleep,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._commander = commander
        self._postings = postings
        self._now = now
        self._sleep = sleep
        self._new_id = new_id
        self._busy: set[str] = set()
        self._begun: set[str] = set()

    async def post(self, begin: BeginPosting, poster: Poster, *, language: str = "en") -> PostingOutcome:
        """Note that it begins, send it, note what became of it."""
        key = begin.key
        if key in self._begun or key in self._postings():
            return Unknown("It was begun already.")
        self._begun.add(key)
        begin = msgspec.structs.replace(begin, text=clean_text(begin.text))
        how = None if begin.how is msgspec.UNSET else begin.how
        of = begin.subject if how is not None else ""
        outgoing = Outgoing(key, begin.text, self._now(), begin.reply_to, language, how, of)
        try:
            refusal = await self._commander.command(begin)
        except Unconfirmed as unheard:
            return Unknown(f"Nothing was sent: {unheard}")
        if refusal is not None:
            return NotPublic(refusal)
        return await self._alone(key, lambda: self._send(outgoing, poster))

    async def look_up(self, posting: Posting, poster: Poster) -> PostingOutcome:
        """Learn what became of an unfinished posting, and note it if it is public."""
        return await self._alone(posting.begun.key, lambda: self._looked_up(_outgoing(posting), poster))

    async def send_again(self, posting: Posting, poster: Poster, *, language: str = "en") -> PostingOutcome:
        """Send an unfinished posting with its old key, unless a look-up finds it public now."""

        async def attempt() -> PostingOutcome:
            outgoing = _outgoing(posting, language)
            found = await self._looked_up(outgoing, poster)
            return await self._send(outgoing, poster) if isinstance(found, Absent) else found

        return await self._alone(posting.begun.key, attempt)

    async def give_up(self, posting: Posting, poster: Poster) -> PostingOutcome:
        """Note that an unfinished posting is not public, unless a look-up finds it public after all."""

        async def attempt() -> PostingOutcome:
            found = await self._looked_up(_outgoing(posting), poster)
            return await self._fail(posting.begun.key, "not sent") if isinstance(found, Absent) else found

        return await self._alone(posting.begun.key, attempt)

    async def _alone(self, key: str, attempt: Callable[[], Coroutine[Any, Any, PostingOutcome]]) -> PostingOutcome:
        if key in self._busy:
            return Unknown("It is being sent.")
        self._busy.add(key)
        try:
            return await attempt()
        finally:
            self._busy.discard(key)

    async def _send(self, outgoing: Outgoing, poster: Poster) -> PostingOutcome:
        """Send until it is public or certainly not; between two tries a look-up says that the first did nothing.

        It is looked up after a wait: what got no answer may be at work there still, and a server that honours keys may
        know one only once its post is out.
        """
        for wait in WAITS:
            try:
                published = await poster.send(outgoing)
            except NotSent as error:
                return await self._fail(outgoing.key, str(error))
            except Unsure as error:
                await self._sleep(wait)
                found = await self._looked_up(outgoing, poster, str(error))
                if not isinstance(found, Absent):
                    return found
            else:
                return await self._finish(outgoing.key, published)
        return Absent()

    async def _looked_up(self, outgoing: Outgoing, poster: Poster, reason: str = "") -> PostingOutcome:
        for wait in (*WAITS, None):
            known = self._postings().get(outgoing.key)
            if known is not None and known.post is not None:
                return Sent(Published(known.post, known.url))
            if known is not None and known.seen is not None:
                return await self._finish(outgoing.key, Published(known.seen))
            try:
                published = await poster.look_up(outgoing)
            except Unsure as error:
                reason = str(error) or reason
            else:
                return Absent() if published is None else await self._finish(outgoing.key, published)
            if wait is not None:
                await self._sleep(wait)
        return Unknown(reason or "The network does not answer.")

    async def _finish(self, key: str, published: Published) -> PostingOutcome:
        command = FinishPosting(id=self._new_id(), key=key, post=published.id, url=published.url)
        try:
            return Sent(published, noted=await self._told(command) is None)
        except Unconfirmed:
            return Sent(published, noted=False)

    async def _fail(self, key: str, reason: str) -> PostingOutcome:
        command = FailPosting(id=self._new_id(), key=key, reason=reason[:_REASON] or "no reason given")
        try:
            refusal = await self._told(command)
        except Unconfirmed as unheard:
            return Unknown(f"{reason} {unheard}")
        if refusal is None:
            return NotPublic(reason)
        known = self._postings().get(key)
        if known is not None and known.seen is not None:  # the network brought it back
            return await self._finish(key, Published(known.seen))
        return Unknown(f"{reason} {refusal}")

    async def _told(self, command: Command) -> str | None:
        return await tell_hub(self._commander, command, self._sleep)


async def tell_hub(commander: Commander, command: Command, sleep: Sleep) -> str | None:
    """Tell the hub, several times with the same id where it does not answer. Raises `Unconfirmed`."""
    for wait in WAITS:
        try:
            return await commander.command(command)
        except Unconfirmed:
            await sleep(wait)
    return await commander.command(command)


def new_key() -> str:
    """An idempotency key that no posting has had: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def _outgoing(posting: Posting, language: str = "en") -> Outgoing:
    begun = posting.begun
    of = begun.subject if begun.how is not None else ""
    return Outgoing(begun.key, begun.text, begun.at, begun.reply_to, language, begun.how, of)
