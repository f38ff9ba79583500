"""The accounts of this computer's user: tokens in the system's keyring or, without one, in a file for the owner only.

Two files lie in a folder that only the user may open: `accounts.json` tells which accounts there are and where the
token of each is, and `tokens.json` has the tokens that no keyring took. Both are 0600 and the folder is 0700 on Linux
and macOS; on Windows the rules of the user's profile hold (not run there).
"""

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from sessions.core.decoding import Unreadable, read_json
from sessions.files.disk import new_path
from sessions.files.errors import LibraryError, SaveFailed, StorageError
from sessions.files.homes import NoHome, own_folder
from sessions.files.small_file import SmallFile
from sessions.networks.account import Account, Secret
from sessions.networks.accounts.keyring import KeyringError, SystemKeyring
from sessions.networks.registry import NETWORKS, UnknownNetwork, of_its_kind

logger = logging.getLogger(__name__)

Place = Literal["keyring", "file"]
"""Where a token is."""


class _Entry(msgspec.Struct, frozen=True):
    account: Account
    kept: Place


class _Index(msgspec.Struct, frozen=True):
    """`written` counts the changes, so that each of them makes another file of it, also of a token alone."""

    accounts: tuple[_Entry, ...] = ()
    written: int = 0

    def entry(self, source: str) -> _Entry | None:
        return next((one for one in self.accounts if one.account.source == source), None)

    def without(self, source: str) -> "_Index":
        others = tuple(one for one in self.accounts if one.account.source != source)
        return _Index(others, self.written + 1)

    def having(self, entry: _Entry) -> "_Index":
        others = self.without(entry.account.source).accounts
        return _Index(tuple(sorted((*others, entry), key=lambda one: one.account.source)), self.written + 1)


def accounts_folder() -> Path:
    """Where the accounts of this user lie. Raises `NoHome`."""
    return own_folder(lambda: platformdirs.user_data_path("lunchroom", appauthor=False)) / "accounts"


