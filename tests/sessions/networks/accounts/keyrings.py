"""Keyrings of our own, registered through keyring's own API."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from tests.waiting import PATIENCE


class Remembering(KeyringBackend):
    """Keeps what it is given in memory."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Forgetting(Remembering):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept.clear()


class Hanging(Remembering):
    """Answers nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.let_go.wait(PATIENCE)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)


class Locked(Remembering):
    """Is not unlocked by anybody."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection holding s3cret is locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)


class Broken(Remembering):
    """Raises what only the library beneath it knows, with the secret in its text."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionRefusedError(f"dbus cannot take {password}")

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionRefusedError("dbus")


@contextmanager
def the_keyring(backend: KeyringBackend) -> Iterator[None]:
    """The system's keyring is this one meanwhile."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
