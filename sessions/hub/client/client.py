"""The hub's client, as a desk uses it: join, ask, command, follow."""

import asyncio
import secrets
import ssl
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

import httpx
import msgspec

from sessions.core.cleaning import clean_name
from sessions.core.commands import Command, Refusal, Several, encode_command
from sessions.core.decoding import Unreadable, read_json
from sessions.core.events import AnyEvent, Scope, decode_event, encode_event
from sessions.core.people import PersonRecord
from sessions.files.backoff import backoff
from sessions.hub.client.desk_clock import DeskClock
from sessions.hub.client.errors import HubRefused, HubUnreachable, SeatGone
from sessions.hub.client.event_stream import FIRST_WAIT, LONGEST_WAIT, LONGEST_WORDS, SILENCE, follow
from sessions.hub.client.head_start import HeadStart, follow_on
from sessions.hub.client.invite import Invite, InviteError
from sessions.hub.client.updates import (
    Beat,
    Ended,
    Events,
    HubUpdate,
    Offline,
    Online,
    Unsaved,
)
from sessions.hub.protocol.exchange import Changed, People, SavedChat, SavedChats, SavedView, Taken
from sessions.hub.protocol.invites import InviteRequest, InvitesView, NewInvite
from sessions.hub.protocol.presence import DESK_HEADER, PresenceRequest
from sessions.hub.protocol.responses import Accepted, Problem
from sessions.hub.protocol.same_names import SameNames
from sessions.hub.protocol.seats import ComputerName, JoinRequest, Seat, SeatsView, SeatView
from sessions.hub.protocol.session_view import SessionView
from sessions.hub.protocol.sign_ins import Lent
from sessions.hub.protocol.sources import TriedSources
from sessions.hub.protocol.takeover import DeputiesView, DeputyRequest
from sessions.networks.account import Account
from sessions.words import _

__all__ = [
    "Accepted",
    "Beat",
    "DeskClock",
    "Ended",
    "Events",
    "HubClient",
    "HubRefused",
    "HubUnreachable",
    "HubUpdate",
    "Invite",
    "InviteError",
    "Offline",
    "Online",
    "Refusal",
    "SavedView",
    "Seat",
    "SeatGone",
    "SessionView",
    "Unsaved",
]

GIVE_UP_AFTER = 10.0
"""Seconds for which a command is repeated over lost connections."""

ONE_AT_A_TIME = Refusal(_("The chat's computer has an older Lunchroom, which takes one post at a time."))
"""What is said of several at once where the hub does not know that."""

OLDER_HUB = Refusal(_("The chat's computer has an older Lunchroom, which cannot do that."))
"""What is said of any other command that the hub does not know."""

_PATIENT = httpx.Timeout(5.0, read=60.0, write=60.0)
"""Seconds: a saved chat of 100,000 posts takes the hub some of them, and it takes in one chat at a time."""

NO_HUB = _("What answers at the chat's address is no hub of this version.")

Kind = TypeVar("Kind")


