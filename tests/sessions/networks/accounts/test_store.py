"""Which accounts there are, and where their tokens are."""

import json
import os
import stat
import threading
from pathlib import Path

import msgspec
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from sessions.files.errors import StorageError
from sessions.networks.account import Account, Secret, ServerAccount
from sessions.networks.accounts.keyring import SERVICE, SystemKeyring
from sessions.networks.accounts.store import AccountStore, accounts_folder
from sessions.networks.x.account import XAccount
from tests.sessions.networks.accounts.keyrings import Broken, Hanging, Remembering, the_keyring

ANA = ServerAccount(
    "mastodon", "mastodon.social", "mastodon:ana@mastodon.social", "ana@mastodon.social", secret=Secret("t0ken-of-ana")
)
BEN = Account("bluesky", "bsky.social", "bluesky:did:plc:ben", "ben.example.org", secret=Secret("t0ken-of-ben", "next"))


def opened(folder: Path, keyring: SystemKeyring | None = None) -> AccountStore:
    """The accounts as another program finds them."""
    store = AccountStore(folder / "accounts", keyring)
    store.load()
    return store


def written(folder: Path) -> str:
    """All that lies in files."""
    return "\n".join(path.read_text() for path in (folder / "accounts").iterdir())


def test_accounts_are_found_by_the_source_that_they_read(tmp_path: Path) -> None:
    with the_keyring(Remembering()):
        store = opened(tmp_path)
        app = XAccount("x", "api.x.com", secret=Secret("bearer"))
        person = XAccount("x", "api.x.com", "x:99", "ana", posts=True, secret=Secret("user"))
        for account in (ANA, BEN, app, person):
            assert store.save(account) == "keyring"
        again = opened(tmp_path)
        for source, account in {
            "mastodon:mastodon.social": ANA, "bluesky": BEN, "x": app, "x:post": person
        }.items():  # fmt: skip
            assert again.find(source) == store.find(source) == account
        assert again.all() == (BEN, ANA, app, person)
        assert again.find("mastodon:elsewhere.example") is None


def test_with_a_keyring_no_file_holds_a_token(tmp_path: Path) -> None:
    backend = Remembering()
    with the_keyring(backend):
        opened(tmp_path).save(ANA)
    assert "t0ken" not in written(tmp_path)
    assert "t0ken-of-ana" in backend.kept[SERVICE, "mastodon:mastodon.social"]


@pytest.mark.parametrize("backend", [NoKeyring(), Broken(), Hanging()])
def test_without_a_keyring_the_owner_is_told_and_the_token_is_in_a_file_for_them_only(
    tmp_path: Path, backend: KeyringBackend
) -> None:
    told: list[str] = []
    with the_keyring(backend):
        store = opened(tmp_path, SystemKeyring(look_up=0.05, save=0.05))
        assert store.save(ANA, told.append) == "file"
        assert len(told) == 1
        assert "keyring" in told[0]
        assert opened(tmp_path, SystemKeyring(look_up=0.05)).find(ANA.source) == ANA
    if isinstance(backend, Hanging):
        backend.let_go.set()
    folder = tmp_path / "accounts"
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "tokens.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "accounts.json").stat().st_mode) == 0o600
    assert "t0ken" not in (folder / "accounts.json").read_text()


