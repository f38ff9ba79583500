"""`lunchroom merge`: what only another file of a saved chat has, into that chat."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.cli.commands.live import NameOption, own_name
from tui.cli.commands.saved import LibraryOption, known_library
from tui.cli.output import Failure, put, say
from tui.cli.prompts import confirm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sessions.core.commands import Command
    from sessions.core.events import Event
    from sessions.core.reunion import Addition, Group, Kept
    from sessions.core.state import SessionState
    from sessions.hub.process.runtime import Runtime
    from sessions.library.library import Library
    from sessions.library.merging import TwoFiles

UNASKED = "Add --yes to add it unasked."

LINES = 20
"""How many lines are shown of what belongs together."""

LONGEST = 100
"""Characters of a text in a line."""

_TITLES: "dict[Group, tuple[str, str]]" = {
    "posts": ("post", "posts, edits and removals"),
    "marks": ("mark", "marks"),
    "notes": ("note", "notes"),
    "questions": ("change of the questions", "changes of the questions"),
    "roles": ("change of roles", "changes of roles"),
    "postings": ("step of posting to a network", "steps of posting to a network"),
    "finds": ("look-up or find", "look-ups and finds"),
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
        say("Nothing is missing in this library's file.")
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
    from tui.text.wording import count

    _show(two, two.reunion.additions)
    what = count(len(two.reunion.additions), "event")
    if not yes and not confirm(f"Add {what} to {two.path.name}?", UNASKED):
        raise Failure("Nothing was added.")
    try:
        unnoted = add(library, two)
    except SessionLocked as error:
        who = error.holder or "another lunchroom program"
        raise Failure(
            f"Nothing was added: {who} has the chat open. Close it there (`lunchroom end` ends a chat that runs), then "
            "merge once more."
        ) from error
    say(f"Added {what}. The chat is saved in {two.path}.")
    if unnoted:
        say(f"{unnoted} `lunchroom people rebuild` takes the chat in later.")


def _merge_live(two: "TwoFiles", runtime: "Runtime", name: str, *, yes: bool) -> None:
    """Ask the hub of a chat that runs for what is missing, as far as commands can."""
    import asyncio

    from sessions.core.events import type_name
    from sessions.core.reunion import asking
    from tui.text.wording import count

    wanted = asking(two.ours, two.reunion, name)
    _show(two, [addition for addition, _ in wanted.commands], wanted.waiting)
    if not wanted.commands:
        raise Failure("The chat runs, and this can be added only once it has ended: `lunchroom end`, then merge again.")
    what = count(len(wanted.commands), "event")
    if not yes and not confirm(f"Add {what} to the chat that runs, as {name}?", UNASKED):
        raise Failure("Nothing was added.")
    refused = asyncio.run(_ask(runtime, name, [command for _, command in wanted.commands]))
    for (addition, command), words in zip(wanted.commands, refused, strict=True):
        if words:
            say(f"Not added: {type_name(command).replace('_', ' ')} of {addition.event.by}. {words}")
    say(f"Added {count(len(refused) - sum(map(bool, refused)), 'event')} to the chat that runs.")
    if wanted.waiting:
        say(f"Merge once more when it has ended: {count(len(wanted.waiting), 'event')} can be added only then.")


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
                raise Failure(f"{outcome.words} Merge again once that is over; what is there is not added twice.")
            refused.append(outcome.refusal if isinstance(outcome, Refusal) else "")
        return refused
    finally:
        await client.aclose()


def _show(two: "TwoFiles", added: "Sequence[Addition]", waiting: "Sequence[Addition]" = ()) -> None:
    """All that is added, group by group, then what is not and why."""
    from sessions.core.clock.face import clock_time, zone_of
    from sessions.core.evolve import fold
    from tui.text.wording import count

    found = two.reunion
    after, there = fold([*two.ours, *found.events]), fold(two.theirs)
    zone = zone_of(after.plan)

    def told(additions: "Sequence[Addition]") -> list[str]:
        return [f"{clock_time(one.happened, zone)}  {_sentence(after, one.event)}" for one in additions]

    for group, (one, many) in _TITLES.items():
        lines = told([addition for addition in added if addition.group == group])
        _put_group(f"{count(len(lines), one, many)}:", lines)
    _put_group("Not added while the chat runs:", told(waiting))
    kept = [f"{clock_time(one.event.at, zone)}  {_kept(there, one)}" for one in found.kept]
    _put_group("Only there, and not added:", kept)
    if found.later:
        put(f"{count(found.later, 'event')} of a later version of Lunchroom, not added.")


def _put_group(title: str, lines: "Sequence[str]") -> None:
    if lines:
        put(title)
        for line in _first(lines):
            put(f"    {line}")


def _first(lines: "Sequence[str]") -> "Iterator[str]":
    yield from lines[:LINES]
    if len(lines) > LINES:
        yield f"and {len(lines) - LINES} more"


def _kept(there: "SessionState", kept: "Kept") -> str:
    return f"{_sentence(there, kept.event)} ({kept.why})"


def _sentence(state: "SessionState", event: "Event") -> str:
    """Who did what, with the text where there is one."""
    from sessions.core import events as e
    from tui.desk.model.log_words import action_words, post_name

    who = event.by or "the hub"
    if isinstance(event, e.PostSeen):
        by = "" if event.by is None else f" (by hand, {event.by})"
        return f"{event.post.author.shown}{by}: {_short(event.post.text)}"
    if isinstance(event, e.PostEdited):
        return f"{post_name(state, event.post)} was edited: {_short(event.text)}"
    if isinstance(event, e.PostRemoved):
        return f"{post_name(state, event.post)} was removed by its author"
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
