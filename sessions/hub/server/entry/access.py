"""Who may do what: the tokens of a session, and the names of those who sit at its desks."""

import hashlib
import hmac
import itertools
import secrets
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import Scope
from sessions.hub.away.asking import asking
from sessions.hub.away.kept import AwayKeys, EndedSeat, Issued
from sessions.hub.protocol.seats import Seat
from sessions.hub.protocol.takeover import Deputy, Heir
from sessions.hub.server.entry.names import LONGEST_NAME, look_alike, same_name

SEATS: dict[Scope, int] = {"moderator": 50, "observer": 100}
"""How many may have a seat."""

MOST_ENDED = 100
"""Seats that were taken back and are kept in mind."""


class SeatNote(msgspec.Struct, frozen=True):
    """What moderators are shown of a seat: when it was given (the hub's UTC milliseconds), and at which computer."""

    since: int | None = None
    computer: str = ""


class Keys(msgspec.Struct, frozen=True):
    """All tokens of a session, as its runtime file keeps them.

    `deputies` are those who could go on; after a takeover `heirs` are the seats at the hub before it whose desks have
    not come yet, `former` where that hub was, and `ask` what this one asks others with.
    `notes` are of seats, by their tokens.
    """

    token: str
    observer_token: str
    admitted: tuple[Seat, ...] = ()
    away: AwayKeys = AwayKeys()
    notes: Mapping[str, SeatNote] = {}
    deputies: tuple[Deputy, ...] = ()
    heirs: tuple[Heir, ...] = ()
    former: tuple[Deputy, ...] = ()
    ask: str = ""

    def __repr__(self) -> str:  # tokens stay out of logs and tracebacks
        return "Keys(...)"


def fresh_keys() -> Keys:
    """Tokens that nobody can guess."""
    return Keys(token=new_token(), observer_token=new_token())