class HubClient:
    """A desk's connection to one hub. Proxies of the environment are passed by: none may see the token.

    `transport`, `monotonic` (seconds), `sleep` and `silence` (seconds without a word after which a connection counts as
    lost) are there for tests.
    """

    def __init__(
        self,
        invite: Invite,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        silence: float = SILENCE,
    ) -> None:
        self._silence = silence
        self._desk = secrets.token_hex(4)
        self.invite = invite
        self._known: HeadStart | None = None
        self._monotonic = monotonic
        self._sleep = sleep
        self._http = httpx.AsyncClient(
            base_url=invite.url, transport=transport, trust_env=False, timeout=5.0, verify=_trust(invite)
        )
        self._use(invite.token)

    async def join(self, name: str) -> Seat:
        """Sit down as `name` with the invite's token; from then on the own token is used.

        Raises `HubRefused` in words (a bad or taken name, a wrong token), `HubUnreachable`.
        """
        headers = {"Authorization": f"Bearer {self.invite.token}"}
        answer = await self._ask(
            "POST", "/v1/moderators", content=msgspec.json.encode(JoinRequest(name)), headers=headers
        )
        seat = _decoded(answer, Seat)
        self._use(seat.token)
        return seat

    async def come_back(self, seat: Seat) -> SessionView:
        """Use a seat that one has; how the session stands. Raises `SeatGone`, and as `session`."""
        self._use(seat.token)
        answer = await self._ask("GET", "/v1/session")
        if answer.status_code in (401, 403):
            raise SeatGone(clean_name(_words(answer), LONGEST_WORDS))
        return _decoded(answer, SessionView)

    async def seated(self) -> tuple[str, ...]:
        """Which moderators are at a desk now; may be asked before one joins. Raises as `session`.

        Not who looks on: their names are free for a moderator.
        """
        answer = await self._ask("GET", "/v1/session", headers={"Authorization": f"Bearer {self.invite.token}"})
        moderators = _decoded(answer, SessionView).moderators
        return tuple(one.name for one in moderators if one.present and one.scope == "moderator")

    async def session(self) -> SessionView:
        """How the session stands. Raises `HubRefused`, `HubUnreachable`."""
        return _decoded(await self._ask("GET", "/v1/session"), SessionView)

    async def command(self, command: Command) -> Accepted | Refusal | Unsaved:
        """Ask for something; repeated with the same id over lost connections, which does nothing twice.

        Raises `HubUnreachable` after `GIVE_UP_AFTER` seconds.
        """
        body = encode_command(command)
        started = self._monotonic()
        failures = 0
        while True:
            try:
                answer = await self._ask("POST", "/v1/commands", content=body)
                if _is_unknown(answer):
                    return ONE_AT_A_TIME if isinstance(command, Several) else OLDER_HUB
                return _outcome(answer)
            except HubUnreachable:
                failures += 1
                wait = backoff(failures, FIRST_WAIT, LONGEST_WAIT)
                if self._monotonic() + wait - started > GIVE_UP_AFTER:
                    raise
            await self._sleep(wait)

    async def deputize(self, request: DeputyRequest) -> DeputiesView | None:
        """Say where this desk can be asked while the hub is away, and learn who could go on then.

        None where the hub has an older Lunchroom. Raises `HubRefused`, `HubUnreachable`.
        """
        answer = await self._ask("POST", "/v1/deputies", content=msgspec.json.encode(request))
        if answer.status_code == 422 and request.reads is not None:  # an older hub refuses fields that it does not know
            bare = msgspec.structs.replace(request, reads=None, unsigned=())
            answer = await self._ask("POST", "/v1/deputies", content=msgspec.json.encode(bare))
        return None if answer.status_code in (404, 405) else _decoded(answer, DeputiesView)

    async def move(self, url: str, ticket: str = "", transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Go over to another hub of this session, with the same seat; what is asked for meanwhile is asked there.

        `url`, or `ticket` and the `transport` to it, are as in an `Invite`. Streams that are open end: follow anew.
        """
        before = self._http
        self.invite = Invite(url or self.invite.url, self.invite.token, ticket)
        self._http = httpx.AsyncClient(
            base_url=self.invite.url, transport=transport, trust_env=False, timeout=5.0, verify=_trust(self.invite)
        )
        self._http.headers["Authorization"] = before.headers["Authorization"]
        await before.aclose()

    def follow(self, after: int = 0) -> AsyncGenerator[HubUpdate, None]:
        """What happens, from behind the event `after`: see `sessions.hub.client.event_stream.follow`.

        From the start, what `begin_with` was told need not come from the hub.
        """
        known, self._known = self._known, None
        return follow_on(self._follow, known) if known is not None and after == 0 else self._follow(after)

    def _follow(self, after: int) -> AsyncGenerator[HubUpdate, None]:
        return follow(self._http, after, monotonic=self._monotonic, sleep=self._sleep, silence=self._silence)

    def begin_with(self, known: HeadStart | None) -> None:
        """Take what is known of the session, for the next `follow`."""
        self._known = known

    async def saved(self) -> Sequence[SavedView]:
        """The chats in the hub's library, newest first. Raises `HubRefused`, `HubUnreachable`."""
        answer = await self._ask("GET", "/v1/sessions", timeout=_PATIENT)
        return _decoded(answer, SavedChats).sessions

    async def events(self, session_id: str) -> list[AnyEvent]:
        """The events of a saved chat in the hub's library, with who was new as it is known there now; an older hub
        sends them as they are stored. Raises `HubRefused`, `HubUnreachable`."""
        return await self._saved_events(session_id, "?newcomers=now")

    async def stored_events(self, session_id: str) -> list[AnyEvent]:
        """The events of a saved chat as the hub's library has them. Raises `HubRefused`, `HubUnreachable`."""
        return await self._saved_events(session_id, "")

    async def _saved_events(self, session_id: str, query: str) -> list[AnyEvent]:
        answer = await self._ask("GET", f"/v1/sessions/{session_id}/events{query}", timeout=_PATIENT)
        _need_success(answer)
        return await asyncio.to_thread(_decoded_events, answer.content)

    async def give_chat(self, session_id: str, title: str, events: Sequence[AnyEvent]) -> bool:
        """Send a closed chat to the hub's library; whether it was missing there, or shorter.

        Raises `HubRefused` where the hub does not take it or cannot save it, `HubUnreachable`.
        """
        content = await asyncio.to_thread(_upload, session_id, title, events)
        answer = await self._ask("POST", "/v1/sessions", content=content, timeout=_PATIENT)
        return _exchanged(answer, Taken).taken

    async def people(self) -> list[PersonRecord]:
        """Everybody in the hub's people.json, for moderators. Raises `HubRefused`, `HubUnreachable`."""
        return [*_exchanged(await self._ask("GET", "/v1/people", timeout=_PATIENT), People).people]

    async def give_people(self, people: Sequence[PersonRecord]) -> bool:
        """Tell the hub's library of people; whether that changed anything. Raises `HubRefused`, `HubUnreachable`."""
        content = msgspec.json.encode(People(people))
        return _exchanged(await self._ask("POST", "/v1/people", content=content, timeout=_PATIENT), Changed).changed

    async def lend(self, account: Account) -> Lent:
        """Let the hub read with this account while the chat runs; see `sessions.networks.accounts.lending.for_reading`.

        Raises `HubRefused`, also before anything is sent where others on the way could read it, and `HubUnreachable`.
        """
        if not self.invite.private:
            raise HubRefused(
                _(
                    "The way to the chat's computer is not encrypted: others on the network could take your sign-in. "
                    "Sign in over there instead: lunchroom login."
                )
            )
        answer = await self._ask("POST", "/v1/sign-ins", content=msgspec.json.encode(account))
        if answer.status_code in (404, 405):
            raise HubRefused(_("The chat's computer has an older Lunchroom, which reads with no sign-in but its own."))
        return _decoded(answer, Lent)

    async def try_sources(self) -> TriedSources:
        """Have the sources that failed tried again now. Raises `HubRefused`, `HubUnreachable`."""
        answer = await self._ask("POST", "/v1/sources/try")
        if answer.status_code in (404, 405):
            raise HubRefused(_("The chat's computer has an older Lunchroom, which tries again by itself only."))
        return _decoded(answer, TriedSources)

    async def same_names(self) -> SameNames:
        """Who of the new ones has the name of somebody of an earlier chat; nobody where an older hub is asked.

        Raises `HubRefused`, `HubUnreachable`.
        """
        answer = await self._ask("GET", "/v1/people/same-names", timeout=_PATIENT)
        return SameNames(()) if answer.status_code in (404, 405) else _decoded(answer, SameNames)

    async def invites(self) -> InvitesView:
        """The way in for somebody in another home, and who was invited. Raises `HubRefused`, `HubUnreachable`."""
        answer = await self._ask("GET", "/v1/invites")
        if answer.status_code in (404, 405):
            raise HubRefused(_("The chat's computer has an older Lunchroom, which lets nobody in from another home."))
        return _decoded(answer, InvitesView)

    async def invite_away(self, scope: Scope) -> NewInvite:
        """An invite for somebody in another home, which opens the way in. Raises `HubRefused`, `HubUnreachable`."""
        content = msgspec.json.encode(InviteRequest(scope))
        return _decoded(await self._ask("POST", "/v1/invites", content=content, timeout=_PATIENT), NewInvite)

    async def withdraw_invite(self, id_: str) -> None:
        """Take an invite back, with the seat that it gave. Raises `HubRefused`, `HubUnreachable`."""
        answer = await self._ask("DELETE", f"/v1/invites/{id_}")
        if answer.status_code != 404:  # somebody else took it back
            _need_success(answer)

    async def seats(self) -> Sequence[SeatView]:
        """Who has a seat, at which computer and by which way. Raises `HubRefused`, `HubUnreachable`."""
        answer = await self._ask("GET", "/v1/seats")
        if answer.status_code in (404, 405):
            raise HubRefused(_("The chat's computer has an older Lunchroom, which does not tell who sits where."))
        return _decoded(answer, SeatsView).seats

    async def name_computer(self, computer: str) -> None:
        """Tell moderators what this computer is called; an older hub does not listen. Raises `HubUnreachable`."""
        await self._ask("PUT", "/v1/seats/mine", content=msgspec.json.encode(ComputerName(computer)))

    async def tell_presence(self, where: PresenceRequest) -> bool:
        """Tell the other desks where this one is; False where the hub has an older Lunchroom, which tells nobody.

        Raises `HubRefused`, `HubUnreachable`.
        """
        which = {DESK_HEADER: self._desk}
        answer = await self._ask("POST", "/v1/presence", content=msgspec.json.encode(where), headers=which)
        if answer.status_code in (404, 405):
            return False
        _need_success(answer)
        return True

    async def point_at(self, seat: str) -> None:
        """Let the desk of a seat say that we mean it. Raises `HubRefused`, `HubUnreachable`."""
        _need_success(await self._ask("POST", f"/v1/seats/{seat}/point"))

    async def take_seat_back(self, seat: str) -> None:
        """Take a seat away from a computer in another home. Raises `HubRefused`, `HubUnreachable`."""
        answer = await self._ask("DELETE", f"/v1/seats/{seat}")
        if answer.status_code != 404:  # somebody else took it back
            _need_success(answer)

    async def aclose(self) -> None:
        """Let all connections go."""
        await self._http.aclose()

    def _use(self, token: str) -> None:
        self._http.headers["Authorization"] = f"Bearer {token}"

    async def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        try:
            answer = await self._http.request(method, path, **request)
        except httpx.TransportError as error:
            raise HubUnreachable(_("The chat's computer does not answer. Is the chat still running there?")) from error
        except httpx.DecodingError as error:
            raise HubRefused(NO_HUB) from error
        if answer.status_code >= 500 and answer.status_code != 503 and _decodable(answer, Problem) is None:
            raise HubUnreachable(
                _("The chat's computer has a defect (it answers {status_code}).").format(status_code=answer.status_code)
            )
        return answer


def _trust(invite: Invite) -> ssl.SSLContext | bool:
    """Whom to trust: nobody on a way without TLS, for the system's certificates take long to read."""
    return True if invite.url.startswith("https://") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _is_unknown(answer: httpx.Response) -> bool:
    """Whether the hub knows no such command."""
    problem = _decodable(answer, Problem) if answer.status_code == 422 else None
    return problem is not None and problem.field == "type"


def _outcome(answer: httpx.Response) -> Accepted | Refusal | Unsaved:
    if answer.status_code == 200:
        accepted = _decodable(answer, Accepted)
        if accepted is None:
            raise HubUnreachable(NO_HUB)
        return accepted
    if answer.status_code == 503:
        return Unsaved(_words(answer))
    return _refusal(answer)


def _upload(session_id: str, title: str, events: Sequence[AnyEvent]) -> bytes:
    chat = SavedChat(session_id, title, [msgspec.Raw(encode_event(event)) for event in events])
    return msgspec.json.encode(chat)


def _decoded_events(lines: bytes) -> list[AnyEvent]:
    try:
        return [decode_event(line) for line in lines.splitlines()]
    except Unreadable as error:
        raise HubRefused(_("What the chat's computer sends is no saved chat.")) from error


def _exchanged(answer: httpx.Response, kind: type[Kind]) -> Kind:
    """What an answer of an exchange says, which an older hub does not know. Raises `HubRefused`."""
    if answer.status_code in (404, 405):
        raise HubRefused(_("The chat's computer has an older Lunchroom, which cannot exchange saved chats."))
    return _decoded(answer, kind)


def _decoded(answer: httpx.Response, kind: type[Kind]) -> Kind:
    """What an answer says. Raises `HubRefused` where the hub refuses, or what answers is none."""
    _need_success(answer)
    content = _decodable(answer, kind)
    if content is None:
        raise HubRefused(NO_HUB)
    return content


def _need_success(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise HubRefused(_words(answer))


def _words(answer: httpx.Response) -> str:
    return _refusal(answer).refusal


def _refusal(answer: httpx.Response) -> Refusal:
    """What an answer other than success says, whether the hub refuses or cannot do what was asked."""
    refusal, problem = _decodable(answer, Refusal), _decodable(answer, Problem)
    if refusal is not None:
        return refusal
    return Refusal(
        _("The hub answers {status_code}.").format(status_code=answer.status_code) if problem is None else problem.error
    )


def _decodable(answer: httpx.Response, kind: type[Kind]) -> Kind | None:
    """The answer as one of this kind, None where it is none."""
    try:
        return read_json(answer.content, kind)
    except Unreadable:
        return None
