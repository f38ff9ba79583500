"""`lunchroom merge`: what only another file of a saved chat has, into that chat."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sessions.words import _, ngettext, pgettext
from tui.cli.commands.live import NameOption, own_name
from tui.cli.commands.saved import LibraryOption, known_library
from tui.cli.output import Failure, put, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sessions.core.commands import Command
    from sessions.core.events import Event
    from sessions.core.reunion import Addition, Group, Kept
    from sessions.core.state import SessionState
    from sessions.hub.process.runtime import Runtime
    from sessions.library.library import Library
    from sessions.library.merging import TwoFiles

UNASKED = _("Add --yes to add it unasked.")

LINES = 20
"""How many lines are shown of what belongs together."""

LONGEST = 100
"""Characters of a text in a line."""

_TITLES: "dict[Group, Callable[[int], str]]" = {
    "posts": lambda number: (
        pgettext("merge", "{n} post") if number == 1 else pgettext("merge", "{n} posts, edits and removals")
    ),
    "marks": lambda number: ngettext("{n} mark", "{n} marks", number),
    "notes": lambda number: ngettext("{n} note", "{n} notes", number),
    "questions": lambda number: ngettext("{n} change of the questions", "{n} changes of the questions", number),
    "roles": lambda number: ngettext("{n} change of roles", "{n} changes of roles", number),
    "postings": lambda number: ngettext(
        "{n} step of posting to a network", "{n} steps of posting to a network", number
    ),
    "finds": lambda number: ngettext("{n} look-up or find", "{n} look-ups and finds", number),
}


def merge(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The chat's other file, such as that of the old hub.")],
    session: Annotated[
        str | None,
        typer.Argument(
            metavar="[SESSION]", help="The saved chat to add to: its id, `latest` or a file; by default FILE's own."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    name: NameOption = None,
    library: LibraryOption = None,
) -> None:
    """Add to a saved chat what only another file of it has; shows it first and asks.

    After a takeover, or after both sides of a cut went on: posts, marks, notes and questions of the other file become
    new events of this one. Nothing is posted to a network, nothing that was decided here since is changed, and merging
    again adds nothing. FILE stays as it is. Of a chat that runs here its hub is asked, in your name, for what a desk
    could do; the rest is for when it has ended.

    Example: lunchroom merge /media/usb/2026-12-01-navasotaisd-k3f9qa.json
    """
    from sessions.library.merging import compare

    opened = known_library(library)
    two = compare(opened, file, session)
    if not two.reunion.additions:
        _show(two, ())
        say(_("Nothing is missing in this library's file."))
        return
    running = _running(two.session)
    if running is None:
        _merge_saved(opened, two, yes=yes)
    else:
        _merge_live(two, running, own_name(name), yes=yes)


def _running(session: str) -> "Runtime | None":
    """Where the hub of this chat is, if it runs on this computer."""
    from sessions.hub.process.runtime import running_sessions

    here = (one.runtime for one in running_sessions() if one.alive and one.runtime.session == session)
    return next(here, None)


def _merge_saved(library: "Library", two: "TwoFiles", *, yes: bool) -> None:
    """Write what is missing into the file of a chat that does not run."""
    from sessions.files.errors import SessionLocked
    from sessions.library.merging import add
    from tui.text.wording import counted

    _show(two, two.reunion.additions)
    what = counted(len(two.reunion.additions), "{n} event", "{n} events")
    if not yes and not confirm(_("Add {what} to {name}?").format(what=what, name=two.path.name), UNASKED):
        raise Failure(_("Nothing was added."))
    try:
        unnoted = add(library, two)
    except SessionLocked as error:
        who = error.holder or _("another lunchroom program")
        raise Failure(
            _(
                "Nothing was added: {who} has the chat open. Close it there (`lunchroom end` ends a chat "
                "that runs), then merge once more."
            ).format(who=who)
        ) from error
    say(_("Added {what}. The chat is saved in {path}.").format(what=what, path=two.path))
    if unnoted:
        say(_("{unnoted} `lunchroom people rebuild` takes the chat in later.").format(unnoted=unnoted))


def _merge_live(two: "TwoFiles", runtime: "Runtime", name: str, *, yes: bool) -> None:
    """Ask the hub of a chat that runs for what is missing, as far as commands can."""
    import asyncio

    from sessions.core.events import type_name
    from sessions.core.reunion import asking
    from tui.text.wording import counted

    wanted = asking(two.ours, two.reunion, name)
    _show(two, [addition for addition, __ in wanted.commands], wanted.waiting)
    if not wanted.commands:
        raise Failure(
            _("The chat runs, and this can be added only once it has ended: `lunchroom end`, then merge again.")
        )
    what = counted(len(wanted.commands), "{n} event", "{n} events")
    if not yes and not confirm(_("Add {what} to the chat that runs, as {name}?").format(what=what, name=name), UNASKED):
        raise Failure(_("Nothing was added."))
    refused = asyncio.run(_ask(runtime, name, [command for __, command in wanted.commands]))
    for (addition, command), words in zip(wanted.commands, refused, strict=True):
        if words:
            say(
                _("Not added: {what} of {by}. {words}").format(
                    what=type_name(command).replace("_", " "), by=addition.event.by, words=words
                )
            )
    say(
        _("Added {events} to the chat that runs.").format(
            events=counted(len(refused) - sum(map(bool, refused)), "{n} event", "{n} events")
        )
    )
    if wanted.waiting:
        say(
            _("Merge once more when it has ended: {events} can be added only then.").format(
                events=counted(len(wanted.waiting), "{n} event", "{n} events")
            )
        )


async def _ask(runtime: "Runtime", name: str, commands: "Sequence[Command]") -> list[str]:
    """Why the hub refuses each of the commands, empty for those it accepts. Fails where it cannot save."""
    from sessions.hub.client.client import HubClient, Invite, Refusal, Unsaved

    client = HubClient(Invite(url=runtime.url, token=runtime.keys.token))
    try:
        await client.join(name)
        refused = []
        for command in commands:
            outcome = await client.command(command)
            if isinstance(outcome, Unsaved):
                raise Failure(
                    _("{words} Merge again once that is over; what is there is not added twice.").format(
                        words=outcome.words
                    )
                )
            refused.append(outcome.refusal if isinstance(outcome, Refusal) else "")
        return refused
    finally:
        await client.aclose()


def _show(two: "TwoFiles", added: "Sequence[Addition]", waiting: "Sequence[Addition]" = ()) -> None:
    """All that is added, group by group, then what is not and why."""
    from sessions.core.clock.face import clock_time, zone_of
    from sessions.core.evolve import fold
    from tui.text.wording import counted

    found = two.reunion
    after, there = fold([*two.ours, *found.events]), fold(two.theirs)
    zone = zone_of(after.plan)

    def told(additions: "Sequence[Addition]") -> list[str]:
        return [f"{clock_time(one.happened, zone)}  {_sentence(after, one.event)}" for one in additions]

    for group, title in _TITLES.items():
        lines = told([addition for addition in added if addition.group == group])
        _put_group(f"{title(len(lines)).format(n=f'{len(lines):,}')}:", lines)
    _put_group(_("Not added while the chat runs:"), told(waiting))
    kept = [f"{clock_time(one.event.at, zone)}  {_kept(there, one)}" for one in found.kept]
    _put_group(_("Only there, and not added:"), kept)
    if found.later:
        put(
            _("{events} of a later version of Lunchroom, not added.").format(
                events=counted(found.later, "{n} event", "{n} events")
            )
        )


def _put_group(title: str, lines: "Sequence[str]") -> None:
    if lines:
        put(title)
        for line in _first(lines):
            put(f"    {line}")


def _first(lines: "Sequence[str]") -> "Iterator[str]":
    yield from lines[:LINES]
    if len(lines) > LINES:
        yield _("and {lines} more").format(lines=len(lines) - LINES)


def _kept(there: "SessionState", kept: "Kept") -> str:
    return f"{_sentence(there, kept.event)} ({kept.why})"


def _sentence(state: "SessionState", event: "Event") -> str:
    """Who did what, with the text where there is one."""
    from sessions.core import events as e
    from tui.desk.model.log_words import action_words, post_name

    who = event.by or _("the hub")
    if isinstance(event, e.PostSeen):
        by = "" if event.by is None else _(" (by hand, {by})").format(by=event.by)
        return f"{event.post.author.shown}{by}: {_short(event.post.text)}"
    if isinstance(event, e.PostEdited):
        return _("{post_name} was edited: {short}").format(
            post_name=post_name(state, event.post), short=_short(event.text)
        )
    if isinstance(event, e.PostRemoved):
        return _("{post_name} was removed by its author").format(post_name=post_name(state, event.post))
    if isinstance(event, e.NoteAdded):
        return f"{who}: {_short(event.text)}"
    words = action_words(state, event)
    if isinstance(event, e.QuestionAdded):
        words = f"{words}: {_short(event.question.text)}"
    elif isinstance(event, (e.QuestionEdited, e.PostingBegun)):
        words = f"{words}: {_short(event.text)}"
    return f"{who} {words}"


def _short(text: str) -> str:
    from sessions.core.plan import clean_line

    line = clean_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
