"""`lunchroom recap`: what goes to the blog and the teachers afterwards."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sessions.core.zones import zone_or_utc
from sessions.words import _
from tui.cli.calendar import check_calendar_free, write_calendar
from tui.cli.commands.saved import LibraryOption, saved_library
from tui.cli.output import Failure, fail_with, put_data, say

if TYPE_CHECKING:
    from sessions.core.state import SessionState
    from sessions.reports.digest import Span

FormatName = Literal["markdown", "html", "csv", "json"]

_BY_SUFFIX: dict[str, FormatName] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json",
}  # fmt: skip


def recap(
    session: Annotated[
        str, typer.Argument(metavar="SESSION", help="A file, an id, a date, a part of a title, or latest.")
    ],
    form: Annotated[
        FormatName | None,
        typer.Option("--format", help="By the name of the --output file, else markdown.", show_default=False),
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there instead of to stdout.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Replace all names by Teacher 1, Host 1, ...")] = False,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE.ics", help="Also write the next chat as a file for calendars."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write the calendar file unasked; for scripts.")] = False,
    week: Annotated[
        bool, typer.Option("--week", help="Of a channel: the seven days up to today, or to the end of its month.")
    ] = False,
    month: Annotated[bool, typer.Option("--month", help="Of a channel: its whole month, as without this.")] = False,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Of a channel: from this day.")] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Of a channel: to this day, all of it.")
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Make the recap of a saved chat: questions with their answers, links, welcome and thanks.

    Of a channel it is a digest of a week, a month or some days: what people found, what was answered most, who is new.

    Example: lunchroom recap latest --format html --output recap.html
    """
    from sessions.reports.saved_recap import make_recap

    chosen = form or _by_name(output)
    _check_free(output, force)
    if ics is not None:
        check_calendar_free(ics, force)
    opened = saved_library(library)
    saved = opened.find(session)
    span = _span(week, month, since, until)
    if span is not None and not saved.channel:
        raise Failure(_("--week, --month, --from and --to are for a channel; this is a chat."), 2)
    made = make_recap(opened.folder, saved.path, saved.id, chosen, anonymous=anonymous, span=span)
    if not made.closed and not saved.channel:
        say(_("This chat was not closed: the recap is of what is saved so far. `lunchroom end` closes a running one."))
    if not made.planned:
        say(_("No plan of the next chat is here, so the recap names none. `lunchroom new --like latest` writes one."))
    if made.left_out_words:
        say(made.left_out_words)
    if anonymous:
        say(
            _("Names are replaced, words are not: read it through before you pass it on, and search for a name or two.")
        )
    if output is None:
        put_data(made.text)
    else:
        _write(output, made.text, chosen, force)
    if ics is not None:
        _write_next(opened.folder, saved.path, ics, force, yes)


def _write_next(library: Path, session: Path, ics: Path, force: bool, yes: bool) -> None:
    """The next chat of the series as a file for calendars."""
    from sessions.library.storage.reading import read_head
    from sessions.reports.saved_recap import following_chat

    following = following_chat(read_head(session).opened.plan, library)
    if following is None:
        say(
            _(
                "{ics} was not written: no plan of the next chat is here. `lunchroom new --like latest` writes one."
            ).format(ics=ics)
        )
        return
    write_calendar(following, ics, force, yes)


def _span(week: bool, month: bool, since: str | None, until: str | None) -> "Callable[[SessionState], Span] | None":
    """Of which days the digest of a channel is to be, given its state; None where nothing is said of that."""
    if sum((week, month, since is not None or until is not None)) > 1:
        raise Failure(_("Say --week, --month, or --from and --to, and only one of them."), 2)
    first, last = (None if said is None else _day(said) for said in (since, until))
    if first is not None and last is not None and last < first:
        raise Failure(_("--to {last} is before --from {first}.").format(last=last, first=first), 2)
    if not (week or month or first or last):
        return None

    def span(state: "SessionState") -> "Span":
        from sessions.core.channel.months import month_of_plan
        from sessions.core.plan import Plan
        from sessions.reports.digest import days_span, week_span, whole_month

        if month:
            return whole_month(state)
        days = month_of_plan(state.plan or Plan())
        now = datetime.datetime.now(zone_or_utc(days.timezone)).date()
        present = min(days.days[-1], now)
        if week:
            return week_span(present, days.timezone)
        return days_span(first or days.first, last or max(present, first or present), days.timezone)

    return span


def _day(written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise Failure(_("{written} is no day: write it as 2026-12-08.").format(written=written), 2) from None


def _by_name(output: Path | None) -> FormatName:
    """The format that the name of the file asks for; a plain text is Markdown."""
    suffix = "" if output is None else output.suffix.lower()
    if suffix in ("", ".txt"):
        return "markdown"
    if suffix not in _BY_SUFFIX:
        raise Failure(
            _("A recap is no {suffix} file: name it .md, .html, .csv or .json, or say --format.").format(suffix=suffix),
            2,
        )
    return _BY_SUFFIX[suffix]


def _check_free(output: Path | None, force: bool) -> None:
    """Before any work is done; the file is opened so that it is never overwritten by chance anyway."""
    if output is not None and output.exists() and not force:
        raise _taken(output)


def _taken(output: Path) -> Failure:
    return Failure(
        _("{path} is there already and is left as it is: give another name, or --force to overwrite.").format(
            path=output
        ),
        2,
    )


def _write(output: Path, text: str, chosen: FormatName, force: bool) -> None:
    from tui.dialogs.recap_file import write_recap

    with fail_with(OSError, what=_("{path} cannot be written").format(path=output)):
        try:
            write_recap(output, text, chosen, force=force)
        except FileExistsError:
            raise _taken(output) from None
    say(_("The recap is in {output}.").format(output=output))
