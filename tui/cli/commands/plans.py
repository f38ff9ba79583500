"""`lunchroom new` and `lunchroom check`: the plan before the chat."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sessions.words import _
from tui.cli.calendar import check_calendar_free, write_calendar
from tui.cli.commands.saved import LibraryOption, library_folder, saved_library
from tui.cli.networks import say_networks
from tui.cli.output import Failure, fail_with, put, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.core.languages import Language
    from sessions.core.plan import Plan
    from sessions.library.plans import PlanFile


def new(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; named by title and date if left out.")] = None,
    like: Annotated[str | None, typer.Option(metavar="latest|PLAN", help="Copy this plan a week on.")] = None,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help='Take the questions from text such as "Q1: ...", - for stdin.')
    ] = None,
    minutes: Annotated[float, typer.Option(help="How long the chat is.", min=5, max=600)] = 60,
    days: Annotated[
        int | None, typer.Option(help="Make it a slow chat of so many days, with a question a day.", min=1, max=60)
    ] = None,
    title: Annotated[str | None, typer.Option(help="What the chat is about.")] = None,
    hashtag: Annotated[str | None, typer.Option(help="The chat's hashtag, without #.")] = None,
    language: Annotated[
        str, typer.Option(help="Hold the chat in this language: en, es, de, fr, or one of your own.")
    ] = "en",
    library: LibraryOption = None,
) -> None:
    """Write a plan: a text file that says when the chat is and what is asked.

    Example: lunchroom new --questions questions.txt
    """
    from sessions.core.plan.reading import PlanError, decode_plan
    from sessions.core.plan.writing import like_plan_text, new_plan_text, plan_file_name
    from sessions.library.plans import system_timezone, write_plan
    from sessions.networks.registry import NETWORKS

    now, zone = datetime.datetime.now(datetime.UTC), system_timezone()
    own = _own_languages() if like is not None or language != "en" else {}
    spoken = _spoken(language, own)
    asked = _questions(questions, spoken) if questions is not None else []
    with fail_with(PlanError, code=2, what=_("The plan cannot be made")):
        if like is not None:
            if language != "en" or any(one is not None for one in (questions, title, hashtag, days)):
                others = "--questions, --title, --hashtag, --language and --days"
                raise Failure(
                    _("--like copies everything: leave {others} out, or edit after.").format(others=others), 2
                )
            before = _like(like, library)
            _ask_about_rehearsal(before)
            text = like_plan_text(before.text, NETWORKS, now=now, default_timezone=zone, languages=own)
        else:
            given: dict[str, Any] = {"language": spoken} | ({"title": title} if title else {})
            if hashtag:
                given["hashtags"] = (hashtag.removeprefix("#"),)
            text = new_plan_text(NETWORKS, now=now, timezone=zone, minutes=minutes, days=days, questions=asked, **given)
        plan = decode_plan(text, NETWORKS, default_timezone=zone, languages=own)
    path = file if file is not None else Path(plan_file_name(plan))
    with fail_with(OSError, what=_("{path} cannot be written").format(path=path)):
        try:
            write_plan(path, text)
        except FileExistsError:
            raise Failure(
                _("{path} is there already and is left as it is: give another name.").format(path=path), 2
            ) from None
    put(str(path))
    say(_("Edit {path} in any text editor, then look at the times: lunchroom check {path}").format(path=path))


def _ask_about_rehearsal(before: "PlanFile") -> None:
    """Ask whether a plan is to be copied that looks like a rehearsal; only say so where nobody can answer."""
    from sessions.core.plan.schedule import like_a_rehearsal
    from tui.cli.prompts import confirm

    signs = like_a_rehearsal(before.plan)
    if not signs:
        return
    told = _("{name} looks like a rehearsal: {signs}.").format(name=before.path.name, signs=signs)
    if sys.stdin is None or not sys.stdin.isatty():
        say(_("Note: {told}").format(told=told))
    elif not confirm(_("{told} Copy it as it is?").format(told=told), ""):
        raise Failure(_("Nothing was written. Name the plan that you mean: lunchroom new --like PLAN"), 1)


def check(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan file.")],
    share: Annotated[bool, typer.Option("--share", help="Print what one sends to the teachers beforehand.")] = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE.ics", help="Also write it as a file for calendars.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the calendar file if it is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write the calendar file unasked; for scripts.")] = False,
    library: LibraryOption = None,
) -> None:
    """Show the schedule of a plan in clock times, what does not fit, who reads and posts, and what reading X will cost.

    Example: lunchroom check stations.toml --share
    """
    from sessions.core.plan.schedule import schedule, schedule_text, share_text
    from sessions.networks.registry import NETWORKS

    if ics is not None:
        check_calendar_free(ics, force)
    decoded = read_plan(plan)
    found = schedule(decoded, NETWORKS, now=datetime.datetime.now(datetime.UTC))
    put(share_text(decoded, NETWORKS) if share else schedule_text(decoded, found))
    for warning in found.warnings:
        say(_("Note: {warning}").format(warning=warning))
    _say_credit(decoded)
    say_networks(decoded)
    _say_cost(decoded, library)
    if ics is not None:
        write_calendar(decoded, ics, force, yes)


def _say_credit(plan: "Plan") -> None:
    """What is given for the chat, and for how long it is kept."""
    from sessions.reports.credit.words import threshold
    from tui.text.wording import counted

    if plan.credit:
        word = (
            _("by {word} in a post, or by telling a host").format(word=plan.credit.word)
            if plan.credit.word
            else _("by telling a host")
        )
        say(_("Credit: {threshold}; one asks for it {word}.").format(threshold=threshold(plan.credit), word=word))
    if plan.keep_years or plan.records:
        years = (
            _("kept for {years}").format(years=counted(plan.keep_years, "{n} year", "{n} years"))
            if plan.keep_years
            else _("kept always")
        )
        rule = _(", by {records}").format(records=plan.records) if plan.records else ""
        say(_("Records: {years}{rule}; nothing is deleted by itself.").format(years=years, rule=rule))


def _say_cost(plan: "Plan", folder: Path | None) -> None:
    from sessions.networks.registry import NETWORKS, networks_of, posted_to, posting_of
    from sessions.networks.spending import dollars
    from sessions.reports.reading_cost import reading_estimates

    paid = any(NETWORKS[name].reading.estimate is not None for name in networks_of(plan))
    for found in reading_estimates(saved_library(folder), plan) if paid else ():
        ceiling = round(plan.ceiling * 1000)
        say(_("Note: {words}").format(words=found.words))
        if found.likely > ceiling:
            say(
                _("Note: The plan allows {dollars}, so reading will stop before the end: raise its ceiling.").format(
                    dollars=dollars(ceiling)
                )
            )
    posts = {question.name: question.text for question in plan.questions}
    for network in posted_to(plan):
        if words := posting_of(network).dear(posts):
            say(_("Note: {words}").format(words=words))


def read_plan(path: Path) -> "Plan":
    """The plan in the file; fails in one line that names the line of the file."""
    return read_plan_file(path).plan


def read_plan_file(path: Path) -> "PlanFile":
    """The plan in the file and its text; fails as `read_plan` does."""
    from sessions.core.plan.reading import PlanError
    from sessions.library.plans import read_plan as read
    from sessions.library.plans import system_timezone

    try:
        return read(path, default_timezone=system_timezone())
    except FileNotFoundError:
        raise Failure(_("{path}: there is no such file. `lunchroom new` writes a plan.").format(path=path), 2) from None
    except PlanError as error:
        raise Failure("\n".join(f"{path}: {problem}" for problem in error.problems), 2) from None
    except OSError as error:
        raise Failure(
            _("{path} cannot be read: {strerror}.").format(path=path, strerror=error.strerror or error), 2
        ) from None


def _own_languages() -> "Mapping[str, Language]":
    """The moderator's own languages; what is wrong with a file of them is told, and the file passed over."""
    from sessions.library.plans.languages import own_languages

    own = own_languages()
    for told in own.wrong.values():
        say(told)
    return own.found


