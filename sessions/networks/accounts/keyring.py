"""The system's keyring (macOS Keychain, Windows Credential Locker, Secret Service, KWallet), never waited for long."""

import logging
import threading
from collections.abc import Callable
from queue import Empty, Queue
from typing import TYPE_CHECKING, TypeVar

from sessions.core.errors import LunchroomError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "lunchroom"
"""Under what its entries stand in the keyring."""

LOOK_UP = 3.0
"""Seconds that a look-up may take: a keyring may hang for ever where no desktop is there to unlock it."""

SAVE = 20.0
"""Seconds that saving may take: a person may have to unlock the keyring."""

_RECOMMENDED = 1
"""The least `priority` of a keyring that keyring's own documentation calls recommended; below are no keyring, the one
that forgets, and files in plain text."""


class KeyringError(LunchroomError):
    """The keyring cannot be used; the text says why, to go on a sentence: `the system's keyring is locked`."""


class SystemKeyring:
    """Secrets by name. All methods block for at most their limit and raise `KeyringError`.

    A keyring that did not answer in time is not asked again before it has: each time would cost the limit.
    """

    def __init__(self, *, look_up: float = LOOK_UP, save: float = SAVE) -> None:
        self._look_up = look_up
        self._save = save
        self._stuck = False

    def get(self, name: str) -> str | None:
        """The secret, None where there is none."""

        def work() -> str | None:
            found: str | None = _backend().get_password(SERVICE, name)
            return found

        return self._done(work, self._look_up)

    def put(self, name: str, secret: str) -> None:
        """Keep the secret, and see that it is there: some keyrings say yes and keep nothing."""

        def work() -> None:
            backend = _backend()
            backend.set_password(SERVICE, name, secret)
            if backend.get_password(SERVICE, name) != secret:
                raise KeyringError("the system's keyring keeps nothing")

        self._done(work, self._save)

    def delete(self, name: str) -> None:
        """Remove the secret, if it is there."""

        def work() -> None:
            backend = _backend()
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        self._done(work, self._look_up)

    def _done(self, work: Callable[[], T], limit: float) -> T:
        if self._stuck:
            raise KeyringError("the system's keyring does not answer")
        ended: Queue[T | KeyringError] = Queue()

        def run() -> None:
            try:
                ended.put(work())
            except KeyringError as error:
                ended.put(error)
            except Exception as error:  # noqa: BLE001 - backends raise what the libraries beneath them do
                ended.put(KeyringError(_words(error)))
            self._stuck = False

        threading.Thread(target=run, name="keyring", daemon=True).start()  # a daemon: one that hangs must not keep us
        try:
            outcome = ended.get(timeout=limit)
        except Empty:
            self._stuck = True
            if not ended.empty():  # it has answered between the two
                self._stuck = False
            raise KeyringError("the system's keyring does not answer") from None
        if isinstance(outcome, KeyringError):
            raise outcome
        return outcome


def _backend() -> "KeyringBackend":
    import keyring  # here, in the thread, because its import looks for backends and may hang

    logging.getLogger("keyring").setLevel(logging.WARNING)
    backend = keyring.get_keyring()
    if backend.priority < _RECOMMENDED:
        raise KeyringError("this system has no keyring")
    return backend


def _words(error: Exception) -> str:
    """Why, without the error's own text: nobody promises that it holds no secret."""
    from keyring.errors import KeyringLocked, NoKeyringError

    if isinstance(error, NoKeyringError):
        return "this system has no keyring"
    if isinstance(error, KeyringLocked):
        return "the system's keyring is locked"
    return f"the system's keyring fails ({type(error).__name__})"
