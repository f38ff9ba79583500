"""`lunchroom people` and `lunchroom forget`: who was in the saved chats."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.words import _, pgettext
from tui.cli.commands.saved import LibraryOption, known_library, open_library, saved_library
from tui.cli.output import Failure, fail_with, progress_bar, put, put_json, say
from tui.cli.prompts import ask, confirm

if TYPE_CHECKING:
    from sessions.core.people import PersonRecord
    from sessions.library.directory import Change, Directory
    from sessions.library.erasure import Erasure

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Who was in the saved chats, and what you know of them.",
    epilog="Example: lunchroom people list",
)


def _not_blank(handle: str) -> str:
    """What a script gives whose variable is empty is nobody, and never whoever has no handle."""
    if not handle.strip().lstrip("@"):
        raise typer.BadParameter(_("it is empty; give a handle, network:handle or id"))
    return handle


HandleArgument = Annotated[str, typer.Argument(help="A handle, network:handle or id.", callback=_not_blank)]
UNASKED = _("Nothing was changed: nobody is here to answer. Add --yes to go on unasked.")

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")]


@app.command("list")
def list_people(
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array instead of a table.")] = False,
) -> None:
    """List everybody who was in a saved chat, most chats first; rehearsals do not count.

    Example: lunchroom people list --json
    """
    from sessions.library.people import PeopleFile
    from sessions.library.people_rebuild import rebuild_people

    opened = saved_library(library)
    if opened.folder.is_dir() and not PeopleFile(opened.folder).exists():
        rebuild_people(opened)
    people = sorted(PeopleFile(opened.folder).read(), key=lambda person: (-person.sessions, person.shown.casefold()))
    if as_json:
        put_json(people)
        return
    if not people:
        say(_("Nobody is in the chats of {folder} yet.").format(folder=opened.folder))
    for person in people:
        put(_line(person))


@app.command()
def rebuild(library: LibraryOption = None) -> None:
    """Make people.json anew from the saved chats; what moderators wrote is kept.

    Example: lunchroom people rebuild
    """
    from sessions.library.people_rebuild import rebuild_people
    from tui.text.wording import counted

    opened = known_library(library)
    done = rebuild_people(opened)
    if done.aside is not None:
        kept = (
            _("it was read as {encoding}, and what you wrote in it is kept").format(encoding=done.aside.encoding)
            if done.aside.encoding
            else _("what you wrote in it has to be written again")
        )
        say(_("people.json was damaged. It is kept as {path}; {kept}.").format(path=done.aside.path, kept=kept))
    for path in done.unreadable:
        say(_("{name} cannot be read and is passed by.").format(name=path.name))
    say(
        _("{people} in {chats}.").format(
            people=counted(done.people, "{n} person", "{n} people"), chats=counted(done.chats, "{n} chat", "{n} chats")
        )
    )


@app.command("import")
def import_directory(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A table with handle, name, school, level.")],
    library: LibraryOption = None,
    yes: YesOption = False,
) -> None:
    """Take names, schools and levels from a list of your teachers; shows what would change and asks.

    Example: lunchroom people import teachers.csv
    """
    from sessions.core.plan.reading import PlanError
    from sessions.library.directory import DirectoryError, apply, preview, read_directory
    from sessions.library.people import PeopleFile
    from sessions.library.plans.texts import read_text
    from sessions.networks.registry import NETWORKS

    opened = open_library(library)
    with fail_with(DirectoryError, PlanError, OSError, what=_("{file} cannot be read").format(file=file)):
        directory = read_directory(read_text(file), NETWORKS)
    people = PeopleFile(opened.folder)
    changes = preview(directory, people.read())
    _show(directory, changes)
    if not any(not change.problem for change in changes):
        say(_("Nothing changes."))
        return
    if not yes and not confirm(_("Write this into people.json?"), UNASKED):
        raise Failure(_("Nothing was changed."))
    people.change(lambda register: apply(directory, register))
    say(_("Written into {path}.").format(path=people.path))


@app.command()
def join(one: HandleArgument, other: HandleArgument, library: LibraryOption = None) -> None:
    """Tell that two accounts are one person; then nobody is new under their other account.

    Example: lunchroom people join mastodon:ana@mastodon.social bluesky:ana.example.org
    """
    from sessions.library.people import PeopleFile

    person = PeopleFile(known_library(library).folder).change(lambda people: people.join(one, other))
    say(
        _("One person now: {shown}, {handles}. From the next chat on it counts.").format(
            shown=person.shown, handles=", ".join(person.handles or person.ids)
        )
    )


@app.command()
def part(account: HandleArgument, library: LibraryOption = None) -> None:
    """Take an account that was joined by mistake out again.

    Example: lunchroom people part bluesky:ana.example.org
    """
    from sessions.library.people import PeopleFile

    person = PeopleFile(known_library(library).folder).change(lambda people: people.part(account))
    say(_("A person of their own again: {shown}.").format(shown=person.shown))


@app.command("set")
def set_fields(
    who: HandleArgument,
    recap: Annotated[str | None, typer.Option(metavar="yes|no", help="Whether recaps may show them.")] = None,
    credit: Annotated[str | None, typer.Option(metavar="yes|no", help="Whether they want credit hours.")] = None,
    name: Annotated[str | None, typer.Option(help="Their name as it is to stand on certificates.")] = None,
    school: Annotated[str | None, typer.Option(help="Their school.")] = None,
    level: Annotated[str | None, typer.Option(help="The level they teach.")] = None,
    notes: Annotated[str | None, typer.Option(help="Whatever you want to remember.")] = None,
    library: LibraryOption = None,
) -> None:
    """Write down what you know of a person; `--recap no` leaves them out of recaps.

    Example: lunchroom people set mlopez --recap no
    """
    from sessions.library.people import PeopleFile

    if recap not in (None, "yes", "no"):
        raise Failure(_("--recap is yes or no, not {recap!r}.").format(recap=recap), 2)
    if credit not in (None, "yes", "no"):
        raise Failure(_("--credit is yes or no, not {credit!r}.").format(credit=credit), 2)
    given = {"recap": recap, "credit": credit, "name": name, "school": school, "level": level, "notes": notes}
    fields = {name: value for name, value in given.items() if value is not None}
    if not fields:
        raise Failure(_("Say what to write: --recap, --credit, --name, --school, --level or --notes."), 2)
    changed = PeopleFile(known_library(library).folder).change(lambda people: people.find(who).write(fields))
    say(_("Written.") if changed else _("It says so already."))


def forget(
    handle: HandleArgument,
    library: LibraryOption = None,
    also: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="A folder with copies; repeatable.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be changed.")] = False,
    yes: YesOption = False,
) -> None:
    """Take a person's name, handle and words out of all saved chats, for good. Numbers stay as they are.

    Example: lunchroom forget mlopez --dry-run
    """
    from sessions.library.erasure import forget as carry_out
    from sessions.library.erasure import look
    from tui.text.wording import counted

    folders = [known_library(library).folder, *(also or [])]
    say(_("Looking through the saved chats ..."))
    with progress_bar(_("Looking")) as progress:
        erasure = look(folders, handle, progress=progress)
    _tell(erasure, _("would change") if dry_run else _("will change"))
    _tell_rules(erasure)
    if dry_run:
        return
    if not yes:
        typed = ask(_("This cannot be undone. Type the handle again to go on"), UNASKED)
        if typed.lstrip("@") != handle.strip().lstrip("@"):
            raise Failure(_("Nothing was changed: that is not the handle."))
    say("Rewriting ...")
    with progress_bar(_("Forgetting")) as progress:
        done = carry_out(folders, handle, progress=progress)
    say(
        _("{shown} is forgotten in {files}. Imports and copies will leave them out.").format(
            shown=done.shown, files=counted(len(done.touched), "{n} file", "{n} files")
        )
    )
    if done.unreached:
        raise Failure(
            _("{files}, named above, may still tell of them.").format(
                files=counted(len(done.unreached), "{n} file", "{n} files")
            )
        )


def _tell(erasure: "Erasure", verb: str) -> None:
    from tui.text.wording import counted

    say(f"{erasure.shown} ({', '.join(sorted(erasure.who.handles | erasure.who.ids))})")
    for touched in erasure.touched:
        put(
            _("{path}\t{verb} in {places}").format(
                path=touched.path, verb=verb, places=counted(touched.places, "{n} place", "{n} places")
            )
        )
    for unreached in erasure.unreached:
        say(_("Not reached: {path}. {why}").format(path=unreached.path, why=unreached.why))
    say(
        _(
            "What nobody can reach from here: recaps that were sent, files on other computers, and the networks "
            "themselves."
        )
    )


def _tell_rules(erasure: "Erasure") -> None:
    """What the plans of the chats that are changed say of keeping them."""
    from sessions.files.errors import StorageError
    from sessions.library.storage.reading import read_head
    from tui.text.records import NOTED, rules_words

    rules = []
    for touched in erasure.touched:
        with contextlib.suppress(StorageError):  # no chat, or a damaged one, whose plan cannot be read
            rules.append(read_head(touched.path).opened.plan.records or "")
    if words := rules_words(rules):
        say(f"{words} {NOTED}")


def _show(directory: "Directory", changes: "list[Change]") -> None:
    say(
        _("Columns: ")
        + ", ".join(
            _("{column} from {head!r}").format(column=column, head=head) for column, head in directory.columns.items()
        )
    )
    if directory.ignored:
        say(_("Passed by: {ignored}").format(ignored=", ".join(directory.ignored)))
    if directory.skipped:
        say(_("Lines without a handle: {lines}").format(lines=", ".join(map(str, directory.skipped))))
    for change in changes:
        if change.problem:
            say(_("Line {line}: {problem}").format(line=change.row.line, problem=change.problem))
            continue
        new = ", ".join(
            f"{field} {_old(change.before.get(field))}{_words(value)}" for field, value in change.after.items()
        )
        put(f"{change.row.handle}\t{'' if change.known else _('not seen yet; ')}{new}")


def _old(value: object) -> str:
    return f"{_words(value)} -> " if value else ""


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _line(person: "PersonRecord") -> str:
    known = ", ".join(filter(None, (person.school, person.level, *person.groups)))
    marks = ", ".join(
        filter(
            None,
            (
                pgettext("person", "host") * person.host,
                pgettext("person", "muted") * person.muted,
                pgettext("person", "no recap") * (person.recap == "no"),
            ),
        )
    )
    handles = ", ".join(person.handles or person.ids)
    chats = f"{person.sessions} {'chat ' if person.sessions == 1 else 'chats'}"
    dates = f"{person.first or '':10}  {person.last or '':10}"
    return "  ".join(filter(None, (f"{chats:>10}", dates, person.shown, handles, known, marks)))