def test_the_file_gets_its_rights_also_where_a_kill_left_another_one_for_everybody(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    folder.mkdir()
    left = folder / "tokens.json.new"
    left.touch(0o666)
    left.chmod(0o666)
    with the_keyring(NoKeyring()):
        opened(tmp_path).save(ANA)
    assert stat.S_IMODE((folder / "tokens.json").stat().st_mode) & 0o077 == 0


def test_a_keyring_that_is_back_takes_the_token_out_of_the_file(tmp_path: Path) -> None:
    with the_keyring(NoKeyring()):
        opened(tmp_path).save(ANA)
    with the_keyring(Remembering()):
        opened(tmp_path).save(ANA)
        assert "t0ken" not in written(tmp_path)
        assert opened(tmp_path).find(ANA.source) == ANA


def test_an_account_whose_token_cannot_be_read_is_none_and_the_reason_is_known(tmp_path: Path) -> None:
    with the_keyring(Remembering()):
        opened(tmp_path).save(ANA)
    with the_keyring(Broken()):
        store = opened(tmp_path)
        assert store.find(ANA.source) is None
        assert store.all() == ()
        assert store.known() == ((ANA.source, "keyring"),)
        assert store.trouble(ANA.source) == "the system's keyring fails (ConnectionRefusedError)"


def test_what_a_list_is_damaged_by_is_said_and_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    folder.mkdir()
    (folder / "accounts.json").write_text("{")
    with the_keyring(Remembering()):
        with pytest.raises(StorageError, match="damaged"):
            opened(tmp_path)
        with pytest.raises(StorageError, match="damaged"):
            AccountStore(folder).save(ANA)
    assert (folder / "accounts.json").read_text() == "{"


def test_nothing_is_half_kept_where_the_list_cannot_be_written(tmp_path: Path) -> None:
    backend = Remembering()
    folder = tmp_path / "accounts"
    (folder / "accounts.json.new").mkdir(parents=True)  # a folder where the new list would be written
    with the_keyring(backend), pytest.raises(StorageError):
        AccountStore(folder).save(ANA)
    assert backend.kept == {}


def test_posting_is_switched_on_and_off_and_the_token_stays(tmp_path: Path) -> None:
    with the_keyring(Remembering()):
        store = opened(tmp_path)
        store.save(ANA)
        store.let_post(ANA.source, True)
        found = opened(tmp_path).find(ANA.source)
        assert found == msgspec.structs.replace(ANA, posts=True)
        store.let_post(ANA.source, False)
        assert store.find(ANA.source) == ANA
        with pytest.raises(StorageError, match="No account of bluesky"):
            store.let_post("bluesky", True)


def test_removing_takes_the_token_away_wherever_it_is(tmp_path: Path) -> None:
    backend = Remembering()
    with the_keyring(backend):
        store = opened(tmp_path)
        store.save(ANA)
        assert store.remove(ANA.source) == ""
        assert backend.kept == {}
    with the_keyring(NoKeyring()):
        store.save(ANA)
        assert store.remove(ANA.source) == ""
        assert "t0ken" not in written(tmp_path)
        assert store.all() == opened(tmp_path).all() == ()


def test_a_token_that_a_keyring_does_not_give_up_is_said(tmp_path: Path) -> None:
    with the_keyring(Remembering()):
        opened(tmp_path).save(ANA)
    with the_keyring(Broken()):
        store = opened(tmp_path)
        assert "keyring fails" in store.remove(ANA.source)
        assert store.known() == ()


@pytest.mark.parametrize("blocked", ["tokens.json", "accounts.json"])
def test_signing_out_that_fails_can_be_done_again_and_leaves_no_token(tmp_path: Path, blocked: str) -> None:
    backend = Remembering()
    with the_keyring(backend):
        store = opened(tmp_path)
        store.save(ANA)
        before = (store.folder / blocked).read_bytes() if (store.folder / blocked).exists() else None
        (store.folder / blocked).write_text("{")
        with pytest.raises(StorageError, match="damaged"):
            store.remove(ANA.source)
        assert len(backend.kept) == 1
        (store.folder / blocked).write_bytes(before or b"{}")
        assert [source for source, _ in opened(tmp_path).known()] == [ANA.source]
        (store.folder / "accounts.json.new").mkdir()  # a folder where the new list would be written
        with pytest.raises(StorageError):
            store.remove(ANA.source)
        assert backend.kept == {}
        (store.folder / "accounts.json.new").rmdir()
        assert opened(tmp_path).remove(ANA.source) == ""
        assert opened(tmp_path).known() == ()


# Renewing


def renewed(account: Account, token: str, expires_at: int) -> Account:
    """The account with the token that a network has just given."""
    secret = msgspec.structs.replace(account.secret, token=token, expires_at=expires_at)
    return msgspec.structs.replace(account, secret=secret)


@pytest.mark.parametrize("backend", [Remembering(), NoKeyring()])
def test_a_renewed_token_is_there_at_once_and_for_the_next_program(tmp_path: Path, backend: KeyringBackend) -> None:
    with the_keyring(backend):
        store = opened(tmp_path)
        store.save(BEN)
        other = opened(tmp_path)
        newer = renewed(BEN, "later", 2_000)
        store.renew(newer)
        assert store.find("bluesky") == newer
        store.settle()
        assert other.find("bluesky") == BEN
        assert other.refresh()
        assert not other.refresh()
        assert other.find("bluesky") == opened(tmp_path).find("bluesky") == newer


def test_of_two_programs_that_renew_one_account_the_token_that_holds_longer_stays(tmp_path: Path) -> None:
    with the_keyring(Remembering()):
        store = opened(tmp_path)
        store.save(BEN)
        programs = [opened(tmp_path) for _ in range(6)]
        latest = renewed(BEN, "t5", 1_005)
        together = threading.Barrier(len(programs))

        def renew(number: int) -> None:
            together.wait()
            programs[number].renew(renewed(BEN, f"t{number}", 1_000 + number))
            programs[number].settle()

        threads = [threading.Thread(target=renew, args=(number,)) for number in range(len(programs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert opened(tmp_path).find("bluesky") == latest
        for program in programs:
            program.refresh()
            assert program.find("bluesky") == latest


def test_renewing_does_not_bring_back_what_was_signed_out_elsewhere(tmp_path: Path) -> None:
    backend = Remembering()
    with the_keyring(backend):
        hub = opened(tmp_path)
        hub.save(BEN)
        opened(tmp_path).remove("bluesky")
        hub.renew(renewed(BEN, "later", 2_000))
        hub.settle()
        assert backend.kept == {}
        hub.refresh()
        assert hub.find("bluesky") is None


def test_renewing_goes_on_in_memory_where_it_cannot_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with the_keyring(Remembering()):
        store = opened(tmp_path)
        store.save(BEN)
    newer = renewed(BEN, "t0ken-later", 2_000)
    with the_keyring(Broken()):
        store.renew(newer)
        store.settle()
        assert store.find("bluesky") == newer
        assert "The renewed sign-in of bluesky is not kept" in caplog.text
        assert "t0ken" not in caplog.text
        store.load()
        assert store.find("bluesky") == newer
    assert "t0ken" not in written(tmp_path)


def test_no_secret_is_in_what_an_account_shows_of_itself() -> None:
    assert "t0ken" not in repr(ANA) + str(ANA) + f"{ANA.secret!r}"
    assert json.loads(msgspec.json.encode(ANA))["secret"] == {"token": "t0ken-of-ana"}


@pytest.mark.skipif(os.name != "posix", reason="Windows asks the system, not the environment, where folders are")
def test_the_accounts_of_a_user_lie_in_their_own_home() -> None:
    assert Path(os.environ["HOME"]) in accounts_folder().parents
