"""Who may do what: the tokens of a session, and the names of those who sit at its desks."""

import hmac
import itertools
import secrets
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import Scope
from sessions.hub.protocol.seats import Seat
from sessions.hub.server.names import LONGEST_NAME, look_alike, same_name

SEATS: dict[Scope, int] = {"moderator": 50, "observer": 100}
"""How many may have a seat."""


class Keys(msgspec.Struct, frozen=True):
    """All tokens of a session, as its runtime file keeps them."""

    token: str
    observer_token: str
    admitted: tuple[Seat, ...] = ()


def fresh_keys() -> Keys:
    """Tokens that nobody can guess."""
    return Keys(token=new_token(), observer_token=new_token())


def new_token() -> str:
    """256 random bits in letters that need no quoting in a URL or a shell."""
    return secrets.token_urlsafe(32)


class Caller(msgspec.Struct, frozen=True):
    """Who calls, by their token. `name` is None for one who has only been invited."""

    scope: Scope
    name: str | None = None

    @property
    def at(self) -> Literal["invited", "moderator", "observer"]:
        """What this caller is: invited by a shared token, or seated with one of their own."""
        return "invited" if self.name is None else self.scope


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
        self._before = keys

    @property
    def keys(self) -> Keys:
        """All tokens as they are now."""
        return self._keys

    def caller(self, authorization: str | None) -> Caller | None:
        """The caller behind an `Authorization` header, or None where its token opens nothing.

        Every token is compared, in constant time each, so that timing tells nothing.
        """
        scheme, _, given = (authorization or "").partition(" ")
        token = given.strip().encode()
        known = [
            (self._keys.token, Caller("moderator")),
            (self._keys.observer_token, Caller("observer")),
            *((one.token, Caller(one.scope, one.name)) for one in self._keys.admitted),
        ]
        found = None
        for secret, caller in known:
            if hmac.compare_digest(secret.encode(), token):
                found = caller
        return found if scheme.lower() == "bearer" and token else None

    def seated(self, name: str, scope: Scope, known: Mapping[str, Scope]) -> Seat | None:
        """The seat that `name` (cleaned) has already, in whatever case it is written; None where it is free.

        `known` are the scopes of those who were at a desk before this hub started. Raises `NameTaken` where a moderator
        has this name and an observer wants it, who must not get a moderator's token by giving their name, and where
        it looks like another's. What an observer has is free for a moderator.
        """
        for one in self._keys.admitted:
            if same_name(one.name, name) and one.scope == scope:
                return one
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
    ) -> Seat:
        """A seat for `name`; that of `seated` where there is one. Raises `NameTaken`, and `Full`.

        An observer of that name, or one that looks like it, goes on under another where a moderator comes. Where all
        seats of observers are taken, that of one who is `absent` is given away.
        """
        seat = self.seated(name, scope, known)
        if seat is not None:
            return seat
        admitted = list(self._keys.admitted)
        if sum(one.scope == scope for one in admitted) >= SEATS[scope]:
            gone = next((one for one in admitted if one.scope == scope == "observer" and absent(one.name)), None)
            if gone is None:
                raise Full(_FULL[scope])
            admitted.remove(gone)
        if scope == "moderator":
            admitted = [self._aside(one, name) for one in admitted]
        seat = Seat(name=_as_before(name, scope, known), scope=scope, token=new_token())
        self._before = self._keys
        self._keys = msgspec.structs.replace(self._keys, admitted=(*admitted, seat))
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

    def withdraw(self, seat: Seat) -> None:
        """Take the last seat back, which could not be written down, and with it what its admission changed."""
        if seat in self._keys.admitted and seat not in self._before.admitted:
            self._keys = self._before


_LOOKING = "looking on"

_FULL: dict[Scope, str] = {
    "moderator": f"There are {SEATS['moderator']} moderators already. Join under the name you had.",
    "observer": f"There are {SEATS['observer']} people looking on already. Try again later.",
}


def _as_before(name: str, scope: Scope, known: Mapping[str, Scope]) -> str:
    """The name as it was spelled before this hub started."""
    return next((one for one, its in known.items() if its == scope and same_name(one, name)), name)
