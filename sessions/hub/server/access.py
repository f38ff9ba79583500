"""Who may do what: the tokens of a session, and the names of those who sit at its desks."""

import hmac
import secrets
from collections.abc import Mapping
from typing import Literal

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import Scope
from sessions.core.plan import clean_line
from sessions.hub.protocol.seats import Seat

LONGEST_NAME = 60


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


class NameTaken(LunchroomError):
    """Somebody of another scope has this name; the message is for the person who wants to join."""


class BadName(LunchroomError):
    """The name is none; the message says what a name is."""


class Access:
    """Finds callers by their tokens and gives out tokens to those who join."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

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

    def admit(self, name: str, scope: Scope, known: Mapping[str, Scope]) -> Seat:
        """A seat for `name` (cleaned); the same name gets the same seat, in whatever case it is written.

        `known` are the scopes of those who were at a desk before this hub started. Raises `NameTaken` where somebody
        of this name has another scope: who only looks must not get a moderator's token by giving their name.
        """
        for one in self._keys.admitted:
            if one.name.casefold() == name.casefold():
                _need_same(one.name, one.scope, scope)
                return one
        for before, its_scope in known.items():
            if before.casefold() == name.casefold():
                _need_same(before, its_scope, scope)
                name = before
        seat = Seat(name=name, scope=scope, token=new_token())
        self._keys = msgspec.structs.replace(self._keys, admitted=(*self._keys.admitted, seat))
        return seat

    def withdraw(self, seat: Seat) -> None:
        """Take a seat back that could not be written down."""
        kept = tuple(one for one in self._keys.admitted if one != seat)
        self._keys = msgspec.structs.replace(self._keys, admitted=kept)


_WORDS: dict[Scope, str] = {"moderator": "a moderator", "observer": "somebody who only looks"}


def _need_same(name: str, scope: Scope, wanted: Scope) -> None:
    if scope != wanted:
        raise NameTaken(f"{name} is here already, and not as {_WORDS[wanted]}. Join under another name.")


def moderator_name(written: str) -> str:
    """A moderator's name on one line. Raises `BadName` where nothing or too much remains."""
    name = clean_line(written)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadName(f"A name has 1 to {LONGEST_NAME} characters.")
    return name
