"""The keyring: what it keeps, and every way in which it does not."""

import threading

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring

from sessions.networks.accounts.keyring import SERVICE, KeyringError, SystemKeyring
from tests.sessions.networks.accounts.keyrings import Broken, Forgetting, Hanging, Locked, Remembering, the_keyring


def test_a_secret_is_kept_under_our_own_name_and_removed_again() -> None:
    backend = Remembering()
    with the_keyring(backend):
        keyring = SystemKeyring()
        keyring.put("bluesky", "s3cret")
        assert backend.kept == {(SERVICE, "bluesky"): "s3cret"}
        assert keyring.get("bluesky") == "s3cret"
        keyring.delete("bluesky")
        keyring.delete("bluesky")  # what is gone already is no trouble
        assert keyring.get("bluesky") is None


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        (NoKeyring(), "this system has no keyring"),
        (NullKeyring(), "this system has no keyring"),
        (Locked(), "the system's keyring is locked"),
        (Broken(), "the system's keyring fails (ConnectionRefusedError)"),
        (Forgetting(), "the system's keyring keeps nothing"),
    ],
)
def test_each_trouble_is_one_of_words_that_hold_no_secret(backend: KeyringBackend, words: str) -> None:
    with the_keyring(backend), pytest.raises(KeyringError) as trouble:
        SystemKeyring().put("bluesky", "s3cret")
    assert str(trouble.value) == words


def keyring_threads() -> list[threading.Thread]:
    """The threads in which keyrings are asked."""
    return [thread for thread in threading.enumerate() if thread.name == "keyring"]


def test_a_keyring_that_hangs_costs_its_limit_once_and_is_asked_again_when_it_is_back() -> None:
    """A hub lives for hours: somebody unlocks the keyring meanwhile."""
    backend = Hanging()
    with the_keyring(backend):
        keyring = SystemKeyring(look_up=0.5)
        for _ in range(50):
            with pytest.raises(KeyringError, match="does not answer"):
                keyring.get("bluesky")
        assert backend.asked == 1
        backend.let_go.set()
        for thread in keyring_threads():
            thread.join(10)
        assert keyring.get("bluesky") is None
        assert backend.asked == 2