class AccountStore:
    """The accounts as they were at the last `load`; a `SignIns`.

    `find`, `all` and `renew` return at once, for readers; all else blocks. Several programs may use one folder: each
    sees what another changed after its next `refresh`.
    """

    def __init__(self, folder: Path | None = None, keyring: SystemKeyring | None = None) -> None:
        self._homeless: NoHome | None = None
        """Why nothing can be kept: then nobody is signed in, and signing in says it."""
        try:
            self.folder = folder or accounts_folder()
        except NoHome as error:
            self._homeless = error
            self.folder = Path("accounts")
        self._keyring = keyring or SystemKeyring()
        self._index = SmallFile(self.folder / "accounts.json")
        self._tokens = SmallFile(self.folder / "tokens.json")
        self._lock = threading.Lock()
        self._accounts: dict[str, Account] = {}
        self._places: dict[str, Place] = {}
        self._troubles: dict[str, str] = {}
        self._renewed: dict[str, Account] = {}
        self._seen: tuple[int, int, int] | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sign-ins")

    # For readers

    def find(self, source: str) -> Account | None:
        """As `SignIns`; None, too, where the token of the account cannot be read: see `trouble`."""
        return self._accounts.get(source)

    def all(self) -> tuple[Account, ...]:
        """As `SignIns`; those whose token cannot be read are not among them."""
        accounts = self._accounts
        return tuple(accounts[source] for source in sorted(accounts))

    def renew(self, account: Account) -> None:
        """As `SignIns`. It is written down beside all else; where that fails this program goes on with it all the same.

        Of two programs that renew one account the token that holds longer stays.
        """
        with self._lock:
            self._accounts = {**self._accounts, account.source: account}
            self._renewed[account.source] = account
        try:
            self._writer.submit(self._write_renewed, account)
        except RuntimeError:  # Python is shutting down, and the next program gets a token of its own
            return

    # For whoever looks after them

    def load(self) -> None:
        """Read all accounts and their tokens. Raises `StorageError` where the list of them cannot be read."""
        seen = self._stamp()
        index = self._read_index()
        accounts, places, troubles = {}, {}, {}
        for entry in index.accounts:
            source = entry.account.source
            places[source] = entry.kept
            if entry.account.network not in NETWORKS:
                troubles[source] = str(UnknownNetwork(entry.account.network)).rstrip("?")
                continue
            try:
                accounts[source] = msgspec.structs.replace(entry.account, secret=self._secret(source, entry.kept))
            except (KeyringError, StorageError) as error:
                troubles[source] = str(error)
        with self._lock:
            for entry in index.accounts:  # what could not be written down yet is better than what could
                newer = self._renewed.get(entry.account.source)
                if newer is not None and newer.id == entry.account.id:
                    accounts[newer.source] = msgspec.structs.replace(newer, posts=entry.account.posts)
                    troubles.pop(newer.source, None)
            self._accounts, self._places, self._troubles, self._seen = accounts, places, troubles, seen

    def refresh(self) -> bool:
        """`load` where another program changed something since the last time; whether it did."""
        if self._stamp() == self._seen:
            return False
        self.load()
        return True

    def known(self) -> tuple[tuple[str, Place], ...]:
        """Every account by its `source`, also those whose token cannot be read, and where the token is."""
        return tuple(sorted(self._places.items()))

    def trouble(self, source: str) -> str:
        """Why the token of the account cannot be read, empty where it can."""
        return self._troubles.get(source, "")

    def save(self, account: Account, warn: Callable[[str], None] = lambda _why: None) -> Place:
        """Keep the account in the place of an earlier one with the same `source`; where its token is now.

        `warn` is told why the keyring cannot take the token, before it is written into a file. Raises `StorageError`,
        and then nothing of it is kept.
        """
        source = account.source
        self._make_folder()
        with self._index.locked():
            index = self._read_index()
            kept: Place = "keyring"
            try:
                self._keyring.put(source, _encoded(account.secret))
                self._forget_token(source)
            except KeyringError as error:
                warn(str(error))
                kept = "file"
                self._write_token(source, account.secret)
            try:
                bare = msgspec.structs.replace(account, secret=Secret())
                self._write(self._index, index.having(_Entry(bare, kept)))
            except BaseException:  # also Ctrl+C: a token that no list names would never be found again; raised again
                self._forget(source)
                raise
        with self._lock:
            self._renewed.pop(source, None)
        self.load()
        return kept

    def let_post(self, source: str, posts: bool) -> None:
        """Switch posting with an account on or off. Raises `StorageError`."""
        with self._index.locked():
            index = self._read_index()
            entry = index.entry(source)
            if entry is None:
                raise LibraryError(f"No account of {source} is signed in.")
            account = msgspec.structs.replace(entry.account, posts=posts)
            self._write(self._index, index.having(_Entry(account, entry.kept)))
        self.load()

    def remove(self, source: str) -> str:
        """Remove an account and its token; why the token is still in the keyring, empty where it is not.

        Raises `StorageError`, and then the account is still known and can be removed again.
        """
        if self._homeless or not self.folder.is_dir():
            return ""
        with self._index.locked():
            index = self._read_index()
            entry = index.entry(source)
            left = self._forget(source)  # first: a token that no list names would never be found again
            self._write(self._index, index.without(source))
        with self._lock:
            self._renewed.pop(source, None)
        self.load()
        return left if entry is not None and entry.kept == "keyring" else ""

    def settle(self) -> None:
        """Return once every renewed token is written down, or failed to be."""
        self._writer.submit(lambda: None).result()

    # How they are kept

    def _write_renewed(self, account: Account) -> None:
        source = account.source
        try:
            with self._index.locked():
                index = self._read_index()
                entry = index.entry(source)
                if entry is not None and entry.account.id == account.id:
                    self._write_later_one(index, entry, account)
        except (KeyringError, StorageError) as error:
            logger.warning("The renewed sign-in of %s is not kept: %s", source, error)
            return
        with self._lock:
            if self._renewed.get(source) is account:
                del self._renewed[source]

    def _write_later_one(self, index: _Index, entry: _Entry, account: Account) -> None:
        source = account.source
        there = self._secret(source, entry.kept)
        if there.expires_at > account.secret.expires_at:
            with self._lock:
                if self._accounts.get(source) is account:
                    later = msgspec.structs.replace(account, secret=there)
                    self._accounts = {**self._accounts, source: later}
            return
        if entry.kept == "keyring":
            self._keyring.put(source, _encoded(account.secret))
        else:
            self._write_token(source, account.secret)
        bare = msgspec.structs.replace(account, posts=entry.account.posts, secret=Secret())
        self._write(self._index, index.having(_Entry(bare, entry.kept)))

    def _secret(self, source: str, kept: Place) -> Secret:
        if kept == "file":
            secret = self._read_tokens().get(source)
        else:
            found = self._keyring.get(source)
            secret = None if found is None else _decoded(found)
        if secret is None:
            raise LibraryError(f"its token is not in the {kept} any more")
        return secret

    def _forget(self, source: str) -> str:
        """Remove a token wherever it is; why it may still be in the keyring."""
        self._forget_token(source)
        try:
            self._keyring.delete(source)
        except KeyringError as error:
            return str(error)
        return ""

    def _write_token(self, source: str, secret: Secret) -> None:
        self._write(self._tokens, {**self._read_tokens(), source: secret})

    def _forget_token(self, source: str) -> None:
        tokens = self._read_tokens()
        if tokens.pop(source, None) is not None:
            self._write(self._tokens, tokens)

    def _read_tokens(self) -> dict[str, Secret]:
        raw = self._tokens.read()
        try:
            return read_json(raw, dict[str, Secret]) if raw is not None else {}
        except Unreadable:
            raise LibraryError(f"{self._tokens.path} is damaged. Delete it and sign in again.") from None

    def _read_index(self) -> _Index:
        raw = None if self._homeless else self._index.read()
        try:
            index = read_json(raw, _Index) if raw is not None else _Index()
        except Unreadable:
            raise LibraryError(f"{self._index.path} is damaged. Delete it and sign in again.") from None
        return _Index(tuple(_Entry(_known(one.account), one.kept) for one in index.accounts), index.written)

    def _write(self, file: SmallFile, content: _Index | dict[str, Secret]) -> None:
        try:
            new_path(file.path).unlink(missing_ok=True)  # a new file gets the rights that are asked for, an old one not
        except OSError as error:
            raise SaveFailed.from_os(error) from error
        file.write(msgspec.json.format(msgspec.json.encode(content), indent=2))

    def _make_folder(self) -> None:
        if self._homeless is not None:
            raise self._homeless
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                self.folder.chmod(0o700)
        except OSError as error:
            raise SaveFailed.from_os(error) from error

    def _stamp(self) -> tuple[int, int, int] | None:
        if self._homeless:
            return None
        try:
            about = self._index.path.stat()
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size, about.st_ino


def _known(account: Account) -> Account:
    """The account as one of its network's kind, where that is known: a later version may have signed in elsewhere."""
    return of_its_kind(account) if account.network in NETWORKS else account


def _encoded(secret: Secret) -> str:
    return msgspec.json.encode(secret).decode()


def _decoded(secret: str) -> Secret | None:
    try:
        return read_json(secret, Secret)
    except Unreadable:
        return None