def new_token() -> str:
    """256 random bits in letters that need no quoting in a URL or a shell."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """By what a token is known again where it is not kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def bearer(authorization: str | None) -> str:
    """The token in an `Authorization` header, empty where there is none."""
    scheme, _, given = (authorization or "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


class Caller(msgspec.Struct, frozen=True):
    """Who calls, by their token. `name` is None for one who has only been invited.

    `key` is that of the computer where it is in another home; `invite` names what lets its first call in.
    """

    scope: Scope
    name: str | None = None
    key: str | None = None
    invite: str | None = None

    @property
    def at(self) -> Literal["invited", "moderator", "observer"]:
        """What this caller is: invited by a shared token, or seated with one of their own."""
        return "invited" if self.name is None else self.scope


def caller_of(seat: Seat, keys: Keys) -> Caller:
    """Who calls with the token of this seat."""
    return Caller(seat.scope, seat.name, keys.away.bound.get(seat.token))


class NotSeated(LunchroomError):
    """There is no seat for this name; the message is for the person who wants to join."""


class NameTaken(NotSeated):
    """Somebody has this name, or one that looks like it."""


class Full(NotSeated):
    """As many are there as may be."""


class Access:
    """Finds callers by their tokens and gives out tokens to those who join."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def keys(self) -> Keys:
        """All tokens as they are now."""
        return self._keys

    def caller(self, authorization: str | None, key: str | None = None) -> Caller | None:
        """The caller behind an `Authorization` header, or None where its token opens nothing.

        `key` is that of a computer in another home: it has no use of the shared tokens, nor of a seat that is not bound
        to it; and nobody else has of one that is. Every token is compared, in constant time each, so that timing tells
        nothing.
        """
        token = bearer(authorization).encode()
        bound = self._keys.away.bound
        known = [
            *(
                (one.token, Caller(one.scope, one.name, key))
                for one in self._keys.admitted
                if bound.get(one.token) == key
            )
        ]
        if key is None:
            known += [(self._keys.token, Caller("moderator")), (self._keys.observer_token, Caller("observer"))]
        found = None
        for secret, caller in known:
            if hmac.compare_digest(secret.encode(), token):
                found = caller
        return found or self._inherited(token.decode(), key) if token else None

    def _inherited(self, token: str, key: str | None) -> Caller | None:
        """Whose seat this was at the hub before this one, which it is here from now on; None where it was none."""
        digest = digest_of(token)
        for heir in self._keys.heirs:
            if (
                heir.digest
                and hmac.compare_digest(heir.digest, digest)
                and (heir.here if key is None else heir.key == key)
            ):
                keys, seat = self._keys, Seat(heir.name, heir.scope, token)
                away = (
                    keys.away
                    if key is None
                    else msgspec.structs.replace(keys.away, bound={**keys.away.bound, token: key})
                )
                self._keys = msgspec.structs.replace(
                    keys,
                    admitted=(*keys.admitted, seat),
                    heirs=tuple(one for one in keys.heirs if one != heir),
                    away=away,
                )
                return caller_of(seat, self._keys)
        return None

    def may_ask(self, authorization: str | None) -> bool:
        """Whether whoever calls may ask who runs the session: who has or had a moderator's seat, and the hubs of it."""
        asked = digest_of(bearer(authorization))
        found = [one for one in self.askers() if hmac.compare_digest(one, asked)]
        return bool(found) and bool(bearer(authorization))

    def askers(self) -> list[str]:
        """The digests of what those ask with who may."""
        keys = self._keys
        known = [digest_of(asking(one.token)) for one in keys.admitted if one.scope == "moderator"]
        known += [digest_of(asking(keys.token)), *([digest_of(keys.ask)] if keys.ask else [])]
        return known + [heir.ask for heir in keys.heirs if heir.scope == "moderator"]

    def keep_deputy(self, deputy: Deputy) -> None:
        """Somebody can go on with the session, in the place of what was known of them."""
        others = tuple(one for one in self._keys.deputies if one.name != deputy.name)
        if deputy not in self._keys.deputies:
            self._keys = msgspec.structs.replace(self._keys, deputies=(*others, deputy))

    def seated(self, name: str, scope: Scope, known: Mapping[str, Scope], key: str | None = None) -> Seat | None:
        """The seat that `name` (cleaned) has already, in whatever case it is written; None where it is free.

        `known` are the scopes of those who were at a desk before this hub started. Raises `NameTaken` where a moderator
        has this name and an observer wants it, who must not get a moderator's token by giving their name, where it is
        bound to another computer than that with this `key`, be it at the hub before this one, and where it looks like
        another's. What an observer has is free for a moderator.
        """
        bound = self._keys.away.bound
        for one in self._keys.admitted:
            if same_name(one.name, name) and one.scope == scope:
                if bound.get(one.token) != key:
                    raise NameTaken(f"{one.name} is here already, at another computer. Join under another name.")
                return one
        for heir in self._keys.heirs:
            theirs = heir.key == key or (heir.here and key is None)
            if same_name(heir.name, name) and heir.scope == scope and heir.key and not theirs:
                raise NameTaken(f"{heir.name} has a seat already, at another computer. Join under another name.")
        moderators = [one.name for one in self._keys.admitted if one.scope == "moderator"]
        moderators += [before for before, its in known.items() if its == "moderator"]
        observers = [one.name for one in self._keys.admitted if one.scope == "observer"]
        for other in moderators if scope == "moderator" else (*moderators, *observers):
            if same_name(other, name):
                if scope == "observer":
                    raise NameTaken(f"{other} is here already, and not {_LOOKING}. Join under another name.")
            elif look_alike(other, name):
                raise NameTaken(f"That looks like {other}, who is here already. Join under another name.")
        return None

    def admit(
        self,
        name: str,
        scope: Scope,
        known: Mapping[str, Scope],
        *,
        absent: Callable[[str], bool] = lambda _observer: False,
        key: str | None = None,
    ) -> Seat:
        """A seat for `name`; that of `seated` where there is one. Raises `NameTaken`, and `Full`.

        A new one is bound to `key`, if there is one.

        An observer of that name, or one that looks like it, goes on under another where a moderator comes. Where all
        seats of observers are taken, that of one who is `absent` is given away.
        """
        seat = self.seated(name, scope, known, key)
        if seat is not None:
            return seat
        admitted = list(self._keys.admitted)
        if sum(one.scope == scope for one in admitted) >= SEATS[scope]:
            gone = next((one for one in admitted if one.scope == scope == "observer" and absent(one.name)), None)
            if gone is None:
                raise Full(_FULL[scope])
            self.unseat(gone.token)
            admitted.remove(gone)
        if scope == "moderator":
            admitted = [self._aside(one, name) for one in admitted]
        seat = Seat(name=_as_before(name, scope, known), scope=scope, token=new_token())
        self._keys = msgspec.structs.replace(self._keys, admitted=(*admitted, seat))
        if key is not None:
            away = self._keys.away
            self.keep_away(msgspec.structs.replace(away, bound={**away.bound, seat.token: key}))
        return seat

    def keep_away(self, away: AwayKeys) -> None:
        """Let what is known of other homes be this."""
        self._keys = msgspec.structs.replace(self._keys, away=away)

    def used(self, invite: Issued, key: str, seat: Seat) -> None:
        """An invite let this computer in, to this seat."""
        away = self._keys.away
        now = msgspec.structs.replace(invite, key=key, token=seat.token)
        self.keep_away(
            msgspec.structs.replace(away, invites=tuple(now if one.id == now.id else one for one in away.invites))
        )

    def note(self, token: str, note: SeatNote) -> None:
        """Let this be shown of the seat with this token."""
        self._keys = msgspec.structs.replace(self._keys, notes={**self._keys.notes, token: note})

    def take_back(self, token: str, by: str) -> Seat | None:
        """Take away the seat with this token and the invite that gave it, and remember who did, to tell its desk."""
        away = self._keys.away
        ended = EndedSeat(digest_of(token), away.bound.get(token, ""), by)
        invites = tuple(one for one in away.invites if one.token != token)
        self.keep_away(msgspec.structs.replace(away, invites=invites, ended=(*away.ended[1 - MOST_ENDED :], ended)))
        seat = self.unseat(token)
        for heir in self._keys.heirs:
            if seat is not None and _is_of(heir, seat):
                self.take_back_heir(heir, by)
        return seat

    def waiting(self) -> list[Heir]:
        """The seats at the hub before this one whose desks have not come, of those who have no other seat here."""
        keys = self._keys
        return [one for one in keys.heirs if one.name and not any(_is_of(one, seat) for seat in keys.admitted)]

    def take_back_heir(self, heir: Heir, by: str) -> None:
        """Take away such a seat, and remember who did, to tell its desk when it comes."""
        keys = self._keys
        ended = EndedSeat(heir.digest, "" if heir.here else heir.key, by)
        away = msgspec.structs.replace(keys.away, ended=(*keys.away.ended[1 - MOST_ENDED :], ended))
        self._keys = msgspec.structs.replace(
            keys,
            heirs=tuple(one for one in keys.heirs if one != heir),
            deputies=tuple(one for one in keys.deputies if one.name != heir.name),
            away=away,
        )

    def ended_by(self, authorization: str | None, key: str | None) -> str | None:
        """Who took back the seat whose token this is, from the computer with `key`; None where nobody did."""
        digest = digest_of(bearer(authorization))
        found = None
        for one in self._keys.away.ended:
            if hmac.compare_digest(one.digest, digest) and one.key == (key or ""):
                found = one.by
        return found

    def unseat(self, token: str) -> Seat | None:
        """Take away the seat with this token, and tell which it was."""
        seat = next((one for one in self._keys.admitted if one.token == token), None)
        away = self._keys.away
        bound = {one: key for one, key in away.bound.items() if one != token}
        self._keys = msgspec.structs.replace(
            self._keys,
            admitted=tuple(one for one in self._keys.admitted if one.token != token),
            away=msgspec.structs.replace(away, bound=bound),
            notes={one: note for one, note in self._keys.notes.items() if one != token},
            deputies=tuple(one for one in self._keys.deputies if seat is None or one.name != seat.name),
        )
        return seat

    def _aside(self, seat: Seat, name: str) -> Seat:
        """The seat, under another name where an observer has one that looks like this."""
        if seat.scope == "moderator" or not (same_name(seat.name, name) or look_alike(seat.name, name)):
            return seat
        taken = {one.name.casefold() for one in self._keys.admitted}
        for number in itertools.count(1):
            behind = f" ({_LOOKING})" if number == 1 else f" ({_LOOKING} {number})"
            other = seat.name[: LONGEST_NAME - len(behind)].rstrip() + behind
            if other.casefold() not in taken:
                return msgspec.structs.replace(seat, name=other)
        raise AssertionError("numbers end")

    def restore(self, before: Keys) -> None:
        """Let all tokens be as they were before something that could not be written down."""
        self._keys = before


_LOOKING = "looking on"

_FULL: dict[Scope, str] = {
    "moderator": f"There are {SEATS['moderator']} moderators already. Join under the name you had.",
    "observer": f"There are {SEATS['observer']} people looking on already. Try again later.",
}


def _is_of(heir: Heir, seat: Seat) -> bool:
    """Whether whoever had the one sits in the other by now."""
    return heir.scope == seat.scope and same_name(heir.name, seat.name)


def _as_before(name: str, scope: Scope, known: Mapping[str, Scope]) -> str:
    """The name as it was spelled before this hub started."""
    return next((one for one, its in known.items() if its == scope and same_name(one, name)), name)
