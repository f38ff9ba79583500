"""Invites for somebody in another home: each lets one computer in, once, within a day; how wrong ones are slowed."""

import hmac
import secrets
import time
from collections.abc import Callable

import msgspec

from sessions.core.errors import LunchroomError
from sessions.core.events import Scope
from sessions.hub.away.kept import Issued
from sessions.hub.server.entry.access import Access, Caller, bearer, digest_of

VALID = 24 * 3600 * 1000
"""Milliseconds for which an invite can be used."""

MOST_INVITES = 100
"""Invites of a session that are kept; those that are over make room, the oldest first."""

WRONG_AT_ONCE = 5
"""Wrong codes that one computer may send without a pause."""

WRONG_EVERY = 10.0
"""Seconds after which it may send one more."""

WRONG_OF_ALL = 100
"""Wrong codes of all computers together, and one more every `WRONG_OF_ALL_EVERY` seconds, that are answered at once."""

WRONG_OF_ALL_EVERY = 1.0

UNKNOWN = "This invite is not known here. It may have been withdrawn: ask for a new one."
USED = "This invite was used by another computer. Ask for a new one."
OVER = "This invite is over: it was good for a day. Ask for a new one."
SLOWER = "Too many wrong invites came. Try again later."

_COMPUTERS = 1000


class Closed(LunchroomError):
    """A code lets nobody in: an HTTP status, why in words, and seconds after which it may be tried again."""

    def __init__(self, status: int, words: str, again_after: int | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.again_after = again_after


class WrongCodes:
    """How fast wrong codes may come, of one computer and of all; `monotonic` gives seconds.

    A computer is free to make itself a new key, so all of them together are bounded, too; that bound refuses wrong
    codes only, so that nobody can keep those out who were invited.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._full_at: dict[str, float] = {}
        self._all_at = 0.0
        self.count = 0

    def wait(self, key: str) -> float:
        """Seconds for which nothing of this computer is tried."""
        now = self._monotonic()
        return max(0.0, self._full_at.get(key, now) - now - (WRONG_AT_ONCE - 1) * WRONG_EVERY)

    def came(self, key: str) -> float:
        """One came of this computer; seconds that all have to wait now, 0 where these are not too many."""
        now = self._monotonic()
        self.count += 1
        if len(self._full_at) >= _COMPUTERS:
            self._full_at = {one: at for one, at in self._full_at.items() if at > now}
            while len(self._full_at) >= _COMPUTERS:
                self._full_at.pop(next(iter(self._full_at)))
        self._full_at[key] = max(now, self._full_at.get(key, now)) + WRONG_EVERY
        self._all_at = max(now, self._all_at) + WRONG_OF_ALL_EVERY
        return max(0.0, self._all_at - now - WRONG_OF_ALL * WRONG_OF_ALL_EVERY)


class Invites:
    """The invites of a session, which `access` keeps. `now_ms` is the hub's clock; `wrong` is for tests."""

    def __init__(self, access: Access, now_ms: Callable[[], int], wrong: WrongCodes | None = None) -> None:
        self._access = access
        self._now_ms = now_ms
        self.wrong = wrong or WrongCodes()

    def issue(self, scope: Scope, by: str) -> tuple[Issued, str]:
        """A new one, and its code, which is kept nowhere."""
        code = secrets.token_urlsafe(16)
        issued = Issued(secrets.token_hex(4), scope, digest_of(code), self._now_ms() + VALID, by)
        away = self._access.keys.away
        kept = [*away.invites]
        while len(kept) >= MOST_INVITES:
            over = (one for one in kept if not one.token and one.until < self._now_ms())
            kept.remove(next(over, kept[0]))
        self._access.keep_away(msgspec.structs.replace(away, invites=(*kept, issued)))
        return issued, code

    def find(self, id_: str) -> Issued | None:
        """The invite with this id."""
        return next((one for one in self._access.keys.away.invites if one.id == id_), None)

    def withdraw(self, invite: Issued, by: str) -> Caller | None:
        """Let the moderator `by` take it back with the seat that it gave; who had that."""
        away = self._access.keys.away
        invites = tuple(one for one in away.invites if one.id != invite.id)
        self._access.keep_away(msgspec.structs.replace(away, invites=invites))
        seat = self._access.take_back(invite.token, by) if invite.token else None
        return None if seat is None else Caller(seat.scope, seat.name, invite.key)

    def caller(self, authorization: str | None, key: str) -> Caller:
        """Who calls with a code, from the computer with this key. Raises `Closed`."""
        wait = self.wrong.wait(key)
        if wait > 0:
            raise Closed(429, SLOWER, _whole(wait))
        code = bearer(authorization)
        digest = digest_of(code)
        found = None
        for one in self._access.keys.away.invites:
            if hmac.compare_digest(one.digest, digest):
                found = one
        if found is None or not code:
            wait = self.wrong.came(key)
            raise Closed(429, SLOWER, _whole(wait)) if wait > 0 else Closed(401, UNKNOWN)
        if found.key and found.key != key:
            raise Closed(401, USED)
        if not found.key and found.until < self._now_ms():
            raise Closed(401, OVER)
        return Caller(found.scope, None, key, found.id)


def _whole(seconds: float) -> int:
    return int(seconds) + 1
