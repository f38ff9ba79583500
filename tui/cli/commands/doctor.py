"""`lunchroom doctor`: what works on this computer and what does not."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.commands.saved import LibraryOption, library_folder
from tui.cli.output import put, put_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions.library.index import Summary
    from sessions.networks.accounts.store import AccountStore
    from sessions.networks.sign_in.findings import Finding

_MONTH = 365.25 / 12
"""Days."""


def doctor(
    library: LibraryOption = None,
    away: Annotated[
        bool, typer.Option("--away", help="Try whether this computer can be reached from other homes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object instead of lines.")] = False,
) -> None:
    """Say which accounts work, whether chats can be saved, what the terminal can show, and where files lie.

    Of accounts also what limits are left, and whether the clock is right. Nothing is changed, posted or paid for. With
    --away it says whom it contacts, and tries the ways from other homes. The exit code is 1 where something does not
    work.

    Example: lunchroom doctor --json
    """
    from tui.cli.findings.away import away_findings
    from tui.cli.findings.installed import installed_findings, place_findings
    from tui.cli.findings.terminal import terminal_findings

    found = [*_sign_ins(), *_running(), *_config(), *_library(library), *terminal_findings(), *installed_findings()]
    found += [*place_findings(), *away_findings(trying=away)]
    works = all(one.ok for one in found)
    if as_json:
        put_json({"ok": works, "findings": found})
    else:
        for one in found:
            put(f"{'ok  ' if one.ok else 'NOT '}{one.about}: {one.words}")
    if not works:
        say("What begins with NOT does not work.")
        raise typer.Exit(1)


def _sign_ins() -> "list[Finding]":
    """What there is to say about accounts; where their list cannot be read, only that."""
    from sessions.files.errors import StorageError
    from sessions.networks.accounts.store import AccountStore
    from sessions.networks.sign_in.findings import Finding

    store = AccountStore()
    try:
        store.load()
    except StorageError as error:
        return [Finding("sign-ins", False, str(error))]
    found = [*_places(store), *_accounts(store)]
    store.settle()
    return found


def _running() -> "list[Finding]":
    """Whether a hub can note where it is, and notes that cannot be read; what is there already is left as it is."""
    from sessions.files.errors import StorageError
    from sessions.hub.process.runtime import damaged_runtimes, make_runtime_folder
    from sessions.networks.sign_in.findings import Finding

    try:
        make_runtime_folder()
    except StorageError as error:
        return [Finding("running chats", False, str(error))]
    return [
        Finding(
            "running chats",
            False,
            f"{path} cannot be read ({why}). Delete it; `lunchroom host --resume FILE` brings the chat of a FILE back",
        )
        for path, why in damaged_runtimes()
    ]


def _config() -> "list[Finding]":
    from sessions.networks.sign_in.findings import Finding
    from tui.apps import my_config

    problem = my_config().problem
    words = f"{problem} `lunchroom config` shows each mistake with its line"
    return [Finding("config", False, words)] if problem else []


def _places(store: "AccountStore") -> "list[Finding]":
    """Where the tokens are, and why one of them cannot be read."""
    from sessions.networks.sign_in.findings import Finding

    if not store.known():
        words = (
            "nobody is signed in; servers that show hashtags to all are read all the same. See `lunchroom login --help`"
        )
        return [Finding("sign-ins", True, words)]
    where = {"keyring": "in the system's keyring", "file": f"in a file that only you can read, in {store.folder}"}
    found = []
    for source, place in store.known():
        why = store.trouble(source)
        words = f"the token is {where[place]}" + (f", and cannot be used: {why}" if why else "")
        found.append(Finding(f"{source} token", not why, words, {"kept": place}))
    return found


def _accounts(store: "AccountStore") -> "list[Finding]":
    import asyncio

    from sessions.networks.accounts.checking import check_account
    from sessions.networks.web.fetching import open_client

    async def ask() -> "list[list[Finding]]":
        async with open_client() as client:
            return await asyncio.gather(*(check_account(client, account, store) for account in store.all()))

    if store.all():
        say("Asking the networks ...")
    return [one for about in asyncio.run(ask()) for one in about]


def _library(named: Path | None) -> "list[Finding]":
    """Whether chats can be saved, and which of them are old; none is ever deleted unasked."""
    from sessions.files.disk import Disk
    from sessions.files.errors import SaveFailed, StorageError
    from sessions.library.forgotten import read_forgotten
    from sessions.library.index import summaries
    from sessions.library.library import Library
    from sessions.library.people import read_people
    from sessions.networks.sign_in.findings import Finding
    from tui.text.wording import count

    try:
        folder = library_folder(named)
        opened = Library(folder)
        probe = folder / ".doctor-probe"
        Disk().write_whole(probe, b" " * 4096)
        probe.unlink()
        chats = summaries(opened)
    except OSError as error:
        reason = SaveFailed.from_os(error).reason
        return [Finding("library", False, f"nothing can be saved in {library_folder(named)}: {reason}")]
    except StorageError as error:
        return [Finding("library", False, str(error))]
    found = [Finding("library", True, f"{count(len(chats), 'chat')} in {folder}, which can be written")]
    for read in (read_people, read_forgotten):
        try:
            read(folder)
        except StorageError as error:
            found.append(Finding("library", False, str(error)))
    damaged = [chat.path.name for chat in chats if chat.damaged]
    if damaged:
        words = f"{count(len(damaged), 'chat')} cannot be read: {', '.join(damaged)}. Rescue it in `lunchroom library`"
        found.append(Finding("damaged chats", False, words, {"files": damaged}))
    return [*found, *_old_chats(chats)]


def _old_chats(chats: "list[Summary]") -> "Iterator[Finding]":
    """Which chats are older than they have to be kept: by the years that their plan or the config says, else months."""
    from sessions.networks.sign_in.findings import Finding
    from tui.apps import my_config
    from tui.text.records import kept_until
    from tui.text.wording import count

    config = my_config()
    today = datetime.datetime.now(datetime.UTC).date()
    before = (today - datetime.timedelta(days=config.keep_months * _MONTH)).isoformat()
    years = {one.id: 0 if one.rehearsal else one.keep_years or config.keep_years for one in chats}
    old = sorted(one.id for one in chats if not years[one.id] and one.date < before)
    if old:
        words = (
            f"{count(len(old), 'chat')} older than {count(config.keep_months, 'month')}: {', '.join(old)}. "
            "`lunchroom library` deletes what need not be kept; nothing is deleted by itself"
        )
        yield Finding("old chats", True, words, {"sessions": old, "keep_months": config.keep_months})
    ends = {one.id: kept_until(one.date, years[one.id]) for one in chats}
    over = sorted(session for session, end in ends.items() if end is not None and end < today)
    if over:
        words = (
            f"{count(len(over), 'chat')} kept for the years that the plan or keep_years asks for: {', '.join(over)}. "
            "`lunchroom export` copies a series, `lunchroom library` deletes; nothing is deleted by itself"
        )
        yield Finding("kept chats", True, words, {"sessions": over, "keep_years": {one: years[one] for one in over}})
