"""`lunchroom people` and `lunchroom forget`: who was in the saved chats."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
        raise typer.BadParameter("it is empty; give a handle, network:handle or id")
    return handle


HandleArgument = Annotated[str, typer.Argument(help="A handle, network:handle or id.", callback=_not_blank)]
UNASKED = "Nothing was changed: nobody is here to answer. Add --yes to go on unasked."

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
        say(f"Nobody is in the chats of {opened.folder} yet.")
    for person in people:
        put(_line(person))


@app.command()
def rebuild(library: LibraryOption = None) -> None:
    """Make people.json anew from the saved chats; what moderators wrote is kept.

    Example: lunchroom people rebuild
    """
    from sessions.library.people_rebuild import rebuild_people
    from tui.text.wording import count

    opened = known_library(library)
    done = rebuild_people(opened)
    if done.aside is not None:
        kept = (
            f"it was read as {done.aside.encoding}, and what you wrote in it is kept"
            if done.aside.encoding
            else "what you wrote in it has to be written again"
        )
        say(f"people.json was damaged. It is kept as {done.aside.path}; {kept}.")
    for path in done.unreadable:
        say(f"{path.name} cannot be read and is passed by.")
    say(f"{count(done.people, 'person', 'people')} in {count(done.chats, 'chat')}.")


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
    with fail_with(DirectoryError, PlanError, OSError, what=f"{file} cannot be read"):
        directory = read_directory(read_text(file), NETWORKS)
    people = PeopleFile(opened.folder)
    changes = preview(directory, people.read())
    _show(directory, changes)
    if not any(not change.problem for change in changes):
        say("Nothing changes.")
        return
    if not yes and not confirm("Write this into people.json?", UNASKED):
        raise Failure("Nothing was changed.")
    people.change(lambda register: apply(directory, register))
    say(f"Written into {people.path}.")


@app.command()
def join(one: HandleArgument, other: HandleArgument, library: LibraryOption = None) -> None:
    """Tell that two accounts are one person; then nobody is new under their other account.

    Example: lunchroom people join mastodon:ana@mastodon.social bluesky:ana.example.org
    """
    from sessions.library.people import PeopleFile

    person = PeopleFile(known_library(library).folder).change(lambda people: people.join(one, other))
    say(f"One person now: {person.shown}, {', '.join(person.handles or person.ids)}. From the next chat on it counts.")


@app.command()
def part(account: HandleArgument, library: LibraryOption = None) -> None:
    """Take an account that was joined by mistake out again.

    Example: lunchroom people part bluesky:ana.example.org
    """
    from sessions.library.people import PeopleFile

    person = PeopleFile(known_library(library).folder).change(lambda people: people.part(account))
    say(f"A person of their own again: {person.shown}.")


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
        raise Failure(f"--recap is yes or no, not {recap!r}.", 2)
    if credit not in (None, "yes", "no"):
        raise Failure(f"--credit is yes or no, not {credit!r}.", 2)
    given = {"recap": recap, "credit": credit, "name": name, "school": school, "level": level, "notes": notes}
    fields = {name: value for name, value in given.items() if value is not None}
    if not fields:
        raise Failure("Say what to write: --recap, --credit, --name, --school, --level or --notes.", 2)
    changed = PeopleFile(known_library(library).folder).change(lambda people: people.find(who).write(fields))
    say("Written." if changed else "It says so already.")


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
    from tui.text.wording import count

    folders = [known_library(library).folder, *(also or [])]
    say("Looking through the saved chats ...")
    with progress_bar("Looking") as progress:
        erasure = look(folders, handle, progress=progress)
    _tell(erasure, "would change" if dry_run else "will change")
    _tell_rules(erasure)
    if dry_run:
        return
    if not yes:
        typed = ask("This cannot be undone. Type the handle again to go on", UNASKED)
        if typed.lstrip("@") != handle.strip().lstrip("@"):
            raise Failure("Nothing was changed: that is not the handle.")
    say("Rewriting ...")
    with progress_bar("Forgetting") as progress:
        done = carry_out(folders, handle, progress=progress)
    say(f"{done.shown} is forgotten in {count(len(done.touched), 'file')}. Imports and copies will leave them out.")
    if done.unreached:
        raise Failure(f"{count(len(done.unreached), 'file')}, named above, may still tell of them.")


def _tell(erasure: "Erasure", verb: str) -> None:
    from tui.text.wording import count

    say(f"{erasure.shown} ({', '.join(sorted(erasure.who.handles | erasure.who.ids))})")
    for touched in erasure.touched:
        put(f"{touched.path}\t{verb} in {count(touched.places, 'place')}")
    for unreached in erasure.unreached:
        say(f"Not reached: {unreached.path}. {unreached.why}")
    say(
        "What nobody can reach from here: recaps that were sent, files on other computers, and the networks themselves."
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
    say("Columns: " + ", ".join(f"{column} from {head!r}" for column, head in directory.columns.items()))
    if directory.ignored:
        say(f"Passed by: {', '.join(directory.ignored)}")
    if directory.skipped:
        say(f"Lines without a handle: {', '.join(map(str, directory.skipped))}")
    for change in changes:
        if change.problem:
            say(f"Line {change.row.line}: {change.problem}")
            continue
        new = ", ".join(
            f"{field} {_old(change.before.get(field))}{_words(value)}" for field, value in change.after.items()
        )
        put(f"{change.row.handle}\t{'' if change.known else 'not seen yet; '}{new}")


def _old(value: object) -> str:
    return f"{_words(value)} -> " if value else ""


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _line(person: "PersonRecord") -> str:
    known = ", ".join(filter(None, (person.school, person.level, *person.groups)))
    marks = ", ".join(filter(None, ("host" * person.host, "muted" * person.muted, "no recap" * (person.recap == "no"))))
    handles = ", ".join(person.handles or person.ids)
    chats = f"{person.sessions} {'chat ' if person.sessions == 1 else 'chats'}"
    dates = f"{person.first or '':10}  {person.last or '':10}"
    return "  ".join(filter(None, (f"{chats:>10}", dates, person.shown, handles, known, marks)))
