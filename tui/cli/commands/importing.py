"""`lunchroom import`: old archives into the library."""

import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from sessions.words import _
from tui.cli.commands.saved import LibraryOption, open_library
from tui.cli.import_preview import chosen, tell_chats
from tui.cli.import_report import tell_archive, tell_outcomes
from tui.cli.output import Failure, fail_with, say
from tui.cli.prompts import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sessions.importing import Archive, ColumnsUnclear, Outcome, SavedCopy, Wanted
    from sessions.library.library import Library

NOTHING = _("Stopped: nothing was imported.")
ALL_BUT_PEOPLE = _("Stopped: the chats are saved; `lunchroom people rebuild` counts their people.")
ALL = _("Stopped: the chats are saved.")
"""What an interrupt has left behind, by when it came."""

UNASKED = _("Nothing was imported: nobody is here to answer. Add --yes to go on unasked.")

LONG = 10_000
"""Lines from which on the reading of a file has a bar of its own."""


def import_chats(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CSV, TSV, JSON, own archives, zips, saved chats.")
    ],
    columns: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="What a column (name or number) holds.")
    ] = None,
    hour: Annotated[
        list[str] | None, typer.Option(metavar='"Thu 20:00-21:00"', help="When the chats were held; may be repeated.")
    ] = None,
    hashtag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="The chats' hashtag.")] = None,
    host: Annotated[
        list[str] | None, typer.Option(metavar="HANDLE", help="Who hosted, of one chat: 2024-01-08=HANDLE; repeatable.")
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(metavar='"Q4 TEXT"', help="What a question was, of one chat: 2024-01-08=...; repeatable."),
    ] = None,
    series: Annotated[str | None, typer.Option(help="Which chats they belong to; by default the hashtag.")] = None,
    title: Annotated[str | None, typer.Option(help="What the chat was about.")] = None,
    zone: Annotated[str | None, typer.Option(metavar="NAME", help="Time zone, such as America/Chicago.")] = None,
    author: Annotated[
        str | None, typer.Option(metavar="HANDLE", help="Whose own archive it is, where it does not say so.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="How the file's letters are encoded, such as mac_roman.")
    ] = None,
    dates: Annotated[
        str | None, typer.Option(metavar="day|month", help="What dates such as 01/02/2016 begin with.")
    ] = None,
    network: Annotated[
        str | None, typer.Option(metavar="NETWORK", help="Where the posts are from: {networks}.")
    ] = None,
    channel: Annotated[
        bool, typer.Option("--channel", help="What was posted between the chats: a saved month for each month in it.")
    ] = False,
    library: LibraryOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, take what was detected.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be imported, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object instead of a table.")] = False,
) -> None:
    """Bring old archives into the library, each chat in them as a saved chat.

    Example: lunchroom import tweets.csv --hour "Thu 20:00-21:00" --zone America/Chicago
    """
    from msgspec.structs import replace

    from sessions.files.errors import StorageError
    from sessions.importing import SavedThenStopped, note_people

    if channel and (hour or host or question or title):
        raise Failure(_("A channel has no hours, hosts, questions and titles of its own: leave them out."), 2)
    wanted = _wanted(
        columns or [],
        hour or [],
        hashtag or [],
        host or [],
        question or [],
        series,
        title,
        zone,
        network,
        dates,
        author,
        encoding,
    )
    wanted = replace(wanted, channel=channel)
    asking = sys.stdin.isatty() and sys.stderr.isatty() and not yes
    opened = open_library(library)
    left = NOTHING
    try:
        found, failures = _read(files, wanted, asking=asking)
        for one in found:
            tell_archive(one, zone)
        if asking and not dry_run and found:
            ticked = chosen(found, UNASKED)
            if ticked is None:
                raise typer.Abort
            found = ticked
        else:
            tell_chats(found)
        outcomes = _saved(found, opened, dry_run=dry_run)
        if not dry_run:
            left = ALL_BUT_PEOPLE
            try:
                note_people(opened, outcomes)
            except StorageError as error:
                say(_("The chats are saved, but people.json could not take them in: {error}").format(error=error))
            left = ALL
        tell_outcomes(outcomes, dry_run=dry_run, as_json=as_json, found=found)
    except SavedThenStopped:
        raise Failure(ALL_BUT_PEOPLE, 130) from None
    except (KeyboardInterrupt, typer.Abort):
        raise Failure(left, 130) from None
    if failures:
        raise failures[0]


def _wanted(
    columns: list[str],
    hours: list[str],
    hashtags: list[str],
    hosts: list[str],
    questions: list[str],
    series: str | None,
    title: str | None,
    zone: str | None,
    network: str | None,
    dates: str | None,
    author: str | None,
    encoding: str | None,
) -> "Wanted":
    from sessions.core.cleaning import clean_handle, clean_name
    from sessions.core.plan import slug
    from sessions.core.zones import UnknownZone, time_zone
    from sessions.importing import Wanted
    from sessions.importing.formats.archive_posts import Dates
    from sessions.importing.formats.columns import parse_map
    from sessions.importing.formats.texts import encoding_named
    from sessions.importing.per_chat import given_question
    from sessions.importing.splitting import parse_hour
    from sessions.library.plans import system_timezone
    from sessions.networks.archived import ArchiveOwner
    from sessions.networks.registry import NETWORKS

    if network is not None and network not in NETWORKS:
        raise Failure(
            _("--network must be one of {networks}, got {network!r}.").format(
                networks=", ".join(NETWORKS), network=network
            ),
            2,
        )
    begin = next((begin for begin in get_args(Dates) if begin == dates), None)
    if dates is not None and begin is None:
        raise Failure(_("--dates must be day or month, got {dates!r}.").format(dates=dates), 2)
    with fail_with(ValueError, code=2):
        mapped = dict(parse_map(option) for option in columns)
        parsed = tuple(parse_hour(option) for option in hours)
        read_in = encoding_named(encoding) if encoding is not None else ""
        for option in questions:
            given_question(option)
    if zone is not None:
        with fail_with(UnknownZone, code=2, what="--zone"):
            time_zone(zone)
    return Wanted(
        zone=zone or system_timezone() or "UTC",
        times_zone=zone or "UTC",
        columns=mapped,
        hours=parsed,
        hashtags=tuple(clean_handle(tag).lstrip("#") for tag in hashtags),
        hosts=tuple(hosts),
        questions=tuple(questions),
        series=slug(series) if series else "",
        title=clean_name(title or "", limit=200),
        network=network,
        dates=begin,
        encoding=read_in,
        owner=ArchiveOwner(handle=clean_handle(author or "")),
    )


