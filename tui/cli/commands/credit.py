"""`lunchroom attendance` and `lunchroom certificates`: who took part, and a page for each who asked for credit."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sessions.words import _
from tui.cli.commands.people import UNASKED, YesOption
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure, fail_with, put, put_data, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from sessions.core.languages import Language
    from sessions.core.plan import Credit
    from sessions.reports.credit import Attendance, Certificate, Refused
    from sessions.reports.credit_chats import ReadAttendance

_DATE = ["%Y-%m-%d"]
_FORMS: dict[str, "_Form"] = {".csv": "csv", ".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}
_Form = Literal["text", "csv", "html", "json"]

PlanOption = Annotated[
    Path | None,
    typer.Option("--plan", metavar="PLAN.toml", help="Take [credit] from it for chats whose own plan has none."),
]
SeriesOption = Annotated[
    str | None, typer.Option("--series", metavar="SERIES", help="All chats of a series, beside those that are named.")
]
SinceOption = Annotated[
    datetime.datetime | None,
    typer.Option("--from", metavar="DATE", formats=_DATE, help="With --series: no chat before it."),
]
UntilOption = Annotated[
    datetime.datetime | None,
    typer.Option("--to", metavar="DATE", formats=_DATE, help="With --series: no chat after it."),
]


def attendance(
    sessions: Annotated[
        list[str] | None,
        typer.Argument(metavar="SESSION...", help="Files, ids, dates, parts of titles, or latest."),
    ] = None,
    series: SeriesOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="A page to print or to pass on.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object, for scripts.")] = False,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
    plan: PlanOption = None,
    library: LibraryOption = None,
) -> None:
    """List who took part in saved chats, and who reached what the plan asks for.

    It has first and last post, minutes and answers, with the rules by which they are counted. Whoever is in no recap is
    not in it.

    Example: lunchroom attendance latest --output attendance.csv
    """
    from sessions.reports.credit import VERSION, attendance_page, to_csv, to_json, to_text

    form = _form(as_csv, as_html, as_json, output)
    if output is not None and output.exists() and not force:
        raise _taken(output)
    found = _read(sessions or [], series, since, until, plan, library)
    chats = found.chats
    _say_of(chats, told_in_it=form == "text" and output is None)
    writers = {
        "csv": to_csv,
        "html": lambda these: attendance_page(these, found.languages),
        "json": lambda these: to_json(these, VERSION),
        "text": to_text,
    }
    text = writers[form](chats)
    if output is None:
        if form == "csv":
            for rule in dict.fromkeys(rule for chat in chats for rule in (chat.minutes_rule, chat.answers_rule)):
                say(rule)
        put_data(text)
        return
    _write(output, text, table=form == "csv", force=force)
    say(_("The list is in {output}.").format(output=output))


def certificates(
    sessions: Annotated[
        list[str],
        typer.Argument(
            metavar="SESSION...", help="Files, ids, dates, parts of titles, or latest.", default_factory=list
        ),
    ],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the pages go; made if it is not there.")],
    series: SeriesOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    plan: PlanOption = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite pages that are there.")] = False,
    yes: YesOption = False,
    library: LibraryOption = None,
) -> None:
    """Write a certificate for each person who asked for credit; shows it first and asks.

    Each is one page of HTML to print, or to save as PDF from the browser, for who answered enough. One asks by the word
    that the plan names, or as `lunchroom people set HANDLE --credit yes` writes down.

    Of several chats somebody gets one page with all of them.

    Example: lunchroom certificates latest certificates
    """
    from sessions.reports.credit import certificates as pages_of
    from tui.text.wording import counted

    found = _read(sessions, series, since, until, plan, library)
    _say_of(found.chats)
    for chat in found.chats:
        if chat.rehearsal:
            say(_("{date} {title} is a rehearsal: it gives no credit.").format(date=chat.date, title=chat.title))
        elif chat.credit is None:
            say(
                _(
                    "The plan of {date} {title} has no [credit]: name one that has with --plan PLAN.toml "
                    "(docs/use/credit.md)."
                ).format(date=chat.date, title=chat.title)
            )
    pages, refused = pages_of(found.chats)
    for one in refused:
        say(_why(one))
    if not pages:
        raise Failure(_("There is no certificate to write. `lunchroom attendance` shows who took part and who asked."))
    if folder.exists() and not folder.is_dir():
        raise Failure(_("{folder} is a file: name a folder for the certificates.").format(folder=folder), 2)
    files = dict(zip(_paths(pages, folder), pages, strict=True))
    for path, page in files.items():
        told = "overwrites " if path.exists() else ""
        put(f"{page.name}\t{page.hours:g} h\t{counted(len(page.chats), '{n} chat', '{n} chats')}\t{told}{path}")
    there = [path for path in files if path.exists()]
    if there and not force:
        more = _(", and {there} more").format(there=len(there) - 1) if len(there) > 1 else ""
        raise Failure(
            _(
                "{there} is there already{more}. Nothing was written: name another folder, or --force to overwrite."
            ).format(there=there[0], more=more),
            2,
        )
    if not yes and not confirm(
        _("Write {certificates} into {folder}?").format(
            certificates=counted(len(files), "{n} certificate", "{n} certificates"), folder=folder
        ),
        UNASKED,
    ):
        raise Failure(_("Nothing was written."))
    _write_pages(files, found.languages, folder, force)
    say(
        _("{certificates} written into {folder}.").format(
            certificates=counted(len(files), "{n} certificate", "{n} certificates"), folder=folder
        )
    )


def _read(
    sessions: list[str],
    series: str | None,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    plan: Path | None,
    library: Path | None,
) -> "ReadAttendance":
    from sessions.core.plan import slug
    from sessions.reports.credit_chats import read_attendance

    if not sessions and series is None:
        raise Failure(_("Name a chat (latest, a date, an id), or --series with a series."), 2)
    if (since or until) and series is None:
        raise Failure(_("--from and --to are for --series."), 2)
    if since is not None and until is not None and since > until:
        raise Failure(
            _("--from {since:%Y-%m-%d} is after --to {until:%Y-%m-%d}: exchange them.").format(
                since=since, until=until
            ),
            2,
        )
    found = read_attendance(
        saved_library(library),
        sessions,
        series=None if series is None else slug(series),
        since=since.date() if since else None,
        until=until.date() if until else None,
        credit=None if plan is None else _credit_of(plan),
    )
    for path in found.damaged:
        say(_("{name} is damaged and is passed by: the list is incomplete.").format(name=path.name))
    return found


def _credit_of(path: Path) -> "Credit":
    from sessions.core.plan.reading import PlanError
    from sessions.library.plans import read_plan, system_timezone

    with fail_with(PlanError, OSError, code=2, what=f"{path}"):
        credit = read_plan(path, default_timezone=system_timezone()).plan.credit
    if not credit:
        raise Failure(
            _("{path} has no [credit]: add it with provider, provider_number and hours.").format(path=path), 2
        )
    return credit


def _say_of(chats: "tuple[Attendance, ...]", *, told_in_it: bool = False) -> None:
    """What whoever reads the list has to know of each chat; that it is incomplete may be `told_in_it`."""
    from sessions.reports.credit.words import not_all

    for chat in chats:
        if not chat.closed and chat.kind == "chat":
            say(
                _("{date} {title} was not closed: the list is of what is saved so far.").format(
                    date=chat.date, title=chat.title
                )
            )
        if not told_in_it and (words := not_all(chat.left_out, chat.forgotten)):
            say(f"{chat.date} {chat.title}: {words}")


def _why(one: "Refused") -> str:
    """Why somebody who asked gets no certificate, and what to do."""
    who = one.attendee.name or f"@{one.attendee.handle}"
    if one.why == "name":
        return _(
            "{who} gave no name: `lunchroom people set HANDLE --name NAME` writes down what is to stand "
            "on the certificate."
        ).format(who=who)
    needed = one.chat.credit.answers if one.chat.credit is not None else 0
    return _("{who} asked for credit and answered {answered} of {needed} questions ({date}).").format(
        who=who, answered=len(one.attendee.answered), needed=needed, date=one.chat.date
    )


def _paths(pages: "list[Certificate]", folder: Path) -> list[Path]:
    """A file for each page, named by days and person; people of one name are numbered."""
    from sessions.library.storage.session_file import file_slug

    taken: dict[str, int] = {}
    paths = []
    for page in pages:
        days = "-to-".join(dict.fromkeys((page.chats[0].date, page.chats[-1].date)))
        letters = file_slug(page.name) if any(one.isascii() and one.isalnum() for one in page.name) else "person"
        stem = f"certificate-{days}-{letters}"
        taken[stem] = number = taken.get(stem, 0) + 1
        paths.append(folder / f"{stem}{f'-{number}' if number > 1 else ''}.html")
    return paths


def _write_pages(files: "dict[Path, Certificate]", languages: "dict[str, Language]", folder: Path, force: bool) -> None:
    from sessions.reports.credit import certificate_page

    with fail_with(OSError, what=_("{path} cannot be written").format(path=folder)):
        folder.mkdir(parents=True, exist_ok=True)
    for path, page in files.items():
        _write(path, certificate_page(page, languages[page.chats[-1].session]), force=force)


def _form(as_csv: bool, as_html: bool, as_json: bool, output: Path | None) -> _Form:
    """What was asked for, else what the name of the file says."""
    if as_csv + as_html + as_json > 1:
        raise Failure(_("--csv, --html or --json: only one of them."), 2)
    asked: dict[_Form, bool] = {"csv": as_csv, "html": as_html, "json": as_json}
    for form, wanted in asked.items():
        if wanted:
            return form
    suffix = "" if output is None else output.suffix.lower()
    if suffix and suffix not in _FORMS:
        raise Failure(
            _("A list is no {suffix} file: name it .csv, .html, .json or .txt, or say --csv.").format(suffix=suffix), 2
        )
    return _FORMS[suffix] if suffix else "text"


def _taken(output: Path) -> Failure:
    return Failure(
        _("{path} is there already and is left as it is: give another name, or --force to overwrite.").format(
            path=output
        ),
        2,
    )


def _write(output: Path, text: str, *, table: bool = False, force: bool = False) -> None:
    from tui.dialogs.documents import write_document

    with fail_with(OSError, what=_("{path} cannot be written").format(path=output)):
        try:
            write_document(output, text, table=table, force=force)
        except FileExistsError:
            raise _taken(output) from None