def _spoken(code: str, own: "Mapping[str, Language]") -> "Language":
    from sessions.core.plan.reading.language import language_named, language_problem

    found = language_named(code, own)
    if found is None:
        problem = language_problem(code, own)
        raise Failure(f"{problem[:1].upper()}{problem[1:]}", 2)
    return found


def _questions(path: Path, language: "Language") -> list[tuple[str, str]]:
    from sessions.core.plan.pasted_questions import questions_from_text
    from sessions.core.plan.reading import PlanError
    from sessions.library.plans.texts import read_text

    with fail_with(PlanError, OSError, code=2, what=_("{path} cannot be read").format(path=path)):
        text = sys.stdin.read() if str(path) == "-" else read_text(path)
    found = questions_from_text(text, language)
    for warning in found.warnings:
        say(f"{path}: {warning}")
    if not found.questions:
        example = f"{language.labels[0]}1: {language.say('new.question_1')}"
        raise Failure(
            _('{path}: no questions there. Write one a line, such as "{example}"').format(path=path, example=example), 2
        )
    return list(found.questions)


def _like(what: str, library: Path | None) -> "PlanFile":
    """The plan file that `--like` names: a path, or the one of the latest chat here or among the saved chats."""
    from sessions.library.plans import latest_plan, system_timezone

    if what != "latest":
        return read_plan_file(Path(what))
    found = latest_plan([Path.cwd(), library_folder(library) / "plans"], default_timezone=system_timezone())
    for path, error in found.unreadable:
        say(_("{path} is passed over: {error}").format(path=path, error=error))
    if found.found is None:
        raise Failure(_("No plan is here yet. `lunchroom new` writes the first one."), 2)
    say(_("Like {path}.").format(path=found.found.path))
    return found.found