def _read(files: list[Path], wanted: "Wanted", *, asking: bool) -> "tuple[list[Archive | SavedCopy], list[Failure]]":
    """What the files hold; those that cannot be imported are told at once, and as failures."""
    from sessions.importing import CannotImport, ColumnsUnclear, NotInFile, OwnerUnknown

    found: list[Archive | SavedCopy] = []
    failures: list[Failure] = []
    for place, path in enumerate(files, start=1):
        if sys.stderr.isatty() and len(files) > 1:
            say(_("Reading {path} ({place} of {files})").format(path=path, place=place, files=len(files)))
        try:
            found.append(_read_one(path, wanted, asking=asking))
        except (ColumnsUnclear, NotInFile, OwnerUnknown) as error:
            failures.append(Failure(f"{error}.", 2))
        except CannotImport as error:
            failures.append(Failure(f"{error}.", 1))
    if failures and not found:
        for failure in failures[1:]:
            say(str(failure))
        raise failures[0]
    for failure in failures[1:]:
        say(str(failure))
    return found, failures


def _read_one(path: Path, wanted: "Wanted", *, asking: bool) -> "Archive | SavedCopy":
    """The file; on a terminal whoever sits there is asked for columns that are unclear."""
    import msgspec

    from sessions.core.cleaning import clean_handle
    from sessions.importing import ColumnsUnclear, OwnerUnknown, read_archive
    from sessions.importing.formats.columns import parse_map

    path = path.expanduser()
    while True:
        try:
            with _reading_bar() as progress:
                return read_archive(path, wanted, progress=progress)
        except ColumnsUnclear as error:
            if not asking or not error.columns:
                raise
            number = _ask_column(path, error, wanted.columns)
            column, field = parse_map(f"{number}={error.missing[0]}")
            wanted = msgspec.structs.replace(wanted, columns={**wanted.columns, column: field})
        except OwnerUnknown as error:
            if not asking:
                raise
            say(f"{error}.")
            handle = clean_handle(ask(_("Handle"), UNASKED))
            wanted = msgspec.structs.replace(wanted, owner=msgspec.structs.replace(wanted.owner, handle=handle))


def _ask_column(path: Path, unclear: "ColumnsUnclear", given: "Mapping[str, str]") -> int:
    """The number of the column that holds the first missing field, as whoever sits at the terminal says it."""
    columns, samples = unclear.columns, unclear.samples
    say(
        _("{path}: which column is the {missing}? Behind each stands what is in the first rows of it.").format(
            path=path, missing=unclear.missing[0]
        )
    )
    width = min(max(map(len, columns)), 24)
    for number, column in enumerate(columns, start=1):
        name = "" if column == str(number) else f"{column[:60]:{width}}  "
        say(f"  {number:>2}  {name}{' | '.join(cell[:30] for cell in samples[number - 1])}".rstrip())
    while True:
        typed = ask(_("Number"), UNASKED)
        number = int(typed) if typed.isascii() and typed.isdigit() else 0
        taken = given.get(str(number))
        if taken is not None:
            say(_("Column {number} is the {taken} already.").format(number=number, taken=taken))
        elif 1 <= number <= len(columns):
            return number
        else:
            say(_("Give a number from 1 to {columns}; Ctrl+C stops and imports nothing.").format(columns=len(columns)))


@contextmanager
def _reading_bar() -> "Iterator[Callable[[int, int], None]]":
    """What shows on a terminal how far the reading of a long file is."""
    with ExitStack() as shown:
        bar: Any = None
        before = 0

        def progress(done: int, of: int) -> None:
            nonlocal bar, before
            if bar is None and sys.stderr.isatty() and of > LONG:
                bar = shown.enter_context(typer.progressbar(length=of, label=_("Reading"), file=sys.stderr))
            if bar is not None:
                bar.update(done - before)
                before = done

        yield progress


def _saved(found: "Sequence[Archive | SavedCopy]", library: "Library", *, dry_run: bool) -> "list[Outcome]":
    """What became of the chats; on a terminal a bar shows how far it is."""
    from sessions.importing import Archive, save

    if not sys.stderr.isatty():
        return save(found, library, dry_run=dry_run)
    total = sum(
        sum(len(chat.posts) for chat in one.chats) if isinstance(one, Archive) else len(one.events) for one in found
    )
    with typer.progressbar(length=total, label=_("Importing"), file=sys.stderr) as bar:
        return save(found, library, dry_run=dry_run, progress=bar.update)
