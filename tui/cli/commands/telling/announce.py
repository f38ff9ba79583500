"""`lunchroom announce`: telling a team's channel or a mailing list of a chat, shown first, never twice."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.words import _
from tui.cli.commands.people import YesOption
from tui.cli.commands.plans import read_plan
from tui.cli.commands.saved import LibraryOption, open_library
from tui.cli.output import Failure, put, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from sessions.core.plan import Plan


def announce(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan file; its [announce] names who is told.")],
    question: Annotated[str | None, typer.Option(metavar="LABEL", help="Tell this question: 1, Q1.")] = None,
    recap: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Tell where the recap is.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also where it is out already, or may be.")] = False,
    yes: YesOption = False,
    library: LibraryOption = None,
) -> None:
    """Tell a team's channel or a mailing list of a chat: that it comes, a question, the recap; shows it first and asks.

    Nothing is told twice. The addresses stand in [announce] of config.toml, by names. It needs `lunchroom[announce]`.

    Example: lunchroom announce stations.toml --question 1
    """
    from sessions.publishing.announcing import Announcements, NotAnnounced, told_in_chats
    from tui.text.outside import clean_line
    from tui.text.wording import counted

    decoded = read_plan(plan)
    what, text = _what(decoded, question, recap)
    addresses = _addresses(decoded, plan)
    opened = open_library(library)
    announced = Announcements(opened.folder)
    by_desks = told_in_chats(opened, decoded, what)
    told = [name for name in addresses if name in by_desks or announced.state(decoded, what, name) is not None]
    out = [name for name in told if not again]
    for name in out:
        say(_("{name}: it is out already, or may be. --again sends it once more.").format(name=name))
    to = {name: address for name, address in addresses.items() if name not in out}
    if not to:
        raise Failure(_("Nothing was sent."))
    for line in text.split("\n"):
        put(clean_line(line))
    if not yes and not confirm(
        _("Tell {to}?").format(to=", ".join(to)),
        _("Nothing was sent: nobody is here to answer. Add --yes to go on unasked."),
    ):
        raise Failure(_("Nothing was sent."))
    failed = 0
    for name, address in to.items():
        try:
            announced.tell(decoded, what, name, address, text, again=again)
        except NotAnnounced as error:
            failed += 1
            say(_("{error} --again sends it once more.").format(error=error) if error.again else str(error))
        else:
            say(_("{name} is told.").format(name=name))
    if failed:
        raise Failure(
            _("{addresses} of {to} not told for sure.").format(
                addresses=counted(failed, "{n} address", "{n} addresses"), to=len(to)
            )
        )


def _what(plan: "Plan", question: str | None, recap: str | None) -> tuple[str, str]:
    """What is told, by its name and in words."""
    from sessions.networks.registry import NETWORKS
    from sessions.publishing.announcing import question_called, question_text, recap_text, reminder_text

    if question is not None and recap is not None:
        raise Failure(_("--question or --recap: only one of them."), 2)
    if question is not None:
        asked = question_called(plan, question)
        if asked is None:
            names = ", ".join(one.name for one in plan.questions)
            raise Failure(
                _("The plan has no question {question}; it has {names}.").format(
                    question=question, names=names or _("none")
                ),
                2,
            )
        return f"question {asked.label}", question_text(plan, asked)  # words: what is stored
    if recap is not None:
        if not recap.startswith(("https://", "http://")):
            raise Failure(_("--recap is the address of a page, such as https://blog.example.org/stations."), 2)
        return "recap", recap_text(plan, recap)
    return "reminder", reminder_text(plan, NETWORKS)


def _addresses(plan: "Plan", path: Path) -> dict[str, str]:
    """The addresses that the plan names, by their names."""
    from tui.apps import my_config
    from tui.shell.away_config import config_path

    if not plan.announce:
        raise Failure(
            _('{path} names nobody to tell: write [announce] and, below it, to = ["staff"].').format(path=path), 2
        )
    known = my_config().announce
    missing = [name for name in plan.announce if name not in known]
    if missing:
        raise Failure(
            _("{config_path} has no address for {missing}: write it below [announce].").format(
                config_path=config_path(), missing=", ".join(missing)
            ),
            2,
        )
    return {name: known[name] for name in plan.announce}
